"""The files that the contents were loaded from."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "files",
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("about", sa.String(120), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("slug", sa.String(160), nullable=False),
        sa.Column("texts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_files"),
    )


def downgrade() -> None:
    op.drop_table("files")
