"""Plain OR-Tools: the routing solver as its guides have it.

A first plan by a heuristic (``option``), then guided local search. The break is slack in shift and
windows, as for PyVRP (native breaks together with optional jobs make 9.15 drop every job). It does
not load again.
"""

import time
from itertools import pairwise
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from tests.benchmarks.racing.case import NO_ROAD, Case, Job, Routes, Van, padded
from tests.benchmarks.racing.pyvrp_rival import shortened
from tests.benchmarks.racing.stopwatch import Find, Found, Task

FIRST = ("PATH_CHEAPEST_ARC", "PARALLEL_CHEAPEST_INSERTION", "SAVINGS", "AUTOMATIC")
FROM_ZERO = True


def prepare(task: Task) -> Find:
    """Everything but the search and what it does first of all."""
    model = _Model(task.case)
    first: list[float] = []

    def find() -> Found:
        began = time.monotonic()

        def found() -> None:
            if not first:
                first.append(time.monotonic() - began)

        model.routing.AddAtSolutionCallback(found)
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.first_solution_strategy = getattr(
            routing_enums_pb2.FirstSolutionStrategy, task.option
        )
        parameters.local_search_metaheuristic = (
            routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        )
        parameters.time_limit.FromMilliseconds(round(1000 * task.seconds))
        model.routing.CloseModelWithParameters(parameters)
        left = max(0.1, task.seconds - (time.monotonic() - began))
        parameters.time_limit.FromMilliseconds(round(1000 * left))
        answer = model.routing.SolveWithParameters(parameters)
        if answer is None:
            return Found(None, note="no plan in time")
        return Found(model.routes(answer), first[0] if first else None, task.option)

    return find


