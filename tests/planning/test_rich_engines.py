"""Every engine on days that use all that orders and shifts can say, against the truth."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Event

import pytest

from console.domain.measures import skip_price, value
from console.planning.child import ENGINES, engine_of
from console.planning.engine import Budget, CrewOrder, Exchange
from console.planning.kernel.store import is_compiled
from console.planning.problem import NOBODY, Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.run import Terms
from console.planning.score import Score, changes, score
from console.planning.solution import evaluate, repaired, solution_of
from console.planning.stating import build
from console.planning.worker import Optimiser
from tests.planning.days import City
from tests.planning.exhaustive import best_rounds, cheapest
from tests.planning.rich_days import FEATURES, rich_city, some_features

SEARCHES = ("insertion", "ruin", "strings", "pyvrp", "ortools")
LIBRARIES = ("pyvrp", "ortools")
TOGETHER = ("insertion", "strings", "pyvrp", "ortools", "recombination")
STOPS = 7 if is_compiled() else 5  # that a brute force can do in a moment


class Told(Exchange):
    """Keeps what an engine says."""

    def __init__(self, pool: Sequence[CrewOrder] = ()) -> None:
        self.plans: list[Routes] = []
        self._pool = list(pool)

    def better(self, routes: Routes) -> None:
        self.plans.append(routes)

    def pool(self) -> Sequence[CrewOrder]:
        return self._pool


def solve(name: str, problem: Problem, seconds: float = 0.4, told: Told | None = None) -> Routes:
    budget = Budget(time.monotonic() + seconds, seed=1)
    return engine_of(name).solve(problem, problem.present, budget, told or Told())


def some_day(stops: int, vans: int, seed: int, but: Sequence[str] = ("pins",)) -> City:
    return rich_city(stops, vans, seed, features=some_features(random.Random(seed), but))


def assert_sound(day: City, problem: Problem, routes: Routes) -> None:
    """No stop twice, no rule broken by the reference, and the price is the reference's."""
    placed = [i for order in routes for i in order]
    assert len(set(placed)) == len(placed)
    proposal = solution_of(problem, routes, "test")
    timed = evaluate(day.plan, proposal.routes, day.matrix)
    assert [v for s in timed.values() for v in s.violations if v.is_harm] == []
    assert day.plan.day is not None
    skipped = sum(skip_price(day.plan.stops[stop]) for stop in proposal.unassigned)
    truth = value(timed.values(), day.plan.day.objective, skipped)
    assert proposal.cost == pytest.approx(truth, rel=1e-4, abs=0.01)


@pytest.mark.parametrize("name", SEARCHES)
@pytest.mark.parametrize("seed", range(5))
def test_a_rich_plan_keeps_every_rule(name: str, seed: int) -> None:
    day = some_day(11, 3, seed)
    problem = build(day.plan, day.matrix)
    told = Told()
    routes = solve(name, problem, told=told)
    for found in {routes, *told.plans}:
        assert_sound(day, problem, found)
    evaluator = Evaluator(problem)
    assert score(evaluator, routes) <= min(
        score(evaluator, found) for found in (problem.present, *told.plans)
    )


@pytest.mark.parametrize("name", LIBRARIES)
@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_each_feature_alone(name: str, feature: str) -> None:
    day = rich_city(8, 2, 3, features={feature})
    problem = build(day.plan, day.matrix)
    evaluator = Evaluator(problem)
    plain = repaired(evaluator, problem.present)
    found = solve(name, problem, 0.15)
    assert not score(evaluator, found).broken
    assert score(evaluator, found) <= score(evaluator, plain)


@pytest.mark.parametrize("name", sorted(ENGINES))
@pytest.mark.parametrize("seed", [1, 10])
def test_the_answer_is_never_worse_than_the_start(name: str, seed: int) -> None:
    day = some_day(12, 3, seed)
    problem = build(day.plan, day.matrix)
    good = solve("ruin", problem, 0.4)
    problem = replace(problem, present=good)
    evaluator = Evaluator(problem)
    assert score(evaluator, solve(name, problem, 0.3)) <= score(evaluator, good)


@pytest.fixture(scope="module")
def optimiser() -> Iterator[Optimiser]:
    """One whose children have loaded everything: a run's seconds are then for searching."""
    made = Optimiser(cores=2)
    made.warm()
    day = some_day(STOPS, 3, 3)
    planned = Event()
    told = Terms(60.0)
    run = made.solve(build(day.plan, day.matrix), told, lambda now: now.served and planned.set())
    assert planned.wait(60)
    run.stop()
    run.result(10)
    yield made
    made.close()


@pytest.mark.parametrize("seed", [4, 6, 9])
def test_a_run_finds_the_best_plan_there_is(optimiser: Optimiser, seed: int) -> None:
    day = some_day(STOPS, 3, seed, but=())
    problem = build(day.plan, day.matrix)
    best, _ = cheapest(problem)
    outcome = optimiser.solve(problem, Terms(4.0)).result(30)
    assert outcome.failures == ()
    assert outcome.solution.missed == (best.high, best.normal, best.low)
    assert outcome.solution.cost <= best.money * 1.03 + 0.01


