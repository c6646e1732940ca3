"""Orders that come again."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "recurring_order",
        sa.Column("depot", sa.String(64), nullable=False),
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("depot", "id", name="pk_recurring_order"),
        sa.ForeignKeyConstraint(["depot"], ["depot.id"], name="fk_recurring_order_depot"),
    )
