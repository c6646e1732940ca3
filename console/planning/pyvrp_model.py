"""A problem in PyVRP's terms, and its solutions back in ours.

PyVRP knows no breaks. A crew that owes one has to be back earlier by its length, windows that end
after the break's hours end earlier by it, and the hours beyond those without a break cost more, so
that a full shift has paid for it. What comes back is judged by the exact evaluator anyway. Skills
and pins are profiles in which a forbidden stop is out of reach. Of several windows PyVRP sees the
span from first to last; rounds that miss the true ones are broken, and repaired or dropped.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import numpy as np
from pyvrp import (
    Activity,
    ActivityType,
    Client,
    Depot,
    Location,
    ProblemData,
    Route,
    Solution,
    VehicleType,
)

from console.planning.problem import UNLIMITED, Amounts, Crew, Order, Problem, Routes

Matrix = np.ndarray[Any, np.dtype[Any]]  # as PyVRP's stubs want it; holds int64

COARSER = 100  # one of PyVRP's cost units in ``MONEY`` parts; keeps its penalties in range
OUT_OF_REACH = 10_000_000
PRIZES = (25, 5, 1)  # high, normal, low; in multiples of what serving any stop alone costs


@dataclass(frozen=True, slots=True)
class Kind:
    """Crews that are alike, by index."""

    crews: tuple[int, ...]
    profile: int


class Model:
    """PyVRP's data for a problem; clients are the demands that some crew may serve, in order.

    Only ``crews`` are available. ``required`` demands must be served, others have their prizes.
    """

    def __init__(self, problem: Problem, *, required: bool, crews: Collection[int]) -> None:
        self.problem = problem
        self._crews = crews
        self.required = required
        self.demands = [i for i, demand in enumerate(problem.demands) if demand.crews]
        self._client = {demand: i for i, demand in enumerate(self.demands)}
        self._origin = min((crew.duty.start for crew in problem.crews), default=0)
        self._profiles = _profiles(problem)
        self.kinds = list(self._kinds())
        self.data = self._data(required=required)

    def _kinds(self) -> Iterable[Kind]:
        alike: dict[object, list[int]] = {}
        for i in sorted(self._crews):
            crew = self.problem.crews[i]
            key = (crew.duty, crew.capacity, crew.range_m, crew.fixed, crew.per_metre)
            alike.setdefault((key, crew.per_second, self._profiles[i]), []).append(i)
        for crews in alike.values():
            yield Kind(tuple(crews), self._profiles[crews[0]])

    def _data(self, *, required: bool) -> ProblemData:
        problem = self.problem
        rows = sorted({crew.duty.row for crew in problem.crews})
        depots = {row: i for i, row in enumerate(rows)}
        places = [*rows, *(problem.demands[i].task.row for i in self.demands)]
        durations, distances = self._matrices(places, len(rows))
        return ProblemData(
            [Location(0, 0) for _ in places],
            [self._stop(i, len(rows) + n, required) for n, i in enumerate(self.demands)],
            [Depot(i) for i in range(len(rows))],
            [self._vehicle(kind, depots) for kind in self.kinds],
            distances,
            durations,
        )

    def _matrices(self, places: Sequence[int], depots: int) -> tuple[list[Matrix], list[Matrix]]:
        size = len(self.problem.matrix.places)
        cells = np.ix_(places, places)
        both: list[list[Matrix]] = []
        for flat in (self.problem.matrix.durations, self.problem.matrix.distances):
            whole = np.frombuffer(flat, dtype=np.uint32).reshape(size, size)[cells]
            base = np.minimum(whole.astype(np.int64), OUT_OF_REACH)
            np.fill_diagonal(base, 0)
            both.append([self._without(base, p, depots) for p in range(max(self._profiles) + 1)])
        return both[0], both[1]

    def _without(self, base: Matrix, profile: int, depots: int) -> Matrix:
        crew = self._profiles.index(profile)
        shut = [
            depots + n
            for n, i in enumerate(self.demands)
            if crew not in self.problem.demands[i].crews
        ]
        if not shut:
            return base
        matrix = base.copy()
        matrix[:, shut] = OUT_OF_REACH
        np.fill_diagonal(matrix, 0)
        return matrix

    def _stop(self, index: int, location: int, required: bool) -> Client:
        demand = self.problem.demands[index]
        early, late = self._window(index)
        alone = sum(n * weight for n, weight in zip(demand.orders, PRIZES, strict=True))
        return Client(
            location,
            delivery=_finer(demand.load),
            service_duration=demand.task.service,
            tw_early=early,
            tw_late=late,
            prize=0 if required else alone * self._alone(),
            required=required,
        )

    def _alone(self) -> int:
        """More than any stop can cost by itself."""
        dearest = max(self.problem.crews, key=lambda crew: crew.fixed + crew.per_second * 7200)
        return 2 * (dearest.fixed + dearest.per_second * 7200) // COARSER + 1

    def _window(self, index: int) -> tuple[int, int]:
        windows = self.problem.demands[index].task.windows
        if not windows:
            return 0, UNLIMITED
        early, late = windows[0][0], windows[-1][1]
        pauses = [crew.duty.pause for crew in self.problem.crews if crew.duty.pause is not None]
        after = max((pause.latest - pause.duration for pause in pauses), default=UNLIMITED)
        if late > after:
            late = max(early, late - max(pause.duration for pause in pauses))
        return max(0, early - self._origin), max(0, late - self._origin)

    def _vehicle(self, kind: Kind, depots: dict[int, int]) -> VehicleType:
        crew = self.problem.crews[kind.crews[0]]
        duty = crew.duty
        lost = duty.pause.duration if duty.pause is not None else 0
        return VehicleType(
            num_available=len(kind.crews),
            capacity=_finer(crew.capacity),
            start_depot=depots[duty.row],
            end_depot=depots[duty.row],
            fixed_cost=crew.fixed // COARSER,
            tw_early=duty.start - self._origin,
            tw_late=max(duty.start, duty.latest_end - lost) - self._origin,
            max_distance=crew.range_m,
            unit_distance_cost=round(crew.per_metre / COARSER),
            unit_duration_cost=round(crew.per_second / COARSER),
            profile=kind.profile,
            **_break_price(crew),
        )

    def solution(self, routes: Routes) -> Solution:
        """Our routes in PyVRP's terms."""
        types = {crew: t for t, kind in enumerate(self.kinds) for crew in kind.crews}
        made = [
            Route(
                self.data,
                [Activity(ActivityType.CLIENT, self._client[i]) for i in order],
                types[crew],
            )
            for crew, order in enumerate(routes)
            if order
        ]
        return Solution(self.data, made)

    def routes(self, solution: Solution) -> Routes:
        """PyVRP's routes as ours; crews that are alike take theirs in turn."""
        free = [list(kind.crews) for kind in self.kinds]
        found: list[Order] = [()] * len(self.problem.crews)
        for route in solution.routes():
            order = tuple(self.demands[a.idx] for a in route if a.is_client())
            found[free[route.vehicle_type()].pop(0)] = order
        return tuple(found)


