"""PyVRP's best model of a case: its own ``solve`` with its defaults, best of several seeds.

Skills are profiles in which a forbidden stop is out of reach; only optional jobs have prizes,
loading again is a reload depot, several windows are a group of alternatives, shipments are
shipments. PyVRP knows no breaks: the shift and windows that end after the break may begin are
shorter by it, so that the judge can always place it. Overtime counts from the shift's full length,
not from its end.
"""

import time
import warnings
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyvrp
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.IteratedLocalSearch import IteratedLocalSearchCallbacks, IteratedLocalSearchParams
from pyvrp.solve import SolveParams
from pyvrp.stop import MaxRuntime

from tests.benchmarks.racing.case import FOR_EVER, NO_ROAD, Case, Cells, Job, Routes, Van, padded
from tests.benchmarks.racing.stopwatch import Find, Found, Task


class _FirstPlan(IteratedLocalSearchCallbacks):
    """When the first plan was there that keeps every rule of the model."""

    def __init__(self, began: float) -> None:
        self._began = began
        self.seconds: float | None = None

    def on_start(self, ils: pyvrp.IteratedLocalSearch) -> None:
        self._look(ils._init)

    def on_best(self, best: pyvrp.Solution) -> None:
        self._look(best)

    def _look(self, found: pyvrp.Solution) -> None:
        if self.seconds is None and found.is_feasible():
            self.seconds = time.monotonic() - self._began


def prepare(task: Task) -> Find:
    """Everything but the search."""
    warnings.simplefilter("ignore", PenaltyBoundWarning)
    model = Model(task.case)

    def find() -> Found:
        first = _FirstPlan(time.monotonic())
        params = SolveParams(ils=IteratedLocalSearchParams(callbacks=first))
        result = pyvrp.solve(
            model.data, MaxRuntime(task.seconds), task.seed, collect_stats=False, params=params
        )
        note = "" if result.best.is_feasible() else "not feasible in its own model"
        return Found(model.routes(result.best), first.seconds, note)

    return find


