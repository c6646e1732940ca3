"""PyVRP's local search in the console's own loop: iterated, with late acceptance.

The loop is that of ``pyvrp.IteratedLocalSearch`` (Wouda, Lan, Kool 2024; acceptance of Burke and
Bykov 2017). It is written out here to judge what it finds by the exact evaluator, to collect good
rounds for recombination, to take in a plan found elsewhere, and to try doing without a crew.
"""

import random
import time
import warnings
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

from pyvrp import (
    CostEvaluator,
    PenaltyManager,
    PenaltyParams,
    RandomNumberGenerator,
    Solution,
)
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.search import (
    OPERATORS,
    LocalSearch,
    NeighbourhoodParams,
    PerturbationManager,
    PerturbationParams,
    compute_neighbours,
)

from console.planning.engine import Budget, CrewOrder, Exchange, Pace
from console.planning.problem import Problem, Routes
from console.planning.pyvrp_model import Model
from console.planning.rounds import Evaluator
from console.planning.score import Score, score
from console.planning.solution import repaired

NEIGHBOURS, LONG_NEIGHBOURS = 30, 50  # nearest stops; the second where rounds are long
HISTORY = 100  # how many steps back a plan is compared with
LONG_HISTORY = 300  # the same where rounds are long
LONG = 20  # stops of a round on average from which on it counts as long
STALE = 300  # steps without a better plan after which another set of crews is tried, at least
STALE_PER_STOP = 1.25
CLOSE = 1.005  # plans up to this much dearer than the best are worth an exact look
POOL = 6_000
LATE = 0.7  # share of the time until which a search from nothing goes its own way
UPDATED = 200  # steps between two looks at how many plans break a rule
ROOM = 0.5  # of what a stop costs, the first price of carrying what it weighs too much
HALFWAY = 0.5  # share of the time after which others get what it came through so far
LOOKING = 0.05  # share of the time that exact looks at close plans of plain days may take
MENDING = 0.3  # share of the time that repairs of rich plans may take
MOST_BROKEN = 0.8  # share of close plans that break a rule beyond which the next episode is careful
FORBIDDING = 1e9  # penalty per unit at whose half no plan breaks a rule
DEAREST = 1_000_000.0  # penalty per unit where stops may be left out


_Worth = tuple[list[float], float, float]
_UNKNOWN: _Worth = ([], -1.0, -1.0)
_NONE: _Worth = ([], 0.0, 0.0)


class PyvrpSearch:
    """Good plans from nothing; knows breaks only roughly."""

    name = "pyvrp"

    def solve(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> Routes:
        """Search until the budget is over, or nothing is to be planned."""
        if not problem.crews or not any(demand.crews for demand in problem.demands):
            return start
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PenaltyBoundWarning)
            search = _Search(problem, start, budget.seed)
            exchange.better(search.best)
            pace, has_offered = Pace(budget), False
            listens, is_priced = any(start), any(crew.fixed for crew in problem.crews)
            while not pace.is_over:
                news = exchange.news()
                if listens or (is_priced and pace.share > LATE):
                    search.hear(news)
                if search.step():
                    exchange.better(search.best)
                pace.count()
                if pace.share >= HALFWAY and not has_offered:
                    has_offered = True
                    exchange.offer(search.pool())
        exchange.offer(search.pool())
        return search.best


