"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def ordered(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "state",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("fingerprint", sa.String(128), nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_state"),
    )
    op.create_table(
        "instruments",
        sa.Column("slug", sa.String(160), nullable=False),
        sa.Column("symbol", sa.String(160), nullable=False),
        sa.Column("body", sa.String(120)),
        sa.Column("session", sa.Integer),
        sa.Column("adopted", sa.Date),
        sa.Column("family", sa.String(160), nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("languages", sa.String(40), nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
        sa.Column("schedule", sa.Text, nullable=False),
        sa.Column("place", ordered(200), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_instruments"),
    )
    op.create_index("ix_instruments_place", "instruments", ["place"])
    op.create_table(
        "texts",
        sa.Column("slug", sa.String(160), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("slug", "language", name="pk_texts"),
    )
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("uid", ordered(240), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("slug", sa.String(160), nullable=False),
        sa.Column("body", sa.String(120)),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("merged", sa.Boolean, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("last", sa.Date),
        sa.Column("far", sa.Boolean, nullable=False),
        sa.Column("season_from", sa.Integer, nullable=False),
        sa.Column("season_to", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("instrument", sa.String(160), nullable=False),
        sa.Column("action", sa.String(20)),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("decided_from", sa.Date, nullable=False),
        sa.Column("decided_to", sa.Date, nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("recorded_from", sa.BigInteger, nullable=False),
        sa.Column("recorded_to", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(40), nullable=False),
        sa.Column("search", sa.Text, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
    )
    op.create_index(
        "ix_revisions_listed",
        "revisions",
        [
            *("recorded_to", "merged", "far", "day", "uid"),
            *("decided_from", "decided_to", "recorded_from", "last", "season_from", "season_to", "kind"),
        ],
    )
    op.create_index("ix_revisions_uid_place", "revisions", ["uid", "place"])
    op.create_index("ix_revisions_slug", "revisions", ["slug", "recorded_to", "merged", "far", "day", "uid"])
    op.create_index("ix_revisions_decided_from", "revisions", ["decided_from"])
    op.create_index("ix_revisions_recorded", "revisions", ["recorded", "id"])
    op.create_table(
        "actors",
        sa.Column("actor", sa.String(160), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["revision"], ["revisions.id"]),
        sa.PrimaryKeyConstraint("actor", "revision", name="pk_actors"),
    )


def downgrade() -> None:
    for table in ("actors", "revisions", "texts", "instruments", "state"):
        op.drop_table(table)
