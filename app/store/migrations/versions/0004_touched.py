"""When instruments were last written, and revisions in the order in which they were."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # Without a default that stays: SQLite makes the table anew to take it away.
    with op.batch_alter_table("instruments") as table:
        table.add_column(sa.Column("touched", sa.BigInteger, nullable=False, server_default="0"))
    with op.batch_alter_table("instruments") as table:
        table.alter_column("touched", server_default=None)
    op.create_index("ix_instruments_touched", "instruments", ["touched"])
    op.create_index("ix_revisions_recorded_from", "revisions", ["recorded_from"])


def downgrade() -> None:
    op.drop_index("ix_revisions_recorded_from", "revisions")
    op.drop_index("ix_instruments_touched", "instruments")
    with op.batch_alter_table("instruments") as table:
        table.drop_column("touched")
