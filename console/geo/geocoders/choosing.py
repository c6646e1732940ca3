"""The address service that a machine's settings ask for."""

from urllib.parse import urlsplit

import console
from console.dispatch.ports import Geocoder, Region
from console.dispatch.services import Component
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.geo.engines.door import Door
from console.geo.geocoder import RegionGeocoder
from console.geo.geocoders import nominatim, photon
from console.geo.geocoders.asking import AskingGeocoder, Limits, Pace
from console.geo.geocoders.contract import Service
from console.geo.geocoders.nominatim import Nominatim
from console.geo.geocoders.pelias import Pelias
from console.geo.geocoders.photon import Photon
from console.settings import AddressSettings
from console.tongues import tr

_PUBLIC = {"nominatim": nominatim.PUBLIC, "photon": photon.PUBLIC}
# One question a second, no bulk: https://operations.osmfoundation.org/policies/nominatim/
# The public Photon asks for the same moderation.
_PUBLIC_PACE = 1.0
_PUBLIC_MOST = 50  # doubtful addresses of one import; more is bulk
_USUAL = AddressSettings()
_PACES: dict[str, Pace] = {}  # by host, for all geocoders of this console


def geocoder_for(region: Region, wanted: AddressSettings) -> Geocoder:
    """The region's own index, with a service beside it where the settings name one."""
    own = RegionGeocoder(region)
    if wanted.service == "region":
        return own
    service, door, limits = service_for(wanted)
    asking = AskingGeocoder(own, region, service, door, limits)
    asking.asks_all = wanted.asks == "all"
    return asking


def service_for(wanted: AddressSettings) -> tuple[Service, Door, Limits]:
    """The service of the settings, the way to it, and what it may be asked.

    ConsoleError for an address that is none.
    """
    url = wanted.url or _PUBLIC[wanted.service]
    service = _service(wanted)
    agent = f"Doorstep/{console.__version__} (dispatch console{_contact(wanted)})"
    door = Door(service.name, url, wanted.timeout, {"User-Agent": agent}, "addresses")
    return service, door, limits_of(url, wanted)


def component(region: Region | None, wanted: AddressSettings) -> Component:
    """For ``doorstep doctor``: who finds addresses, a service asked for the middle of a region."""
    label = tr("Address service")
    if wanted.service == "region":
        return Component(label, tr("the region's own index"), found=True)
    service, door, _limits = service_for(wanted)
    try:
        if region is not None:
            south, west, north, east = region.bounds
            middle = Coordinate((south + north) / 2, (west + east) / 2)
            with door.reading("places"):
                service.read(door.get(service.reverse(middle)))
    except ConsoleError as error:
        told = f"{error.message} {error.remedy}"
        return Component(
            label,
            tr("{name} at {host}", name=service.name, host=door.host),
            found=False,
            remedy=told,
        )
    finally:
        door.close()
    return Component(label, tr("{name} at {host}", name=service.name, host=door.host), found=True)


def limits_of(url: str, wanted: AddressSettings = _USUAL) -> Limits:
    """The settings' limits for a server of one's own; the public ones' rules hold besides."""
    host = urlsplit(url).hostname or ""
    public = {urlsplit(known).hostname for known in _PUBLIC.values()}
    if host not in public:
        return Limits(Pace(wanted.pause), wanted.most)
    pace = _PACES.setdefault(host, Pace(_PUBLIC_PACE))
    pace.seconds = max(_PUBLIC_PACE, wanted.pause)
    return Limits(pace, min(_PUBLIC_MOST, wanted.most or _PUBLIC_MOST))


def _service(wanted: AddressSettings) -> Service:
    if wanted.service == "nominatim":
        return Nominatim(wanted.contact)
    return Photon() if wanted.service == "photon" else Pelias(wanted.key)


def _contact(wanted: AddressSettings) -> str:
    return f"; {wanted.contact}" if wanted.contact else ""
