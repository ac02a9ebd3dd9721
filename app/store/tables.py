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
"""``decided_to`` of what stands now, and ``day`` of what has no day."""
NEAR: Final = 400
"""Days from ``day`` to ``last`` up to which an event is not ``far``: most events, sessions included."""
WHOLE_YEAR: Final = (101, 1231)
"""A season as month and day in one number: 26 September is 926."""
LISTED: Final = (
    *("recorded_to", "merged", "far", "day", "uid"),
    *("decided_from", "decided_to", "recorded_from", "last", "season_from", "season_to", "kind"),
)

metadata: Final = sa.MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
)

state: Final = sa.Table(
    "state",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("fingerprint", sa.String(128), nullable=False),
    sa.Column("recorded", sa.BigInteger, nullable=False),
)
"""One row: how often the contents changed, what they were loaded from, and when they last changed."""

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
    sa.Column("place", sa.String(200), nullable=False, index=True),
)
"""``schedule`` is the whole schedule but for its events; ``place`` orders symbols as people count."""

texts: Final = sa.Table(
    "texts",
    metadata,
    sa.Column("slug", sa.String(160), primary_key=True),
    sa.Column("language", sa.String(2), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)

revisions: Final = sa.Table(
    "revisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("uid", sa.String(240), nullable=False),
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
    # For lists: everything that decides whether a row is shown, in the order in which it is shown.
    sa.Index("ix_revisions_listed", *LISTED),
    sa.Index("ix_revisions_uid_place", "uid", "place"),
    sa.Index("ix_revisions_slug", "slug", "recorded_to", "merged", "far", "day", "uid"),
    sa.Index("ix_revisions_decided_from", "decided_from"),
    sa.Index("ix_revisions_recorded", "recorded", "id"),
)
"""``place`` counts an event's revisions, reaffirmations too; ``position`` is the item's place in its schedule; ``day``
is the day an event is shown on (its start, else its end), ``last`` the last day it can touch, ``far`` whether that is
more than ``NEAR`` days later, ``season_from`` and ``season_to`` the days of the year between which a yearly one falls.
``recorded`` is when the service first knew the revision, ``digest`` tells a changed row from an unchanged one."""

actors: Final = sa.Table(
    "actors",
    metadata,
    sa.Column("actor", sa.String(160), primary_key=True),
    sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.id"), primary_key=True),
)
"""The bearer and the addressees of each revision."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def moment_in(moment: datetime) -> int:
    """A moment as the tables keep it; a naive one is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(microseconds=1)


def moment_out(number: int) -> datetime:
    """A moment of the tables, in UTC."""
    return _EPOCH + timedelta(microseconds=number)
