"""Who answers for each region, as it was chosen; what is chosen is really asked to try it."""

import math
import time
from collections.abc import Sequence
from typing import Protocol

from console.dispatch.ports import Geocoder, Region, Streets
from console.domain.errors import ConsoleError
from console.domain.places import Address, Coordinate
from console.geo.geocoder import RegionGeocoder
from console.geo.geocoders.choosing import geocoder_for, service_for
from console.settings import (
    AddressSettings,
    Choices,
    RegionServices,
    Settings,
    StreetSettings,
)
from console.tongues import phrase, tr

_GRID = 6  # points across and down a region at which an engine is tried
_NEAR_M = 2000.0
_REMEDY = phrase("Correct it, or take the file away: every region is then as doorstep.toml says.")
_UNBUILT = phrase("Its roads are built when they are first asked for; that may take minutes.")
_ELSEWHERE = phrase("Choose a server that holds this area.")


class Keys(Protocol):
    """Adds the key that is kept elsewhere, for the streets or the addresses."""

    def __call__[S: StreetSettings | AddressSettings](self, wanted: S, table: str) -> S:
        """The settings with their key."""
        ...


def as_written[S: StreetSettings | AddressSettings](wanted: S, table: str) -> S:
    """No key is kept elsewhere."""
    return wanted


class RegionChoices:
    """Implements ``dispatch.choices.Choices``, and makes what was chosen."""

    def __init__(self, config: Settings, keyed: Keys = as_written) -> None:
        self._choices, self._keyed = Choices(config), keyed

    def of(self, region: str) -> RegionServices:
        """What holds for a region."""
        try:
            return self._choices.of(region)
        except (ValueError, OSError) as error:
            raise ConsoleError(str(error), remedy=str(_REMEDY)) from error

    def is_own(self, region: str) -> bool:
        """True where something was chosen for this region."""
        self.of(region)
        return self._choices.is_own(region)

    def put(self, region: str, chosen: RegionServices | None) -> None:
        """Keep it."""
        try:
            self._choices.put(region, chosen)
        except ValueError as error:
            raise ConsoleError(str(error), remedy=str(_REMEDY)) from error
        except OSError as error:
            raise ConsoleError(
                tr(
                    "{file} cannot be written ({value}).",
                    file=self._choices.file,
                    value=error.strerror or error,
                ),
                remedy=tr("Check the permissions and free space of the data directory."),
            ) from error

    def streets(self, region: Region) -> Streets:
        """The streets of a region by the chosen engine."""
        from console.geo.engines.choosing import engine_for  # loads NumPy
        from console.geo.timed import TimedStreets

        return TimedStreets(
            region, engine_for(region, self._keyed(self.of(region.name).streets, "streets"))
        )

    def geocoder(self, region: Region) -> Geocoder:
        """The region's index, with the chosen service beside it."""
        return geocoder_for(region, self._keyed(self.of(region.name).addresses, "addresses"))

    def try_streets(self, region: Region, wanted: StreetSettings) -> str:
        """Ask for the way between two places of the region, by every kind of vehicle named."""
        from console.geo.engines.choosing import engine_for

        engine = engine_for(region, self._keyed(wanted, "streets"))
        try:
            if not engine.is_ready("car"):
                return str(_UNBUILT)
            begun = time.monotonic()
            ends = _ends(region, engine.nearest("car", _grid(region)), engine.name)
            for kind in sorted({*wanted.profiles} - {"car"}):
                engine.nearest(kind, ends)
            table = engine.table("car", ends, [0], [1])
            took = (time.monotonic() - begun) * 1000
            seconds, metres = float(table.seconds[0, 0]), float(table.metres[0, 0])
        finally:
            engine.close()
        if math.isnan(seconds):
            raise ConsoleError(
                tr(
                    "{name} knows no way between two places of {name2}.",
                    name=engine.name,
                    name2=region.name,
                ),
                remedy=str(_ELSEWHERE),
            )
        way = tr(
            "{value:.1f} km, {value2:.0f} min across {name}",
            value=metres / 1000,
            value2=seconds / 60,
            name=region.name,
        )
        return tr("{name} answers: {way} ({took:.0f} ms).", name=engine.name, way=way, took=took)

    def try_addresses(self, region: Region, wanted: AddressSettings) -> str:
        """Ask for an address that the region's own index knows."""
        own = RegionGeocoder(region)
        try:
            sample = own.reverse(_middle(region))
        finally:
            own.close()
        if wanted.service == "region":
            return tr(
                "The region's own index answers: {addresses:,} addresses.",
                addresses=region.addresses,
            )
        service, door, limits = service_for(self._keyed(wanted, "addresses"))
        limits.pace.wait()
        begun = time.monotonic()
        path = (
            service.search(Address(sample.label), region.bounds)
            if sample.label
            else service.reverse(_middle(region))
        )
        try:
            found = door.get(path)
        finally:
            door.close()
        with door.reading(tr("what an address service answers")):
            answers = service.read(found)
        took = (time.monotonic() - begun) * 1000
        inside = [answer for answer in answers if region.contains(answer.point)]
        if not inside:
            raise ConsoleError(
                tr(
                    "The {name} answers, but does not know “{label}”.",
                    name=service.name,
                    label=sample.label,
                ),
                remedy=str(_ELSEWHERE),
            )
        return tr(
            "The {name} answers: {label} ({took:.0f} ms).",
            name=service.name,
            label=inside[0].label,
            took=took,
        )


def _grid(region: Region) -> list[tuple[float, float]]:
    south, west, north, east = region.bounds
    steps = [(i + 0.5) / _GRID for i in range(_GRID)]
    return [(west + (east - west) * x, south + (north - south) * y) for y in steps for x in steps]


def _ends(
    region: Region, near: Sequence[tuple[tuple[float, float], float]], name: str
) -> list[tuple[float, float]]:
    """Two places on roads, far apart; ConsoleError where the engine has no roads there."""
    found = [(point, metres) for point, metres in near if metres <= _NEAR_M]
    if len(found) < 2:
        nearest = min(metres for _, metres in near)
        far = tr("the nearest is {value:,.0f} km away", value=nearest / 1000)
        raise ConsoleError(
            tr("{name} knows no roads in {name2}: {far}.", name=name, name2=region.name, far=far),
            remedy=str(_ELSEWHERE),
        )
    return [found[0][0], found[-1][0]]


def _middle(region: Region) -> Coordinate:
    south, west, north, east = region.bounds
    return Coordinate((south + north) / 2, (west + east) / 2)
