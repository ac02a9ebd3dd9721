"""Instruments that were withdrawn or renamed, so that those who follow them are told."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("instruments", sa.Column("withdrawn", sa.BigInteger))
    op.create_table(
        "renamed",
        sa.Column("slug", sa.String(160), nullable=False),
        sa.Column("home", sa.String(160), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_renamed"),
    )


def downgrade() -> None:
    op.drop_table("renamed")
    op.execute("DELETE FROM instruments WHERE withdrawn IS NOT NULL")
    with op.batch_alter_table("instruments") as table:
        table.drop_column("withdrawn")
