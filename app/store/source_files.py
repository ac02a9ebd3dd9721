"""The files that the contents were loaded from, as they were."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.store.schema import files, state

_PART = 500


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Stat of a file (empty where it is not comparable) and the SHA-256 of its bytes.

    Of a schedule file ``slug`` is the instrument, ``texts`` the names of the texts that it says lie beside it.
    """

    about: str
    digest: str
    slug: str = ""
    texts: tuple[str, ...] = ()


def noted(connection: sa.Connection) -> tuple[str, dict[str, SourceRecord]]:
    """Return the fingerprint of the contents (empty without any) and the files by path."""
    fingerprint = str(connection.execute(sa.select(state.c.fingerprint)).scalar() or "")
    rows = connection.execute(sa.select(files.c.path, files.c.about, files.c.digest, files.c.slug, files.c.texts))
    return fingerprint, {
        path: SourceRecord(about, digest, slug, () if texts == "[]" else tuple(json.loads(texts)))
        for path, about, digest, slug, texts in rows
    }


def note(connection: sa.Connection, now: Mapping[str, SourceRecord]) -> None:
    """Record these files, by path, and no other; what is noted already is left alone."""
    _, before = noted(connection)
    gone = [path for path in before if path not in now or now[path] != before[path]]
    rows = [_row(path, item) for path, item in now.items() if before.get(path) != item]
    for start in range(0, len(gone), _PART):
        connection.execute(files.delete().where(files.c.path.in_(gone[start : start + _PART])))
    if rows:
        connection.execute(files.insert(), rows)


def _row(path: str, item: SourceRecord) -> dict[str, str | Sequence[str]]:
    texts = json.dumps(item.texts, ensure_ascii=False)
    return {"path": path, "about": item.about, "digest": item.digest, "slug": item.slug, "texts": texts}
