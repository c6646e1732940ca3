"""What a fault did: rounds, what had been acknowledged, what of it was lost, what went unseen."""

import json
from collections.abc import Callable, Iterable
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
    """The slowest reopening."""
    notes: list[str] = field(default_factory=list[str])

    def add(self, other: "Tally") -> None:
        self.rounds += other.rounds
        self.acknowledged += other.acknowledged
        self.lost += other.lost
        self.silent += other.silent
        self.slowest_ms = max(self.slowest_ms, other.slowest_ms)
        self.notes = [*self.notes, *other.notes][:20]

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
    """Totals over several runs: each goes on with the seed after the last one's."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.totals: dict[str, Tally] = {}
        if file.exists():
            kept = json.loads(file.read_text(encoding="utf-8"))
            self.totals = {name: Tally(**values) for name, values in kept.items()}

    def next_seed(self, name: str) -> int:
        return self.totals[name].rounds if name in self.totals else 0

    def add(self, name: str, tally: Tally) -> None:
        self.totals.setdefault(name, Tally()).add(tally)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        written = {each: asdict(total) for each, total in self.totals.items()}
        self.file.write_text(json.dumps(written, indent=1), encoding="utf-8")
