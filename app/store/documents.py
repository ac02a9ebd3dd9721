"""Documents that were sent in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from app.store.audit import add_audit_entry
from app.store.database import Database
from app.store.schema import documents, moment_in, moment_out, proposals
from app.store.token import Token

_D = documents.c
_PART = 500


@dataclass(frozen=True, slots=True)
class Upload:
    """Uploaded document; ``digest`` covers its bytes and the facts given with it."""

    digest: str
    name: str
    language: str
    symbol: str
    adopted: date | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Document(Upload):
    """A document that is kept."""

    id: int
    received: datetime


class Documents:
    """The documents of a store. Every method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, upload: Upload, moment: datetime, by: Token | None) -> tuple[int, bool]:
        """Store a document; return its number and whether it is new.

        The same upload twice is one document.
        """
        with self._database.write() as connection:
            # PostgreSQL tells no count of rows of an insert that returns keys.
            added = insert_ignoring(connection, documents).values(**document_row(upload, moment, by)).returning(_D.id)
            fresh = connection.execute(added).first() is not None
            number = connection.execute(sa.select(_D.id).where(_D.digest == upload.digest)).scalar_one()
            if fresh:
                add_audit_entry(connection, moment, by, "document.add", upload.digest, {"name": upload.name})
            return int(number), fresh

    def keep(self, uploads: Sequence[Upload], moment: datetime, by: Token | None = None) -> list[int]:
        """Keep many documents, all or nothing; their numbers, those of known ones too."""
        if not uploads:
            return []
        with self._database.write() as connection:
            connection.execute(
                insert_ignoring(connection, documents), [document_row(upload, moment, by) for upload in uploads]
            )
            query = sa.select(_D.id).where(_D.digest.in_([upload.digest for upload in uploads])).order_by(_D.id)
            add_audit_entry(connection, moment, by, "document.add", f"{len(uploads)} documents")
            return list(connection.execute(query).scalars())

    def document(self, id_: int) -> Document | None:
        """Return the document with that number."""
        return next(iter(self.documents([id_])), None)

    def documents(self, ids: Sequence[int]) -> tuple[Document, ...]:
        """Return the documents with those numbers, in order of number; of those that there are."""
        found: list[Document] = []
        with self._database.read() as connection:
            for start in range(0, len(ids), _PART):
                chosen = _D.id.in_(ids[start : start + _PART])
                found += [_document(row) for row in connection.execute(sa.select(documents).where(chosen))]
        return tuple(sorted(found, key=lambda item: item.id))

    def known(self, digests: Sequence[str]) -> set[str]:
        """Return which of these documents have their proposal."""
        found: set[str] = set()
        with self._database.read() as connection:
            for start in range(0, len(digests), _PART):
                query = sa.select(_D.digest).join(proposals, proposals.c.document == _D.id)
                part = digests[start : start + _PART]
                found.update(connection.execute(query.where(_D.digest.in_(part))).scalars())
        return found


def insert_ignoring(connection: sa.Connection, table: sa.Table) -> Any:
    """Return an insert that keeps an existing row, in the database's own dialect."""
    # What belongs to PostgreSQL alone is large, and is imported where there is one.
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415  # see above

        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def document_row(upload: Upload, moment: datetime, by: Token | None) -> dict[str, Any]:
    """Return the row of a document that is new."""
    return {
        "digest": upload.digest,
        "name": upload.name[:200],
        "language": upload.language,
        "symbol": upload.symbol,
        "adopted": upload.adopted,
        "data": upload.data,
        "received": moment_in(moment),
        "token": by.id if by else None,
    }


def _document(row: Any) -> Document:  # a row of documents; SQLAlchemy types rows by position only
    return Document(
        row.digest, row.name, row.language, row.symbol, row.adopted, row.data, row.id, moment_out(row.received)
    )