class _Search:
    """Episodes one after the other: first with all crews, then with fewer or others."""

    def __init__(self, problem: Problem, start: Routes, seed: int) -> None:
        self._problem = problem
        self._is_plain = problem.is_plain
        self._evaluator = Evaluator(problem)
        self.best, self._score = start, score(self._evaluator, start)
        filled = repaired(self._evaluator, start)
        self._keep(filled, score(self._evaluator, filled))
        self._filled, self._worth = filled, _UNKNOWN
        self._required = _serves_all(problem, filled)
        self._is_long = sum(map(len, filled)) >= LONG * sum(map(bool, filled))
        self._dice = random.Random(seed)  # noqa: S311
        self._pool: dict[tuple[int, frozenset[int]], CrewOrder] = {}
        self._tried: set[frozenset[int]] = set()
        self._began, self._mended, self._looked = time.monotonic(), 0.0, 0.0
        self._is_careful = not self._is_plain
        is_free = self._is_plain and not any(crew.fixed for crew in problem.crews)
        self._begins_anew = not (is_free and self._required)  # fewer crews alone save nothing
        self._episode = self._begin(range(len(problem.crews)), start)

    def _begin(self, crews: Collection[int], start: Routes) -> "_Episode":
        self._tried.add(frozenset(crews))
        self._seen = self._broken = 0
        model = Model(
            self._problem,
            required=self._required,
            crews=crews,
            charging=not self._is_careful,
        )
        if self._is_careful:
            model.keep_back(self._evaluator, self.best)
        if self._worth == _UNKNOWN:  # the first time, with all crews
            self._worth = _NONE if self._is_long else _worth_of(model, self._filled)
        penalties = _penalty_manager(model, self._worth)
        width = _LONG if self._is_long else _SHORT
        return _Episode(model, start, penalties, self._dice.randrange(1 << 30), width)

    def step(self) -> bool:
        """One iteration; True when it found a better plan by the exact evaluator."""
        episode = self._episode
        stale = max(STALE, STALE_PER_STOP * len(self._problem.demands))
        if self._begins_anew and episode.stale > stale:
            if self._broken >= MOST_BROKEN * self._seen and not self._is_plain:
                self._is_careful = not self._is_careful
            episode = self._episode = self._begin(*self._next_crews())
        found = episode.step()
        if found is None or not (episode.stale == 0 or self._may_look):
            return False
        began = time.monotonic()
        is_better = self._judge(episode.model.routes(found))
        self._looked += time.monotonic() - began
        return is_better

    def _next_crews(self) -> tuple[Collection[int], Routes]:
        """The crews of the best plan less one, sometimes with another instead; or all again.

        Where not all fits, always all, from the best plan.
        """
        if not self._required:
            return range(len(self._problem.crews)), self.best
        used = [crew for crew, order in enumerate(self.best) if order]
        spare = [crew for crew, order in enumerate(self.best) if not order]
        victims = sorted(used, key=lambda c: len(self.best[c]) * self._dice.uniform(0.5, 1))
        for victim in victims:
            others = [crew for crew in used if crew != victim]
            if spare and self._dice.random() < 0.5:
                others.append(self._dice.choice(spare))
            if frozenset(others) not in self._tried and others:
                rest = tuple(o if c != victim else () for c, o in enumerate(self.best))
                return others, rest
        return range(len(self._problem.crews)), tuple(() for _ in self.best)

    def _judge(self, routes: Routes) -> bool:
        judged = score(self._evaluator, routes)
        self._gather(routes)
        self._seen += 1
        if judged.broken:
            self._broken += 1
        if self._is_worth_mending(judged) and self._may_mend:
            began = time.monotonic()
            routes = repaired(self._evaluator, routes)
            judged = score(self._evaluator, routes)
            self._gather(routes)
            self._mended += time.monotonic() - began
        return self._keep(routes, judged)

    def _is_worth_mending(self, judged: Score) -> bool:
        """A plan that breaks a rule, or of a rich day one that left out what may fit after all."""
        if judged.broken:
            return judged[1:] < self._score[1:]
        leaves_more = judged[1:4] > self._score[1:4]
        return not self._is_plain and leaves_more and judged.cost < self._score.cost

    @property
    def _may_mend(self) -> bool:
        """Whether a plan that breaks a rule is worth a repair: of rich days as time allows."""
        if self._is_plain:
            return self._episode.stale == 0
        return self._mended <= MENDING * (time.monotonic() - self._began)

    @property
    def _may_look(self) -> bool:
        """Whether a plan that is only close is looked at: of plain days as time allows."""
        share = LOOKING if self._is_plain else 1.0
        return self._looked <= share * (time.monotonic() - self._began)

    def _gather(self, routes: Routes) -> None:
        """Remember rounds for the pool; on rich days those that keep every rule."""
        for crew, order in enumerate(routes):
            if order and (self._is_plain or self._evaluator.round(crew, order) is not None):
                key = (crew, frozenset(order))
                self._pool.pop(key, None)
                self._pool[key] = (crew, order)
        while len(self._pool) > POOL:
            del self._pool[next(iter(self._pool))]

    def _keep(self, routes: Routes, judged: Score) -> bool:
        if judged >= self._score:
            return False
        self.best, self._score = routes, judged
        return True

    def pool(self) -> list[CrewOrder]:
        """The latest good rounds."""
        return list(self._pool.values())

    def hear(self, news: Routes | None) -> None:
        """Go on from a better plan found elsewhere."""
        if news is not None and self._judge(news):
            self._episode = self._begin(range(len(self._problem.crews)), news)


