"""The roads of the day's vehicles: whatever is no car is built and timed behind the window."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from threading import Event

from console.dispatch.extracts import Cancelled
from console.dispatch.lanes import Lane, Lanes
from console.dispatch.ports import Progress, Streets
from console.dispatch.workday import Workday
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate, PlaceId
from console.domain.plan import Plan
from console.domain.profiles import is_profile
from console.domain.traffic import DayTraffic
from console.domain.travel import TravelMatrix
from console.tongues import tr

Points = Callable[[Sequence[PlaceId]], Awaitable[dict[PlaceId, Coordinate]]]


class VehicleRoads:
    """Gives every kind of vehicle of a day travel times of its own, one after the other."""

    def __init__(self, lanes: Lanes, refreshing: asyncio.Lock) -> None:
        """``refreshing`` is held while the day's travel times are changed."""
        self._lanes = lanes
        self._refreshing = refreshing
        self._failed: set[str] = set()
        self._called_off: set[str] = set()

    def lacking(self, workday: Workday) -> list[str]:
        """The profiles of shifts whose travel times are not there yet."""
        matrix = workday.matrix
        if not matrix.places:
            return []
        wanted = profiles_of(workday.desk.plan) - {matrix.profile} - self._failed - self._called_off
        return sorted(wanted - set(matrix.others))

    async def follow(
        self,
        workday: Workday,
        streets: Streets,
        traffic: DayTraffic,
        points: Points,
        told: Progress | None,
    ) -> None:
        """Build and time what is lacking; until then such a vehicle travels like the common one.

        ConsoleError when an engine has no roads for a profile: told once, until ``forget``.
        """
        for profile in self.lacking(workday):
            try:
                prepare = partial(_prepare, streets, traffic, profile, told)
                await self._lanes.run(Lane.ROADS, prepare)
                async with self._refreshing:
                    places = await points(workday.matrix.places)
                    timed = partial(streets.drivable, places, profile, traffic, told)
                    await self._take_in(workday, timed)
            except Cancelled:
                self._called_off.add(profile)
                raise
            except ConsoleError as error:
                self._failed.add(profile)
                raise ConsoleError(
                    tr(
                        "No travel times for a {profile}; those of a car are taken. {message}",
                        profile=profile,
                        message=error.message,
                    ),
                    remedy=error.remedy,
                ) from error

    async def _take_in(self, workday: Workday, timed: Callable[[], TravelMatrix]) -> None:
        matrix = workday.matrix
        found = await self._lanes.run(Lane.STREETS, timed)
        if found.places == matrix.places:
            alone = replace(found, others={})
            others = {**matrix.others, **found.others, found.profile: alone}
            workday.set_matrix(replace(matrix, others=others))

    def forget(self) -> None:
        """Try again: other streets, or another engine."""
        self._failed.clear()
        self.resume()

    def resume(self) -> None:
        """Go on with what was called off."""
        self._called_off.clear()


def _prepare(streets: Streets, traffic: DayTraffic, profile: str, told: Progress | None) -> None:
    streets.prepare(profile, told)
    if not streets.has_day(traffic, profile):
        streets.prepare_day(traffic, profile, told or _silent, Event())


def profiles_of(plan: Plan) -> set[str]:
    """The kinds of vehicle of a plan that streets can be asked about."""
    named: Iterable[str] = (route.shift.profile for route in plan.routes.values())
    return {profile for profile in named if is_profile(profile)}


def _silent(sentence: str, share: float) -> None:
    """Nobody looks."""
