# pyright: basic
"""The plan bettered part by part: some neighbouring rounds at a time are searched anew.

A search that cools down ends well in some places and badly in others. A part of the plan, a few
rounds that lie beside each other, is searched hot again by itself, and what comes out counts only
if it costs less, so that each place has the best of several tries (Taillard and Voss 2002,
"POPMUSIC"). Two seats work on different parts at once: what one bettered is done again in the plan
that comes from the other.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from console.planning.engine import Budget, Exchange, Pace
from console.planning.kernel.machine import Machine, latest_tables
from console.planning.kernel.part import part_of
from console.planning.kernel.tables import IS_LINKED, KIND
from console.planning.problem import Order, Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import score
from console.planning.strings import BURST, COLD, HOT, WARM, Strings, next_steps
from console.planning.working import sound

SMALL, LARGE = 40, 140  # stops of a part
SHORT, LONG = 0.003, 0.009  # seconds for each stop of a part, in the beginning and in the end
FINER = 2.5  # looks at the clock for one of a whole search
STEPS = 300  # for each stop of a part, where steps are counted


@dataclass(frozen=True, slots=True)
class _Part:
    """Crews and demands by their numbers in the whole problem."""

    crews: Sequence[int]
    demands: Sequence[int]

    def inside(self, routes: Routes) -> list[list[int]]:
        """The crews' rounds by the part's own numbers."""
        number = {d: i for i, d in enumerate(self.demands)}
        return [[number[d] for d in routes[k]] for k in self.crews]

    def outside(self, order: Order) -> Order:
        """A round by the numbers of the whole problem."""
        return tuple(self.demands[i] for i in order)

    def put_into(self, routes: Routes, found: Routes) -> Routes:
        """A plan with what was found for the part in it."""
        whole = list(routes)
        for k, order in zip(self.crews, found, strict=True):
            whole[k] = self.outside(order)
        return tuple(whole)


class Parts:
    """Betters a plan part by part until the budget is over.

    Where rounds are judged together, as for balance or a change budget, the whole is searched.
    """

    name = "parts"

    def solve(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> Routes:
        """The best routes found."""
        if problem.balance.price or problem.home:
            return Strings().solve(problem, start, budget, exchange)
        search = _Search(problem, start, budget, exchange)
        search.run()
        return search.best


class _Search:
    """The best plan so far, and what was bettered here since another one was taken up."""

    def __init__(self, problem: Problem, start: Routes, budget: Budget, exchange: Exchange) -> None:
        self._problem, self._exchange, self._pace = problem, exchange, Pace(budget)
        self._evaluator = Evaluator(problem)
        self.best: Routes = tuple(
            tuple(sound(self._evaluator, k, order)) for k, order in enumerate(start)
        )
        self._score = score(self._evaluator, self.best)
        self._dice = random.Random(budget.seed)  # noqa: S311
        self._tables = latest_tables(problem)
        self._bettered: list[tuple[Routes, Routes, Sequence[int]]] = []

    def run(self) -> None:
        """Part after part, until the time is over."""
        while not self._pace.is_over and any(self.best):
            self._listen()
            self._try(self._part())

    def _listen(self) -> None:
        """Take up a better plan from elsewhere, with what was bettered here where it still fits."""
        news = self._exchange.news()
        if news is None:
            return
        judged = score(self._evaluator, news)
        if judged.broken or not judged < self._score:
            return
        routes = list(news)
        for old, new, crews in self._bettered:
            if all(routes[k] == order for k, order in zip(crews, old, strict=True)):
                for k, order in zip(crews, new, strict=True):
                    routes[k] = order
        self._bettered.clear()
        self.best, self._score = news, judged
        self._take(tuple(routes))

    def _take(self, routes: Routes) -> bool:
        """Keep a plan that is better by the exact evaluator, and tell it."""
        judged = score(self._evaluator, routes)
        if judged.broken or not judged < self._score:
            return False
        self.best, self._score = routes, judged
        self._exchange.better(routes)
        return True

    def _try(self, part: _Part) -> None:
        """Search one part anew."""
        tables = part_of(self._problem, self._tables, part.demands, part.crews)
        machine = Machine(self._problem, self._dice.randrange(1 << 30), tables)
        machine.go_to(part.inside(self.best))
        self._anneal(machine, len(part.demands))
        before = tuple(self.best[k] for k in part.crews)
        if self._take(part.put_into(self.best, machine.best)):
            after = tuple(self.best[k] for k in part.crews)
            self._bettered.append((before, after, part.crews))
            self._exchange.offer(
                [(part.crews[k], part.outside(order)) for k, order in machine.pool()]
            )

    def _anneal(self, machine: Machine, size: int) -> None:
        hot, price = self._dice.choice((WARM, HOT)), machine.mean_price
        for steps, share in self._bursts(size):
            machine.improve(steps, price * hot * (COLD / hot) ** share)

    def _bursts(self, size: int) -> Iterator[tuple[int, float]]:
        """How many steps to make next, and how far the search of the part is."""
        if self._pace.counts:
            for done in range(0, STEPS * size, BURST):
                if self._pace.is_over:
                    return
                yield BURST, done / (STEPS * size)
                self._pace.count(BURST)
            return
        began, steps = time.monotonic(), 20
        seconds = size * (SHORT + (LONG - SHORT) * self._pace.share)
        while not self._pace.is_over:
            now = time.monotonic()
            if now - began >= seconds:
                return
            yield steps, (now - began) / seconds
            steps = next_steps(steps, FINER * (time.monotonic() - now))

    def _part(self) -> _Part:
        """Neighbouring rounds, an empty one of each kind, and what is out among them."""
        crew_of = {i: k for k, order in enumerate(self.best) for i in order}
        centre = self._dice.randrange(len(self._problem.demands))
        most = self._dice.randint(SMALL, LARGE)
        crews: list[int] = []
        demands: list[int] = []
        for i in map(int, self._tables.near[centre]):
            k = crew_of.get(i)
            if k is None:
                if not self._tables.demand[i, IS_LINKED]:
                    demands.append(i)
            elif k not in crews:
                if crews and len(demands) + len(self.best[k]) > most:
                    break
                crews.append(k)
                demands += self.best[k]
        return _Part([*crews, *self._spare()], demands)

    def _spare(self) -> list[int]:
        """One crew without a stop of each kind."""
        spare: dict[int, int] = {}
        for k, order in enumerate(self.best):
            if not order:
                spare.setdefault(int(self._tables.crew[k, KIND]), k)
        return list(spare.values())
