"""A console killed while it plans; its solver killed, and hung, in the middle of a search."""

import os
import random
import signal
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as NoAnswer
from pathlib import Path
from threading import Event

from console.dispatch.desk import Desk
from console.domain.commands import AddStops, OpenShifts, PinStops
from console.planning.problem import Problem
from console.planning.run import Outcome, Progress, Run, Terms
from console.planning.solution import adopt
from console.planning.stating import build
from console.planning.worker import Optimiser
from console.storage.store import Store
from tests.gauntlet import consoles
from tests.gauntlet.tally import Tally, examine
from tests.planning.days import City, city

ENGINE = "ruin"
STOPS, VANS = 24, 3
_LONG = 300.0  # seconds of a search that is always ended before
_WAIT_S = 60.0
_CHILD = "child "


def plan_killed(seeds: range, folder: Path) -> Tally:
    """kill -9 of a console that searches, adopts and saves, on a file; its children end, too."""
    tally = Tally()
    for seed in seeds:
        _plan_round(tally, seed, str(folder / f"planned-{seed}"))
        tally.rounds += 1
    return tally


def _plan_round(tally: Tally, seed: int, where: str) -> None:
    chance, stream = random.Random(seed), "plan/depot/1"
    told = consoles.killed(
        lambda tell: _plan(where, stream, seed, tell), chance.randrange(4, 8), chance.random() * 0.4
    )
    children = [int(line.removeprefix(_CHILD)) for line in told if line.startswith(_CHILD)]
    if not _until(lambda: not any(_runs(pid) for pid in children)):
        tally.blame(seed, "a solver runs on without its console")
    with tally.reopening():
        store = Store.open(where)
    acknowledged = [line for line in told if not line.startswith(_CHILD)]
    plan = examine(tally, seed, (store.journal, stream), acknowledged)
    if len(plan.stops) != STOPS:
        tally.blame(seed, f"{len(plan.stops)} of {STOPS} stops")
    if consoles.desk_of(store, stream, "ben").plan != plan:
        tally.blame(seed, "a colleague sees another plan")
    store.close()


def _plan(where: str, stream: str, seed: int, tell: Callable[[str], None]) -> None:
    """Search, pin a stop meanwhile, adopt what was found; again and again."""
    store, day = Store.open(where), city(STOPS, VANS, seed)
    desk = consoles.desk_of(store, stream, "ana")
    desk.submit(OpenShifts(tuple((r.id, r.shift) for r in day.plan.routes.values())))
    desk.submit(AddStops(tuple(day.plan.stops.values())))
    desk.flush()
    for entry in desk.entries:
        tell(entry.command_id)
    optimiser, number = Optimiser(cores=1), 0
    optimiser.warm()
    tell(f"{_CHILD}{optimiser.children[0].pid}")
    while True:
        number += 1
        for own in _searched(optimiser, desk, day, seed * 1000 + number):
            tell(own)


def _searched(optimiser: Optimiser, desk: Desk, day: City, seed: int) -> list[str]:
    found = optimiser.solve(build(desk.plan, day.matrix), Terms(0.3, seed, ENGINE)).result(_WAIT_S)
    command = adopt(desk.plan, found.solution)
    made = [desk.submit(command)] if command.routes else []
    stop = random.Random(seed).choice(sorted(desk.plan.stops))
    if desk.plan.stops[stop].route is not None:
        made.append(desk.submit(PinStops((stop,), pinned=not desk.plan.stops[stop].pinned)))
    desk.flush()
    return [change.entry.command_id for change in made if change.entry is not None]


class _Told:
    """The best plan that a search told of, as (orders without a driver, cost)."""

    def __init__(self) -> None:
        self.best = (1 << 30, float("inf"))
        self.count = 0
        self.planned = Event()

    def __call__(self, progress: Progress) -> None:
        self.best = min(self.best, (progress.orders - progress.served, progress.cost))
        self.count += 1
        if progress.engine == ENGINE:  # before that, the console's own first plan
            self.planned.set()


def solver_killed(seeds: range, _: Path) -> Tally:
    """kill -9 of one of two solving children or of both: told, replaced, and no plan is lost."""
    return _struck(seeds, 2, _kill)


def solver_hung(seeds: range, _: Path) -> Tally:
    """The solving child stops for good: the search ends all the same, and so does the child."""
    return _struck(seeds, 1, _hang)


type Blow = Callable[[Tally, int, Optimiser, Run], Outcome]
"""What befalls the children of a search; ends the search and answers what came of it."""


def _struck(seeds: range, children: int, blow: Blow) -> Tally:
    tally, optimiser = Tally(), Optimiser(cores=children)
    optimiser.warm()
    for seed in seeds:
        day = city(STOPS, VANS, seed)
        _search_round(tally, seed, (optimiser, build(day.plan, day.matrix)), blow)
        tally.rounds += 1
    optimiser.close()
    return tally


def _search_round(tally: Tally, seed: int, at: tuple[Optimiser, Problem], blow: Blow) -> None:
    """What the search told of is acknowledged: its answer is no worse."""
    optimiser, problem = at
    told = _Told()
    run = optimiser.solve(problem, Terms(_LONG, seed, ENGINE), told)
    if not told.planned.wait(_WAIT_S):
        tally.blame(seed, "the children found nothing")
    time.sleep(random.Random(seed).random() * 0.3)  # anywhere in the search
    try:
        outcome = blow(tally, seed, optimiser, run)
    except NoAnswer:
        tally.blame(seed, "the search never answered")
        return
    tally.acknowledged += told.count
    came = (len(outcome.solution.unassigned), round(outcome.solution.cost, 2))
    if came > (told.best[0], round(told.best[1], 2)):
        tally.lost += 1
        tally.notes.append(f"seed {seed}: {came} after {told.best} was told")


def _kill(tally: Tally, seed: int, optimiser: Optimiser, run: Run) -> Outcome:
    struck = [child.pid for child in optimiser.children][: random.Random(seed).randint(1, 2)]
    for pid in struck:
        os.kill(pid, signal.SIGKILL)
    if not _until(lambda: not {child.pid for child in optimiser.children} & set(struck)):
        tally.blame(seed, "a dead child keeps its seat")
    run.stop()
    outcome = run.result(_WAIT_S)
    if len(outcome.failures) < len(struck):
        tally.blame(seed, f"{len(struck)} killed, told: {outcome.failures}")
    return outcome


def _hang(tally: Tally, seed: int, optimiser: Optimiser, run: Run) -> Outcome:
    struck = optimiser.children[0].pid
    os.kill(struck, signal.SIGSTOP)
    run.stop()
    outcome = run.result(_WAIT_S)
    optimiser.warm()  # waits for the run's last words
    if _runs(struck):
        tally.blame(seed, "a child that hangs was left behind")
    return outcome


def _until(so: Callable[[], bool]) -> bool:
    """Wait for it; False where it does not come."""
    end = time.monotonic() + _WAIT_S
    while not (is_so := so()) and time.monotonic() < end:
        time.sleep(0.02)
    return is_so


def _runs(pid: int) -> bool:
    """True while there is such a process; one that nobody has asked about its end is none."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"
