"""The line drops, the desk goes on, and the console is killed with its outbox full."""

import contextlib
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from console.dispatch.desk import Desk
from console.domain.errors import Rejected
from console.storage.outbox import FileOutbox
from console.storage.store import Store
from tests.gauntlet import consoles
from tests.gauntlet.rivals import Ears
from tests.gauntlet.tally import Tally, examine


def fault(seeds: range, folder: Path) -> Tally:
    """What was kept is sent by the next console, once, or refused aloud where ben was first."""
    tally = Tally()
    for seed in seeds:
        _round(tally, seed, folder)
        tally.rounds += 1
    return tally


def _round(tally: Tally, seed: int, folder: Path) -> None:
    chance, stream = random.Random(seed), f"plan/depot/{seed}"
    outbox = FileOutbox(folder / "outbox.db", "ana")
    where = folder / f"store-{seed // 25}"
    told = consoles.killed(
        lambda tell: _offline(where, stream, outbox, tell),
        chance.randrange(2, 12),
        chance.random() * 0.01,
    )
    store = Store.open(where)
    ben = consoles.desk_of(store, stream, "ben")
    with contextlib.suppress(Rejected):
        ben.submit(consoles.some_edit(ben, chance))
    ben.flush()
    ana, ears = consoles.desk_of(store, stream, "ana"), Ears()
    ana.follow(ears)
    waiting = outbox.waiting(stream)
    ana.resume(waiting)
    ana.flush()
    outbox.keep(stream, ())
    _judge(tally, seed, (store, stream, ana), (told, [each.command_id for each in waiting], ears))
    store.close()


def _judge(
    tally: Tally,
    seed: int,
    at: tuple[Store, str, Desk],
    said: tuple[Sequence[str], Sequence[str], Ears],
) -> None:
    store, stream, ana = at
    told, waiting, ears = said
    if set(told) - set(waiting):
        tally.lost += len(set(told) - set(waiting))
        tally.notes.append(f"seed {seed}: kept, and not in the outbox")
    stored = {entry.command_id for entry in ana.entries}
    arrived = [own for own in told if own in stored]
    if len(set(waiting) - stored) != len(ears.heard):
        tally.blame(seed, "neither saved nor refused")
    if examine(tally, seed, (store.journal, stream), arrived) != ana.plan:
        tally.blame(seed, "replay and desk differ")


def _offline(where: Path, stream: str, outbox: FileOutbox, tell: Callable[[str], None]) -> None:
    """From here on the journal is out of reach: every edit goes to the outbox, then is told."""
    store, chance = Store.open(where), random.Random(stream)
    desk = consoles.desk_of(store, stream, "ana")
    consoles.begin(desk)
    while True:
        try:
            change = desk.submit(consoles.some_edit(desk, chance))
        except Rejected:
            continue
        assert change.entry is not None
        outbox.keep(stream, desk.outbox)
        tell(change.entry.command_id)
