"""Doorstep's two ways to go on from a situation: with the day kept stable, and without.

``stable`` is the one place that says how the product re-plans.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial

from console.domain.plan import RouteId, StopId
from console.planning.run import ChangeBudget, Terms
from console.planning.stating import build
from console.planning.worker import Optimiser
from tests.benchmarks.racing.case import Routes
from tests.benchmarks.racing.doorstep import route_id, warmed
from tests.benchmarks.racing.half_day import Situation
from tests.benchmarks.racing.stopwatch import Find, Found, Prepare, Task

DRIVER_PRICE = 1.0  # euro for a stop that changes its driver

Names = Mapping[RouteId, tuple[StopId, ...]]


def stable(told: Situation, optimiser: Optimiser, task: Task) -> Names:
    """Re-plan with a price on every change of driver."""
    terms = Terms(task.seconds, task.seed, budget=ChangeBudget(driver_price=DRIVER_PRICE))
    return _solved(told, optimiser, terms)


def free(told: Situation, optimiser: Optimiser, task: Task) -> Names:
    """Re-plan as if nobody had been told anything."""
    return _solved(told, optimiser, Terms(task.seconds, task.seed))


def _solved(told: Situation, optimiser: Optimiser, terms: Terms) -> Names:
    problem = build(told.plan, told.matrix, now=told.now)
    return optimiser.solve(problem, terms).future.result().solution.routes


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
