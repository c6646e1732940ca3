# pyright: basic
"""OR-Tools' routing solver: re-plans and polishes by guided local search, never from nothing."""

import time

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from console.planning.engine import Budget, Exchange
from console.planning.ortools_model import RoutingPlan
from console.planning.problem import Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import Score, score
from console.planning.solution import repaired

_SKIP_INACTIVE = True
MENDING = 0.3  # share of the time that repairs of what breaks a rule may take


class OrtoolsSearch:
    """Guided local search from a plan, with what waits inserted."""

    name = "ortools"

    def solve(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> Routes:
        """The best plan by the exact evaluator; ``start`` when the model finds none better."""
        if not problem.crews or not any(demand.crews for demand in problem.demands):
            return start
        evaluator = Evaluator(problem)
        filled = repaired(evaluator, start)
        if score(evaluator, filled) < score(evaluator, start):
            start = filled
            exchange.better(start)
        follower = _Follower(evaluator, start, budget, exchange)
        follower.search()
        return follower.best


class _Follower:
    """Follows the solver's plans; keeps the best that keeps every rule."""

    def __init__(
        self, evaluator: Evaluator, start: Routes, budget: Budget, exchange: Exchange
    ) -> None:
        self._evaluator = evaluator
        self._budget = budget
        self._exchange = exchange
        self.best: Routes = start
        self._score: Score = score(evaluator, start)
        self._plan = RoutingPlan(evaluator.problem, start)
        self._began = time.monotonic()
        self._mended = 0.0  # seconds

    def search(self) -> None:
        """Search from the start until the budget is over."""
        plan, routing = self._plan, self._plan.routing
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.local_search_metaheuristic = (
            routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        )
        parameters.time_limit.FromMilliseconds(max(1, int(self._budget.seconds * 1000)))
        solver = routing.solver()
        routing.AddSearchMonitor(solver.CustomLimit(lambda: self._budget.is_over))
        routing.AddAtSolutionCallback(self._look)
        routing.CloseModelWithParameters(parameters)
        if self._budget.is_over:
            return
        first = routing.ReadAssignmentFromRoutes(plan.beginning, _SKIP_INACTIVE)
        if first is None:
            return
        parameters.time_limit.FromMilliseconds(max(1, int(self._budget.seconds * 1000)))
        routing.SolveFromAssignmentWithParameters(first, parameters)

    def _look(self) -> None:
        """Judge the solver's present plan."""
        routes = self._plan.routes(lambda index: self._plan.next_of(index).Value())
        judged = score(self._evaluator, routes)
        if judged.broken and judged[1:] < self._score[1:] and self._may_mend:
            began = time.monotonic()
            routes = repaired(self._evaluator, routes)
            judged = score(self._evaluator, routes)
            self._mended += time.monotonic() - began
        if judged < self._score:
            self.best, self._score = routes, judged
            self._exchange.better(routes)

    @property
    def _may_mend(self) -> bool:
        return self._mended <= MENDING * (time.monotonic() - self._began)
