"""Power loss, simulated: a file system of our own notes every write and sync of the real store.

At a random moment the power goes: what was synced is there; of what came later each sector of 512
bytes is there or not. The store is opened again on what is left.
"""

import random
import shutil
from pathlib import Path
from typing import Any

import apsw

from console.domain.errors import ConsoleError
from console.storage import sqlite
from console.storage.store import FILE, Store
from tests.gauntlet import apsw_driver, consoles
from tests.gauntlet.tally import Tally, examine, whole

STREAM = "plan/depot/power"
SECTOR = 512
NAME = "doorstep-recording"
PER_RECORDING = 200  # moments tried on one recorded run
BEING_MADE = 10  # each so manieth moment is one while the store is being made

type Note = tuple[Any, ...]


class Recording(apsw.VFS):
    """Passes everything on to the system and keeps notes of it."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        super().__init__(NAME, "")

    def xOpen(self, name: Any, flags: list[int]) -> "RecordedFile":  # noqa: N802
        return RecordedFile(name, flags, self.notes)

    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: N802
        self.notes.append(("delete", Path(name).name))
        super().xDelete(name, syncdir)


class RecordedFile(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], notes: list[Note]) -> None:
        plain = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name = Path(plain or "temporary").name
        self._notes = notes
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._notes.append(("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._notes.append(("sync", self._name))
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._notes.append(("truncate", self._name, size))
        super().xTruncate(size)


def fault(seeds: range, folder: Path) -> Tally:
    """Moments of a recorded day's work; a fresh recording every so often."""
    tally = Tally()
    notes: list[Note] = []
    number = -1
    for seed in seeds:
        if seed // PER_RECORDING != number:
            number = seed // PER_RECORDING
            notes = recorded(folder / f"recorded-{number}", number)
        _round(tally, seed, notes, folder / "after")
    return tally


def recorded(folder: Path, seed: int) -> list[Note]:
    """A console opens a new store, edits and imports; ``told`` notes are its acknowledgements."""
    recording = Recording()
    plain = sqlite.driver
    sqlite.driver = apsw_driver.on(NAME)
    try:
        store = Store.open(folder)
        desk = consoles.desk_of(store, STREAM, "ana")
        consoles.begin(desk)
        chance = random.Random(seed)
        for number in range(25):
            told = (
                consoles.import_orders(store, desk, f"{seed}-{number}", 15)
                if number % 8 == 7
                else consoles.edit(desk, chance)
            )
            recording.notes.append(("told", told))
        store.close()
    finally:
        sqlite.driver = plain
        recording.unregister()
    return recording.notes


def _round(tally: Tally, seed: int, notes: list[Note], folder: Path) -> None:
    chance = random.Random(seed)
    made = next(i for i, note in enumerate(notes) if note[0] == "told")
    is_early = seed % BEING_MADE == 0
    moment = chance.randrange(made) if is_early else chance.randrange(made, len(notes))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in surviving(notes[:moment], chance).items():
        (folder / name).write_bytes(data)
    acknowledged = [note[1] for note in notes[:moment] if note[0] == "told"]
    try:
        store = Store.open(folder)
    except ConsoleError as error:
        tally.acknowledged += len(acknowledged)
        tally.lost += len(acknowledged)
        tally.notes.append(f"seed {seed}: {error.message}")
    else:
        examine(tally, seed, (store.journal, STREAM), acknowledged)
        if seed % 10 == 0:
            whole(tally, seed, store.database)
        store.close()
    tally.rounds += 1


def surviving(notes: list[Note], chance: random.Random) -> dict[str, bytes]:
    """The files as the disk has them: synced for certain, the rest by sectors or not."""
    synced = {note[1]: i for i, note in enumerate(notes) if note[0] == "sync"}
    files: dict[str, bytearray] = {}
    for i, note in enumerate(notes):
        is_safe = i < synced.get(note[1], -1)
        if note[0] == "delete":
            files.pop(note[1], None)
        elif note[0] == "truncate" and (is_safe or chance.random() < 0.5):
            del files.setdefault(note[1], bytearray())[note[2] :]
        elif note[0] == "write":
            _write(files.setdefault(note[1], bytearray()), note, None if is_safe else chance)
    return {
        name: bytes(data)
        for name, data in files.items()
        if name.startswith(FILE) and not name.endswith("-shm")
    }


def _write(file: bytearray, note: Note, chance: random.Random | None) -> None:
    _, _, offset, data = note
    for at in range(0, len(data), SECTOR):
        if chance is not None and chance.random() < 0.5:
            continue
        sector = data[at : at + SECTOR]
        end = offset + at + len(sector)
        if len(file) < end:
            file.extend(bytes(end - len(file)))
        file[offset + at : end] = sector
