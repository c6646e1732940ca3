# pyright: basic
"""OR-Tools' routing solver: polishes a plan by guided local search, never from nothing."""

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from console.planning.engine import Budget, Exchange
from console.planning.ortools_model import RoutingPlan
from console.planning.problem import Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import Score, score
from console.planning.solution import repaired
from console.planning.working import Working

_SKIP_INACTIVE = True


class OrtoolsSearch:
    """Guided local search from a plan; where there is none, from insertion's."""

    name = "ortools"

    def solve(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> Routes:
        """The best plan by the exact evaluator; ``start`` when the model finds none better."""
        if not problem.crews or not any(demand.crews for demand in problem.demands):
            return start
        evaluator = Evaluator(problem)
        if not any(start):
            start = _inserted(evaluator, start)
            exchange.better(start)
        follower = _Follower(evaluator, start, budget, exchange)
        follower.search()
        return follower.best


def _inserted(evaluator: Evaluator, start: Routes) -> Routes:
    working = Working(evaluator, start)
    working.fill(working.waiting, lambda: False)
    return working.frozen()


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
        first = routing.ReadAssignmentFromRoutes(plan.as_nodes(self.best), _SKIP_INACTIVE)
        if first is None:
            return
        parameters.time_limit.FromMilliseconds(max(1, int(self._budget.seconds * 1000)))
        routing.SolveFromAssignmentWithParameters(first, parameters)

    def _look(self) -> None:
        """Judge the solver's present plan."""
        routes = self._plan.routes(lambda index: self._plan.next_of(index).Value())
        judged = score(self._evaluator, routes)
        if judged.broken and judged.cost < self._score.cost:
            routes = repaired(self._evaluator, routes)
            judged = score(self._evaluator, routes)
        if judged < self._score:
            self.best, self._score = routes, judged
            self._exchange.better(routes)
