# pyright: basic
"""A problem as a routing model of OR-Tools, around a plan that it starts from.

A crew whose round takes the break now has to be back earlier by it; one that owes none now may
not stay out so long that it would. Like that the model needs no break intervals, which make the
routing solver slow, and every plan is judged by the exact evaluator anyway.
"""

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp

from console.planning.problem import UNLIMITED, Crew, Order, Problem, Routes
from console.planning.rounds import Evaluator, Line, owes_break

COARSER = 1_000  # one of the model's cost units in ``MONEY`` parts
FAR = 10_000_000
PRIORITIES = (64, 8, 1)
_FROM_ZERO = True  # a dimension that begins with nothing


class RoutingPlan:
    """The model; nodes are the demands that are placed or may be, then one depot per crew."""

    def __init__(self, problem: Problem, start: Routes) -> None:
        self.problem = problem
        self.start = start
        self.demands = [i for i, demand in enumerate(problem.demands) if demand.crews]
        count, crews = len(self.demands), len(problem.crews)
        depots = [count + crew for crew in range(crews)]
        self.manager = pywrapcp.RoutingIndexManager(count + crews, crews, depots, depots)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self._origin = min(crew.duty.start for crew in problem.crews)
        rows = [problem.demands[i].task.row for i in self.demands]
        self._rows = [*rows, *(crew.duty.row for crew in problem.crews)]
        self._price()
        self._limit_loads()
        self._limit_time()
        self._limit_range()
        self._restrict()

    def _cells(self, flat: Any) -> "np.ndarray[Any, np.dtype[np.int64]]":
        size = len(self.problem.matrix.places)
        whole = np.frombuffer(flat, dtype=np.uint32).reshape(size, size)
        return np.minimum(whole[np.ix_(self._rows, self._rows)].astype(np.int64), FAR)

    def _price(self) -> None:
        """Fixed costs and metres; the time dimension prices the seconds."""
        metres = self._cells(self.problem.matrix.distances)
        registered: dict[int, int] = {}
        for i, crew in enumerate(self.problem.crews):
            if crew.per_metre not in registered:
                cost = metres * crew.per_metre // COARSER
                registered[crew.per_metre] = self.routing.RegisterTransitMatrix(cost.tolist())
            self.routing.SetArcCostEvaluatorOfVehicle(registered[crew.per_metre], i)
            self.routing.SetFixedCostOfVehicle(crew.fixed // COARSER, i)

    def _limit_loads(self) -> None:
        for dimension in range(4):
            limits = [crew.capacity[dimension] for crew in self.problem.crews]
            loads = [self.problem.demands[i].load[dimension] for i in self.demands]
            if sum(loads) <= min(limits):
                continue
            vector = self.routing.RegisterUnaryTransitVector([*loads, *(0 for _ in limits)])
            self.routing.AddDimensionWithVehicleCapacity(
                vector, 0, limits, _FROM_ZERO, f"load{dimension}"
            )

    def _limit_range(self) -> None:
        limits = [crew.range_m for crew in self.problem.crews]
        if min(limits) >= UNLIMITED:
            return
        metres = self._cells(self.problem.matrix.distances)
        transit = self.routing.RegisterTransitMatrix(metres.tolist())
        self.routing.AddDimensionWithVehicleCapacity(transit, 0, limits, _FROM_ZERO, "metres")

    def _limit_time(self) -> None:
        seconds = self._cells(self.problem.matrix.durations)
        service = [self.problem.demands[i].task.service for i in self.demands]
        seconds[: len(service)] += np.array(service, dtype=np.int64)[:, None]
        horizon = max(crew.duty.latest_end for crew in self.problem.crews) - self._origin
        transit = self.routing.RegisterTransitMatrix(seconds.tolist())
        self.routing.AddDimension(transit, horizon, horizon, not _FROM_ZERO, "time")
        time = self.routing.GetDimensionOrDie("time")
        evaluator = Evaluator(self.problem)
        for i, crew in enumerate(self.problem.crews):
            self._limit_crew(time, i, crew, Line(evaluator, crew, self.start[i]))
        for node, i in enumerate(self.demands):
            self._limit_stop(time.CumulVar(self.manager.NodeToIndex(node)), i, horizon)

    def _limit_crew(self, time: Any, index: int, crew: Crew, line: Line) -> None:
        duty, pause = crew.duty, crew.duty.pause
        seconds, _, earliest, _ = line.before[-1]
        latest = duty.latest_end
        if pause is not None and owes_break(duty, seconds):
            latest = max(latest - pause.duration, earliest + seconds)
        elif pause is not None:
            time.SetSpanUpperBoundForVehicle(pause.after, index)
        first, last = self.routing.Start(index), self.routing.End(index)
        opens = min(max(duty.start, 0), latest) - self._origin
        time.CumulVar(first).SetRange(opens, latest - self._origin)
        time.CumulVar(last).SetRange(opens, latest - self._origin)
        time.SetSpanCostCoefficientForVehicle(crew.per_second // COARSER, index)
        time.SetCumulVarSoftUpperBound(
            last, max(0, duty.end - self._origin), crew.per_overtime_second // COARSER
        )
        self.routing.AddVariableMinimizedByFinalizer(time.CumulVar(last))
        self.routing.AddVariableMaximizedByFinalizer(time.CumulVar(first))

    def _limit_stop(self, cumul: Any, index: int, horizon: int) -> None:
        windows = self.problem.demands[index].task.windows
        if not windows:
            return
        spans = [(max(0, a - self._origin), min(b - self._origin, horizon)) for a, b in windows]
        cumul.SetRange(min(spans[0][0], horizon), max(0, spans[-1][1]))
        for (_, before), (after, _) in itertools.pairwise(spans):
            if before + 1 <= after - 1:
                cumul.RemoveInterval(before + 1, after - 1)

    def _restrict(self) -> None:
        """Who may serve what, and what it costs to leave a stop out."""
        crews = len(self.problem.crews)
        dearest = max(crew.fixed + crew.per_second * 36_000 for crew in self.problem.crews)
        for node, i in enumerate(self.demands):
            demand = self.problem.demands[i]
            index = self.manager.NodeToIndex(node)
            if len(demand.crews) < crews:
                # SetAllowedVehiclesForIndex raises a TypeError in 9.15.
                self.routing.VehicleVar(index).SetValues([-1, *demand.crews])
            weight = sum(n * w for n, w in zip(demand.orders, PRIORITIES, strict=True))
            self.routing.AddDisjunction([index], weight * dearest // COARSER)

    def as_nodes(self, routes: Routes) -> list[list[int]]:
        """Our routes as node numbers."""
        node = {demand: n for n, demand in enumerate(self.demands)}
        return [[node[i] for i in order] for order in routes]

    def routes(self, follow: Callable[[int], int]) -> Routes:
        """The routes that ``follow``, from index to next index, describes."""
        return tuple(self._order(follow, crew) for crew in range(len(self.problem.crews)))

    def _order(self, follow: Callable[[int], int], crew: int) -> Order:
        found: list[int] = []
        index = follow(self.routing.Start(crew))
        while not self.routing.IsEnd(index):
            found.append(self.demands[self.manager.IndexToNode(index)])
            index = follow(index)
        return tuple(found)

    def next_of(self, index: int) -> Any:
        """The variable that says what follows."""
        return self.routing.NextVar(index)
