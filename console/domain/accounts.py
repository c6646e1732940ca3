"""A route's timetable turned into visits, metres, money and broken rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from console.domain.duty import Task
from console.domain.fleet import Shift
from console.domain.hours import late_price
from console.domain.itinerary import CHARGING, LOADING, Itinerary
from console.domain.judging import Findings, violations_of
from console.domain.load import Load
from console.domain.loads import ahead, loads_of
from console.domain.plan import Route, Stop, done_of
from console.domain.preferences import preference_price
from console.domain.running import going
from console.domain.timetable import Timetable, is_reachable, timetable
from console.domain.travel import TravelMatrix
from console.domain.visits import Schedule, Span, Visit

_NO_TIME = timedelta()


def route_cost(shift: Shift, metres: int, seconds: int, overtime: int) -> float:
    """Fixed + km x per_km + hours x per_hour, overtime at its factor (FORMATS)."""
    rates = shift.rates
    paid = seconds + overtime * (rates.overtime_factor - 1)
    return rates.fixed + metres / 1000 * rates.per_km + paid / 3600 * rates.per_hour


def schedule_of(
    route: Route, stops: Sequence[Stop], way: Itinerary, matrix: TravelMatrix
) -> Schedule:
    """The schedule of a route that does all this; ``matrix`` is that of its shift."""
    shift = route.shift
    times = timetable(way.tasks, way.duty, matrix)
    legs = _legs(way, times, matrix)
    loads = loads_of(stops, way.cuts)
    rests = tuple(_span(rest) for rest in times.rests)
    pause = () if times.pause is None else (_span(times.pause),)
    overtime = max(0, times.end - way.duty.end)
    metres = sum(legs.metres)
    schedule = Schedule(
        route=route.id,
        start=_moment(times.start, UTC),
        end=_moment(times.end, UTC),
        visits=tuple(_visits(stops, way, times, legs, loads.after)),
        breaks=tuple(sorted((*pause, *rests))) if rests else pause,
        return_travel=timedelta(seconds=legs.travel[-1]),
        return_metres=legs.ways[-1],
        load=loads.peak,
        fullness=shift.capacity.share(loads.peak),
        overtime=timedelta(seconds=overtime),
        cost=route_cost(shift, metres, times.end - times.start, overtime),
        violations=(),
        reloads=_spent(way, times, LOADING),
        charges=_spent(way, times, CHARGING),
        rests=rests,
        brought=loads.brought,
        inner_metres=legs.inner,
        penalty=_penalty(shift, stops, way, times),
        co2e=metres / 1000 * shift.co2e_per_km,
    )
    done = 0 if shift.reloads else done_of(stops)
    fits = ahead(stops, done) if done else loads.peak
    findings = Findings(times.pause_missing, is_reachable(legs.rows, matrix), legs.stretch, fits)
    found = violations_of(route, stops, schedule, findings)
    return replace(schedule, violations=found) if found else schedule


@dataclass(frozen=True, slots=True)
class _Legs:
    """Every leg of a route, and its ways from stop to stop by way of depots and chargers.

    ``rows`` are those of all places in order, ``metres`` those of every leg. ``ways`` and
    ``travel`` (s) lead to each stop and at last to the end. ``inner`` are the metres straight from
    stop to stop, ``stretch`` the most between two charges.
    """

    rows: Sequence[int]
    metres: Sequence[int]
    ways: Sequence[int]
    travel: Sequence[int]
    inner: int
    stretch: int


def _legs(way: Itinerary, times: Timetable, matrix: TravelMatrix) -> _Legs:
    duty = way.duty
    rows = [duty.row, *(task.row for task in way.tasks)]
    if duty.end_row is not None:
        rows.append(duty.end_row)
    distances, size = matrix.distances, len(matrix.places)
    metres = [distances[a * size + b] for a, b in pairwise(rows)]
    travel = _travel(rows, way, times, matrix)
    if duty.end_row is None:
        metres.append(0)
        travel.append(0)
    if way.is_plain:
        inner = sum(metres) - metres[0] - metres[-1]
        return _Legs(rows, metres, metres, travel, inner, sum(metres))
    kinds = (*way.kinds, _END)
    pairs = zip((_END, *kinds), kinds, metres, strict=False)
    inner = sum(leg for before, kind, leg in pairs if before >= 0 and kind >= 0)
    stretches = _gathered(metres, [kind in {CHARGING, _END} for kind in kinds])
    is_stop = [kind >= 0 or kind == _END for kind in kinds]
    ways, to_stops = _gathered(metres, is_stop), _gathered(travel, is_stop)
    return _Legs(rows, metres, ways, to_stops, inner, max(stretches))


_END = -3


def _travel(
    rows: Sequence[int], way: Itinerary, times: Timetable, matrix: TravelMatrix
) -> list[int]:
    """Seconds at the wheel on every leg, by the hour at which it is left."""
    if not matrix.slices:
        cells, size = matrix.durations, len(matrix.places)
        return [cells[a * size + b] for a, b in pairwise(rows)]
    rested, ends = dict(times.rests), (times.start, *times.departures)
    goes = [going(task, way.duty, left) for task, left in zip(way.tasks, ends, strict=False)]
    goes.append(max(ends[-1], way.duty.held_until))
    leaves = [go + rested.get(left, left) - left for left, go in zip(ends, goes, strict=True)]
    hops = zip(rows, rows[1:], leaves, strict=False)
    return [matrix.arrival(a, b, leave) - leave for a, b, leave in hops]


def _gathered(numbers: Sequence[int], closes: Sequence[bool]) -> list[int]:
    """The sums of runs of numbers, each of which ends where ``closes``."""
    sums, since = list[int](), 0
    for number, is_last in zip(numbers, closes, strict=True):
        since += number
        if is_last:
            sums.append(since)
            since = 0
    return sums


def _visits(
    stops: Sequence[Stop],
    way: Itinerary,
    times: Timetable,
    legs: _Legs,
    after: Sequence[Load],
) -> Iterator[Visit]:
    arrivals, departures = times.arrivals, times.departures
    for position, i in enumerate(way.kinds):
        if i < 0:
            continue
        task, start = way.tasks[position], times.starts[position]
        late, soft = times.late[position], times.soft[position]
        closes = _closes(task) if task.windows or task.soft_latest is not None else None
        yield Visit(
            stops[i].id,
            _moment(arrivals[position], UTC),
            _moment(start, UTC),
            _moment(departures[position], UTC),
            timedelta(0, legs.travel[i]),
            legs.ways[i],
            timedelta(0, late) if late else _NO_TIME,
            None if closes is None else timedelta(0, closes - start),
            after[i],
            _setup_of(task, legs.rows[position]) if task.setup else _NO_TIME,
            timedelta(0, soft) if soft else _NO_TIME,
        )


def _setup_of(task: Task, before: int) -> timedelta:
    return _NO_TIME if task.row == before else timedelta(seconds=task.setup)


def _closes(task: Task) -> int | None:
    """When lateness begins, hard or soft."""
    ends = [task.windows[-1][1]] if task.windows else []
    if task.soft_latest is not None:
        ends.append(task.soft_latest)
    return min(ends, default=None)


def _penalty(shift: Shift, stops: Sequence[Stop], way: Itinerary, times: Timetable) -> float:
    price = 0.0
    if any(times.soft):
        for soft, i in zip(times.soft, way.kinds, strict=True):
            price += soft / 60 * late_price(stops[i]) if soft else 0.0
    return price + sum(preference_price(shift, stop) for stop in stops)


def _spent(way: Itinerary, times: Timetable, kind: int) -> tuple[Span, ...]:
    """When something is done that is no stop."""
    if way.is_plain:
        return ()
    spans = zip(way.kinds, times.starts, times.departures, strict=True)
    return tuple(_span((start, end)) for each, start, end in spans if each == kind)


def _span(seconds: tuple[int, int]) -> Span:
    return _moment(seconds[0], UTC), _moment(seconds[1], UTC)


_moment = datetime.fromtimestamp
