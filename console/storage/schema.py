"""The tables; plain SQL types only, so that the same schema stands on SQLite and PostgreSQL.

Times are ISO 8601 text: the journal hashes them as they are. What a release has shipped changes
only by a migration.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

REVISION = "0008"
"""The newest migration; compared at every start, so that Alembic is loaded only to migrate."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

streams = Table(
    "stream",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
"""The head of each stream; its row is what two writers contend for."""

entries = Table(
    "entry",
    metadata,
    Column("stream", String(200), ForeignKey("stream.name"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("command_id", String(64), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("origin", String(64), nullable=False),
    Column("at", String(40), nullable=False),
    Column("packed", Boolean, nullable=False),
    Column("command", LargeBinary, nullable=False),
    Column("patch", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("stream", "command_id"),
)

snapshots = Table(
    "snapshot",
    metadata,
    Column("stream", String(200), ForeignKey("stream.name"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("codec", Integer, nullable=False),
    Column("entry_hash", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("value", LargeBinary, nullable=False),
)

places = Table(
    "place",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("street", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("lat", Float(53)),
    Column("lon", Float(53)),
    Column("certainty", String(32), nullable=False),
    Column("label", Text, nullable=False),
)

accesses = Table(
    "place_access",
    metadata,
    Column("id", String(64), ForeignKey("place.id"), primary_key=True),
    Column("gate", Text, nullable=False),
    Column("floor", Text, nullable=False),
    Column("safe_place", Text, nullable=False),
    Column("parking_seconds", Integer),
    Column("parking_lat", Float(53)),
    Column("parking_lon", Float(53)),
)
"""How places are reached, for those of which it is known."""

orders = Table(
    "order_entry",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("salt", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("value", Text, nullable=False),
)

drivers = Table(
    "driver",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("phone", Text, nullable=False),
    Column("colour", Integer, nullable=False),
)

vehicles = Table(
    "vehicle",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("plate", Text, nullable=False, unique=True),
    Column("kind", String(64), nullable=False),
    Column("profile", String(64), nullable=False),
)

depots = Table(
    "depot",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("place", String(64), ForeignKey("place.id"), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("currency", String(8), nullable=False),
    Column("region", Text, nullable=False),
)

shift_templates = Table(
    "shift_template",
    metadata,
    Column("depot", String(64), ForeignKey("depot.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("driver", String(64), ForeignKey("driver.id"), nullable=False),
    Column("vehicle", String(64), ForeignKey("vehicle.id"), nullable=False),
    Column("value", Text, nullable=False),
)

notes = Table(
    "note",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("text", Text, nullable=False),
)

preferences = Table(
    "preference",
    metadata,
    Column("user_name", String(200), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("value", Text, nullable=False),
)

traffic = Table(
    "traffic",
    metadata,
    Column("depot", String(64), ForeignKey("depot.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("version", String(64), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("at", String(40), nullable=False),
    Column("value", Text, nullable=False),
)
"""Nothing is changed or removed: plans name the version they were made with."""

scenarios = Table(
    "scenario",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("depot", String(64), ForeignKey("depot.id"), nullable=False),
    Column("day", String(10), nullable=False),
    Column("name", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("value", Text, nullable=False),
)
recurring_orders = Table(
    "recurring_order",
    metadata,
    Column("depot", String(64), ForeignKey("depot.id"), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("value", Text, nullable=False),
)

positions = Table(
    "position",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("stream", String(200), nullable=False),
    Column("route", String(200), nullable=False),
    Column("driver", String(64), nullable=False),
    Column("since", String(40), nullable=False),
    Column("until", String(40), nullable=False),
    Column("value", Text, nullable=False),
)
"""Some minutes of a driver's way in a row."""

proofs = Table(
    "proof",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("at", String(40), nullable=False),
)
"""Which notes are photos and other proofs, and since when: they go before the others."""

retentions = Table(
    "retention",
    metadata,
    Column("what", String(64), primary_key=True),
    Column("days", Integer, nullable=False),
)
"""How long what names somebody is kept, where somebody has set it."""

published = Table(
    "region",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("package", String(64), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("at", String(40), nullable=False),
    Column("value", Text, nullable=False),
)
"""Streets that every console of a shared database may fetch."""

pieces = Table(
    "region_piece",
    metadata,
    Column("package", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("at", String(40), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""Their files, packed; ``digest`` is that of what comes out. What no region names is on its way."""

FILES = (published, pieces)
"""What can be made anew anywhere: copied to no other store, and into no backup."""

seals = Table(
    "seal",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("digest", String(64), nullable=False),
)
"""Of each row of a register in a file: its table, its key, its digest (``storage.seals``)."""


def registers() -> list[Table]:
    """The tables that may be changed at any time, parents first."""
    other = (streams, entries, snapshots, seals, *FILES)
    return [table for table in metadata.sorted_tables if table not in other]
