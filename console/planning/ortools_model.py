# pyright: basic
"""A problem as a routing model of OR-Tools, around a plan that it starts from.

The plan always fits the model: what a limit would forbid it is widened to what it needs, for the
model's speeds and sums are not quite the evaluator's. A crew whose round takes the break now, or
that has none, has to be back earlier by it; one that owes none now may not stay out so long that
it would. Like that the model needs no break intervals, which make the routing solver slow. Every
plan is judged by the exact evaluator anyway.
"""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

from ortools.constraint_solver import pywrapcp

from console.planning.flat import Cells
from console.planning.ortools_loads import limit_loads
from console.planning.ortools_nodes import FOREVER, Drive, Nodes
from console.planning.problem import NOBODY, UNLIMITED, Crew, Demand, Order, Problem, Routes

COARSER = 1_000  # one of the model's cost units in ``MONEY`` parts
PRIORITIES = (64, 8, 1)
READY = 4_000  # pairs of crews and goods not ready yet that the model looks at, at most
_FROM_ZERO = True  # a dimension that begins with nothing
_USED = True


class RoutingPlan:
    """The model; its nodes are those of ``ortools_nodes``."""

    def __init__(self, problem: Problem, start: Routes) -> None:
        self.problem = problem
        self.nodes = Nodes(problem, start)
        nodes = self.nodes
        crews = len(problem.crews)
        self.manager = pywrapcp.RoutingIndexManager(nodes.count, crews, nodes.starts, nodes.ends)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self._matrices: dict[object, int] = {}
        self._price()
        limit_loads(self.routing, self.manager, nodes)
        self._limit_time()
        self._limit_ways()
        self._restrict()
        self._prefer()
        self._pair()
        self._keep_order()

    def _matrix(self, key: object, cells: Callable[[], Cells]) -> int:
        """The solver's number of a matrix, made once."""
        if key not in self._matrices:
            self._matrices[key] = self.routing.RegisterTransitMatrix(cells().tolist())
        return self._matrices[key]

    def _price(self) -> None:
        """Fixed costs and metres; the time dimension prices the seconds."""
        for k, crew in enumerate(self.problem.crews):
            key = ("price", self.nodes.travel.key(crew), crew.per_metre, crew.per_inner_metre)
            way = self._matrix(key, lambda crew=crew: self._way_prices(crew))
            self.routing.SetArcCostEvaluatorOfVehicle(way, k)
            self.routing.SetFixedCostOfVehicle(crew.fixed // COARSER, k)
            if crew.is_away:
                self.routing.SetVehicleUsedWhenEmpty(_USED, k)

    def _way_prices(self, crew: Crew) -> Cells:
        metres = self.nodes.metres(crew)
        cost = metres * crew.per_metre
        stops = len(self.nodes.demands)
        cost[:stops, :stops] += metres[:stops, :stops] * crew.per_inner_metre
        return cost // COARSER

    def _limit_time(self) -> None:
        nodes = self.nodes
        crews = self.problem.crews
        latest = max(crew.duty.latest_end for crew in crews) - nodes.origin
        needed = max(drive.end for drive in nodes.drives)
        horizon = max(latest, needed)
        transits = [
            self._matrix(("hop", nodes.travel.key(c)), lambda c=c: nodes.hops(c)) for c in crews
        ]
        self.routing.AddDimensionWithVehicleTransits(
            transits, horizon, horizon, not _FROM_ZERO, "time"
        )
        time = self.routing.GetDimensionOrDie("time")
        for k, crew in enumerate(crews):
            self._limit_crew(time, k, crew, nodes.drives[k])
        begun = {n: t for d in nodes.drives for n, t in zip(d.nodes, d.times, strict=True)}
        for node, i in enumerate(nodes.demands):
            index = self.manager.NodeToIndex(node)
            self._limit_stop(time, index, self.problem.demands[i], (begun.get(node), horizon))
        self._wait_for_goods(time)

    def _limit_crew(self, time: Any, k: int, crew: Crew, drive: Drive) -> None:
        duty, pause = crew.duty, crew.duty.pause
        origin, lost = self.nodes.origin, drive.lost
        if pause is not None and drive.owes_break:
            lost = max(lost, pause.duration)
        elif pause is not None:
            time.SetSpanUpperBoundForVehicle(max(pause.after, drive.end - drive.leave), k)
        latest = max(duty.latest_end - origin - lost, drive.end, duty.leave - origin)
        first, last = self.routing.Start(k), self.routing.End(k)
        opens = duty.leave - origin
        time.CumulVar(first).SetRange(opens, drive.leave if duty.is_fixed else latest)
        time.CumulVar(last).SetRange(opens, latest)
        time.SetSpanCostCoefficientForVehicle(crew.per_second // COARSER, k)
        overtime = crew.per_overtime_second // COARSER
        time.SetCumulVarSoftUpperBound(last, max(0, duty.end - origin), overtime)
        self.routing.AddVariableMinimizedByFinalizer(time.CumulVar(last))
        self.routing.AddVariableMaximizedByFinalizer(time.CumulVar(first))

    def _limit_stop(
        self, time: Any, index: int, demand: Demand, given: tuple[int | None, int]
    ) -> None:
        """When service may begin; ``given`` are the start's time and the end of all time."""
        begun, horizon = given
        cumul = time.CumulVar(index)
        spans = [(min(a, horizon), min(b, horizon)) for a, b in self._windows(demand, begun)]
        cumul.SetRange(spans[0][0], spans[-1][1])
        for (_, before), (after, _) in itertools.pairwise(spans):
            if before + 1 <= after - 1:
                cumul.RemoveInterval(before + 1, after - 1)

    def _windows(self, demand: Demand, begun: int | None) -> list[tuple[int, int]]:
        """Hard windows, and what lateness costs or a promise forbids: nothing gets worse than now.

        Soft bounds would make the routing solver solve a linear program for every move.
        """
        first, last, origin = 0, FOREVER, self.nodes.origin
        if demand.task.soft_latest is not None:
            last = max(0, demand.task.soft_latest - origin, begun or 0)
        if demand.promise is not None and (demand.promise_price or self.nodes.may_break_none):
            opens, closes = (moment - origin for moment in demand.promise)
            if begun is None or opens <= begun <= closes:
                first, last = max(0, opens), min(last, closes)
        kept = [(max(a, first), min(b, last)) for a, b in self.nodes.windows(demand)]
        kept = [(a, b) for a, b in kept if a <= b]
        if begun is None or any(a <= begun <= b for a, b in kept):
            return kept or self.nodes.windows(demand)
        return sorted([*kept, (begun, begun)])

    def _wait_for_goods(self, time: Any) -> None:
        """No crew leaves before all that it loads is ready; what loads again is judged later."""
        solver, routing = self.routing.solver(), self.routing
        waiting = [
            (n, i) for n, i in enumerate(self.nodes.demands) if self.problem.demands[i].ready
        ]
        crews = [k for k, crew in enumerate(self.problem.crews) if not crew.reloads]
        for (n, i), k in itertools.islice(itertools.product(waiting, crews), READY):
            ready = self.problem.demands[i].ready - self.nodes.origin
            if k in self.problem.demands[i].crews and ready > 0:
                serves = routing.VehicleVar(self.manager.NodeToIndex(n)) == k
                solver.Add(time.CumulVar(routing.Start(k)) >= ready * serves.Var())

    def _limit_ways(self) -> None:
        """Stops, metres and hours at the wheel of a whole round."""
        crews, nodes = self.problem.crews, self.nodes
        stops = [0] * nodes.count
        stops[: len(nodes.demands)] = [1] * len(nodes.demands)
        counted = self.routing.RegisterUnaryTransitVector(stops)
        self._limit(
            [counted] * len(crews),
            [crew.most_stops - crew.past.stops for crew in crews],
            [sum(n < len(nodes.demands) for n in drive.nodes) for drive in nodes.drives],
        )
        reach = [min(c.most_metres, self._range(k, c)) for k, c in enumerate(crews)]
        self._limit_cells(
            "metres", nodes.metres, [m - c.past.metres for m, c in zip(reach, crews, strict=True)]
        )
        driving = [crew.most_driving - crew.past.driving for crew in crews]
        self._limit_cells("driving", nodes.seconds, driving)

    def _range(self, k: int, crew: Crew) -> int:
        """How far the battery goes; where the start charges on the way, as far as may be."""
        charges = self._used(self.nodes.metres(crew), k) > crew.range_m
        return UNLIMITED if crew.chargers and charges else crew.range_m

    def _limit_cells(
        self, name: str, cells: Callable[[Crew], Cells], limits: Sequence[int]
    ) -> None:
        if min(limits) >= UNLIMITED // 2:
            return
        crews, nodes = self.problem.crews, self.nodes
        transits = [self._matrix((name, nodes.travel.key(c)), lambda c=c: cells(c)) for c in crews]
        used = [self._used(cells(c), k) for k, c in enumerate(crews)]
        self._limit(transits, limits, used)

    def _used(self, cells: Cells, k: int) -> int:
        """What the start's round sums up to."""
        nodes = self.nodes
        if not nodes.drives[k].nodes:
            return 0
        way = [nodes.starts[k], *nodes.drives[k].nodes, nodes.ends[k]]
        return int(sum(cells[a, b] for a, b in itertools.pairwise(way)))

    def _limit(self, transits: Sequence[int], limits: Sequence[int], used: Sequence[int]) -> None:
        if min(limits) >= UNLIMITED // 2:
            return
        wide = [max(0, limit, need) for limit, need in zip(limits, used, strict=True)]
        name = f"limit{len(self._matrices)}.{transits[0]}"
        self.routing.AddDimensionWithVehicleTransitAndCapacity(
            list(transits), 0, wide, _FROM_ZERO, name
        )

    def _restrict(self) -> None:
        """Who may serve what, and what it costs to leave a stop out."""
        crews = self.problem.crews
        dearest = max(crew.fixed + crew.per_second * 36_000 for crew in crews)
        placed = {node for drive in self.nodes.drives for node in drive.nodes}
        for node, i in enumerate(self.nodes.demands):
            demand = self.problem.demands[i]
            index = self.manager.NodeToIndex(node)
            if len(demand.crews) < len(crews):
                # SetAllowedVehiclesForIndex raises a TypeError in 9.15.
                self.routing.VehicleVar(index).SetValues([-1, *demand.crews])
            if demand.stays and node in placed:
                continue
            weight = sum(n * w for n, w in zip(demand.orders, PRIORITIES, strict=True))
            self.routing.AddDisjunction([index], (weight * dearest + demand.skip) // COARSER)
        for n, k in enumerate(self.nodes.loading):
            index = self.manager.NodeToIndex(self.nodes.first_loading + n)
            self.routing.VehicleVar(index).SetValues([-1, k])
            self.routing.AddDisjunction([index], 0)

    def _prefer(self) -> None:
        """What other drivers and changes of driver cost, and how many may change."""
        problem, nodes = self.problem, self.nodes
        demands = [problem.demands[i] for i in nodes.demands]
        if any(demand.prices for demand in demands):
            priced: list[int] = []
            for k in range(len(problem.crews)):
                prices = [d.prices[k] // COARSER if d.prices else 0 for d in demands]
                padded = [*prices, *[0] * (nodes.count - len(prices))]
                priced.append(self.routing.RegisterUnaryTransitVector(padded))
            most = sum(max(d.prices, default=0) for d in demands) // COARSER + 1
            self.routing.AddDimensionWithVehicleTransits(priced, 0, most, _FROM_ZERO, "prices")
            dimension = self.routing.GetDimensionOrDie("prices")
            dimension.SetSpanCostCoefficientForAllVehicles(1)
        if problem.home and problem.most_changes < UNLIMITED:
            self._limit_changes()

    def _limit_changes(self) -> None:
        solver, home = self.routing.solver(), self.problem.home
        kept = {i: k for k, d in enumerate(self.nodes.drives) for i in self._order_of(d.nodes)}
        changed = sum(k != NOBODY and kept.get(i, NOBODY) != k for i, k in enumerate(home))
        left = sum(k != NOBODY and i not in self.nodes.node for i, k in enumerate(home))
        vehicles = (
            (self.routing.VehicleVar(self.manager.NodeToIndex(n)), home[i])
            for n, i in enumerate(self.nodes.demands)
        )
        leaves = [(vehicle != k).Var() for vehicle, k in vehicles if k != NOBODY]
        if leaves:
            solver.Add(solver.Sum(leaves) <= max(self.problem.most_changes, changed) - left)

    def _pair(self) -> None:
        """What brings is on the round that has collected for it before."""
        time = self.routing.GetDimensionOrDie("time")
        node, drives = self.nodes.node, self.nodes.drives
        placed = {n for drive in drives for n in drive.nodes}
        paired: set[int] = set()
        for i in self.nodes.demands:
            for source, _ in self.problem.demands[i].brings:
                if source not in node or self._is_too_late(time, node[source], node[i]):
                    self.routing.VehicleVar(self.manager.NodeToIndex(node[i])).SetValues([-1])
                    continue
                two = (node[source], node[i])
                is_torn = (two[0] in placed) != (two[1] in placed)
                if not is_torn and not paired.intersection(two):
                    self.routing.AddPickupAndDelivery(*map(self.manager.NodeToIndex, two))
                    paired.update(two)
                self._follow(time, *two, is_torn=is_torn)

    def _keep_order(self) -> None:
        """What stays on its round keeps its order there."""
        time, solver = self.routing.GetDimensionOrDie("time"), self.routing.solver()
        for drive in self.nodes.drives:
            stops = [n for n in drive.nodes if n < len(self.nodes.demands)]
            staying = [n for n in stops if self.problem.demands[self.nodes.demands[n]].stays]
            for first, then in itertools.pairwise(map(self.manager.NodeToIndex, staying)):
                solver.Add(time.CumulVar(first) <= time.CumulVar(then))

    def _is_too_late(self, time: Any, first: int, then: int) -> bool:
        """True where the hours of two nodes do not let one follow the other."""
        one, other = (time.CumulVar(self.manager.NodeToIndex(node)) for node in (first, then))
        return one.Min() > other.Max()

    def _follow(self, time: Any, first: int, then: int, *, is_torn: bool) -> None:
        """``then`` after ``first``; ``is_torn`` where the start leaves one of them out."""
        solver, routing = self.routing.solver(), self.routing
        one, other = (self.manager.NodeToIndex(node) for node in (first, then))
        together = routing.VehicleVar(one) == routing.VehicleVar(other)
        in_order = time.CumulVar(one) <= time.CumulVar(other)
        if is_torn:
            solver.Add(together.Var() >= routing.ActiveVar(other))
            solver.Add(in_order.Var() >= routing.ActiveVar(other))
        else:
            solver.Add(together)
            solver.Add(in_order)

    @property
    def beginning(self) -> list[list[int]]:
        """The start as the solver's indices."""
        return [[*map(self.manager.NodeToIndex, drive.nodes)] for drive in self.nodes.drives]

    def routes(self, follow: Callable[[int], int]) -> Routes:
        """The routes that ``follow``, from index to next index, describes."""
        return tuple(self._order(follow, crew) for crew in range(len(self.problem.crews)))

    def _order(self, follow: Callable[[int], int], crew: int) -> Order:
        found: list[int] = []
        index = follow(self.routing.Start(crew))
        while not self.routing.IsEnd(index):
            found.append(self.manager.IndexToNode(index))
            index = follow(index)
        return self._order_of(found)

    def _order_of(self, nodes: Sequence[int]) -> Order:
        return tuple(self.nodes.demands[n] for n in nodes if n < len(self.nodes.demands))

    def next_of(self, index: int) -> Any:
        """The variable that says what follows."""
        return self.routing.NextVar(index)
