"""A shelf of published regions in a store's file, and one whose line breaks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from console.dispatch.journal import Disconnected
from console.dispatch.publications import Package
from console.storage.publications import SqlPublications
from console.storage.store import Store
from tests.geo.conftest import StillClock


@contextmanager
def opened(folder: Path) -> Iterator[SqlPublications]:
    store = Store.open(folder)
    yield SqlPublications(store.database, StillClock(), "mia")
    store.close()


@dataclass(frozen=True)
class Cut(SqlPublications):
    """Answers so many pieces, then not so often, then again as before."""

    good: int = 10**9
    bad: int = 0
    asked: list[int] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)

    def _break(self, done: int) -> None:
        if self.good <= done < self.good + self.bad:
            raise Disconnected("The database does not answer.", remedy="Check the network.")

    def piece(self, package: Package, number: int) -> bytes | None:
        self.asked.append(number)
        self._break(len(self.asked) - 1)
        return super().piece(package, number)

    def put(self, package: Package, number: int, data: bytes) -> None:
        self.sent.append(number)
        self._break(len(self.sent) - 1)
        super().put(package, number, data)
