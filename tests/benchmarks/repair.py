"""The race to go on: a city day at 30 % served, then an urgent order, a breakdown, a late driver.

    python -m tests.benchmarks.repair [--stops 500] [--seconds 3] [--reference 30] [--seeds S]

The morning's plan is Doorstep's own, searched for long enough that going on is about what happened
since. ``stable`` re-plans with a price (``--price``, in euro) on every change of driver; all others
plan what is left anew, as if nobody had been told anything: Doorstep ``free``, PyVRP, VROOM, in the
same seconds, and PyVRP and ``free`` with those of the reference. ``moved`` are the stops that had a
driver who still works, and get another. ``day`` is the cost of the whole day, what was already
spent included. What Doorstep answers at once, in process, stands before the rows. See ``half_day``
and ``race``.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tests.benchmarks.racing.case import Routes
from tests.benchmarks.racing.contest import Row, Setting, as_json, row_of, run
from tests.benchmarks.racing.half_day import EVENTS, Situation, base_day, situation
from tests.benchmarks.racing.replanning import (
    DRIVER_PRICE,
    Way,
    first_answer,
    free,
    replanning,
    stable,
)
from tests.benchmarks.racing.stopwatch import Prepare, Task, watch
from tests.benchmarks.racing.tables import HEAD, line

MORNING_SECONDS = 60.0
WAYS = ("stable", "free")


@dataclass(frozen=True, slots=True)
class Answer:
    """A row, with how many stops change driver and what the whole day costs."""

    row: Row
    moved: int
    day: float | None


def main(words: Sequence[str] | None = None) -> None:
    """Draw, plan the morning, race, tell."""
    asked = _arguments(words)
    told, answers = list[dict[str, object]](), list[Answer]()
    print(HEAD)
    for case, answer in _raced(asked):
        answers.append(answer)
        day = "-" if answer.day is None else f"{answer.day:.2f}"
        print(f"{line(answer.row)}  moved {answer.moved}, day {day}", flush=True)
        told.append({**as_json(case.case, answer.row), "moved": answer.moved, "day": answer.day})
        if asked.json:
            asked.json.write_text(json.dumps({"rows": told}, indent=1))
    print("\n".join(_compared(answers)))


def _raced(asked: argparse.Namespace) -> Iterator[tuple[Situation, Answer]]:
    for seed in range(asked.seeds):
        day = base_day(asked.stops, seed)
        morning = run("doorstep", day, Setting(asked.morning, asked.cores, seed))
        print(line(morning), " the morning's plan", flush=True)
        for event in asked.events:
            told = situation(day, morning.routes, event)
            print(_first(told), flush=True)
            for solver, seconds in _contestants(asked):
                setting = Setting(seconds, asked.cores, seed)
                found = _run(told, _way(solver, asked.price) or solver, setting)
                row = replace(found, solver=f"{solver} {seconds:g}s")
                yield told, _answer(told, row)


def _first(told: Situation) -> str:
    """What is said before any search, in this process."""
    first = first_answer(told)
    return (
        f"{told.name}: {first.waiting} wait; at once {first.left} do, in "
        f"{1000 * first.inserting:.1f} ms after {1000 * first.stating:.1f} ms of stating"
    )


def _contestants(asked: argparse.Namespace) -> Iterator[tuple[str, float]]:
    for solver in ("stable", "free", "pyvrp", "vroom"):
        if solver in asked.solvers:
            yield solver, asked.seconds
    for solver in ("free", "pyvrp"):
        if solver in asked.solvers and asked.reference > asked.seconds:
            yield solver, asked.reference


def _way(solver: str, price: float) -> Way | None:
    """Doorstep's way of that name."""
    return {"stable": partial(stable, price=price), "free": free}.get(solver)


def _run(told: Situation, solver: Way | str, setting: Setting) -> Row:
    if isinstance(solver, str):
        return run(solver, told.case, setting)
    prepare: Prepare = replanning(told, solver)
    task = Task(told.case, setting.seconds, setting.seed, setting.cores)
    return row_of("doorstep", told.case, setting, watch(prepare, [task]))


def _answer(told: Situation, row: Row) -> Answer:
    day = None if row.cost is None else round(told.sunk + row.cost, 2)
    return Answer(row, moved(told.case.present, row.routes), day)


def moved(before: Routes, after: Routes) -> int:
    """How many stops that had a driver have another one now, or none."""
    then = {j: v for v, order in enumerate(before) for j in order}
    since = {j: v for v, order in enumerate(after) for j in order}
    return sum(since.get(j) != v for j, v in then.items())


def _compared(answers: Sequence[Answer]) -> Iterator[str]:
    """The stable plan against every other of the same situation."""
    sound = [a for a in answers if a.day is not None and a.row.feasible]
    for ours in (a for a in sound if a.row.solver.startswith("stable")):
        for other in sound:
            if other.row.instance == ours.row.instance and other is not ours:
                left = (ours.row.cost or 0.0) / (other.row.cost or 1.0) - 1
                day = (ours.day or 0.0) / (other.day or 1.0) - 1
                yield (
                    f"{ours.row.instance}: against {other.row.solver}: {100 * left:+.2f} % of what "
                    f"is left, {100 * day:+.2f} % of the day, moved {ours.moved} / {other.moved}"
                )


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--stops", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--reference", type=float, default=30)
    parser.add_argument("--morning", type=float, default=MORNING_SECONDS)
    parser.add_argument("--price", type=float, default=DRIVER_PRICE)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--events", nargs="+", choices=EVENTS, default=EVENTS)
    parser.add_argument(
        "--solvers", nargs="+", choices=[*WAYS, "pyvrp", "vroom"], default=[*WAYS, "pyvrp", "vroom"]
    )
    parser.add_argument("--json", type=Path)
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
