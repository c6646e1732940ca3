"""Two drivers exchange stops: one for one where they stand, or the rest of the day for the rest.

Every pair is guessed from the present times of both routes: when each would come to what she takes,
and how much room there is until something of it is late. The most hopeful go to the reference.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from console.dispatch.alarms import Found
from console.dispatch.weighing import breaks, harm_of, may_leave, takers
from console.domain.places import PlaceId
from console.domain.plan import Route, RouteId, Stop, StopId
from console.domain.schedule import way_of
from console.domain.travel import TravelMatrix
from console.domain.visits import Schedule
from console.planning.trials import Trial, Trials

_TRIED = 24  # pairs of cuts, and of stops, that the reference looks at
_ROOM = 10**6  # seconds: nothing is ever late


@dataclass(frozen=True, slots=True)
class Swap:
    """Both routes as they would be; ``gives`` leave the first for ``takes`` of the other."""

    one: Trial
    other: Trial
    gives: tuple[StopId, ...]
    takes: tuple[StopId, ...]

    @property
    def price(self) -> float:
        """Over the whole plan, in the depot's currency."""
        return self.one.price + self.other.price


@dataclass(frozen=True, slots=True)
class _Pair:
    """Stops [i, i_end) of one route for [j, j_end) of another; the smaller the better."""

    late: int
    extra: int
    other: RouteId
    i: int
    i_end: int
    j: int
    j_end: int

    def rank(self) -> tuple[int, int, str, int, int]:
        """What is guessed to be late, then the way; the rest only so that it is one order."""
        return self.late, self.extra, self.other, self.i, self.j


def best_swap(found: Found, trials: Trials, name: RouteId) -> Swap | None:
    """The swap that leaves least of the harm, then the cheapest; None where none helps."""
    mine = _line(trials, trials.plan.routes[name])
    if mine is None:
        return None
    lines = (_line(trials, route) for route in takers(trials.plan, name))
    others = {line.route.id: line for line in lines if line is not None}
    tried = [
        _tried(trials, mine, others[pair.other], pair)
        for pairs in (_tails, _singles)
        for pair in heapq.nsmallest(
            _TRIED,
            (pair for line in others.values() for pair in pairs(mine, line)),
            key=_Pair.rank,
        )
    ]
    present = harm_of(found, trials.present(name))
    fit = [
        swap for swap in tried if swap is not None and harm_of(found, swap.one.schedule) < present
    ]
    return min(
        fit, key=lambda s: (round(harm_of(found, s.one.schedule) / 60), s.price), default=None
    )


def _tried(trials: Trials, mine: "_Line", other: "_Line", pair: _Pair) -> Swap | None:
    """By the reference; None where a rule breaks, or somebody of the other's gets later."""
    gives, takes = mine.stops[pair.i : pair.i_end], other.stops[pair.j : pair.j_end]
    one = _with(trials, mine, (pair.i, pair.i_end), takes)
    two = _with(trials, other, (pair.j, pair.j_end), gives)
    if breaks(one) or breaks(two) or two.late.total_seconds() > 0:
        return None
    return Swap(one, two, tuple(s.id for s in gives), tuple(s.id for s in takes))


def _with(trials: Trials, line: "_Line", gone: tuple[int, int], new: Sequence[Stop]) -> Trial:
    begin, end = gone
    moved = [replace(stop, route=line.route.id) for stop in new]
    return trials.tried(line.route.id, [*line.stops[:begin], *moved, *line.stops[end:]], begin)


