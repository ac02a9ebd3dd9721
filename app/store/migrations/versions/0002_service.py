"""Access, ingestion and webhooks."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

COUNTED = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TABLES = (
    *("reviews", "subscriptions", "signins", "proposals", "jobs", "deliveries"),
    *("webhooks", "tokens", "publications", "documents", "audit"),
)


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("moment", sa.BigInteger, nullable=False),
        sa.Column("token", sa.String(16)),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("target", sa.String(240), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_table(
        "documents",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("symbol", sa.String(160), nullable=False),
        sa.Column("adopted", sa.Date),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("token", sa.String(16)),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("digest", name="uq_documents_digest"),
    )
    op.create_table(
        "publications",
        sa.Column("slug", sa.String(160), nullable=False),
        sa.Column("schedule", sa.Text, nullable=False),
        sa.Column("texts", sa.Text, nullable=False),
        sa.Column("base", sa.String(64), nullable=False),
        sa.Column("moment", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_publications"),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("scopes", sa.String(80), nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.BigInteger),
        sa.Column("revoked", sa.BigInteger),
        sa.Column("used", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
    )
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("token", sa.String(16)),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("ended", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_webhooks"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("webhook", sa.String(16), nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("finished", sa.BigInteger),
        sa.ForeignKeyConstraint(
            ["webhook"],
            ["webhooks.id"],
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("webhook", "revision", name="uq_deliveries_webhook"),
    )
    op.create_index("ix_deliveries_state", "deliveries", ["state", "due"])
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("progress", sa.Integer, nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("document", COUNTED),
        sa.Column("given", sa.Text, nullable=False),
        sa.Column("token", sa.String(16)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("lease", sa.BigInteger, nullable=False),
        sa.Column("finished", sa.BigInteger),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    op.create_index("ix_jobs_document", "jobs", ["document"])
    op.create_index("ix_jobs_state", "jobs", ["state", "created"])
    op.create_table(
        "proposals",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("document", COUNTED, nullable=False),
        sa.Column("slug", sa.String(160), nullable=False),
        sa.Column("symbol", sa.String(160), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("items", sa.Integer, nullable=False),
        sa.Column("schedule", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
        sa.UniqueConstraint("document", name="uq_proposals_document"),
    )
    op.create_index("ix_proposals_slug", "proposals", ["slug"])
    op.create_index("ix_proposals_state", "proposals", ["state", "id"])
    op.create_table(
        "signins",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("token", sa.String(16), nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(
            ["token"],
            ["tokens.id"],
        ),
        sa.PrimaryKeyConstraint("hash", name="pk_signins"),
    )
    op.create_index("ix_signins_expires", "signins", ["expires"])
    op.create_table(
        "subscriptions",
        sa.Column("address", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("feed", sa.String(200), nullable=False),
        sa.Column("choice", sa.Text, nullable=False),
        sa.Column("owner", sa.String(16)),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sa.Column("ended", sa.BigInteger),
        sa.ForeignKeyConstraint(
            ["owner"],
            ["tokens.id"],
        ),
        sa.PrimaryKeyConstraint("address", name="pk_subscriptions"),
    )
    op.create_index("ix_subscriptions_owner", "subscriptions", ["owner"])
    op.create_table(
        "reviews",
        sa.Column("id", COUNTED, nullable=False),
        sa.Column("proposal", COUNTED, nullable=False),
        sa.Column("uid", sa.String(240), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("reviewer", sa.String(120), nullable=False),
        sa.Column("token", sa.String(16)),
        sa.Column("moment", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal"],
            ["proposals.id"],
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
    )
    op.create_index("ix_reviews_proposal", "reviews", ["proposal"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
