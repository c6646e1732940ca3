"""The compiled search: its prices are the evaluator's, its plans keep every rule, none is lost."""

import itertools
import random
import subprocess
import sys
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.planning.engine import Budget, CrewOrder, Exchange
from console.planning.kernel.lines import COST, LENGTH, NUMBER, refresh, with_stop
from console.planning.kernel.machine import Machine
from console.planning.kernel.search import change_owners, keeps_limits
from console.planning.kernel.state import (
    ABOUT,
    GUESS,
    IS_LEFT,
    JUDGED,
    LEG,
    OUT,
    PRICE,
    STATE,
    SURE,
    begin_step,
    search_of,
    total,
)
from console.planning.kernel.store import is_compiled
from console.planning.kernel.tables import tables_of
from console.planning.problem import Problem, Routes
from console.planning.rounds import Evaluator
from console.planning.score import score
from console.planning.solution import is_whole
from console.planning.stating import build
from console.planning.strings import Squeeze, Strings
from tests.planning.days import City, city
from tests.planning.rich_days import rich_city


class Heard(Exchange):
    """Keeps what is told; has one piece of news."""

    def __init__(self, news: Routes | None = None) -> None:
        self.told: list[Routes] = []
        self.pool_told: Sequence[CrewOrder] = ()
        self._news = news

    def better(self, routes: Routes) -> None:
        self.told.append(routes)

    def offer(self, rounds: Sequence[CrewOrder]) -> None:
        self.pool_told = rounds

    def news(self) -> Routes | None:
        told, self._news = self._news, None
        return told


def stated(day: City) -> Problem:
    return build(day.plan, day.matrix)


def compiled_price(problem: Problem, crew: int, order: Sequence[int]) -> int | None:
    tables = tables_of(problem)
    search, _room = search_of(tables, 0)
    search.lines.round[crew, LENGTH] = len(order)
    search.lines.order[crew, : len(order)] = order
    refresh(tables, search.lines, crew)
    if not keeps_limits(tables, search, crew):
        return None
    return int(search.lines.round[crew, COST])


@given(st.integers(0, 10_000), st.data())
@settings(max_examples=150, deadline=None)
def test_prices_are_those_of_the_evaluator(seed: int, data: st.DataObject) -> None:
    problem = stated(city(12, 3, seed, size=data.draw(st.sampled_from([4_000, 20_000, 60_000]))))
    crew = data.draw(st.integers(0, 2))
    fit = [i for i, demand in enumerate(problem.demands) if crew in demand.crews]
    order = data.draw(st.lists(st.sampled_from(fit), max_size=9, unique=True)) if fit else []
    assert compiled_price(problem, crew, order) == Evaluator(problem).cost(crew, order)


def longer(order: Sequence[int], demand: int, leg: int) -> list[int]:
    return [*order[:leg], demand, *order[leg:]]


@pytest.mark.parametrize("seed", range(6))
def test_an_insertion_is_never_priced_below_what_it_costs(seed: int) -> None:
    """Its price is that of a way to do it; where no break is owed, that of the best one."""
    problem = stated(city(14, 2, seed, size=12_000))
    evaluator = Evaluator(problem)
    dice = random.Random(seed)
    checked = 0
    for _ in range(40):
        order = dice.sample(range(14), dice.randint(0, 8))
        now = evaluator.cost(0, order)
        if now is None:
            continue
        tables = tables_of(problem)
        search, _room = search_of(tables, seed)
        search.lines.round[0, LENGTH] = len(order)
        search.lines.order[0, : len(order)] = order
        refresh(tables, search.lines, 0)
        for demand, leg in itertools.product(set(range(14)) - set(order), range(len(order) + 1)):
            run, sound = with_stop(tables, search.lines, 0, leg, demand)
            exact = evaluator.round(0, longer(order, demand, leg))
            if sound and 0 in problem.demands[demand].crews:
                assert exact is not None
                assert run[0] >= exact.end - exact.start
                checked += 1
    assert checked > 100


@pytest.mark.parametrize(("stops", "vans"), [(30, 3), (60, 2), (120, 8)])
def test_a_search_keeps_every_rule_and_loses_nothing(stops: int, vans: int) -> None:
    """Sixty stops are too many for two vans."""
    problem = stated(city(stops, vans, stops, size=9_000 if stops != 60 else 30_000))
    heard = Heard()
    found = Strings().solve(problem, problem.present, Budget(1e12, work=8_000), heard)
    evaluator = Evaluator(problem)
    judged = score(evaluator, found)
    assert not judged.broken
    assert is_whole(problem, found)
    assert heard.told[-1] == found
    scores = [score(evaluator, routes) for routes in heard.told]
    assert scores == sorted(scores, reverse=True)
    for crew, order in heard.pool_told:
        assert evaluator.cost(crew, order) is not None
    assert {len(order) for _, order in heard.pool_told} - {0}


