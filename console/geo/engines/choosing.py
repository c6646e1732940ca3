"""The engine that a machine's settings ask for, and whether it works here."""

from console.dispatch.ports import Region
from console.dispatch.services import Component
from console.domain.errors import ConsoleError
from console.geo import roads
from console.geo.engines.contract import Engine
from console.geo.engines.ors_server import OrsServer
from console.geo.engines.osrm_server import OsrmServer
from console.geo.engines.own_osrm import OsrmEngine
from console.geo.engines.own_valhalla import ValhallaEngine
from console.geo.engines.serving import Server
from console.geo.engines.straight import FACTOR, StraightLines
from console.geo.engines.valhalla_server import ValhallaServer
from console.settings import SERVERS, StreetSettings
from console.tongues import tr


def chosen(wanted: StreetSettings) -> str:
    """The engine by name: OSRM by itself, Valhalla where OSRM has no wheel."""
    if wanted.engine != "auto":
        return wanted.engine
    return "osrm" if roads.is_installed() else "valhalla"


def engine_for(region: Region, wanted: StreetSettings) -> Engine:
    """The engine of one region; ConsoleError for an address that is none."""
    name = chosen(wanted)
    server = Server(wanted.url, wanted.profiles, wanted.key, wanted.table_size, wanted.timeout)
    if name == "osrm":
        return OsrmEngine(region)
    if name == "valhalla":
        return ValhallaEngine(region)
    if name == "osrm-server":
        return OsrmServer(region, server)
    if name == "straight":
        return StraightLines(wanted.factor or FACTOR)
    return ValhallaServer(server) if name == "valhalla-server" else OrsServer(server)


def component(region: Region | None, wanted: StreetSettings) -> Component:
    """For ``doorstep doctor``: which engine answers, tried with the middle of a region."""
    name = chosen(wanted)
    label = tr("Engine of travel times")
    said = tr("{name} at {url}", name=name, url=wanted.url) if name in SERVERS else name
    if region is None:
        return Component(label, said, found=True)
    south, west, north, east = region.bounds
    try:
        engine = engine_for(region, wanted)
        try:
            if engine.is_ready("car"):
                engine.nearest("car", [((west + east) / 2, (south + north) / 2)])
        finally:
            engine.close()
    except ConsoleError as error:
        return Component(label, said, found=False, remedy=f"{error.message} {error.remedy}")
    if name == "straight":
        return Component(label, engine.name, found=True, remedy=tr("Times are guesses: no roads."))
    return Component(label, said, found=True)