@pytest.mark.parametrize("seed", range(8))
def test_all_engines_together_find_the_best_plan_there_is(seed: int) -> None:
    day = some_day(STOPS, 3, seed, but=())
    problem = build(day.plan, day.matrix)
    best, _ = cheapest(problem)
    for name in TOGETHER:
        problem = replace(problem, present=solve(name, problem, 0.5))
    found = score(Evaluator(problem), problem.present)
    assert found[:4] == best[:4]
    assert found.cost <= best.cost * 1.03 + 1e5


def whole_pairs(problem: Problem, routes: Routes) -> bool:
    """True where all that is brought was collected before on the same round."""
    for order in routes:
        for at, i in enumerate(order):
            if any(source not in order[:at] for source, _ in problem.demands[i].brings):
                return False
    return True


@pytest.mark.parametrize("seed", range(4))
def test_a_jumbled_plan_is_repaired_with_its_pairs(seed: int) -> None:
    day = rich_city(16, 3, seed, features={"pickups", "shared", "tight", "windows"})
    problem = build(day.plan, day.matrix)
    assert any(demand.brings for demand in problem.demands)
    dice = random.Random(seed)
    jumbled = [dice.sample(range(16), 12) for _ in problem.crews]
    evaluator = Evaluator(problem)
    routes = repaired(evaluator, jumbled)
    assert_sound(day, problem, routes)
    assert whole_pairs(problem, routes)
    assert repaired(evaluator, routes) == routes


def test_what_fits_only_together_is_put_in_together() -> None:
    day = rich_city(2, 1, 5, features={"pickups"})
    problem = build(day.plan, day.matrix)
    bringing = next(i for i, demand in enumerate(problem.demands) if demand.brings)
    routes = repaired(Evaluator(problem), [[bringing]])
    assert routes == ((1 - bringing, bringing),)


def test_an_optional_stop_is_served_only_where_it_pays() -> None:
    day = rich_city(6, 2, 2, features=())
    told = [
        replace(stop, orders=(replace(stop.orders[0], skip_price=price),))
        for stop, price in zip(day.plan.stops.values(), (0.01, 500.0) * 3, strict=True)
    ]
    problem = build(day.plan.with_stops(told), day.matrix)
    for name in SEARCHES:
        routes = solve(name, problem, 0.2)
        served = {problem.demands[i].skip for order in routes for i in order}
        assert served == {max(demand.skip for demand in problem.demands)}, name


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("feature", ["objectives", "priorities", "optional", "drivers"])
def test_recombination_finds_the_best_cover(seed: int, feature: str) -> None:
    day = rich_city(5, 3, seed, features={feature, "tight", "fleet"})
    problem = build(day.plan, day.matrix)
    best, _ = cheapest(problem)
    pool = [told for told in best_rounds(Evaluator(problem)).values() if told[1]]
    found = score(Evaluator(problem), solve("recombination", problem, 5.0, Told(pool)))
    assert found[:4] == best[:4]
    assert found.cost <= best.cost * 1.0005 + 1e5


def stable(seed: int) -> tuple[Problem, Score]:
    """A good plan, every change of driver at a price, two at most; and how good it is."""
    day = some_day(14, 3, seed)
    problem = build(day.plan, day.matrix)
    present = solve("ruin", problem, 0.5)
    crew_of = {i: crew for crew, order in enumerate(present) for i in order}
    demands = tuple(
        replace(d, prices=tuple(1_000_000 * (k != crew_of.get(i, k)) for k in range(3)))
        for i, d in enumerate(problem.demands)
    )
    home = tuple(crew_of.get(i, NOBODY) for i in range(14))
    stated = replace(problem, demands=demands, present=present, home=home, most_changes=2)
    return stated, score(Evaluator(stated), present)


@pytest.mark.parametrize("name", ["ruin", "pyvrp", "ortools", "recombination"])
@pytest.mark.parametrize("seed", [1, 3])
def test_no_more_changes_than_are_allowed(name: str, seed: int) -> None:
    problem, before = stable(seed)
    pool = [(k, o) for k, o in enumerate(solve("insertion", replace(problem, home=()))) if o]
    found = solve(name, problem, 0.4, Told(pool))
    after = score(Evaluator(problem), found)
    assert not after.broken
    assert after <= before
    assert changes(problem, found) <= 2


@pytest.mark.parametrize("name", SEARCHES)
def test_a_crew_that_is_under_way_goes_on_from_where_it_is(name: str) -> None:
    day = rich_city(9, 2, 4, features={"windows", "breaks"})
    problem = build(day.plan, day.matrix)
    crew = problem.crews[0]
    duty = replace(
        crew.duty, row=problem.demands[0].task.row, start=crew.duty.start + 7_200, fixed_start=True
    )
    away = replace(crew, duty=duty, is_away=True, fixed=0)
    problem = replace(problem, crews=(away, *problem.crews[1:]))
    evaluator = Evaluator(problem)
    found = solve(name, problem, 0.3)
    assert not score(evaluator, found).broken
    judged = evaluator.round(0, found[0])
    assert judged is not None
    assert not found[0] or judged.start == duty.start
