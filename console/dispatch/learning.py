"""Speeds learned from the days that were driven: proposed, never put into force by themselves."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from functools import partial
from threading import Event

from console.dispatch.daytraffic import nothing_told, properties_of
from console.dispatch.lanes import Lane
from console.dispatch.pastdays import depot_of, past_days, plan_of
from console.dispatch.ports import Progress
from console.dispatch.services import Services
from console.dispatch.station import Station, stream_of
from console.dispatch.traveltimes import travel_times
from console.domain.driven import Driven, Spot, Why, beyond, legs, stood
from console.domain.errors import ConsoleError
from console.domain.fleet import Shift
from console.domain.learning import SHORTEST, Cell, Learned, Lesson, cell_of, free, learn
from console.domain.places import Coordinate, PlaceId
from console.domain.plan import Plan, RouteId
from console.domain.profiles import Profile, is_profile
from console.domain.traffic import SpeedTable
from console.domain.travel import TravelMatrix
from console.domain.watching import COARSE
from console.tongues import tr

_SHARE = 0.5  # of a leg that has to lie between leaving and coming


@dataclass(slots=True)
class Taught:
    """What the days teach. ``table`` is what their legs were planned with: the one in force.

    ``lessons`` are the legs of each cell, ``found`` the cells with enough of them; ``left_out`` how
    many legs told nothing, and why.
    """

    table: SpeedTable
    days: int = 0
    lessons: dict[Cell, list[Lesson]] = field(default_factory=dict[Cell, list[Lesson]])
    left_out: Counter[Why] = field(default_factory=Counter[Why])
    found: Mapping[Cell, Learned] = field(default_factory=dict[Cell, Learned])

    @property
    def legs(self) -> int:
        """All that teach something."""
        return sum(map(len, self.lessons.values()))


async def learn_speeds(station: Station, grid: SpeedTable, told: Progress | None = None) -> Taught:
    """How long the legs of the last days took, against the speeds in force.

    Where none are, against empty roads, by the hours and weekdays of ``grid``. ConsoleError where
    those in force have other hours: what is measured would not be what is shown. Whatever ``told``
    raises ends it.
    """
    now = station.traffic.value.speeds
    if now is not None and (now.slices, now.groups) != (grid.slices, grid.groups):
        raise ConsoleError(
            tr("Hours and weekdays of this table are not in force yet."),
            remedy=tr("Use these speeds first, then learn from the days."),
        )
    told = told or nothing_told
    taught = Taught(now or free(grid))
    days = await past_days(station)
    for done, day in enumerate(days):
        told(tr("Reading the days that were driven"), done / len(days))
        await _Day(station, day, taught).read(told)
    found = ((cell, learn(lessons)) for cell, lessons in taught.lessons.items())
    taught.found = {cell: each for cell, each in sorted(found) if each is not None}
    return taught


@dataclass(frozen=True, slots=True)
class _Day:
    """One day, from its journal to what its legs teach."""

    station: Station
    day: date
    taught: Taught

    async def read(self, told: Progress) -> None:
        """Add its legs."""
        services, stream = self.station.services, stream_of(depot_of(self.station), self.day)
        run = services.lanes.run
        plan = await run(Lane.SQL, partial(plan_of, services, stream))
        driven = [leg for leg in legs(plan) if self._counts(leg, plan)]
        if not driven:
            return
        ends = {end for leg in driven for end in (leg.origin, leg.target)}
        points = await run(Lane.SQL, partial(_points, services, sorted(ends)))
        matrix = await self._matrix(plan, points, told)
        ways = await run(Lane.SQL, partial(_ways, services, stream))
        measure = _Measure(self.taught, self.day, plan, matrix, points, ways)
        await run(Lane.FILES, partial(measure.take, driven, self.station.service_day.zone))
        self.taught.days += 1

    def _counts(self, leg: Driven, plan: Plan) -> bool:
        why = leg.why
        if why is None and not _is_held_up(plan.routes[leg.route].shift):
            why = Why.VEHICLE
        if why is not None:
            self.taught.left_out[why] += 1
        return why is None

    async def _matrix(
        self, plan: Plan, points: Mapping[PlaceId, Coordinate], told: Progress
    ) -> TravelMatrix:
        """With the traffic that is in force now, as it would have been on that day."""
        station, lanes = self.station, self.station.services.lanes
        traffic = station.traffic.value.on(self.day, station.service_day.zone).keeping_out(
            properties_of(plan)
        )
        streets = await station.streets()
        if not await lanes.run(Lane.STREETS, partial(streets.has_day, traffic)):
            build = partial(streets.prepare_day, traffic, "car", told, Event())
            await lanes.run(Lane.SPEEDS, build)
        matrix, _lost = await travel_times(streets, lanes, points, traffic)
        near = {place: points[place] for place in matrix.places}
        for profile in sorted(_profiles(plan) - {matrix.profile}):
            timed = partial(streets.drivable, near, profile, traffic)
            matrix = _with(matrix, await lanes.run(Lane.STREETS, timed))
        return matrix


@dataclass(frozen=True, slots=True)
class _Measure:
    """Legs of a day against the time they should have taken."""

    taught: Taught
    day: date
    plan: Plan
    matrix: TravelMatrix
    points: Mapping[PlaceId, Coordinate]
    ways: Mapping[RouteId, Sequence[Spot]]

    def take(self, driven: Sequence[Driven], zone: tzinfo) -> None:
        """Sort every leg where it belongs."""
        for leg in driven:
            found = self._lesson(leg)
            if isinstance(found, Why):
                self.taught.left_out[found] += 1
            else:
                cell = cell_of(self.taught.table, leg.middle, zone)
                self.taught.lessons.setdefault(cell, []).append(found)

    def _lesson(self, leg: Driven) -> Lesson | Why:
        if not {leg.origin, leg.target} <= self.matrix.index.keys():
            return Why.PLACE
        ends, way = (self.points[leg.origin], self.points[leg.target]), self.ways.get(leg.route, ())
        if stood(leg, ends, way):
            return Why.STOOD
        planned = self._planned(leg) * self._share(leg, ends, way)
        if planned < SHORTEST:
            return Why.SHORT
        lesson = Lesson(f"{self.day} {leg.route}", planned, leg.seconds)
        return Why.ODD if lesson.is_odd else lesson

    def _planned(self, leg: Driven) -> float:
        shift = self.plan.routes[leg.route].shift
        key = self.matrix.key_for(shift.profile, shift.properties)
        matrix = self.matrix.of(key, shift.speed_factor)
        return matrix.seconds(leg.origin, leg.target, leg.left)

    def _share(
        self, leg: Driven, ends: tuple[Coordinate, Coordinate], way: Sequence[Spot]
    ) -> float:
        """The part of the leg between leaving and coming; 0 where that is not most of it."""
        metres = self.matrix.metres(leg.origin, leg.target)
        off = beyond(leg.left, ends[0], way) + beyond(leg.came, ends[1], way)
        return max(0.0, 1 - off / metres) if off < metres * (1 - _SHARE) else 0.0


def _is_held_up(shift: Shift) -> bool:
    """False for those whom no jam holds up."""
    if not is_profile(shift.profile):
        return True
    return Profile.parse(shift.profile).kind not in ("bicycle", "foot")


def _profiles(plan: Plan) -> set[str]:
    shifts = (route.shift for route in plan.routes.values() if route.stops)
    return {s.profile for s in shifts if is_profile(s.profile) and _is_held_up(s)}


def _with(matrix: TravelMatrix, other: TravelMatrix) -> TravelMatrix:
    alone = replace(other, others={})
    return replace(matrix, others={**matrix.others, **other.others, other.profile: alone})


def _points(services: Services, ids: Sequence[PlaceId]) -> dict[PlaceId, Coordinate]:
    """Where places are; those of erased persons are known to a kilometre only, and left out."""
    return {
        place.id: place.coordinate
        for place in services.places.get(ids).values()
        if place.coordinate is not None and place.address.street
    }


def _ways(services: Services, stream: str) -> dict[RouteId, list[Spot]]:
    if services.positions is None:
        return {}
    return {
        route: [Spot(each.at, each.point) for each in way if each.accuracy <= COARSE]
        for route, way in services.positions.of_day(stream).items()
    }
