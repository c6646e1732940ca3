"""The plan bettered part by part."""

import time
from collections.abc import Sequence

import pytest

from console.planning.child import engine_of
from console.planning.engine import Budget, CrewOrder, Exchange
from console.planning.kernel.machine import Machine, latest_tables
from console.planning.kernel.part import part_of
from console.planning.problem import Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import score
from console.planning.stating import build
from tests.planning.checker import broken
from tests.planning.days import City, city
from tests.planning.rich_days import rich_city


class Elsewhere(Exchange):
    """Tells one plan that somebody else found, and keeps what is told."""

    def __init__(self, news: Routes | None = None) -> None:
        self._news = news
        self.plans: list[Routes] = []
        self.rounds: list[CrewOrder] = []

    def news(self) -> Routes | None:
        news, self._news = self._news, None
        return news

    def better(self, routes: Routes) -> None:
        self.plans.append(routes)

    def offer(self, rounds: Sequence[CrewOrder]) -> None:
        self.rounds.extend(rounds)


def inserted(problem: Problem) -> Routes:
    return engine_of("insertion").solve(
        problem, problem.present, Budget(time.monotonic() + 5, work=1), Exchange()
    )


def parted(problem: Problem, start: Routes, told: Exchange, work: int = 40_000) -> Routes:
    budget = Budget(time.monotonic() + 60, seed=3, work=work)
    return engine_of("parts").solve(problem, start, budget, told)


@pytest.fixture(scope="module")
def day() -> City:
    return city(120, 12, 4)


def test_a_plan_is_bettered_and_keeps_every_rule(day: City) -> None:
    problem = build(day.plan, day.matrix)
    start, told, evaluator = inserted(problem), Elsewhere(), Evaluator(problem)
    found = parted(problem, start, told)
    assert score(evaluator, found) < score(evaluator, start)
    for routes in told.plans:
        placed = [i for order in routes for i in order]
        assert len(set(placed)) == len(placed)
        for crew, order in zip(problem.crews, routes, strict=True):
            stops = [day.plan.stops[problem.demands[i].stop] for i in order]
            assert broken(day.plan, day.plan.routes[crew.route], stops, day.matrix) == []
    assert told.plans[-1] == found
    for crew, order in told.rounds:
        assert evaluator.cost(crew, order) is not None


def test_the_same_steps_find_the_same_plan(day: City) -> None:
    problem = build(day.plan, day.matrix)
    start = inserted(problem)
    assert parted(problem, start, Elsewhere()) == parted(problem, start, Elsewhere())


def test_a_better_plan_from_elsewhere_is_gone_on_from(day: City) -> None:
    problem = build(day.plan, day.matrix)
    start, evaluator = inserted(problem), Evaluator(problem)
    news = parted(problem, start, Elsewhere())
    found = parted(problem, start, Elsewhere(news), work=1_000)
    assert score(evaluator, found) <= score(evaluator, news)


def test_nothing_planned_is_nothing_to_better(day: City) -> None:
    problem = build(day.plan, day.matrix)
    nothing: Routes = tuple(() for _ in problem.crews)
    assert parted(problem, nothing, Elsewhere()) == nothing


@pytest.mark.parametrize("seed", range(6))
def test_a_part_prices_its_rounds_as_the_whole_does(seed: int) -> None:
    day = rich_city(14, 4, seed)
    problem = build(day.plan, day.matrix)
    start = inserted(problem)
    crews = [k for k, order in enumerate(start) if order][::2]
    demands = [i for k in reversed(crews) for i in reversed(start[k])]
    tables = part_of(problem, latest_tables(problem), demands, crews)
    machine = Machine(problem, 0, tables)
    number = {d: i for i, d in enumerate(demands)}
    machine.go_to([[number[d] for d in start[k]] for k in crews])
    evaluator = Evaluator(problem)
    cost = sum(evaluator.cost(k, start[k]) or 0 for k in crews)
    assert round(machine.mean_price * len(demands)) == cost


@pytest.mark.parametrize("seed", range(6))
def test_a_rich_plan_is_never_made_worse(seed: int) -> None:
    day = rich_city(14, 4, seed)
    problem = build(day.plan, day.matrix)
    start, evaluator = inserted(problem), Evaluator(problem)
    found = parted(problem, start, Elsewhere(), work=5_000)
    assert score(evaluator, found) <= score(evaluator, start)
    assert score(evaluator, found).broken == 0
