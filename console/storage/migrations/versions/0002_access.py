"""How places are reached."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "place_access",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("gate", sa.Text, nullable=False),
        sa.Column("floor", sa.Text, nullable=False),
        sa.Column("safe_place", sa.Text, nullable=False),
        sa.Column("parking_seconds", sa.Integer),
        sa.Column("parking_lat", sa.Float(53)),
        sa.Column("parking_lon", sa.Float(53)),
        sa.PrimaryKeyConstraint("id", name="pk_place_access"),
        sa.ForeignKeyConstraint(["id"], ["place.id"], name="fk_place_access_id"),
    )
