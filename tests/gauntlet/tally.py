"""What a fault did: rounds, what had been acknowledged, what of it was lost, what went unseen."""

import json
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from console.dispatch.journal import Journal
from console.domain.errors import ConsoleError
from console.domain.plan import Plan
from console.storage import checking
from console.storage.database import Database


@dataclass
class Tally:
    """``silent`` counts what was wrong and nothing said so: the worst that can happen."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    silent: int = 0
    slowest_ms: float = 0.0
    """The slowest reopening, as a clock on the wall has it: beside other work it says little."""
    work_ms: float = 0.0
    """The most computing time that a reopening took."""
    started_ms: float = 0.0
    """The slowest start of a new process until it had the day, on the wall."""
    started_work_ms: float = 0.0
    """The most computing time that such a start took."""
    notes: list[str] = field(default_factory=list[str])

    def add(self, other: "Tally") -> None:
        self.rounds += other.rounds
        self.acknowledged += other.acknowledged
        self.lost += other.lost
        self.silent += other.silent
        self.slowest_ms = max(self.slowest_ms, other.slowest_ms)
        self.work_ms = max(self.work_ms, other.work_ms)
        self.started_ms = max(self.started_ms, other.started_ms)
        self.started_work_ms = max(self.started_work_ms, other.started_work_ms)
        self.notes = [*self.notes, *other.notes][:20]

    @contextmanager
    def reopening(self) -> Generator[None]:
        """What is done meanwhile is the reopening of a store."""
        began, worked = time.perf_counter(), time.process_time()
        yield
        self.slowest_ms = max(self.slowest_ms, (time.perf_counter() - began) * 1000)
        self.work_ms = max(self.work_ms, (time.process_time() - worked) * 1000)

    def blame(self, seed: int, what: str) -> None:
        """Something was wrong and no one was told."""
        self.silent += 1
        self.notes.append(f"seed {seed}: {what}")


type Fault = Callable[[range, Path], Tally]
"""Causes one fault once for each seed, in a folder of its own."""


def examine(tally: Tally, seed: int, of: tuple[Journal, str], acknowledged: Iterable[str]) -> Plan:
    """Each acknowledged command exactly once; no gap; the chain holds; patches apply in order."""
    journal, stream = of
    ids = list(acknowledged)
    tally.acknowledged += len(ids)
    plan = Plan()
    try:
        entries = journal.read(stream)
        for entry in entries:
            plan = entry.patch.apply(plan)
    except ConsoleError as error:
        tally.lost += len(ids)
        tally.notes.append(f"seed {seed}: {error.message}")
        return plan
    if [entry.version for entry in entries] != list(range(1, len(entries) + 1)):
        tally.blame(seed, "a gap")
    stored = [entry.command_id for entry in entries]
    if len(set(stored)) != len(stored):
        tally.blame(seed, "a command twice")
    missing = set(ids) - set(stored)
    tally.lost += len(missing)
    if missing:
        tally.notes.append(f"seed {seed}: {len(missing)} acknowledged rows are not there")
    return plan


def whole(tally: Tally, seed: int, database: Database) -> None:
    """The file, every chain, every index and every register."""
    finding = checking.check(database)
    if not finding.is_whole:
        tally.blame(seed, "; ".join(finding.faults))


class Ledger:
    """Totals over several runs, a file for each fault: each run goes on with the next seed.

    Runs of different faults may share a folder at the same time.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def total(self, name: str) -> Tally:
        """Of all runs so far."""
        file = self._file(name)
        if not file.exists():
            return Tally()
        return Tally(**json.loads(file.read_text(encoding="utf-8")))

    def add(self, name: str, tally: Tally) -> None:
        """Written at once, whole or not at all: a long run may be ended at any time."""
        total = self.total(name)
        total.add(tally)
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self._file(name).with_suffix(".new")
        fresh.write_text(json.dumps(asdict(total), indent=1), encoding="utf-8")
        fresh.replace(self._file(name))

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.json"
