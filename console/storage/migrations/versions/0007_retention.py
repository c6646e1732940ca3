"""Where drivers were, which notes are proofs, and how long either is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables; proofs that are there count from the first look on that finds them."""
    op.create_table(
        "position",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("stream", sa.String(200), nullable=False),
        sa.Column("route", sa.String(200), nullable=False),
        sa.Column("driver", sa.String(64), nullable=False),
        sa.Column("since", sa.String(40), nullable=False),
        sa.Column("until", sa.String(40), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_position"),
    )
    op.create_table(
        "proof",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proof"),
    )
    op.create_table(
        "retention",
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("what", name="pk_retention"),
    )
    # a photo is a note under the SHA-256 of its bytes; other notes have shorter names
    op.execute("INSERT INTO proof SELECT id, '' FROM note WHERE length(id) = 64")
