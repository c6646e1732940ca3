"""Several consoles on one plan: two on one stop, many at a rate; and clocks that are wrong."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from console.dispatch.desk import Desk, PlanChange, Refusal
from console.domain.commands import MoveStops
from console.domain.errors import Rejected
from console.domain.plan import StopId
from console.storage.store import Store
from tests.gauntlet import consoles
from tests.gauntlet.tally import Tally, examine, whole
from tests.postgres import running

ZONES = (
    "Europe/Vaduz",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Gaza",
)
JUMPS = (timedelta(days=1), timedelta(days=-1), timedelta(hours=1), timedelta(hours=-1))


class Ears:
    """Hears what a desk refuses after it had accepted it."""

    def __init__(self) -> None:
        self.heard: list[Refusal] = []

    def plan_changed(self, change: PlanChange) -> None:
        """Views would repaint."""

    def refused(self, refusal: Refusal) -> None:
        self.heard.append(refusal)


def two_on_one_stop(seeds: range, folder: Path) -> Tally:
    """Both drag the same stop before either is saved: the first wins, the second is told."""
    tally = Tally()
    ana, ben = Store.open(folder / "store"), Store.open(folder / "store")
    for seed in seeds:
        _duel(tally, seed, (ana, ben))
    whole(tally, seeds[-1], ana.database)
    ana.close()
    ben.close()
    return tally


def _duel(tally: Tally, seed: int, stores: tuple[Store, Store]) -> None:
    chance, stream = random.Random(seed), f"plan/depot/{seed}"
    desks = [consoles.desk_of(s, stream, n) for s, n in zip(stores, ("ana", "ben"), strict=True)]
    consoles.begin(desks[0], stops=3)
    desks[1].pull()
    ears = [Ears(), Ears()]
    for desk, ear in zip(desks, ears, strict=True):
        desk.follow(ear)
    stop = StopId("s1")
    targets = chance.sample(consoles.ROUTES, 2)
    drafts = [
        desk.submit(MoveStops((stop,), to)).entry for desk, to in zip(desks, targets, strict=True)
    ]
    first = chance.randrange(2)
    desks[first].flush()
    desks[1 - first].flush()
    desks[first].pull()
    won = drafts[first]
    assert won is not None
    plan = examine(tally, seed, (stores[0].journal, stream), [won.command_id])
    if not plan == desks[0].plan == desks[1].plan:
        tally.blame(seed, "replicas differ")
    if plan.stops[stop].route != targets[first]:
        tally.blame(seed, "the second overwrote the first")
    told = [refusal.verdict.reason for refusal in ears[1 - first].heard]
    if told != ["changed_since"] or ears[first].heard:
        tally.blame(seed, f"the second was told {told}")
    tally.rounds += 1


def windows_at_a_rate(seeds: range, folder: Path) -> Tally:
    """Several consoles edit one plan of a file at once; a round is one of their edits."""
    return _crowd(seeds, lambda: str(folder / f"store-{seeds.start}"), 4)


def consoles_on_a_server(seeds: range, _: Path) -> Tally:
    """The same against PostgreSQL, with more of them."""
    server = running()
    where = server.url(server.fresh(), "ana")
    return _crowd(seeds, lambda: where, 8)


def _crowd(seeds: range, where: Callable[[], str], size: int) -> Tally:
    tally, stream = Tally(), f"plan/depot/{seeds.start}"
    stores = [Store.open(where()) for _ in range(size)]
    desks = [consoles.desk_of(store, stream, f"console-{i}") for i, store in enumerate(stores)]
    consoles.begin(desks[0], stops=40)
    share = max(1, len(seeds) // size)
    told, overtaken = _at_once(desks, seeds.start, share)
    acknowledged = [each for some in told for each in some]
    plan = examine(tally, seeds.start, (stores[0].journal, stream), acknowledged)
    if any(desk.plan != plan for desk in desks):
        tally.blame(seeds.start, "replicas differ")
    if len(acknowledged) + overtaken < share * size:
        tally.blame(seeds.start, "an edit that was neither saved nor refused")
    tally.notes.append(f"{len(acknowledged)} saved, {overtaken} overtaken and told")
    whole(tally, seeds.start, stores[0].database)
    for store in stores:
        store.close()
    tally.rounds += share * size
    return tally


def _at_once(desks: list[Desk], seed: int, share: int) -> tuple[list[list[str]], int]:
    """Every desk on a thread of its own; what each was told is saved, and how many were refused."""
    told: list[list[str]] = [[] for _ in desks]
    ears = [Ears() for _ in desks]
    for desk, each in zip(desks, ears, strict=True):
        desk.pull()
        desk.follow(each)
    with ThreadPoolExecutor(len(desks)) as pool:
        jobs = [
            pool.submit(_edits, desk, random.Random(seed + number), told[number], share)
            for number, desk in enumerate(desks)
        ]
    too_late = sum(job.result() for job in jobs)
    for desk in desks:
        desk.pull()
    return told, too_late + sum(len(each.heard) for each in ears)


def _edits(desk: Desk, chance: random.Random, told: list[str], most: int) -> int:
    """Edits as fast as they go; answers how many did not fit when they were made."""
    unfit = 0
    for _ in range(most):
        try:
            change = desk.submit(consoles.some_edit(desk, chance))
        except Rejected:
            unfit += 1
            desk.pull()
            continue
        assert change.entry is not None
        own = change.entry.command_id
        desk.flush()
        if any(entry.command_id == own for entry in desk.entries[-200:]):
            told.append(own)
    return unfit


def clocks(seeds: range, folder: Path) -> Tally:
    """The console's clock jumps by a day or an hour, at both changes of the hour in five zones."""
    tally = Tally()
    store = Store.open(folder / "store")
    for seed in seeds:
        chance, stream = random.Random(seed), f"plan/depot/{seed}"
        zone = ZoneInfo(ZONES[seed % len(ZONES)])
        at = chance.choice(_changes(zone, 2026))
        acknowledged: list[str] = []
        for jump in (timedelta(), *chance.sample(JUMPS, 2)):
            clock = consoles.Ticking(at + jump, timedelta(minutes=7), count())
            desk = consoles.desk_of(store, stream, "ana", clock)
            if not desk.plan.stops:
                consoles.begin(desk)
            acknowledged += [consoles.edit(desk, chance) for _ in range(4)]
        desk = consoles.desk_of(store, stream, "ana")
        if examine(tally, seed, (store.journal, stream), acknowledged) != desk.plan:
            tally.blame(seed, "replicas differ")
        if any(entry.at.utcoffset() for entry in desk.entries):
            tally.blame(seed, "a time that is not UTC")
        before = desk.plan
        desk.undo()
        desk.flush()
        desk.redo()
        desk.flush()
        if (desk.plan.stops, desk.plan.routes) != (before.stops, before.routes):
            tally.blame(seed, "undo and redo changed the plan")
        tally.rounds += 1
    whole(tally, seeds[-1], store.database)
    store.close()
    return tally


def _changes(zone: ZoneInfo, year: int) -> list[datetime]:
    """The hours in which the zone's offset changes; noon of a day where it has none."""
    hours = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=h) for h in range(365 * 24)]
    found = [
        one
        for one, other in pairwise(hours)
        if one.astimezone(zone).utcoffset() != other.astimezone(zone).utcoffset()
    ]
    return found or [datetime(year, 6, 1, 12, tzinfo=UTC)]
