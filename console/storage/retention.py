"""What tells of somebody goes when its time is over: positions, photos and other proofs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, update

from console.dispatch.retention import Retention
from console.storage import upsert
from console.storage.database import Database
from console.storage.schema import notes, positions, proofs, retentions


@dataclass(frozen=True, slots=True)
class SqlRetentions:
    """Implements ``dispatch.retention.Retentions``."""

    database: Database

    def get(self) -> Retention:
        """What holds now; what this release does not know is passed over."""
        with self.database.reading() as connection:
            return _set(connection)

    def put(self, retention: Retention) -> None:
        """Let this hold from the next look on."""
        rows = [{"what": what, "days": days} for what, days in retention.days.items()]
        with self.database.writing() as connection:
            connection.execute(delete(retentions))
            connection.execute(insert(retentions), rows)

    def tidy(self, now: datetime) -> int:
        """Drop for good what has been kept long enough; how many rows. Writes only where some are.

        A proof of which nobody knows how old it is counts from now on. NotAllowed on a server where
        the login keeps no registers: another console does it.
        """
        with self.database.reading() as connection:
            if not self._is_due(connection, now):
                return 0
        with self.database.writing() as connection:
            self.database.wipe(connection)
            connection.execute(update(proofs).where(proofs.c.at == "").values(at=now.isoformat()))
            _, drivers, old = _over(connection, now)
            gone = connection.execute(delete(positions).where(drivers)).rowcount
            names = list(connection.execute(select(proofs.c.id).where(old)).scalars())
            upsert.erase(connection, notes, names)
            upsert.erase(connection, proofs, names)
        return gone + len(names)

    def _is_due(self, connection: Connection, now: datetime) -> bool:
        unknown, drivers, old = _over(connection, now)
        return any(
            _any(connection, table, what)
            for table, what in ((proofs, unknown), (positions, drivers), (proofs, old))
        )


def _set(connection: Connection) -> Retention:
    known = Retention().days
    rows = connection.execute(select(retentions.c.what, retentions.c.days))
    return Retention(**known | {row.what: row.days for row in rows if row.what in known})


def _over(connection: Connection, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Proofs without a time, positions and proofs whose time is over."""
    kept = _set(connection)
    drives, proves = (
        (now - timedelta(days=days)).isoformat() for days in (kept.positions, kept.proofs)
    )
    return (
        proofs.c.at == "",
        positions.c.until < drives,
        (proofs.c.at != "") & (proofs.c.at < proves),
    )


def _any(connection: Connection, table: Table, what: ColumnElement[bool]) -> bool:
    return connection.execute(select(table.c.id).where(what).limit(1)).first() is not None
