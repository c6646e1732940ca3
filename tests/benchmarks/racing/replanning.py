"""Doorstep's two ways to go on from a situation: with the day kept stable, and without.

``stable`` is the one place that says how the product re-plans.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from console.domain.plan import RouteId, StopId
from console.planning.problem import Problem
from console.planning.replanning import at_once, reoptimise, restate
from console.planning.run import ChangeBudget, Terms
from console.planning.worker import Optimiser
from tests.benchmarks.racing.case import Routes
from tests.benchmarks.racing.doorstep import route_id, warmed
from tests.benchmarks.racing.half_day import Situation
from tests.benchmarks.racing.stopwatch import Find, Found, Prepare, Task

DRIVER_PRICE = 2.0  # euro for a stop that changes its driver
TIMES = 7  # that the first answer is measured

Names = Mapping[RouteId, tuple[StopId, ...]]


def stable(
    told: Situation, optimiser: Optimiser, task: Task, *, price: float = DRIVER_PRICE
) -> Names:
    """Re-plan with a price on every change of driver; a cap might cost service."""
    began = time.monotonic()
    terms = Terms(task.seconds, task.seed, budget=ChangeBudget(driver_price=price))
    problem, _ = reoptimise(told.plan, told.matrix, terms, told.now)
    return _solved(problem, optimiser, terms, began)


def free(told: Situation, optimiser: Optimiser, task: Task) -> Names:
    """Re-plan as if nobody had been told anything."""
    began, terms = time.monotonic(), Terms(task.seconds, task.seed)
    problem = restate(told.plan, told.matrix, terms, told.now)
    return _solved(problem, optimiser, terms, began)


def _solved(problem: Problem, optimiser: Optimiser, terms: Terms, began: float) -> Names:
    """Stating the problem is within the seconds."""
    left = max(0.1, terms.seconds - (time.monotonic() - began))
    run = optimiser.solve(problem, replace(terms, seconds=left))
    return run.future.result().solution.routes


@dataclass(frozen=True, slots=True)
class First:
    """The answer at once, in process: stops that waited, that still do, and the least seconds.

    ``stating`` is from the plan to the problem, ``inserting`` from there to the answer.
    """

    waiting: int
    left: int
    stating: float
    inserting: float


def first_answer(told: Situation) -> First:
    """The answer before any search, the best of some."""
    terms = Terms(1, budget=ChangeBudget(driver_price=DRIVER_PRICE))
    stating, inserting = list[float](), list[float]()
    for _ in range(TIMES):
        began = time.perf_counter()
        problem = restate(told.plan, told.matrix, terms, told.now)
        stated = time.perf_counter()
        routes = at_once(problem)
        stating.append(stated - began)
        inserting.append(time.perf_counter() - stated)
    count = len(problem.demands)
    placed = [sum(map(len, each)) for each in (problem.present, routes)]
    return First(count - placed[0], count - placed[1], min(stating), min(inserting))


Way = Callable[[Situation, Optimiser, Task], Names]


def replanning(told: Situation, way: Way) -> Prepare:
    """The way as a contestant."""
    return partial(_prepare, told, way)


def _prepare(told: Situation, way: Way, task: Task) -> Find:
    optimiser = warmed(task.threads)

    def find() -> Found:
        began = time.monotonic()
        names = way(told, optimiser, task)
        return Found(routes_left(told, names), time.monotonic() - began)

    return find


def routes_left(told: Situation, names: Names) -> Routes:
    """What lies ahead, as indices of the situation's case; unnamed routes stay as they are."""
    place = {f"s{j}": i for i, j in enumerate(told.jobs)}
    return tuple(
        tuple(place[stop] for stop in names[route_id(v)] if stop in place)
        if route_id(v) in names
        else told.case.present[i]
        for i, v in enumerate(told.vans)
    )
