"""Runs in real child processes: progress, stop, crash, hang, and nobody left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from console.planning import conductor
from console.planning.child import MEMORY
from console.planning.problem import Problem
from console.planning.run import Progress, Terms
from console.planning.stating import build
from console.planning.worker import Optimiser
from tests.planning.days import city

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def optimiser() -> Iterator[Optimiser]:
    made = Optimiser(cores=2)
    made.warm()
    yield made
    made.close()
    assert made.children == []


@pytest.fixture(scope="module")
def problem() -> Problem:
    day = city(40, 4, 1)
    return build(day.plan, day.matrix)


class Watch:
    """Notes progress and says when there is a plan."""

    def __init__(self) -> None:
        self.seen: list[Progress] = []
        self.planned = Event()

    def __call__(self, progress: Progress) -> None:
        self.seen.append(progress)
        if progress.served == progress.orders:
            self.planned.set()


def test_a_run_tells_its_progress_and_answers(optimiser: Optimiser, problem: Problem) -> None:
    watch = Watch()
    outcome = optimiser.solve(problem, Terms(1.5), watch).result(30)
    assert outcome.failures == ()
    assert tuple(watch.seen) == outcome.progress
    assert sum(outcome.solution.served) == 40
    last = outcome.progress[-1]
    assert last.cost == outcome.solution.cost
    assert last.served == last.orders == 40
    full = [p.cost for p in outcome.progress if p.served == 40]
    assert full == sorted(full, reverse=True)
    assert len(full) > 1


def test_children_stay_warm(optimiser: Optimiser, problem: Problem) -> None:
    before = [child.pid for child in optimiser.children]
    for _ in range(2):
        optimiser.solve(problem, Terms(0.3)).result(30)
    optimiser.warm()  # waits for the run's last words
    assert [child.pid for child in optimiser.children] == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a process's own memory")
def test_children_are_bounded_in_memory(optimiser: Optimiser, problem: Problem) -> None:
    optimiser.solve(problem, Terms(0.3)).result(30)
    limits = Path(f"/proc/{optimiser.children[0].pid}/limits").read_text().splitlines()
    (bound,) = [line.split()[3] for line in limits if line.startswith("Max data size")]
    assert int(bound) == MEMORY


def test_stop_keeps_the_best(optimiser: Optimiser, problem: Problem) -> None:
    watch = Watch()
    run = optimiser.solve(problem, Terms(300), watch)
    assert watch.planned.wait(30)
    run.stop()
    run.stop()
    outcome = run.result(10)
    assert run.is_stopped
    assert sum(outcome.solution.served) == 40
    assert outcome.failures == ()


def test_stopping_a_finished_run_is_nothing(optimiser: Optimiser, problem: Problem) -> None:
    run = optimiser.solve(problem, Terms(0.2))
    run.result(30)
    run.stop()


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSEGV])
def test_a_crash_costs_a_search_and_never_the_plan(
    optimiser: Optimiser, problem: Problem, blow: signal.Signals
) -> None:
    watch = Watch()
    run = optimiser.solve(problem, Terms(2.5), watch)
    assert watch.planned.wait(30)
    os.kill(optimiser.children[0].pid, blow)
    outcome = run.result(30)
    assert sum(outcome.solution.served) == 40
    assert len(outcome.failures) == 1
    assert "stopped unexpectedly" in outcome.failures[0]
    assert len(optimiser.children) == 2


def test_all_children_may_die(optimiser: Optimiser, problem: Problem) -> None:
    watch = Watch()
    run = optimiser.solve(problem, Terms(2.5), watch)
    assert watch.planned.wait(30)
    for child in list(optimiser.children):
        os.kill(child.pid, signal.SIGKILL)
    outcome = run.result(30)
    assert sum(outcome.solution.served) == 40
    assert len(outcome.failures) == 2


def test_a_hanging_child_is_killed(
    optimiser: Optimiser, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conductor, "GRACE", -0.5)
    watch = Watch()
    run = optimiser.solve(problem, Terms(1.5, engine="ruin"), watch)
    assert watch.planned.wait(30)
    hanging = optimiser.children[0].pid
    os.kill(hanging, signal.SIGSTOP)
    outcome = run.result(30)
    assert sum(outcome.solution.served) == 40
    assert any("did not answer in time" in failure for failure in outcome.failures)
    with pytest.raises(ProcessLookupError):
        os.kill(hanging, 0)


def test_a_child_that_hangs_at_the_end_is_killed(optimiser: Optimiser, problem: Problem) -> None:
    watch = Watch()
    run = optimiser.solve(problem, Terms(300, engine="ruin"), watch)
    assert watch.planned.wait(30)
    hanging = optimiser.children[0].pid
    os.kill(hanging, signal.SIGSTOP)
    run.stop()
    assert sum(run.result(10).solution.served) == 40
    optimiser.warm()
    assert all(child.pid != hanging for child in optimiser.children)


def test_an_engine_that_fails_is_told(optimiser: Optimiser, problem: Problem) -> None:
    outcome = optimiser.solve(problem, Terms(0.5, engine="no-such-engine")).result(30)
    assert len(outcome.failures) == 3
    assert outcome.failures[0].startswith("The solver “no-such-engine” failed: KeyError")
    assert outcome.solution.engine == "insertion"
    assert not outcome.solution.unassigned


def test_one_core_plans_too(problem: Problem) -> None:
    lone = Optimiser(cores=1)
    try:
        outcome = lone.solve(problem, Terms(2.0)).result(30)
    finally:
        lone.close()
    assert sum(outcome.solution.served) == 40
    assert outcome.failures == ()


def test_a_day_without_orders_ends_at_once(optimiser: Optimiser) -> None:
    day = city(0, 2, 1)
    outcome = optimiser.solve(build(day.plan, day.matrix), Terms(300)).result(30)
    assert outcome.solution.unassigned == ()


def test_a_day_without_drivers_ends_at_once(optimiser: Optimiser) -> None:
    day = city(3, 0, 1)
    outcome = optimiser.solve(build(day.plan, day.matrix), Terms(300)).result(30)
    assert len(outcome.solution.unassigned) == 3


ORPHANS = """
import sys, time
from console.planning.stating import build
from console.planning.run import Terms
from console.planning.worker import Optimiser
from tests.planning.days import city

if __name__ == "__main__":
    day = city(40, 4, 1)
    optimiser = Optimiser(cores=2)
    optimiser.solve(build(day.plan, day.matrix), Terms(300), lambda p: print(
        *(child.pid for child in optimiser.children), flush=True))
    time.sleep(300)
"""


def test_no_child_survives_the_console(tmp_path: Path) -> None:
    script = tmp_path / "dispatcher.py"
    script.write_text(ORPHANS)
    told = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=told) as parent:
        assert parent.stdout is not None
        for _ in range(3):
            line = parent.stdout.readline()
        children = [int(pid) for pid in line.split()]
        parent.send_signal(signal.SIGKILL)
    assert len(children) == 2
    deadline = time.monotonic() + 20
    while any(_lives(pid) for pid in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
