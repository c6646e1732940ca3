"""What is on board along a route, and where it is split into trips to load again.

At the depot a vehicle takes what the stops of the trip deliver, but for orders with a ``pickup``,
which are collected on the way. What was collected and nobody brings further stays on board until
the next visit to the depot; what is brought later stays on board through it.

Once a route is under way, goods may still change vehicles. What counts then is what is on board
from the last stop that is done, and nothing is loaded again before it but where it had to be.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from console.domain.fleet import Shift
from console.domain.load import DIMENSIONS, TOLERANCE, Capacity, Load, total
from console.domain.orders import Order, OrderId
from console.domain.plan import Stop, done_of
from console.domain.travel import TravelMatrix

NOTHING = Load()

_BEHIND = 1 << 40  # more than the seconds of any detour

Cuts = tuple[int, ...]
"""Indices of the stops before which the route loads again, ascending."""


@dataclass(frozen=True, slots=True)
class Loads:
    """On board: the most of each dimension anywhere, on departure from each stop; all brought."""

    peak: Load
    after: tuple[Load, ...]
    brought: Load


def loads_of(stops: Sequence[Stop], cuts: Cuts = ()) -> Loads:
    """The loads of a route that loads again before the stops ``cuts``."""
    if not cuts and _only_brings(stops):
        return _delivered(stops)
    after = list[Load]()
    peak = NOTHING
    for begin, end in _trips(len(stops), cuts):
        trip = stops[begin:end]
        board = _carried(stops, begin) + total(o.load for o in _orders(trip) if o.pickup is None)
        peak = _most(peak, board)
        for stop in trip:
            board = board - stop.load + stop.collected
            after.append(board)
            peak = _most(peak, board)
    return Loads(peak, tuple(after), total(stop.load for stop in stops))


def ahead(stops: Sequence[Stop], done: int) -> Load:
    """The most of each dimension from the stop ``done`` on, on a route that does not load again."""
    rest = stops[done:]
    board = _carried(stops, done) + _left_over(stops, done)
    board = board + total(o.load for o in _orders(rest) if o.pickup is None)
    peak = board
    for stop in rest:
        board = board - stop.load + stop.collected
        peak = _most(peak, board)
    return peak


def _left_over(stops: Sequence[Stop], done: int) -> Load:
    """What was collected before stop ``done`` and nobody brings any further."""
    brought = {order.pickup for order in _orders(stops)}
    return total(o.collected for o in _orders(stops[:done]) if o.id not in brought)


def _only_brings(stops: Iterable[Stop]) -> bool:
    for stop in stops:
        for order in stop.orders:
            collected = order.collected
            if order.pickup is not None or (collected is not NOTHING and collected != NOTHING):
                return False
    return True


def _delivered(stops: Sequence[Stop]) -> Loads:
    """Of one trip that only brings; written out, as nearly all routes are of this kind."""
    loads = [stop.load for stop in stops]
    brought = total(loads)
    pieces, kg, m3, units = brought.pieces, brought.kg, brought.m3, brought.units
    after = list[Load]()
    for load in loads:
        pieces -= load.pieces
        kg = round(kg - load.kg, 6) if load.kg else kg
        m3 = round(m3 - load.m3, 6) if load.m3 else m3
        units = round(units - load.units, 6) if load.units else units
        after.append(Load(pieces, kg, m3, units))
    return Loads(brought, tuple(after), brought)


def _carried(stops: Sequence[Stop], at: int) -> Load:
    """What was collected before stop ``at`` and is brought there or later."""
    if not at:
        return NOTHING
    later = {order.pickup for order in _orders(stops[at:])}
    taken: dict[OrderId, Load] = {}
    for order in _orders(stops[:at]):
        if order.pickup is not None and order.pickup in taken:
            taken[order.pickup] = taken[order.pickup] - order.load
        if order.id in later:
            taken[order.id] = order.collected
    return total(taken.values())


def _most(one: Load, other: Load) -> Load:
    return Load(
        max(one.pieces, other.pieces),
        max(one.kg, other.kg),
        max(one.m3, other.m3),
        max(one.units, other.units),
    )


def _orders(stops: Iterable[Stop]) -> Iterator[Order]:
    return (order for stop in stops for order in stop.orders)


def _trips(count: int, cuts: Cuts) -> Iterator[tuple[int, int]]:
    return zip((0, *cuts), (*cuts, count), strict=True)


def cuts_of(stops: Sequence[Stop], rows: Sequence[int], shift: Shift, matrix: TravelMatrix) -> Cuts:
    """Where the route loads again: nowhere when it fits at once, or cannot be made to fit.

    Of all ways to split it that fit, with at most ``shift.reloads`` cuts, the one with the fewest
    among what is done, then the fewest seconds of detour and loading (by ``durations``, whatever
    the hour), then the earliest cuts.
    ``rows`` are those of the stops.
    """
    if not shift.reloads or not shift.capacity.excess(loads_of(stops).peak):
        return ()
    detours = [0, *_detours(rows, shift, matrix)]
    for i in range(1, done_of(stops)):
        detours[i] += _BEHIND
    reach = [_reach(stops, begin, shift.capacity) for begin in range(len(stops))]
    layer: dict[int, tuple[int, Cuts]] = {0: (0, ())}
    found = list[tuple[int, Cuts]]()
    for _ in range(shift.reloads + 1):
        layer = _next_layer(layer, reach, detours)
        if len(stops) in layer:
            found.append(layer.pop(len(stops)))
    return min(found, default=(0, ()))[1]


def _next_layer(
    layer: dict[int, tuple[int, Cuts]], reach: Sequence[int], detours: Sequence[int]
) -> dict[int, tuple[int, Cuts]]:
    """The cheapest ways to have served the first j stops with one trip more, by j."""
    further: dict[int, tuple[int, Cuts]] = {}
    for begin, (seconds, cuts) in layer.items():
        spent = (seconds + detours[begin], (*cuts, begin) if begin else ())
        for end in range(begin + 1, reach[begin] + 1):
            if end not in further or spent < further[end]:
                further[end] = spent
    return further


def _detours(rows: Sequence[int], shift: Shift, matrix: TravelMatrix) -> Iterator[int]:
    """Seconds that loading again before each stop but the first costs."""
    base = matrix.position(shift.place)
    loading = int(shift.reload_time.total_seconds())
    seconds, size = matrix.durations, len(matrix.places)
    for a, b in pairwise(rows):
        there, back = seconds[a * size + base], seconds[base * size + b]
        yield there + loading + back - seconds[a * size + b]


def _reach(stops: Sequence[Stop], begin: int, capacity: Capacity) -> int:
    """The end of the longest trip from a stop on that fits; ``begin`` when not even one does."""
    carried = _carried(stops, begin)
    limits = [
        (name, limit + TOLERANCE, carried.amount(name))
        for name in DIMENSIONS
        if (limit := capacity.limit(name)) is not None
    ]
    return min((_reach_in(stops, begin, *limit) for limit in limits), default=len(stops))


def _reach_in(
    stops: Sequence[Stop], begin: int, dimension: str, limit: float, carried: float
) -> int:
    peak = board = carried
    for end in range(begin, len(stops)):
        stop = stops[end]
        taken = sum(o.load.amount(dimension) for o in stop.orders if o.pickup is None)
        board += taken - stop.load.amount(dimension) + stop.collected.amount(dimension)
        peak = max(peak + taken, board)
        if peak > limit:
            return end
    return len(stops)
