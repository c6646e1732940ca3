"""The same plan again, whatever the clock and however many children there are."""

import random

import pytest

from console.domain.plan import StopId
from console.planning.lockstep import Lockstep
from console.planning.messages import Done
from console.planning.problem import Problem
from console.planning.relay import Assignment
from console.planning.run import Terms
from console.planning.standing import Standing
from console.planning.stating import build
from console.planning.worker import Optimiser
from tests.planning.days import city


@pytest.fixture(scope="module")
def problem() -> Problem:
    day = city(60, 5, 3)
    return build(day.plan, day.matrix)


def answered(lockstep: Lockstep, standing: Standing, seats: list[int]) -> list[list[str]]:
    """The engines of each round's answers, in their order; seats answer in the order given."""
    rounds: list[list[str]] = []
    while True:
        given = {seat: lockstep.next(seat, standing) for seat in seats}
        busy = {seat: work for seat, work in given.items() if work is not None}
        if not busy:
            return rounds
        for seat in sorted(busy, key=lambda _: random.random()):
            rounds += merged(lockstep, standing, seat, busy[seat])


def merged(lockstep: Lockstep, standing: Standing, seat: int, work: Assignment) -> list[list[str]]:
    lockstep.offer(seat, work.engine.encode())
    all_done = lockstep.done(seat, Done(1, work.engine, standing.routes), standing)
    return [[done.engine for done in all_done]] if all_done else []


@pytest.mark.parametrize("seats", [[0], [0, 1], [2, 1, 0]])
def test_rounds_are_merged_in_the_order_of_their_jobs(problem: Problem, seats: list[int]) -> None:
    standing = Standing(problem)
    rounds = answered(Lockstep(Terms(0, work=2), compiled=True), standing, seats)
    assert rounds == 2 * [["strings", "squeeze"], ["recombination"]]
    assert standing.pool == 2 * (b"strings", b"squeeze", b"recombination")


def test_uncompiled_rounds_begin_with_insertion(problem: Problem) -> None:
    rounds = answered(Lockstep(Terms(0, work=1), compiled=False), Standing(problem), [0, 1])
    assert rounds == [["insertion"], ["pyvrp", "ruin"], ["recombination"]]


def test_a_job_whose_child_died_is_given_again(problem: Problem) -> None:
    lockstep, standing = Lockstep(Terms(0, work=1), compiled=True), Standing(problem)
    first = lockstep.next(0, standing)
    assert first is not None
    assert lockstep.next(1, standing) is not None
    assert lockstep.next(2, standing) is None
    lockstep.offer(0, b"lost with it")
    lockstep.fail(0, "strings")
    assert lockstep.next(2, standing) == first
    assert lockstep.done(0, Done(1, "strings", ()), standing) == ()


def planned(problem: Problem, cores: int, seed: int) -> tuple[tuple[StopId, ...], ...]:
    optimiser = Optimiser(cores)
    outcome = optimiser.solve(problem, Terms(0, seed, work=2)).result(300)
    optimiser.close()
    assert outcome.failures == ()
    return tuple(outcome.solution.routes.values())


def test_the_same_plan_again(problem: Problem) -> None:
    first = planned(problem, 2, 5)
    assert planned(problem, 2, 5) == first
    assert planned(problem, 1, 5) == first
