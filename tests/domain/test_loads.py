"""Loads along a route and where it loads again, against all ways to split it."""

from array import array
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations, product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from console.domain.fleet import Shift
from console.domain.load import Capacity, Load, total
from console.domain.loads import ahead, cuts_of, loads_of
from console.domain.orders import Order, OrderId
from console.domain.places import PlaceId
from console.domain.plan import Stop, StopId, StopStatus
from console.domain.travel import TravelMatrix
from tests.dispatch.desks import shift


@dataclass(frozen=True)
class Case:
    stops: tuple[Stop, ...]
    shift: Shift
    matrix: TravelMatrix

    @property
    def rows(self) -> list[int]:
        return [self.matrix.position(stop.place) for stop in self.stops]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    count = draw(st.integers(1, 7))
    amounts = st.builds(Load, st.integers(0, 4), st.integers(0, 40).map(lambda g: g / 10))
    stops = []
    for i in range(count):
        kind = draw(st.sampled_from(("bring", "bring", "collect", "both", "from")))
        order = Order(OrderId(f"o{i}"), PlaceId(f"p{i}"))
        if kind in {"bring", "both", "from"}:
            order = replace(order, load=draw(amounts))
        if kind in {"collect", "both"}:
            order = replace(order, collected=draw(amounts))
        earlier = [stop.orders[0] for stop in stops if stop.orders[0].collected != Load()]
        if kind == "from" and earlier:
            source = draw(st.sampled_from(earlier))
            order = replace(order, pickup=source.id, load=source.collected)
        stops.append(Stop(StopId(f"s{i}"), order.place, (order,)))
    cells = array("I", [draw(st.integers(0, 9)) for _ in range((count + 1) ** 2)])
    matrix = TravelMatrix(
        (PlaceId("depot"), *(stop.place for stop in stops)), cells, array("I", cells)
    )
    crew = replace(
        shift(0),
        capacity=Capacity(draw(st.none() | st.integers(1, 9)), draw(st.none() | st.just(6.0))),
        reloads=draw(st.integers(0, 3)),
        reload_time=timedelta(seconds=draw(st.integers(0, 3))),
    )
    return Case(tuple(stops), crew, matrix)


def boards(stops: tuple[Stop, ...], cuts: tuple[int, ...]) -> list[Load]:
    """What is on board whenever the vehicle sets off, order by order."""
    orders = [stop.orders[0] for stop in stops]
    found: list[Load] = []
    for leg in range(len(orders) + 1):
        begin = max((cut for cut in (0, *cuts) if cut < leg), default=0)
        end = min((cut for cut in cuts if cut >= max(leg, 1)), default=len(orders))
        found.append(_board(orders, begin, leg, end))
    for cut in cuts:  # just loaded, before the first stop of a later trip
        end = min((other for other in cuts if other > cut), default=len(orders))
        found.append(_board(orders, cut, cut, end))
    return found


def _board(orders: list[Order], begin: int, at: int, end: int) -> Load:
    """After the stops before ``at`` on a trip from ``begin`` to ``end``."""
    from_depot = [o.load for o in orders[at:end] if o.pickup is None]
    held = {o.id for i, o in enumerate(orders[:at]) if i >= begin} | {
        o.id for o in orders[:begin] if any(other.pickup == o.id for other in orders[begin:])
    }
    collected = total(o.collected for o in orders[:at] if o.id in held)
    brought = total(o.load for o in orders[:at] if o.pickup in held)
    return total(from_depot) + collected - brought


@given(cases(), st.data())
@settings(max_examples=200, deadline=None)
def test_what_is_on_board(case: Case, data: st.DataObject) -> None:
    count = len(case.stops)
    inner = list(range(1, count))
    cuts = tuple(sorted(data.draw(st.sets(st.sampled_from(inner), max_size=2)))) if inner else ()
    loads = loads_of(case.stops, cuts)
    expected = boards(case.stops, cuts)
    assert list(loads.after) == expected[1 : count + 1]
    assert loads.peak == Load(
        *(max(0, *(getattr(b, name) for b in expected)) for name in ("pieces", "kg", "m3", "units"))
    )


@given(cases())
@settings(max_examples=300, deadline=None)
def test_a_route_is_split_the_cheapest_way_that_fits(case: Case) -> None:
    count, crew = len(case.stops), case.shift
    base = case.matrix.position(crew.place)
    hop = dict(zip(product(range(count + 1), repeat=2), case.matrix.durations, strict=True))
    found: list[tuple[int, tuple[int, ...]]] = []
    for many in range(min(crew.reloads, count - 1) + 1):
        for cuts in combinations(range(1, count), many):
            if not crew.capacity.excess(loads_of(case.stops, cuts).peak):
                ends = [(case.rows[i - 1], case.rows[i]) for i in cuts]
                loading = int(crew.reload_time.total_seconds())
                detour = sum(hop[a, base] + loading + hop[base, b] - hop[a, b] for a, b in ends)
                found.append((detour, cuts))
    fits_at_once = any(cuts == () for _, cuts in found)
    expected = () if fits_at_once or not found else min(found)[1]
    assert cuts_of(case.stops, case.rows, crew, case.matrix) == expected


def test_deliveries_of_one_trip_are_their_sum() -> None:
    stops = tuple(
        Stop(StopId(f"s{i}"), PlaceId("p"), (Order(OrderId(f"o{i}"), PlaceId("p"), Load(1, 0.1)),))
        for i in range(3)
    )
    loads = loads_of(stops)
    assert loads.peak == loads.brought == Load(3, 0.3)
    assert loads.after == (Load(2, 0.2), Load(1, 0.1), Load())


@given(cases(), st.data())
@settings(max_examples=150, deadline=None)
def test_what_is_on_board_from_a_stop_on(case: Case, data: st.DataObject) -> None:
    fetched = [o.pickup for stop in case.stops for o in stop.orders if o.pickup is not None]
    assume(len(set(fetched)) == len(fetched))  # nothing is brought twice
    done = data.draw(st.integers(0, len(case.stops)))
    rest = case.stops[done:]
    board = total(o.load for stop in rest for o in stop.orders if o.pickup is None)
    for stop in case.stops[:done]:
        for order in stop.orders:
            board = board + order.collected
            if order.pickup is not None:
                board = board - order.load
    peaks = [board]
    for stop in rest:
        peaks.append(peaks[-1] - stop.load + stop.collected)
    assert ahead(case.stops, done).pieces == max(peak.pieces for peak in peaks)


def test_what_is_done_is_not_split_anew() -> None:
    places = [PlaceId("depot"), *(PlaceId(f"p{i}") for i in range(4))]
    cells = array("I", [abs(a - b) for a in range(5) for b in range(5)])
    matrix = TravelMatrix(tuple(places), cells, cells)
    orders = [Order(OrderId(f"o{i}"), PlaceId(f"p{i}"), Load(2)) for i in range(4)]
    stops = [Stop(StopId(f"s{i}"), o.place, (o,)) for i, o in enumerate(orders)]
    crew = replace(shift(0), capacity=Capacity(6), reloads=1)
    rows = [1, 2, 3, 4]
    assert cuts_of(stops, rows, crew, matrix) == (1,)
    stops[1] = replace(stops[1], status=StopStatus.DELIVERED)
    assert cuts_of(stops, rows, crew, matrix) == (2,)
