"""One flipped bit in a closed file: found, set aside and rebuilt, or of no effect at all."""

import random
import shutil
from pathlib import Path

from console.domain.errors import ConsoleError
from console.storage import checking, moving, sqlite
from console.storage.backups import Backups
from console.storage.repair import rebuild
from console.storage.store import FILE, Store
from tests.gauntlet import consoles
from tests.gauntlet.tally import Tally, examine

STREAM = "plan/depot/flips"
REBUILT_EVERY = 50  # rounds; rebuilding takes longer than finding


def fault(seeds: range, folder: Path) -> Tally:
    """Content is compared whole: journal and registers. What differs must be found by the check."""
    tally = Tally()
    original = folder / "original"
    acknowledged = _filled(original)
    data = (original / FILE).read_bytes()
    truth = _contents(original / FILE)
    for seed in seeds:
        where = folder / "flipped"
        shutil.rmtree(where, ignore_errors=True)
        where.mkdir()
        chance = random.Random(seed)
        flipped = bytearray(data)
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (where / FILE).write_bytes(flipped)
        if _is_found(where):
            if seed % REBUILT_EVERY == 0:
                shutil.copytree(original / "backups", where / "backups")
                _rebuild(tally, seed, where, acknowledged)
        elif (what := _differs(where / FILE, truth)) is not None:
            tally.blame(seed, f"{what}, and no check says so")
        else:
            tally.acknowledged += len(acknowledged)
        tally.rounds += 1
    return tally


def _filled(folder: Path) -> list[str]:
    store = Store.open(folder)
    desk = consoles.desk_of(store, STREAM, "ana")
    consoles.begin(desk)
    acknowledged = [consoles.edit(desk, random.Random(1)) for _ in range(20)]
    acknowledged.append(consoles.import_orders(store, desk, "batch", 40))
    for number in range(30):
        store.notes.put(f"note {number}")
    store.close()
    database = sqlite.connect(folder / FILE)
    Backups(folder / "backups").make(database, consoles.EIGHT)
    database.fold()
    database.close()
    return acknowledged


def _is_found(where: Path) -> bool:
    """By opening, or by the check at the start of the day."""
    database = sqlite.connect(where / FILE)
    try:
        return not checking.check(database).is_whole
    except ConsoleError:
        return True
    finally:
        database.close()


def _contents(file: Path) -> list[tuple[str, tuple[int, int]]]:
    database = sqlite.connect(file)
    try:
        with database.reading() as connection:
            return [(table.name, moving.digest(connection, table)) for table in moving.tables()]
    finally:
        database.close()


def _differs(file: Path, truth: list[tuple[str, tuple[int, int]]]) -> str | None:
    """What is wrong with a file that the check calls whole; None when nothing is."""
    try:
        found = _contents(file)
    except ConsoleError as error:
        return f"refused when it is read ({error.message})"
    changed = [name for (name, was), (_, now) in zip(truth, found, strict=True) if was != now]
    return f"other contents of {', '.join(changed)}" if changed else None


def _rebuild(tally: Tally, seed: int, where: Path, acknowledged: list[str]) -> None:
    """With a backup of the same moment nothing is lost, whichever bit it was."""
    whole = (where / FILE).read_bytes()
    repaired = rebuild(where / FILE)
    if repaired.aside.read_bytes() != whole:
        tally.blame(seed, "the damaged file was changed")
    store = Store.open(where)
    examine(tally, seed, (store.journal, STREAM), acknowledged)
    store.close()
