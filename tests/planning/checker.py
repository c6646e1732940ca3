"""An independent check of routes: arrivals, loads, skills, breaks, shifts from first principles.

It shares no code with the evaluators; where a break goes is found by trying every leg.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from console.domain.places import PlaceId
from console.domain.plan import Plan, Route, Stop
from console.domain.travel import TravelMatrix


def broken(plan: Plan, route: Route, stops: Sequence[Stop], matrix: TravelMatrix) -> list[str]:
    """The rules that these stops on this route break, overrides aside."""
    if not stops:
        return []
    found = [
        f"skill {skill}"
        for stop in stops
        for order in stop.orders
        for skill in order.skills
        if skill not in route.shift.skills
    ]
    capacity = route.shift.capacity
    for name in ("pieces", "kg", "m3", "units"):
        limit = getattr(capacity, name)
        amount = sum(getattr(order.load, name) for stop in stops for order in stop.orders)
        if limit is not None and amount > limit + 1e-6:
            found.append(f"load {name}")
    places = [route.shift.place, *(stop.place for stop in stops), route.shift.place]
    metres = sum(matrix.metres(a, b) for a, b in pairwise(places))
    if route.shift.range_m is not None and metres > route.shift.range_m:
        found.append("range")
    if cheapest_time(route, stops, matrix) is None:
        found.append("time")
    return found


def cheapest_time(
    route: Route, stops: Sequence[Stop], matrix: TravelMatrix
) -> tuple[float, int, int] | None:
    """(paid seconds, start, end) of the best way to drive it; None when it cannot be in time.

    Leaves at every moment that some window or the break makes interesting, and tries every leg.
    """
    shift = route.shift
    begin, latest = int(shift.start.timestamp()), int(shift.latest_end.timestamp())
    best: tuple[float, int, int] | None = None
    for leg in (None, *range(len(stops) + 1)):
        end = _drive(route, stops, matrix, begin, leg)
        if end is None or end > latest:
            continue
        start = _latest_start(route, stops, matrix, leg, begin, end)
        rule = shift.break_rule
        owed = rule is not None and end - start > rule.after.total_seconds()
        if leg is None and owed:
            continue
        if leg is not None and not _owes(route, stops, matrix, begin):
            continue
        paid = end - start + max(0, end - int(shift.end.timestamp())) / 2
        if best is None or (paid, end) < (best[0], best[2]):
            best = (paid, start, end)
    return best


def _owes(route: Route, stops: Sequence[Stop], matrix: TravelMatrix, begin: int) -> bool:
    rule = route.shift.break_rule
    if rule is None:
        return False
    end = _drive(route, stops, matrix, begin, None)
    if end is None:
        return False
    start = _latest_start(route, stops, matrix, None, begin, end)
    return end - start > rule.after.total_seconds()


def _latest_start(
    route: Route,
    stops: Sequence[Stop],
    matrix: TravelMatrix,
    leg: int | None,
    begin: int,
    end: int,
) -> int:
    low, high = begin, end
    while low < high:
        middle = (low + high + 1) // 2
        if _drive(route, stops, matrix, middle, leg) == end:
            low = middle
        else:
            high = middle - 1
    return low


def _drive(
    route: Route, stops: Sequence[Stop], matrix: TravelMatrix, now: int, leg: int | None
) -> int | None:
    here = route.shift.place
    for i, stop in enumerate([*stops, None]):
        target = route.shift.place if stop is None else stop.place
        ready = _hop(route, _seconds(matrix, here, target), now, i == leg)
        if ready is None:
            return None
        if stop is None:
            return ready
        start = _admitted(stop, ready)
        if start is None:
            return None
        now, here = start + int(stop.service_time.total_seconds()), target
    return None


def _seconds(matrix: TravelMatrix, origin: PlaceId, target: PlaceId) -> int:
    a, b = matrix.places.index(origin), matrix.places.index(target)
    return matrix.durations[a * len(matrix.places) + b]


def _hop(route: Route, seconds: int, leave: int, with_break: bool) -> int | None:
    if not with_break:
        return leave + seconds
    rule = route.shift.break_rule
    assert rule is not None
    length = int(rule.duration / timedelta(seconds=1))
    opens, closes = int(rule.earliest.timestamp()), int(rule.latest.timestamp())
    begin = max(leave, opens)
    if begin + length > closes:
        return None
    driven = min(seconds, begin - leave)  # before the break, the rest after it
    return begin + length + (seconds - driven)


def _admitted(stop: Stop, ready: int) -> int | None:
    if not stop.windows:
        return ready
    for window in stop.windows:
        if ready <= int(window.latest.timestamp()):
            return max(ready, int(window.earliest.timestamp()))
    return None
