"""How far it is from point to point, the way there in words, and what is within so many minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from console.dispatch.lanes import Lane
from console.dispatch.ports import Progress, Reach, Step, Streets, Way
from console.dispatch.station import Station
from console.dispatch.vehicles import profiles_of
from console.domain.places import Coordinate

COMMON = "car"


@dataclass(frozen=True, slots=True)
class Measured:
    """The way between two points: how long it is, its line along streets, what a driver does."""

    way: Way
    line: tuple[Coordinate, ...]
    steps: tuple[Step, ...]


def kinds(station: Station) -> list[str]:
    """The profiles of the day's vehicles, the common one first."""
    return [COMMON, *sorted(profiles_of(station.picture.plan) - {COMMON})]


async def measure(
    station: Station,
    ends: tuple[Coordinate, Coordinate],
    profile: str = COMMON,
    language: str = "en",
    told: Progress | None = None,
) -> Measured:
    """The way from the first to the second point; a vehicle's roads are built where they are not.

    ConsoleError where no way leads or no road is near.
    """
    streets = await prepared(station, profile, told)

    def asked() -> Measured:
        way = streets.way(*ends, profile)
        (line,) = streets.geometry(ends, profile).legs
        (steps,) = streets.directions(ends, profile, language)
        return Measured(way, line, steps)

    return await station.services.lanes.run(Lane.STREETS, asked)


async def within(
    station: Station,
    point: Coordinate,
    minutes: Sequence[int],
    profile: str = COMMON,
    told: Progress | None = None,
) -> list[Reach]:
    """What is within so many minutes from a point; errors as in ``measure``."""
    streets = await prepared(station, profile, told)
    ask = partial(streets.reach, point, minutes, profile)
    return await station.services.lanes.run(Lane.STREETS, ask)


async def prepared(station: Station, profile: str, told: Progress | None) -> Streets:
    """The streets, with a profile's roads, which are built where they are not yet."""
    streets = await station.streets()
    if not streets.is_ready(profile):
        await station.services.lanes.run(Lane.ROADS, partial(streets.prepare, profile, told))
    return streets
