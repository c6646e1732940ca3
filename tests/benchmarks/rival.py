"""PyVRP alone, as good as its own ``solve`` makes it: the rival of the planning benchmark.

The textbook model: half an hour of slack is taken from the shift and from windows that end after
the break may begin, the break is placed afterwards. Default parameters, one process per core with
a seed of its own, the best of them counts. Judged by the same evaluator as our plans.
"""

import multiprocessing
import warnings

import numpy as np
import pyvrp
from pyvrp.stop import MaxRuntime

from console.planning.problem import UNLIMITED, Problem, Routes
from console.planning.recombine import kinds_of
from console.planning.rounds import Evaluator
from console.planning.score import score
from console.planning.working import sound

COARSER = 100
FAR = 10_000_000


def alone(problem: Problem, seconds: float, cores: int) -> Routes:
    """The best plan of ``cores`` runs side by side."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(cores) as pool:
        pool.map(_ready, range(cores), 1)  # imports do not count
        found = pool.starmap(_solve, [(problem, seconds, seed) for seed in range(cores)], 1)
    evaluator = Evaluator(problem)
    return min(found, key=lambda routes: score(evaluator, routes))


def _ready(_: int) -> None:
    import time

    time.sleep(0.3)


def _solve(problem: Problem, seconds: float, seed: int) -> Routes:
    warnings.simplefilter("ignore")
    kinds = kinds_of(problem)
    data = _data(problem, kinds)
    result = pyvrp.solve(data, MaxRuntime(seconds), seed=seed, collect_stats=False)
    free = [list(crews) for crews in kinds]
    routes: list[tuple[int, ...]] = [()] * len(problem.crews)
    for route in result.best.routes():
        order = tuple(activity.idx for activity in route if activity.is_client())
        routes[free[route.vehicle_type()].pop(0)] = order
    evaluator = Evaluator(problem)
    return tuple(tuple(sound(evaluator, crew, order)) for crew, order in enumerate(routes))


def _data(problem: Problem, kinds: list[list[int]]) -> pyvrp.ProblemData:
    origin = min(crew.duty.start for crew in problem.crews)
    depot = problem.crews[0].duty.row
    rows = [depot, *(demand.task.row for demand in problem.demands)]
    size = len(problem.matrix.places)
    seconds, metres = (
        np.minimum(
            np.frombuffer(flat, dtype=np.uint32).reshape(size, size)[np.ix_(rows, rows)], FAR
        ).astype(np.int64)
        for flat in (problem.matrix.durations, problem.matrix.distances)
    )
    for matrix in (seconds, metres):
        np.fill_diagonal(matrix, 0)
    durations, distances = [], []
    for crews in kinds:
        shut = [1 + i for i, demand in enumerate(problem.demands) if crews[0] not in demand.crews]
        for matrix, made in ((seconds, durations), (metres, distances)):
            copy = matrix.copy()
            copy[:, shut] = FAR
            np.fill_diagonal(copy, 0)
            made.append(copy)
    return pyvrp.ProblemData(
        [pyvrp.Location(0, 0) for _ in rows],
        [_client(problem, i, origin) for i in range(len(problem.demands))],
        [pyvrp.Depot(0)],
        [_vehicle(problem, crews, k, origin) for k, crews in enumerate(kinds)],
        distances,
        durations,
    )


def _client(problem: Problem, index: int, origin: int) -> pyvrp.Client:
    demand = problem.demands[index]
    pauses = [crew.duty.pause for crew in problem.crews if crew.duty.pause]
    early, late = demand.task.windows[0] if demand.task.windows else (origin, UNLIMITED)
    if pauses and late > pauses[0].earliest:
        late = max(early, late - pauses[0].duration)
    return pyvrp.Client(
        1 + index,
        delivery=list(demand.load[:3]),
        service_duration=demand.task.service,
        tw_early=max(0, early - origin),
        tw_late=late - origin,
    )


def _vehicle(problem: Problem, crews: list[int], profile: int, origin: int) -> pyvrp.VehicleType:
    crew = problem.crews[crews[0]]
    slack = crew.duty.pause.duration if crew.duty.pause else 0
    return pyvrp.VehicleType(
        num_available=len(crews),
        capacity=list(crew.capacity[:3]),
        fixed_cost=crew.fixed // COARSER,
        tw_early=crew.duty.start - origin,
        tw_late=crew.duty.latest_end - slack - origin,
        max_distance=crew.range_m,
        unit_distance_cost=round(crew.per_metre / COARSER),
        unit_duration_cost=round(crew.per_second / COARSER),
        profile=profile,
    )