def _finer(amounts: Amounts) -> list[int]:
    """Pieces, kg and m3 in units of like size, so that one penalty per unit suits them all."""
    pieces, kg, m3, _ = amounts
    return [pieces * 1_000, kg, m3]


class _BreakPrice(TypedDict, total=False):
    shift_duration: int
    max_overtime: int
    unit_overtime_cost: int


def _break_price(crew: Crew) -> _BreakPrice:
    """The break's cost, spread over the hours between the first that owes one and a full shift."""
    duty, pause = crew.duty, crew.duty.pause
    if pause is None:
        return {}
    beyond = duty.latest_end - duty.start - pause.duration - pause.after
    if beyond <= 0:
        return {}
    price = crew.per_second * pause.duration / beyond / COARSER
    return {
        "shift_duration": pause.after,
        "max_overtime": UNLIMITED,
        "unit_overtime_cost": round(price),
    }


def _profiles(problem: Problem) -> list[int]:
    """For every crew which set of demands it may serve, as a number from 0."""
    sets: dict[frozenset[int], int] = {}
    found: list[int] = []
    for crew in range(len(problem.crews)):
        shut = frozenset(i for i, demand in enumerate(problem.demands) if crew not in demand.crews)
        found.append(sets.setdefault(shut, len(sets)))
    return found
