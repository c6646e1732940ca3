"""Plans of a day that are kept under names."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "scenario",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("depot", sa.String(64), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scenario"),
        sa.ForeignKeyConstraint(["depot"], ["depot.id"], name="fk_scenario_depot"),
    )
