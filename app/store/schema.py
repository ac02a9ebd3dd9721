"""The tables, in SQLAlchemy Core; the migrations beside this module make them.

``revisions`` has two time axes. A row stood, by decision, from ``decided_from`` to before ``decided_to``, and was what
the service knew from ``recorded_from`` to before ``recorded_to``. Rows are closed, never changed otherwise and never
deleted. Moments are microseconds since 1970 in UTC; what has no end ends with ``FOREVER`` or ``LAST_DAY``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

import sqlalchemy as sa

FOREVER: Final = 2**62
"""``recorded_to`` of what the service knows now."""
LAST_DAY: Final = date.max
"""``decided_to`` of current states, and ``day`` of undated events."""
NEAR: Final = 400
"""Days from ``day`` to ``last`` up to which an event is not ``far``: most events, sessions included."""
WHOLE_YEAR: Final = (101, 1231)
"""A season as month and day in one number: 26 September is 926."""
LISTED: Final = (
    *("recorded_to", "merged", "far", "day", "uid"),
    *("decided_from", "decided_to", "recorded_from", "last", "season_from", "season_to", "kind"),
    *("recurrence", "certainty", "length"),
)
RECURRING: Final = (
    *("recorded_to", "merged", "season_from", "season_to", "day", "last", "decided_from", "decided_to"),
    *("recorded_from", "uid", "length", "certainty", "recurrence", "kind"),
)

metadata: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def ordered(length: int) -> sa.String:
    """Text that sorts by code point in every database, as it does in SQLite by itself."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


state: Final = sa.Table(
    "state",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("fingerprint", sa.String(128), nullable=False),
    sa.Column("recorded", sa.BigInteger, nullable=False),
)
"""One row: how often the contents changed, what they were loaded from, and when they last changed."""