# -- a guess ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A route in seconds since the epoch. ``comes`` and ``leaves`` are those of the present.

    ``alone`` is how late each stop may be come to, ``ahead`` the same of it and all behind it,
    ``early`` how late those before it are in sum. ``first`` is the first that may leave the route;
    from ``tail`` on all may. ``leaves`` begins with the depot, as ``places`` does. ``held`` are the
    skills of driver and vehicle, ``needs`` those of each stop and all behind it.
    """

    route: Route
    way: TravelMatrix
    stops: list[Stop]
    places: list[PlaceId]
    comes: list[int]
    leaves: list[int]
    alone: list[int]
    ahead: list[int]
    early: list[int]
    first: int
    tail: int
    held: frozenset[str]
    needs: list[frozenset[str]]

    def drive(self, here: PlaceId, there: PlaceId) -> int:
        """Seconds, whatever the hour."""
        way = self.way
        return way.durations[way.cell(way.index[here], way.index[there])]

    def moved(self, at: int, there: PlaceId) -> int:
        """When its driver is at a place instead of its stop ``at``."""
        return self.leaves[at] + self.drive(self.places[at], there)


def _line(trials: Trials, route: Route) -> _Line | None:
    """None where nothing is ahead that may leave, or travel times are missing."""
    stops = list(trials.plan.stops_of(route.id))
    schedule = trials.present(route.id) if stops and trials.is_timed(route) else None
    if schedule is None or len(schedule.visits) != len(stops):
        return None
    first = trials.first_open(stops)
    bound = [i for i in range(first, len(stops)) if not may_leave(stops[i])]
    if first >= len(stops):
        return None
    comes, leaves, alone = _times(schedule)
    shift = route.shift
    return _Line(
        route,
        way_of(shift, trials.matrix),
        stops,
        [shift.place, *(stop.place for stop in stops)],
        comes,
        leaves,
        alone,
        _least_ahead(alone),
        [0, *accumulate(max(0, -room) for room in alone)],
        first,
        max(bound, default=first - 1) + 1,
        frozenset((*shift.skills, *shift.vehicle_skills)),
        _needs(stops),
    )


def _times(schedule: Schedule) -> tuple[list[int], list[int], list[int]]:
    visits = schedule.visits
    comes = [int(visit.arrival.timestamp()) for visit in visits]
    leaves = [int(visit.departure.timestamp()) for visit in visits]
    rooms = list[int]()
    for visit in visits:
        late = int((visit.lateness + visit.soft_lateness).total_seconds())
        room = _ROOM if visit.slack is None else int(visit.slack.total_seconds())
        rooms.append(-late if late else room + int(visit.waiting.total_seconds()))
    return comes, [int(schedule.start.timestamp()), *leaves], rooms


def _least_ahead(rooms: Sequence[int]) -> list[int]:
    least, found = _ROOM, list[int]()
    for room in reversed(rooms):
        least = min(least, room)
        found.append(least)
    return found[::-1]


def _needs(stops: Sequence[Stop]) -> list[frozenset[str]]:
    needed, found = frozenset[str](), list[frozenset[str]]()
    for stop in reversed(stops):
        needed |= frozenset(stop.skills)
        found.append(needed)
    return found[::-1]


def _tails(mine: _Line, other: _Line) -> Iterator[_Pair]:
    """Each cut of the one with each of the other."""
    ends = len(mine.stops), len(other.stops)
    for i in range(mine.tail, ends[0]):
        for j in range(other.tail, ends[1]):
            if not (mine.needs[i] <= other.held and other.needs[j] <= mine.held):
                continue
            mine_at, other_at = (
                mine.moved(i, other.places[j + 1]),
                other.moved(j, mine.places[i + 1]),
            )
            late = mine.early[i] + max(0, mine_at - other.comes[j] - other.ahead[j])
            late += max(0, other_at - mine.comes[i] - mine.ahead[i])
            extra = mine_at - mine.comes[i] + other_at - other.comes[j]
            yield _Pair(late, extra, other.route.id, i, ends[0], j, ends[1])


def _singles(mine: _Line, other: _Line) -> Iterator[_Pair]:
    """Each stop that may leave for each of the other's, where that stood."""
    for i in range(mine.first, len(mine.stops)):
        if not _fits(mine.stops[i], other):
            continue
        for j in range(other.first, len(other.stops)):
            if _fits(other.stops[j], mine):
                one, two = _instead(mine, i, other, j), _instead(other, j, mine, i)
                late, extra = mine.early[i] + one[0] + two[0], one[1] + two[1]
                yield _Pair(late, extra, other.route.id, i, i + 1, j, j + 1)


def _fits(stop: Stop, line: _Line) -> bool:
    return may_leave(stop) and line.held.issuperset(stop.skills)


def _instead(line: _Line, at: int, source: _Line, taken: int) -> tuple[int, int]:
    """(seconds late, seconds more) of a line that goes to another's stop in place of its own."""
    stop = source.stops[taken]
    there = line.moved(at, stop.place)
    late = max(0, there - source.comes[taken] - source.alone[taken])
    if at + 1 == len(line.stops):
        return late, there - line.comes[at]
    leaves = there + int(stop.service_time.total_seconds())
    then = leaves + line.drive(stop.place, line.places[at + 2])
    more = then - line.comes[at + 1]
    return late + max(0, more - line.ahead[at + 1]), more
