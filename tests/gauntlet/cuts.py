"""The line between six consoles and their server is cut in the middle of what they do."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from console.dispatch.desk import Desk
from console.dispatch.journal import Disconnected
from console.domain.errors import Rejected
from console.storage.store import Store
from tests.gauntlet import consoles
from tests.gauntlet.line import Line
from tests.gauntlet.rivals import Ears
from tests.gauntlet.tally import Tally, examine, whole
from tests.postgres import running

CONSOLES = 6
EDITS = 4
_TRIES, PAUSE = 200, 0.02


def network_cut(seeds: range, _: Path) -> Tally:
    """Each edit is saved once, or refused aloud; nobody has to know whether the reply was lost."""
    tally, server = Tally(), running()
    name = server.fresh()
    line = Line(server.port)
    away = server.url(name, "ana").replace(f":{server.port}/", f":{line.port}/")
    stores = [Store.open(away) for _ in range(CONSOLES)]
    near = Store.open(server.url(name, "ana"))
    for seed in seeds:
        _round(tally, seed, (near, stores), line)
        tally.rounds += 1
    whole(tally, seeds.start, near.database)
    tally.notes.append(f"{line.cuts} cuts")
    for store in (near, *stores):
        store.close()
    line.close()
    return tally


def _round(tally: Tally, seed: int, at: tuple[Store, list[Store]], line: Line) -> None:
    near, stores = at
    chance, stream = random.Random(seed), f"plan/depot/{seed}"
    consoles.begin(consoles.desk_of(near, stream, "zoe"), stops=20)
    desks = [kept(lambda s=store: consoles.desk_of(s, stream, "ana")) for store in stores]
    ears = [Ears() for _ in desks]
    for desk, each in zip(desks, ears, strict=True):
        desk.follow(each)
    line.cut_after(chance.randrange(200, 60_000), chance.randrange(0, 8))
    with ThreadPoolExecutor(CONSOLES) as pool:
        jobs = [
            pool.submit(edits, desk, random.Random(seed * 100 + number))
            for number, desk in enumerate(desks)
        ]
        answers = [job.result() for job in jobs]
    for desk in desks:
        kept(desk.pull)
    judge(tally, seed, (near, stream, desks), (answers, sum(len(each.heard) for each in ears)))


def judge(
    tally: Tally,
    seed: int,
    at: tuple[Store, str, list[Desk]],
    said: tuple[list[tuple[list[str], int]], int],
) -> None:
    near, stream, desks = at
    answers, heard = said
    made = [own for ids, _ in answers for own in ids]
    stored = {entry.command_id for entry in near.journal.read(stream)}
    saved = [own for own in made if own in stored]
    plan = examine(tally, seed, (near.journal, stream), saved)
    if any(desk.plan != plan for desk in desks):
        tally.blame(seed, "replicas differ")
    if any(desk.outbox for desk in desks):
        tally.blame(seed, "something still waits")
    if len(made) - len(saved) != heard:
        tally.blame(seed, f"{len(made) - len(saved)} not saved, {heard} refused aloud")


def edits(desk: Desk, chance: random.Random) -> tuple[list[str], int]:
    """The ids of what was submitted, and how many did not fit at once."""
    made: list[str] = []
    unfit = 0
    while len(made) < EDITS:
        try:
            change = desk.submit(consoles.some_edit(desk, chance))
        except Rejected:
            unfit += 1
            kept(desk.pull)
            continue
        assert change.entry is not None
        made.append(change.entry.command_id)
        kept(desk.flush)
    return made, unfit


def kept[T](call: Callable[[], T]) -> T:
    """Again until the line is back."""
    for _ in range(_TRIES):
        try:
            return call()
        except Disconnected:
            time.sleep(PAUSE)
    return call()