files: Final = sa.Table(
    "files",
    metadata,
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("about", sa.String(120), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("slug", sa.String(160), nullable=False),
    sa.Column("texts", sa.Text, nullable=False),
)
"""The files that the contents were loaded from, by path below their folder: the stat of each, its
SHA-256, and of a schedule file the instrument and the names of its texts, as JSON."""

instruments: Final = sa.Table(
    "instruments",
    metadata,
    sa.Column("slug", sa.String(160), primary_key=True),
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
    sa.Column("place", ordered(200), nullable=False, index=True),
    sa.Column("touched", sa.BigInteger, nullable=False, index=True),
    sa.Column("withdrawn", sa.BigInteger),
)
"""``schedule`` is the whole schedule but for its events; ``place`` orders symbols as people count; ``touched`` is when
title or schedule were last written; ``withdrawn`` is when there was no schedule any more: such a row stays as it was,
so that the instrument's feed can say so."""

renamed: Final = sa.Table(
    "renamed",
    metadata,
    sa.Column("slug", sa.String(160), primary_key=True),
    sa.Column("home", sa.String(160), nullable=False),
)
"""Slugs under which instruments went before, and under which they go now: addresses of the first lead to the second."""

texts: Final = sa.Table(
    "texts",
    metadata,
    sa.Column("slug", sa.String(160), primary_key=True),
    sa.Column("language", sa.String(2), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)

_RECURS: Final = sa.text("recurrence IS NOT NULL")

revisions: Final = sa.Table(
    "revisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
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
    sa.Column("certainty", sa.String(20), nullable=False, server_default="undated"),
    sa.Column("length", sa.Integer, nullable=False, server_default="0"),
    sa.Column("recurrence", sa.Text),
    # For lists: everything that decides whether a row is shown, in the order in which it is shown.
    sa.Index("ix_revisions_listed", *LISTED),
    # What recurs may come in every period, however long ago it began: it is looked for by the days of the year.
    sa.Index("ix_revisions_recurring", *RECURRING, sqlite_where=_RECURS, postgresql_where=_RECURS),
    sa.Index("ix_revisions_uid_place", "uid", "place"),
    sa.Index("ix_revisions_slug", "slug", "recorded_to", "merged", "far", "day", "uid"),
    sa.Index("ix_revisions_decided_from", "decided_from"),
    sa.Index("ix_revisions_recorded", "recorded", "id"),
    sa.Index("ix_revisions_recorded_from", "recorded_from"),
)
"""``place`` counts an event's revisions, reaffirmations too; ``position`` is the item's place in its schedule; ``day``
is the day an event is shown on (its start, else its end), ``last`` the last day it can touch, ``far`` whether that is
more than ``NEAR`` days later, ``season_from`` and ``season_to`` the days of the year between which a yearly one falls.
``recorded`` is when the service first knew the revision, ``digest`` tells a changed row from an unchanged one;
``length`` is how many days the event, or each of its occurrences, goes on after its first, 0 where an end is open;
``recurrence`` is its RRULE, NULL for what does not recur."""


def known_now(table: sa.FromClause = revisions) -> sa.ColumnElement[bool]:
    """Return the condition that a row is current knowledge, for queries off the list index.

    The sum keeps planners from that index, in which everything current would be looked at.
    """
    return table.c.recorded_to + 0 == FOREVER


actors: Final = sa.Table(
    "actors",
    metadata,
    sa.Column("actor", sa.String(160), primary_key=True),
    sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.id"), primary_key=True),
)
"""The bearer and the addressees of each revision."""

# --- access ---------------------------------------------------------------------------------------------------------

_COUNTED: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite counts by itself in INTEGER only

tokens: Final = sa.Table(
    "tokens",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("scopes", sa.String(80), nullable=False),
    sa.Column("created", sa.BigInteger, nullable=False),
    sa.Column("expires", sa.BigInteger),
    sa.Column("revoked", sa.BigInteger),
    sa.Column("used", sa.BigInteger),
)
"""Access tokens: ``hash`` is the SHA-256 of the secret, which is not kept; ``scopes`` are joined by commas."""

signins: Final = sa.Table(
    "signins",
    metadata,
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("token", sa.String(16), sa.ForeignKey("tokens.id"), nullable=False),
    sa.Column("created", sa.BigInteger, nullable=False),
    sa.Column("expires", sa.BigInteger, nullable=False, index=True),
)
"""Who is signed in on the pages: ``hash`` is the SHA-256 of the cookie."""

audit: Final = sa.Table(
    "audit",
    metadata,
    sa.Column("id", _COUNTED, primary_key=True),
    sa.Column("moment", sa.BigInteger, nullable=False),
    sa.Column("token", sa.String(16)),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("action", sa.String(60), nullable=False),
    sa.Column("target", sa.String(240), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
)
"""Every write: which token (None for the operator's command line) did what to what; rows are only ever added."""

subscriptions: Final = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("address", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("feed", sa.String(200), nullable=False),
    sa.Column("choice", sa.Text, nullable=False),
    sa.Column("owner", sa.String(16), sa.ForeignKey("tokens.id"), index=True),
    sa.Column("created", sa.BigInteger, nullable=False),
    sa.Column("changed", sa.BigInteger, nullable=False),
    sa.Column("ended", sa.BigInteger),
)
"""Saved feeds: ``address`` is the short one in /feeds/s/, ``feed`` that chosen from, ``choice`` its query string."""

# --- ingestion ------------------------------------------------------------------------------------------------------

documents: Final = sa.Table(
    "documents",
    metadata,
    sa.Column("id", _COUNTED, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("symbol", sa.String(160), nullable=False),
    sa.Column("adopted", sa.Date),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("received", sa.BigInteger, nullable=False),
    sa.Column("token", sa.String(16)),
)
"""What was sent in; ``digest`` covers the bytes and the facts given with them, so the same upload is one document."""

jobs: Final = sa.Table(
    "jobs",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("progress", sa.Integer, nullable=False),
    sa.Column("stage", sa.String(40), nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("document", _COUNTED, sa.ForeignKey("documents.id"), index=True),
    sa.Column("given", sa.Text, nullable=False),
    sa.Column("token", sa.String(16)),
    sa.Column("created", sa.BigInteger, nullable=False),
    sa.Column("finished", sa.BigInteger),
    sa.Index("ix_jobs_state", "state", "created"),
)
"""What the API tells of each job: queued, running, done or failed; ``given`` is JSON. DBOS' own tables run it."""

executors: Final = sa.Table(
    "executors",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("beat", sa.BigInteger, nullable=False),
)
"""The processes that run jobs; ``beat`` rises while one lives."""

proposals: Final = sa.Table(
    "proposals",
    metadata,
    sa.Column("id", _COUNTED, primary_key=True),
    sa.Column("document", _COUNTED, sa.ForeignKey("documents.id"), nullable=False, unique=True),
    sa.Column("slug", sa.String(160), nullable=False, index=True),
    sa.Column("symbol", sa.String(160), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("items", sa.Integer, nullable=False),
    sa.Column("schedule", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("created", sa.BigInteger, nullable=False),
    sa.Column("changed", sa.BigInteger, nullable=False),
    sa.Index("ix_proposals_state", "state", "id"),
)
"""What a document schedules, as JSON: proposed, reviewed, published or rejected; ``text`` as it was read."""

reviews: Final = sa.Table(
    "reviews",
    metadata,
    sa.Column("id", _COUNTED, primary_key=True),
    sa.Column("proposal", _COUNTED, sa.ForeignKey("proposals.id"), nullable=False, index=True),
    sa.Column("uid", sa.String(240), nullable=False),
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("changes", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("reviewer", sa.String(120), nullable=False),
    sa.Column("token", sa.String(16)),
    sa.Column("moment", sa.BigInteger, nullable=False),
)
"""Decisions of reviewers on a proposal's items, in order; the last one on an item counts."""

publications: Final = sa.Table(
    "publications",
    metadata,
    sa.Column("slug", sa.String(160), primary_key=True),
    sa.Column("schedule", sa.Text, nullable=False),
    sa.Column("texts", sa.Text, nullable=False),
    sa.Column("base", sa.String(64), nullable=False),
    sa.Column("moment", sa.BigInteger, nullable=False),
)
"""What is published and lies in no file yet: the schedule and its texts by language, as JSON; ``base`` is the
digest of the file it was laid over, empty for none. Once that file changes, the file counts again."""

# --- webhooks -------------------------------------------------------------------------------------------------------

webhooks: Final = sa.Table(
    "webhooks",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("secret", sa.String(64), nullable=False),
    sa.Column("token", sa.String(16)),
    sa.Column("created", sa.BigInteger, nullable=False),
    sa.Column("ended", sa.BigInteger),
)
"""Receivers of changes; ``secret`` signs the messages and so has to be kept in plain text."""

deliveries: Final = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", _COUNTED, primary_key=True),
    sa.Column("webhook", sa.String(16), sa.ForeignKey("webhooks.id"), nullable=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due", sa.BigInteger, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("created", sa.BigInteger, nullable=False),
    sa.Column("finished", sa.BigInteger),
    sa.Column("queued", sa.BigInteger),
    sa.UniqueConstraint("webhook", "revision", name="uq_deliveries_webhook"),
    sa.Index("ix_deliveries_state", "state", "due"),
)
"""What was or is to be sent: waiting, delivered or dead; one for each webhook and revision of the store.

``queued`` is when the next attempt was handed to the engine, NULL while it was not."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def moment_in(moment: datetime) -> int:
    """Return a moment as the tables keep it; a naive one is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(microseconds=1)


def moment_out(number: int) -> datetime:
    """Return a moment of the tables, in UTC."""
    return _EPOCH + timedelta(microseconds=number)
