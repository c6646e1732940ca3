"""The journal with its streams and snapshots, and the registers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables of the first release."""
    _journal()
    _orders()
    _fleet()
    op.create_table(
        "note",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_table(
        "preference",
        sa.Column("user_name", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("user_name", "name", name="pk_preference"),
    )


def _journal() -> None:
    op.create_table(
        "stream",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_stream"),
    )
    op.create_table(
        "entry",
        sa.Column("stream", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("command_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("origin", sa.String(64), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("packed", sa.Boolean, nullable=False),
        sa.Column("command", sa.LargeBinary, nullable=False),
        sa.Column("patch", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("stream", "version", name="pk_entry"),
        sa.UniqueConstraint("stream", "command_id", name="uq_entry_stream"),
        sa.ForeignKeyConstraint(["stream"], ["stream.name"], name="fk_entry_stream"),
    )
    op.create_table(
        "snapshot",
        sa.Column("stream", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("codec", sa.Integer, nullable=False),
        sa.Column("entry_hash", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("stream", name="pk_snapshot"),
        sa.ForeignKeyConstraint(["stream"], ["stream.name"], name="fk_snapshot_stream"),
    )


def _orders() -> None:
    op.create_table(
        "place",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("street", sa.Text, nullable=False),
        sa.Column("postcode", sa.Text, nullable=False),
        sa.Column("city", sa.Text, nullable=False),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("lat", sa.Float(53)),
        sa.Column("lon", sa.Float(53)),
        sa.Column("certainty", sa.String(32), nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_place"),
        sa.UniqueConstraint("key", name="uq_place_key"),
    )
    op.create_table(
        "order_entry",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_order_entry"),
    )


def _fleet() -> None:
    op.create_table(
        "driver",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("colour", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_driver"),
        sa.UniqueConstraint("name", name="uq_driver_name"),
    )
    op.create_table(
        "vehicle",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("plate", sa.Text, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("profile", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vehicle"),
        sa.UniqueConstraint("plate", name="uq_vehicle_plate"),
    )
    op.create_table(
        "depot",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("currency", sa.String(8), nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_depot"),
        sa.UniqueConstraint("name", name="uq_depot_name"),
        sa.ForeignKeyConstraint(["place"], ["place.id"], name="fk_depot_place"),
    )
    op.create_table(
        "shift_template",
        sa.Column("depot", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("driver", sa.String(64), nullable=False),
        sa.Column("vehicle", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("depot", "position", name="pk_shift_template"),
        sa.ForeignKeyConstraint(["depot"], ["depot.id"], name="fk_shift_template_depot"),
        sa.ForeignKeyConstraint(["driver"], ["driver.id"], name="fk_shift_template_driver"),
        sa.ForeignKeyConstraint(["vehicle"], ["vehicle.id"], name="fk_shift_template_vehicle"),
    )
