"""Which instruments have to do with an event."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from app.store.schema import known_now, revisions

_R = revisions.c
_PART = 500


@dataclass(frozen=True, slots=True)
class Related:
    """Instruments of an event: its slug, and all that made, changed or repeated it."""

    slug: str
    instruments: frozenset[str]


def related(connection: sa.Connection, uids: Collection[str]) -> dict[str, Related]:
    """Return the instruments related to the known events among those UIDs, by UID."""
    found: dict[str, Related] = {}
    asked = sorted(uids)
    for start in range(0, len(asked), _PART):
        chosen = [_R.uid.in_(asked[start : start + _PART]), known_now()]
        for row in connection.execute(sa.select(_R.uid, _R.slug, _R.instrument).where(*chosen)):
            before = found.get(row.uid)
            found[row.uid] = Related(row.slug, (before.instruments if before else frozenset()) | {row.instrument})
    return found