class Model:
    """PyVRP's data for a case, and its solutions back."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.kinds = _kinds(case.vans)
        self._profiles = sorted({(van.profile, van.skills) for van in case.vans}, key=str)
        depots = sorted({row for van in case.vans for row in (van.start, van.end)})
        loading = sorted({(van.base, van.reload_time) for van in case.vans if van.reloads})
        self._depot = {row: i for i, row in enumerate(depots)}
        self._loading = {each: len(depots) + i for i, each in enumerate(loading)}
        self._locations = [*depots, *(row for row, _ in loading)]
        self._clients: list[pyvrp.Client] = []
        self._client_jobs: list[int] = []
        self._groups: list[pyvrp.ClientGroup] = []
        self._shipments: list[pyvrp.Shipment] = []
        self._shipment_jobs: list[tuple[int, int]] = []
        self._access: list[tuple[int, frozenset[str]]] = []
        self._add_jobs()
        self.data = pyvrp.ProblemData(
            [pyvrp.Location(0, 0) for _ in self._locations],
            self._clients,
            [
                *(pyvrp.Depot(i) for i in range(len(depots))),
                *(pyvrp.Depot(i, service_duration=s) for (_, s), i in self._loading.items()),
            ],
            [self._type(kind) for kind in self.kinds],
            [self._matrix(case.metres[p], skills) for p, skills in self._profiles],
            [self._matrix(case.seconds[p], skills) for p, skills in self._profiles],
            self._groups,
            self._shipments,
        )

    def _add_jobs(self) -> None:
        second = {job.pickup: j for j, job in enumerate(self.case.jobs) if job.pickup is not None}
        for j, job in enumerate(self.case.jobs):
            if j in second:
                self._add_shipment(j, second[j])
            elif job.pickup is None:
                self._add_clients(j)

    def _locate(self, job: Job) -> int:
        self._locations.append(job.row)
        self._access.append((len(self._locations) - 1, job.skills))
        return len(self._locations) - 1

    def _worth(self, job: Job) -> tuple[bool, int]:
        """(required, prize)."""
        if job.skip_price is None:
            return True, 0
        return False, round(job.skip_price * self.case.grain)

    def _add_clients(self, j: int) -> None:
        """One client; one for each of several windows, of which one is to be visited."""
        job, size = self.case.jobs[j], self.case.dimensions
        required, prize = self._worth(job)
        windows = [shortened(self.case, w) for w in job.windows] or [(0, FOR_EVER)]
        group = None
        if len(windows) > 1:
            group = len(self._groups)
            self._groups.append(pyvrp.ClientGroup(required=required))
        location = self._locate(job)
        for early, late in windows:
            if group is not None:
                self._groups[group].add_client(len(self._clients))
            self._client_jobs.append(j)
            self._clients.append(
                pyvrp.Client(
                    location,
                    list(padded(job.brought, size)),
                    list(padded(job.taken, size)),
                    job.service + job.setup,
                    early,
                    late,
                    prize=prize,
                    required=required and group is None,
                    group=group,
                )
            )

    def _add_shipment(self, first: int, second: int) -> None:
        pick, drop = self.case.jobs[first], self.case.jobs[second]
        required, prize = self._worth(drop)
        early, late = _span(self.case, pick)
        then, last = _span(self.case, drop)
        self._shipment_jobs.append((first, second))
        self._shipments.append(
            pyvrp.Shipment(
                self._locate(pick),
                self._locate(drop),
                early,
                late,
                pick.service + pick.setup,
                then,
                last,
                drop.service + drop.setup,
                list(padded(drop.amount, self.case.dimensions)),
                2 * prize,
                required=required,
            )
        )

    def _matrix(self, cells: Cells, skills: frozenset[str]) -> Cells:
        made = np.minimum(cells[np.ix_(self._locations, self._locations)], NO_ROAD)
        shut = [location for location, needed in self._access if not needed <= skills]
        made[:, shut] = NO_ROAD
        np.fill_diagonal(made, 0)
        return made

    def _type(self, kind: Sequence[int]) -> pyvrp.VehicleType:
        van, grain = self.case.vans[kind[0]], self.case.grain
        lost = sum(rest.duration for rest in van.rests)
        overtime = van.latest_end - van.ends
        return pyvrp.VehicleType(
            len(kind),
            list(padded(van.capacity, self.case.dimensions)),
            self._depot[van.start],
            self._depot[van.end],
            round(van.fixed * grain),
            van.begins,
            max(van.begins, van.latest_end - lost),
            max(0, van.ends - van.begins - lost),
            FOR_EVER * 100,
            round(van.per_metre * grain),
            round(van.per_second * grain),
            self._profiles.index((van.profile, van.skills)),
            reload_depots=[self._loading[van.base, van.reload_time]] if van.reloads else [],
            max_reloads=van.reloads,
            max_overtime=overtime,
            unit_overtime_cost=round(van.per_second * (van.overtime_factor - 1) * grain),
        )

    def routes(self, solution: pyvrp.Solution) -> Routes:
        """Job indices per van; vans that are alike take theirs in turn."""
        free = [list(kind) for kind in self.kinds]
        found: list[tuple[int, ...]] = [()] * len(self.case.vans)
        for route in solution.routes():
            jobs = [job for activity in route for job in self._jobs(activity)]
            found[free[route.vehicle_type()].pop(0)] = tuple(jobs)
        return tuple(found)

    def _jobs(self, activity: pyvrp.Activity) -> list[int]:
        if activity.is_client():
            return [self._client_jobs[activity.idx]]
        if activity.is_shipment():
            return [self._shipment_jobs[activity.idx][activity.is_delivery()]]
        return []


def _kinds(vans: Sequence[Van]) -> list[list[int]]:
    alike: dict[Van, list[int]] = {}
    for v, van in enumerate(vans):
        alike.setdefault(replace(van, name=""), []).append(v)
    return list(alike.values())


def shortened(case: Case, window: tuple[int, int]) -> tuple[int, int]:
    """Room for the break where the window ends after it may begin."""
    early, late = window
    rests = [rest for van in case.vans for rest in van.rests]
    after = max((rest.latest - rest.duration for rest in rests), default=FOR_EVER)
    if late > after:
        late = max(early, late - max(rest.duration for rest in rests))
    return early, late


def _span(case: Case, job: Job) -> tuple[int, int]:
    if not job.windows:
        return 0, FOR_EVER
    early, late = job.windows[0][0], job.windows[-1][1]
    return shortened(case, (early, late))
