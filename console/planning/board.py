"""All open routes that have not begun as the kernel sees them: every place judged at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

import numpy as np

from console.domain.hours import late_price
from console.domain.objective import COST
from console.domain.plan import Plan, RouteId, Stop, StopId
from console.domain.preferences import preference_price
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule
from console.planning.crewing import is_open, rules_of
from console.planning.fitness import Lacks, asks_for_more, unfit
from console.planning.kernel import board as kernel
from console.planning.kernel import work
from console.planning.kernel.lean import room_of
from console.planning.kernel.tables import HORIZON, tables_of
from console.planning.moves import Broken, Change, Floats, Ints, Moves, left
from console.planning.pairs import Pairs
from console.planning.stating import build
from console.planning.sums import Sums, Terms

_sweep = cast("Callable[..., int]", kernel.sweep)  # pyright: ignore[reportUnknownMemberType]
_stand = cast("Callable[..., None]", kernel.stand)  # pyright: ignore[reportUnknownMemberType]


class Board:
    """The open routes of one version of a plan. Not thread-safe: it has one room to work in."""

    def __init__(self, plan: Plan, matrix: TravelMatrix, now: datetime | None = None) -> None:
        self._plan, self._pairs = plan, Pairs(plan)
        problem = build(_bare(plan), matrix, now=now, objective=COST)
        self._stops = [plan.stops[demand.stop] for demand in problem.demands]
        self._index = {stop.id: i for i, stop in enumerate(self._stops)}
        self._routes = [plan.routes[crew.route] for crew in problem.crews]
        self._crew = {route.id: k for k, route in enumerate(self._routes)}
        self._rounds = [list(order) for order in problem.present]
        self._tables = tables_of(problem)
        self._work = work.work_of(self._tables)
        origin = min((crew.duty.leave for crew in problem.crews), default=0)
        self._terms = Terms(self._routes, origin)
        prices = [late_price(stop) / 60 for stop in self._stops]
        self._price = np.array(prices, dtype=np.float64)
        self._accepted = [rules_of(route.overrides) for route in self._routes]
        self._before = np.zeros(len(self._stops), np.int64)
        self._now, self._soft_now = self._standing()
        for i, stop in enumerate(self._stops):
            if Rule.LATE in rules_of(stop.overrides):
                self._before[i] = HORIZON

    def knows(self, stop: StopId) -> bool:
        """True for a stop that may be moved."""
        return stop in self._index

    @property
    def routes(self) -> tuple[RouteId, ...]:
        """The routes, in the order in which ``moves`` counts them."""
        return tuple(route.id for route in self._routes)

    def _orders(self, rounds: Sequence[Sequence[int]], more: int) -> tuple[Ints, Ints]:
        lengths = np.array([len(order) for order in rounds], dtype=np.int64)
        width = int(lengths.max(initial=0)) + more
        orders = np.zeros((len(rounds), max(1, width)), np.int32)
        for k, order in enumerate(rounds):
            orders[k, : len(order)] = order
        return cast("Ints", orders), lengths

    def _standing(self) -> tuple[Sums, Floats]:
        orders, lengths = self._orders(self._rounds, 0)
        found = np.zeros((len(lengths), work.FOUND), np.int64)
        soft = np.zeros(len(lengths), np.float64)
        _stand(self._tables, self._work, orders, lengths, self._before, found, self._price, soft)
        return self._terms.sums(found, np.arange(len(lengths)), lengths), soft

    def moves(self, stops: Sequence[Stop], gone: Mapping[RouteId, Change]) -> Moves:
        """The stops, in this order, at every place; ``gone`` are the changes where they leave."""
        block = [self._index[stop.id] for stop in stops]
        moved = set(block)
        rounds = [[i for i in order if i not in moved] for order in self._rounds]
        orders, lengths = self._orders(rounds, len(block))
        legs = int(lengths.sum()) + len(lengths)
        found = np.zeros((legs, work.FOUND), np.int64)
        late, soft = np.zeros(legs, np.int64), np.zeros(legs, np.float64)
        wanted = np.array(block, dtype=np.int64)
        _sweep(
            *(self._tables, self._work, room_of(orders.shape[1]), orders, lengths, wanted),
            *(self._before, found, late, self._price, soft),
        )
        crew = np.repeat(np.arange(len(lengths)), lengths + 1)
        begins = np.cumsum(lengths + 1) - (lengths + 1)
        position = np.arange(legs) - begins[crew]
        sums = self._terms.sums(found, crew, lengths[crew] + len(block))
        more = self._more(sums, crew, late) | self._unfit(stops, crew)
        more |= self._unpaired(stops, rounds, crew, position)
        now = self._now
        made = Moves(
            tuple(stop.id for stop in stops),
            self.routes,
            crew,
            position,
            sums.cost + soft - (now.cost + self._soft_now)[crew] + self._preferred(stops)[crew],
            sums.seconds - now.seconds[crew],
            sums.metres - now.metres[crew],
            sums.late - now.late[crew],
            {key: by for key, by in more.items() if by.any()},
        )
        return left(made, gone)

    def _more(self, sums: Sums, crew: Ints, late: Ints) -> dict[Broken, Ints]:
        found: dict[Broken, Ints] = {(Rule.LATE, "s"): late}
        for key, by in sums.over.items():
            accepted = np.array([key[0] in rules for rules in self._accepted])
            worse = np.maximum(by - self._now.over[key][crew], 0)
            found[key] = np.where(accepted[crew], 0, worse)
        found[Rule.UNREACHABLE, ""] = np.maximum(
            sums.over[Rule.UNREACHABLE, ""] - self._now.over[Rule.UNREACHABLE, ""][crew], 0
        )
        return found

    def _unfit(self, stops: Sequence[Stop], crew: Ints) -> dict[Broken, Ints]:
        """What driver and vehicle lack that those of the stop's own route do not."""
        columns: dict[Broken, Ints] = {}
        for stop in filter(asks_for_more, stops):
            own = unfit(self._plan.routes[stop.route].shift, stop) if stop.route else {}
            accepted = rules_of(stop.overrides)
            for k, route in enumerate(self._routes):
                if route.id == stop.route:
                    continue
                for (rule, _), by in _beyond(unfit(route.shift, stop), own).items():
                    if rule not in accepted:
                        column = columns.setdefault((rule, ""), _nothing(len(self._routes)))
                        column[k] += by
        return {key: column[crew] for key, column in columns.items()}

    def _unpaired(
        self, stops: Sequence[Stop], rounds: Sequence[Sequence[int]], crew: Ints, position: Ints
    ) -> dict[Broken, Ints]:
        """What would be brought without having been collected, and is not so now."""
        found, ahead = _nothing(len(crew)), set[StopId]()
        moved = {stop.id for stop in stops}
        for stop in stops:
            for collector in self._collectors(stop, ahead):
                k = self._crew.get(collector.route) if collector and collector.route else None
                if collector is None or k is None or collector.id in moved:
                    found += 1
                else:
                    at = rounds[k].index(self._index[collector.id])
                    found += (crew != k) | (position <= at)
            for bringer in self._bringers(stop, moved):
                k = self._crew[bringer.route] if bringer.route else -1
                found += (crew == k) & (position > rounds[k].index(self._index[bringer.id]))
            ahead.add(stop.id)
        return {(Rule.PAIRING, ""): found}

    def _collectors(self, stop: Stop, ahead: set[StopId]) -> Iterator[Stop | None]:
        """Who collects what it brings, one each; not those ahead, nor what is wrong already."""
        if Rule.PAIRING in rules_of(stop.overrides):
            return
        for order in stop.orders:
            if order.pickup is None:
                continue
            collector = self._pairs.collector(order.pickup)
            is_ahead = collector is not None and collector.id in ahead
            if not is_ahead and not self._is_unpaired(stop, collector):
                yield collector

    def _bringers(self, stop: Stop, moved: set[StopId]) -> Iterator[Stop]:
        """Who brings what it collects, later on its own route."""
        for order in stop.orders:
            for other in self._pairs.bringers(order.id):
                if other.id in moved or Rule.PAIRING in rules_of(other.overrides):
                    continue
                if other.route is not None and not self._is_unpaired(other, stop):
                    yield other

    def _is_unpaired(self, stop: Stop, collector: Stop | None) -> bool:
        """True where it is on a route now without what it brings having been collected there."""
        if stop.route is None:
            return False
        if collector is None or collector.route != stop.route:
            return True
        order = self._plan.routes[stop.route].stops
        return order.index(collector.id) > order.index(stop.id)

    def _preferred(self, stops: Sequence[Stop]) -> Floats:
        """What preferences cost more on each route."""
        choosy = [stop for stop in stops if any(o.drivers or o.territory for o in stop.orders)]
        prices = [
            sum(preference_price(route.shift, stop) for stop in choosy if stop.route != route.id)
            for route in self._routes
        ]
        return np.array(prices, dtype=np.float64)


def _bare(plan: Plan) -> Plan:
    """Only the open routes, with nothing pinned, loaded or overridden: their rules as they are."""
    routes = {route.id: route for route in plan.routes.values() if is_open(plan, route)}
    stops = {
        stop.id: replace(
            stop,
            route=stop.route if stop.route in routes else None,
            pinned=False,
            loaded=False,
            overrides=(),
        )
        for stop in plan.stops.values()
        if stop.is_open and not _is_held(plan, stop)
    }
    bare = {name: replace(route, overrides=()) for name, route in routes.items()}
    return replace(plan, stops=stops, routes=bare)


def _is_held(plan: Plan, stop: Stop) -> bool:
    """True for a stop on a route that nobody may change."""
    route = plan.routes[stop.route] if stop.route else None
    return route is not None and (route.is_frozen or route.off)


def _nothing(size: int) -> Ints:
    return np.zeros(size, dtype=np.int64)


def _beyond(lacks: Lacks, own: Lacks) -> Lacks:
    """What is lacked more than by the own route."""
    return {key: by - own.get(key, 0) for key, by in lacks.items() if by > own.get(key, 0)}
