"""What a depot knows of its traffic, every version of it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "traffic",
        sa.Column("depot", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("depot", "number", name="pk_traffic"),
        sa.ForeignKeyConstraint(["depot"], ["depot.id"], name="fk_traffic_depot"),
    )
