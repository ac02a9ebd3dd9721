"""Nothing any more: it made the tables of Procrastinate on PostgreSQL, which 0008 removes where they are."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Change nothing: a database of this version holds no queue."""


def downgrade() -> None:
    """Change nothing."""
