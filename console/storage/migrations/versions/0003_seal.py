"""A digest of every register row of a file, so that a flipped bit in it does not go unseen."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table; rows that are there are sealed when the migration ends."""
    op.create_table(
        "seal",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", "key", name="pk_seal"),
    )