@dataclass(frozen=True, slots=True)
class _Width:
    """How many nearest stops are looked at, how many steps back a plan is compared with."""

    neighbours: int
    history: int


_SHORT, _LONG = _Width(NEIGHBOURS, HISTORY), _Width(LONG_NEIGHBOURS, LONG_HISTORY)


class _Episode:
    """Iterated local search over one set of crews."""

    def __init__(
        self, model: Model, start: Routes, penalties: PenaltyManager, seed: int, width: "_Width"
    ) -> None:
        self.model = model
        self.stale = 0
        dice = RandomNumberGenerator(seed)
        self._penalties = penalties
        self._search = _local_search(model, dice, width.neighbours)
        first = model.solution(start) if any(start) else Solution.make_random(model.data, dice)
        if not first.is_complete() or not any(start):
            first = self._search(first, self._penalties.max_cost_evaluator(), exhaustive=True)
        self._present = self._best = first
        self._history, self._length = deque([first], width.history), width.history

    def step(self) -> Solution | None:
        """One iteration; the plan found when it is worth an exact look."""
        self.stale += 1
        prices = self._penalties.cost_evaluator()
        found = self._search(self._present, prices, exhaustive=False)
        self._penalties.register(found)
        if prices.cost(found) < prices.cost(self._best):
            found = self._polished(found, prices)
        cost = prices.penalised_cost(found)
        late = prices.penalised_cost(self._history[0])
        if cost < late or cost < prices.penalised_cost(self._present):
            self._present = found
        if cost < late or len(self._history) < self._length:
            self._history.append(self._present)
        else:
            self._history.rotate(-1)
        close = found.is_feasible() and cost <= CLOSE * prices.cost(self._best)
        return found if close else None

    def _polished(self, found: Solution, prices: CostEvaluator) -> Solution:
        self._best, self.stale = found, 0
        polished = self._search(found, prices, exhaustive=True)
        if polished.is_feasible() and prices.cost(polished) <= prices.cost(found):
            self._best = polished
        return self._best


def _serves_all(problem: Problem, routes: Routes) -> bool:
    """True when every demand that has to be served, and may be by some crew, has a place."""
    placed = {i for order in routes for i in order}
    demands = enumerate(problem.demands)
    return all(i in placed for i, d in demands if d.crews and any(d.orders))


def _penalty_manager(model: Model, worth: _Worth) -> PenaltyManager:
    """What breaking a rule costs in the beginning; the search adapts it to how many plans do.

    PyVRP begins in the middle of what is possible and comes down by a tenth at a time, so that in
    the seconds of a run no plan ever breaks a rule on its way to a better one.

    Where stops may be left out, a broken rule must be able to cost more than their prizes.
    """
    if not model.required:
        params = PenaltyParams(solutions_between_updates=50, max_penalty=DEAREST)
        return PenaltyManager(params.midpoint_penalties(model.data), params)
    if not worth[0]:
        params = PenaltyParams(max_penalty=FORBIDDING)
        return PenaltyManager(params.midpoint_penalties(model.data), params)
    params = PenaltyParams(solutions_between_updates=UPDATED)
    return PenaltyManager(worth if worth[0] else params.midpoint_penalties(model.data), params)


def _worth_of(model: Model, filled: Routes) -> _Worth:
    """What a unit of load, a second and a metre are about worth in a plan made by insertion."""
    made = model.solution(filled)
    cost = made.distance_cost() + made.duration_cost() + made.fixed_vehicle_cost()
    seconds = sum(route.travel_duration() for route in made.routes())
    if not cost or not seconds or not made.distance():
        return _NONE
    loads = [ROOM * cost / max(1, load) for load in _loads(model)]
    return loads, cost / seconds, cost / made.distance()


def _loads(model: Model) -> list[int]:
    """What all stops weigh together, in every dimension."""
    brought = [client.delivery for client in model.data.clients()]
    taken = [client.pickup for client in model.data.clients()]
    amounts = [*brought, *taken]
    return [sum(each[d] for each in amounts) for d in range(model.data.num_load_dimensions)]


def _local_search(model: Model, dice: RandomNumberGenerator, neighbours: int) -> LocalSearch:
    near = compute_neighbours(model.data, NeighbourhoodParams(num_neighbours=neighbours))
    perturbation = PerturbationManager(PerturbationParams())
    search = LocalSearch(model.data, dice, near, perturbation)
    for operator in OPERATORS:
        if operator.supports(model.data):
            search.add_operator(operator(model.data))
    return search
