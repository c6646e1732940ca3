"""What every database is to the journal and the registers: transactions, and verdicts on errors."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Select
from sqlalchemy.exc import DBAPIError

from console.dispatch.presence import Company
from console.domain.errors import ConsoleError


class Database(ABC):
    """``writing`` and ``reading`` are the only ways in; ``name`` is what messages call it."""

    engine: Engine

    @property
    @abstractmethod
    def name(self) -> str:
        """The file or the address, without a password."""

    @contextmanager
    def writing(self, *, alone: bool = True) -> Generator[Connection]:
        """One transaction, durable when it is left.

        ``alone``: nobody else writes meanwhile, so what was read stays true. Otherwise others may,
        where the database can do that.
        """
        with self._transaction(partial(self._prepared, writes=True), alone=alone) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """One transaction that sees one state of the database throughout."""
        with self._transaction(partial(self._prepared, writes=False)) as connection:
            yield connection

    @contextmanager
    def asking(self) -> Generator[Connection]:
        """For one statement that reads, and sees one state by itself.

        A server is spared the transaction around it, which takes two answers more.
        """
        with self.reading() as connection:
            yield connection

    @contextmanager
    def asking_itself(self) -> Generator[Connection]:
        """The same of the database alone: what stands in for one that is lost has not all of it."""
        with self.asking() as connection:
            yield connection

    def row_of_bytes(self, query: Select[*tuple[Any, ...]]) -> Sequence[Any] | None:
        """The first row of a statement like that, whose large bytes travel as they are."""
        with self.asking_itself() as connection:
            return connection.execute(query).first()

    @contextmanager
    def _transaction(
        self, prepared: Callable[[Connection], Connection], *, alone: bool = False
    ) -> Generator[Connection]:
        try:
            with self.engine.connect() as opened:
                connection = prepared(opened)
                with connection.begin():
                    if alone:
                        self._lock(connection)
                    yield connection
        except (DBAPIError, UnicodeDecodeError) as error:
            raise self.verdict(error) from error

    @abstractmethod
    def verdict(self, error: BaseException) -> ConsoleError:
        """The sentence for an error of the driver or of SQLAlchemy."""

    @abstractmethod
    def _prepared(self, connection: Connection, *, writes: bool) -> Connection:
        """The connection with the options of a transaction that writes, or does not."""

    @abstractmethod
    def _lock(self, connection: Connection) -> None:
        """Wait until nobody else writes, and keep it so until the transaction ends."""

    @abstractmethod
    def own(self, connection: Connection) -> None:
        """Write as whom the tables belong to for the rest of the transaction, if that may be."""

    @abstractmethod
    def renewed(self, connection: Connection) -> None:
        """The tables were migrated in this transaction."""

    def patient(self, connection: Connection) -> None:  # noqa: B027 - a file has no hurry
        """Let this transaction take as long as it takes, and wait for another one meanwhile."""

    def wipe(self, connection: Connection) -> None:  # noqa: B027 - a server has its own ways
        """What is deleted in this transaction is overwritten, where the database can do that."""

    def contents(self) -> str:
        """What a slower look inside finds wrong; a server looks after that itself."""
        return ""

    @abstractmethod
    def faults(self) -> str:
        """What the database's own check finds wrong with it; empty when nothing."""

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


class Watch(Protocol):
    """Sees whether anybody else has written."""

    @property
    def is_connected(self) -> bool:
        """False while the database cannot be reached."""
        ...

    def data_version(self) -> int:
        """A number that changes when somebody else has written; costs microseconds."""
        ...

    def registers_version(self) -> int:
        """The same where it was a register that somebody wrote to, or may have been."""
        ...

    def company(self, origin: str) -> Company:
        """Who else is here, for the console of this origin."""
        ...

    def close(self) -> None:
        """Stop watching."""
        ...
