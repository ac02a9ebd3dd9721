"""How an event repeats, how long it lasts and how sure its days are, beside the event, where lists look for it."""

import json
from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

LISTED = (
    *("recorded_to", "merged", "far", "day", "uid"),
    *("decided_from", "decided_to", "recorded_from", "last", "season_from", "season_to", "kind"),
)
RECURRING = (
    *("recorded_to", "merged", "season_from", "season_to", "day", "last", "decided_from", "decided_to"),
    *("recorded_from", "uid", "length", "certainty", "recurrence", "kind"),
)
HELD = sa.table(
    "revisions",
    sa.column("id", sa.Integer),
    sa.column("event", sa.Text),
    sa.column("last", sa.Date),
    sa.column("certainty", sa.String),
    sa.column("length", sa.Integer),
    sa.column("recurrence", sa.Text),
)
BATCH = 5000


def upgrade() -> None:
    # The defaults stay: SQLite adds no column without one, and makes no table anew that another refers to.
    op.add_column("revisions", sa.Column("certainty", sa.String(20), nullable=False, server_default="undated"))
    op.add_column("revisions", sa.Column("length", sa.Integer, nullable=False, server_default="0"))
    op.add_column("revisions", sa.Column("recurrence", sa.Text))
    fill(op.get_bind())
    op.drop_index("ix_revisions_listed", "revisions")
    op.create_index("ix_revisions_listed", "revisions", [*LISTED, "recurrence", "certainty", "length"])
    recurs = sa.text("recurrence IS NOT NULL")
    op.create_index("ix_revisions_recurring", "revisions", [*RECURRING], sqlite_where=recurs, postgresql_where=recurs)


def fill(connection: sa.Connection) -> None:
    after = 0
    while True:
        asked = sa.select(HELD.c.id, HELD.c.event, HELD.c.last).where(HELD.c.id > after).order_by(HELD.c.id)
        rows = connection.execute(asked.limit(BATCH)).all()
        if not rows:
            return
        after = rows[-1].id
        values = [{"at": row.id, **said(json.loads(row.event), row.last)} for row in rows]
        setting: dict[str, object] = {
            name: sa.bindparam(f"new_{name}") for name in ("certainty", "length", "recurrence", "last")
        }
        connection.execute(HELD.update().where(HELD.c.id == sa.bindparam("at")).values(setting), values)


def said(event: dict[str, str], last: date | None) -> dict[str, object]:
    """What the columns say of an event as its JSON holds it."""
    start, end, recurrence = event.get("start"), event.get("end"), event.get("recurrence")
    length = (date.fromisoformat(end) - date.fromisoformat(start)).days if start and end else 0
    until = next((part[6:14] for part in (recurrence or "").split(";") if part.startswith("UNTIL=")), "")
    if until and last and last.strftime("%Y%m%d") == until:
        # The last occurrence begins on that day.
        last += timedelta(min(length, (date.max - last).days))
    return {
        "new_certainty": event["certainty"],
        "new_length": length,
        "new_recurrence": recurrence,
        "new_last": last,
    }


def downgrade() -> None:
    op.drop_index("ix_revisions_recurring", "revisions")
    op.drop_index("ix_revisions_listed", "revisions")
    op.create_index("ix_revisions_listed", "revisions", [*LISTED])
    for column in ("recurrence", "length", "certainty"):
        op.drop_column("revisions", column)
