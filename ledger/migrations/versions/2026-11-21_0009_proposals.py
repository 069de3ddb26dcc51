"""Count the proposals of discrepancies."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ADDED = {"discrepancy": ("proposals",), "resolution": ("proposal_no", "quantity")}


def upgrade() -> None:
    for table, columns in _ADDED.items():
        # Rows from before have zero until the index is built again; the default is for them alone.
        with op.batch_alter_table(table) as altered:
            for column in columns:
                altered.add_column(sa.Column(column, sa.BigInteger(), nullable=False, server_default="0"))
        with op.batch_alter_table(table) as altered:
            for column in columns:
                altered.alter_column(column, server_default=None)


def downgrade() -> None:
    for table, columns in _ADDED.items():
        for column in columns:
            op.drop_column(table, column)
