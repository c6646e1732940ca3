"""From a solver's numbers back to stops and routes: judged by the one reference, then a command."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain.commands.solution import AdoptSolution
from console.domain.errors import ConsoleError
from console.domain.plan import Plan, RouteId, StopId
from console.domain.schedule import Schedule, schedule_stops
from console.domain.travel import TravelMatrix
from console.planning.problem import Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import real_cost, score
from console.planning.working import Working, sound
from console.tongues import tr


@dataclass(frozen=True, slots=True)
class Solution:
    """A proposal: the stops of every route that was planned, empty ones and what is done included.

    ``cost`` is that of these routes by the objective, in the depot's currency. ``served`` and
    ``missed`` count open orders by priority, high first. ``engine`` says who found it.
    """

    routes: Mapping[RouteId, tuple[StopId, ...]]
    unassigned: tuple[StopId, ...]
    engine: str
    cost: float
    served: tuple[int, int, int]
    missed: tuple[int, int, int]

    @property
    def rank(self) -> tuple[int, int, int, float]:
        """The smaller the better: what is missed by priority, then cost."""
        return (*self.missed, self.cost)


def solution_of(
    problem: Problem, routes: Routes, engine: str, evaluator: Evaluator | None = None
) -> Solution:
    """A solver's routes as a proposal; ConsoleError when it breaks a hard rule."""
    evaluator = evaluator or Evaluator(problem)
    judged = score(evaluator, routes)
    if judged.broken or not is_whole(problem, routes):
        raise ConsoleError(
            tr("The optimiser's proposal breaks a rule and is not shown."),
            remedy=tr("Optimise again; if it happens twice, report it with the plan's file."),
        )
    placed = {i for order in routes for i in order}
    names = [demand.stop for demand in problem.demands]
    orders = {
        crew.route: (*crew.behind, *(names[i] for i in order))
        for crew, order in zip(problem.crews, routes, strict=True)
    }
    return Solution(
        routes=orders,
        unassigned=tuple(name for i, name in enumerate(names) if i not in placed),
        engine=engine,
        cost=real_cost(evaluator, routes, judged),
        served=_counts(problem, placed),
        missed=(judged.high, judged.normal, judged.low),
    )


def _counts(problem: Problem, demands: Iterable[int]) -> tuple[int, int, int]:
    columns = [problem.demands[i].orders for i in demands]
    return (sum(c[0] for c in columns), sum(c[1] for c in columns), sum(c[2] for c in columns))


def is_whole(problem: Problem, routes: Routes) -> bool:
    """True when there is one order for each crew and no demand stands twice."""
    placed = [i for order in routes for i in order]
    known = all(0 <= i < len(problem.demands) for i in placed)
    return len(routes) == len(problem.crews) and known and len(set(placed)) == len(placed)


def repaired(evaluator: Evaluator, routes: Sequence[Sequence[int]]) -> Routes:
    """Routes that keep every rule: doubles and what breaks one taken out, then inserted anew."""
    seen: set[int] = set()
    rounds: list[list[int]] = []
    for crew, order in enumerate(routes):
        fresh = [i for i in dict.fromkeys(order) if i not in seen]
        rounds.append(sound(evaluator, crew, fresh))
        seen.update(rounds[-1])
    working = Working(evaluator, rounds)
    working.fill(working.waiting, lambda: False)
    return working.frozen()


def evaluate(
    plan: Plan,
    routes: Mapping[RouteId, Sequence[StopId]],
    matrix: TravelMatrix,
    now: datetime | None = None,
) -> dict[RouteId, Schedule]:
    """The schedules these routes would have, by the reference; empty ones are left out."""
    timed = {
        route: schedule_stops(
            plan, plan.routes[route], [plan.stops[stop] for stop in stops], matrix, now
        )
        for route, stops in routes.items()
    }
    return {route: schedule for route, schedule in timed.items() if schedule is not None}


def adopt(plan: Plan, solution: Solution) -> AdoptSolution:
    """The command that makes the proposal the plan; it names only the routes that change.

    Those of them that are in their drivers' hands are amended.
    """
    changed = tuple(
        (route, stops)
        for route, stops in solution.routes.items()
        if plan.routes[route].stops != stops
    )
    out = tuple(route for route, _ in changed if plan.routes[route].released)
    return AdoptSolution(changed, solution.engine, round(solution.cost, 2), opened=out)
