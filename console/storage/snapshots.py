"""Plans kept beside the journal so that a long stream opens fast; never the truth themselves."""

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import delete, insert, select

from console.dispatch.journal import Journal, NotAllowed
from console.domain.plan import Plan
from console.storage import codec
from console.storage.database import Database
from console.storage.journal import weight
from console.storage.schema import entries, snapshots

EVERY_ROWS = 500
EVERY_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Snapshots:
    """One snapshot per stream; one that does not fit the journal or this codec is passed over."""

    database: Database

    def latest(self, stream: str) -> tuple[int, Plan] | None:
        """The newest snapshot as (version, plan); None when there is none that holds."""
        query = (
            select(snapshots.c.version, snapshots.c.digest, snapshots.c.value)
            .join(
                entries,
                (entries.c.stream == snapshots.c.stream)
                & (entries.c.version == snapshots.c.version)
                & (entries.c.hash == snapshots.c.entry_hash),
            )
            .where(snapshots.c.stream == stream, snapshots.c.codec == codec.VERSION)
        )
        with self.database.reading() as connection:
            found = connection.execute(query).first()
        if found is None or sha256(found.value).hexdigest() != found.digest:
            return None
        try:
            plan = codec.decode_plan(codec.unpack(found.value))
        except ValueError:
            return None
        return None if plan is None else (int(found.version), plan)

    def store(self, stream: str, plan: Plan) -> bool:
        """Keep this plan as the stream's snapshot; False when the journal has no such version."""
        value = codec.pack(codec.encode_plan(plan))
        with self.database.writing() as connection:
            entry_hash = connection.execute(
                select(entries.c.hash).where(
                    entries.c.stream == stream, entries.c.version == plan.version
                )
            ).scalar()
            if entry_hash is None:
                return False
            connection.execute(delete(snapshots).where(snapshots.c.stream == stream))
            connection.execute(
                insert(snapshots).values(
                    stream=stream,
                    version=plan.version,
                    codec=codec.VERSION,
                    entry_hash=entry_hash,
                    digest=sha256(value).hexdigest(),
                    value=value,
                )
            )
        return True

    def is_due(self, stream: str) -> bool:
        """True when enough rows or bytes have come since the last snapshot."""
        with self.database.reading() as connection:
            last = connection.execute(
                select(snapshots.c.version).where(
                    snapshots.c.stream == stream, snapshots.c.codec == codec.VERSION
                )
            ).scalar()
        rows, size = weight(self.database, stream, last or 0)
        return rows >= EVERY_ROWS or size >= EVERY_BYTES

    def keep(self, stream: str, plan: Plan) -> None:
        """Keep a confirmed plan when one is due; a login that may not leaves it to others."""
        with suppress(NotAllowed):
            if self.is_due(stream):
                self.store(stream, plan)

    def replayed(self, journal: Journal, stream: str) -> Plan:
        """The stream's present plan from its snapshot and the rows since; stores one when due."""
        _, plan = self.latest(stream) or (0, Plan())
        for entry in journal.read(stream, plan.version):
            plan = entry.patch.apply(plan)
        if self.is_due(stream):
            self.store(stream, plan)
        return plan