class _Model:
    """Nodes: the jobs, then every row where vans start or end."""

    def __init__(self, case: Case) -> None:
        self.case = case
        ends = sorted({row for van in case.vans for row in (van.start, van.end)})
        node = {row: len(case.jobs) + i for i, row in enumerate(ends)}
        self._rows = [*(job.row for job in case.jobs), *ends]
        self._manager = pywrapcp.RoutingIndexManager(
            len(self._rows),
            len(case.vans),
            [node[van.start] for van in case.vans],
            [node[van.end] for van in case.vans],
        )
        self.routing = pywrapcp.RoutingModel(self._manager)
        self._origin = min(0, *(van.begins for van in case.vans))
        self._price()
        self._limit_loads()
        self._limit_time()
        for j, job in enumerate(case.jobs):
            self._admit(j, job)
        self._pair()

    def _transits(self, of: str) -> list[int]:
        """A registered matrix per van."""
        made: dict[object, int] = {}
        found = list[int]()
        for van in self.case.vans:
            price = van.per_metre if of == "cost" else 0
            key = (van.profile, price)
            if key not in made:
                base = self.case.metres if of == "cost" else self.case.seconds
                cells = base[van.profile][np.ix_(self._rows, self._rows)]
                if of == "cost":
                    cells = np.rint(cells * (price * self.case.grain)).astype(np.int64)
                else:
                    spent = [job.service + job.setup for job in self.case.jobs]
                    cells = np.minimum(cells, NO_ROAD)
                    cells[: len(spent)] += np.array(spent, dtype=np.int64)[:, None]
                made[key] = self.routing.RegisterTransitMatrix(cells.tolist())
            found.append(made[key])
        return found

    def _price(self) -> None:
        for v, (van, transit) in enumerate(
            zip(self.case.vans, self._transits("cost"), strict=True)
        ):
            self.routing.SetArcCostEvaluatorOfVehicle(transit, v)
            self.routing.SetFixedCostOfVehicle(round(van.fixed * self.case.grain), v)

    def _limit_loads(self) -> None:
        """What is brought and what is taken along each in a dimension; shipments with the latter.

        Both at once on one van may then be over: the judge says so.
        """
        size, others = self.case.dimensions, len(self._rows) - len(self.case.jobs)
        for d in range(size):
            limits = [padded(van.capacity, size)[d] for van in self.case.vans]
            brought = [padded(job.brought, size)[d] for job in self.case.jobs]
            carried = self._carried(d)
            for kind, amounts in (("brought", brought), ("carried", carried)):
                if any(amounts):
                    transit = self.routing.RegisterUnaryTransitVector([*amounts, *[0] * others])
                    self.routing.AddDimensionWithVehicleCapacity(
                        transit, 0, limits, FROM_ZERO, f"{kind} {d}"
                    )

    def _carried(self, d: int) -> list[int]:
        size, jobs = self.case.dimensions, self.case.jobs
        amounts = [padded(job.taken, size)[d] for job in jobs]
        for j, job in enumerate(jobs):
            if job.pickup is not None:
                amounts[j] -= padded(job.amount, size)[d]
                amounts[job.pickup] += padded(job.amount, size)[d]
        return amounts

    def _limit_time(self) -> None:
        horizon = max(van.latest_end for van in self.case.vans) - self._origin
        self.routing.AddDimensionWithVehicleTransits(
            self._transits("time"), horizon, horizon, not FROM_ZERO, "time"
        )
        self._time = self.routing.GetDimensionOrDie("time")
        for v, van in enumerate(self.case.vans):
            self._limit_van(v, van)

    def _limit_van(self, v: int, van: Van) -> None:
        time_of, routing = self._time, self.routing
        last = van.latest_end - sum(rest.duration for rest in van.rests)
        first = min(van.begins, last)
        for cumul in (time_of.CumulVar(routing.Start(v)), time_of.CumulVar(routing.End(v))):
            cumul.SetRange(first - self._origin, last - self._origin)
        price = round(van.per_second * self.case.grain)
        if price:
            time_of.SetSpanCostCoefficientForVehicle(price, v)
            beyond = round(price * (van.overtime_factor - 1))
            time_of.SetCumulVarSoftUpperBound(routing.End(v), van.ends - self._origin, beyond)
            routing.AddVariableMinimizedByFinalizer(time_of.CumulVar(routing.End(v)))
            routing.AddVariableMaximizedByFinalizer(time_of.CumulVar(routing.Start(v)))

    def _admit(self, j: int, job: Job) -> None:
        """Windows, skills, and what leaving it out costs."""
        index, case = self._manager.NodeToIndex(j), self.case
        fit = [v for v, van in enumerate(case.vans) if case.allows(van, job)]
        if len(fit) < len(case.vans):
            # SetAllowedVehiclesForIndex raises a TypeError in 9.15.
            self.routing.VehicleVar(index).SetValues([-1, *fit])
        price = case.unserved_price if job.skip_price is None else job.skip_price
        self.routing.AddDisjunction([index], round(price * case.grain * (1 + job.priority)))
        if job.windows:
            _open(self._time.CumulVar(index), [shortened(case, w) for w in job.windows])

    def _pair(self) -> None:
        for j, job in enumerate(self.case.jobs):
            if job.pickup is None:
                continue
            first, second = self._manager.NodeToIndex(job.pickup), self._manager.NodeToIndex(j)
            self.routing.AddPickupAndDelivery(first, second)
            solver: Any = self.routing.solver()
            solver.Add(self.routing.VehicleVar(first) == self.routing.VehicleVar(second))
            solver.Add(self._time.CumulVar(first) <= self._time.CumulVar(second))

    def routes(self, answer: Any) -> Routes:
        """Job indices per van."""
        return tuple(self._order(answer, v) for v in range(len(self.case.vans)))

    def _order(self, answer: Any, v: int) -> tuple[int, ...]:
        order = list[int]()
        index = answer.Value(self.routing.NextVar(self.routing.Start(v)))
        while not self.routing.IsEnd(index):
            order.append(self._manager.IndexToNode(index))
            index = answer.Value(self.routing.NextVar(index))
        return tuple(order)


def _open(cumul: Any, windows: list[tuple[int, int]]) -> None:
    cumul.SetRange(max(0, windows[0][0]), max(0, windows[-1][1]))
    for (_, before), (after, _) in pairwise(windows):
        if before + 1 <= after - 1:
            cumul.RemoveInterval(before + 1, after - 1)