def test_what_a_step_touches_is_put_back_whole() -> None:
    problem = stated(city(80, 5, 3))
    machine = Machine(problem, 1)
    machine.go_to(problem.present)
    machine.fill()
    frozen = machine.best
    price = machine._price
    for _ in range(20):
        machine.improve(100, 1e-9)
        assert machine._price == total(machine._tables, machine._search)
    assert machine._price <= price
    machine.go_to(frozen)
    assert machine._price == price


@pytest.mark.parametrize("seed", range(4))
def test_crews_change_rounds_without_what_the_other_may_not_take(seed: int) -> None:
    """On days with skills, pairs and loads; what comes out is put in elsewhere or told as out."""
    day = rich_city(80, 8, seed, features={"pickups", "skills", "tight", "fleet"})
    problem = build(day.plan, day.matrix)
    machine = Machine(problem, seed)
    machine.go_to(machine.best)
    machine.fill()
    tables, search = machine._tables, machine._search
    split = 0
    for _ in range(200):
        before = rounds_of(machine)
        begin_step(tables, search)
        change_owners(tables, search)
        after = rounds_of(machine)
        out = search.pile[: search.numbers[IS_LEFT], OUT].tolist()
        assert sorted([i for order in after for i in order] + out) == list(range(80))
        for k, order in enumerate(after):
            assert all(k in problem.demands[i].crews for i in order)
        broken = [k for k in range(8) if not keeps_limits(tables, search, k)]
        for k in set(range(8)) - set(broken):
            assert int(search.lines.round[k, COST]) == (compiled_price(problem, k, after[k]) or 0)
        split += before != after and {*map(frozenset, before)} != {*map(frozenset, after)}
        if broken:
            machine.go_to(before)
    assert split > 20


def rounds_of(machine: Machine) -> list[list[int]]:
    lines = machine._search.lines
    return [lines.order[k, : lines.round[k, LENGTH]].tolist() for k in range(len(lines.round))]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_remembered_of_insertions_is_so(seed: int) -> None:
    """On rich days too, where the judge's words are kept for the round that comes of it."""
    day = rich_city(80, 12, seed, features={"reloads", "tight", "windows", "breaks", "fleet"})
    machine = Machine(problem := build(day.plan, day.matrix), seed)
    machine.go_to(machine.best)
    machine.fill()
    for _ in range(20):
        machine.improve(150, 1e-9)  # where rounds stay as they are, more is known of them
        assert machine._price == total(machine._tables, machine._search)
    evaluator, search = Evaluator(problem), machine._search
    lines, checked = search.lines, 0
    for k, d in itertools.product(range(12), range(80)):
        known, order = search.known[d, k], lines.order[k, : lines.round[k, LENGTH]].tolist()
        if known[ABOUT] != lines.round[k, NUMBER] or known[LEG] < 0 or d in order:
            continue
        now, then = evaluator.cost(k, order), evaluator.cost(k, longer(order, d, int(known[LEG])))
        assert now is not None
        if known[STATE] == JUDGED:
            assert then is not None
            assert known[PRICE] == then - now
        elif known[STATE] == SURE:
            assert then is not None
            assert known[PRICE] >= then - now
        checked += known[STATE] != GUESS
    assert checked


def test_a_better_plan_from_elsewhere_is_taken_up() -> None:
    problem = stated(city(60, 4, 5))
    good = Strings().solve(problem, problem.present, Budget(time.monotonic() + 0.5), Heard())
    machine = Machine(problem, 2)
    machine.go_to(problem.present)
    machine.fill()
    machine.go_to(good)
    assert machine.best == good


def test_nobody_on_shift_and_nothing_to_plan() -> None:
    without = stated(city(5, 0, 1))
    assert Strings().solve(without, (), Budget(time.monotonic() + 1), Heard()) == ()
    empty = stated(city(0, 2, 1))
    assert Strings().solve(empty, ((), ()), Budget(time.monotonic() + 1), Heard()) == ((), ())


def test_compiling_again_does_nothing() -> None:
    command = [sys.executable, "-m", "console.planning.kernel"]
    subprocess.run(command, check=True, timeout=200)
    assert is_compiled()
    said = "import console.planning.kernel.__main__, sys; print('numba' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", said], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "False"


@pytest.mark.parametrize("work", [4_000])
def test_a_squeeze_does_without_a_crew_that_need_not_go(work: int) -> None:
    """Two crews share what one can do; each costs far more than the way."""
    problem = stated(city(14, 2, 3, size=4_000))
    fit = [i for i, demand in enumerate(problem.demands) if demand.crews == (0, 1)]
    others = [i for i in range(len(problem.demands)) if i not in fit]
    start = ((*others, *fit[::2]), tuple(fit[1::2]))
    evaluator = Evaluator(problem)
    heard = Heard()
    found = Squeeze().solve(problem, start, Budget(1e12, work=work), heard)
    assert is_whole(problem, found)
    assert not score(evaluator, found).broken
    assert sum(map(len, found)) == len(problem.demands)
    assert [bool(order) for order in found].count(True) == 1
    assert found == Squeeze().solve(problem, start, Budget(1e12, work=work), Heard())
