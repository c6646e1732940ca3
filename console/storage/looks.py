"""What of a store was looked at whole, so that a long journal is not replayed every ten minutes.

A hash stands for all rows before it. So what was replayed once need not be again, as long as its
chain leads to the same hash; and between two looks at everything only what is new is looked at.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from console.domain.errors import ConsoleError
from console.storage import checking, folders
from console.storage.checking import Finding, Heads
from console.storage.database import Database
from console.storage.journal import SqlJournal

WHOLE_EVERY = timedelta(hours=8)
FEW = 100_000
"""Rows of the journal up to which everything is looked at each time."""

_FILE = "looked.json"


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks at one store, remembered in a folder; times are aware UTC."""

    folder: Path

    def look(self, database: Database, now: datetime) -> Finding:
        """At everything at the start of a day, and always where that is little; else at the new."""
        at, known = self._known(database)
        if at is None or not timedelta() <= now - at < WHOLE_EVERY or not _is_long(database):
            at, finding = now, checking.check(database, known=known)
        else:
            finding = checking.check_new(database, known=known)
        if finding.is_whole:
            self._keep(database, at, {**known, **finding.heads})
        return finding

    def heads(self, database: Database) -> Heads:
        """What was replayed and found whole."""
        return self._known(database)[1]

    def _known(self, database: Database) -> tuple[datetime | None, Heads]:
        """Nothing where the file cannot be read, or is about another store."""
        try:
            told = json.loads((self.folder / _FILE).read_text(encoding="utf-8"))
            if told["name"] != database.name:
                return None, {}
            heads = {str(name): (int(v), str(own)) for name, (v, own) in told["heads"].items()}
            return datetime.fromisoformat(told["at"]), heads
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None, {}

    def _keep(self, database: Database, at: datetime, heads: Heads) -> None:
        folders.prepare(self.folder)
        told = {"name": database.name, "at": at.isoformat(), "heads": heads}
        fresh = self.folder / f"{_FILE}.new"
        fresh.write_text(json.dumps(told), encoding="utf-8")
        fresh.replace(self.folder / _FILE)


def _is_long(database: Database) -> bool:
    """False too where it cannot be read: a look at everything says why."""
    try:
        return sum(version for version, _ in SqlJournal(database).heads().values()) > FEW
    except ConsoleError:
        return False
