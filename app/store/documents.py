"""What was sent in: documents, the schedules proposed from them, what reviewers said, what is published of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from app.store.database import Database
from app.store.query import Page, bounded, cursor_of, number_of_cursor, read_cursor
from app.store.schema import documents, moment_in, moment_out, proposals, publications, reviews
from app.store.tokens import Token, note

_D, _P = documents.c, proposals.c
_LISTED: Sequence[sa.ColumnElement[Any]] = (
    _P.id,
    _P.document,
    _P.slug,
    _P.symbol,
    _P.language,
    _P.state,
    _P["items"],
    _P.created,
    _P.changed,
)
_PART = 500


@dataclass(frozen=True, slots=True)
class Upload:
    """A document as it comes in; ``digest`` is of its bytes and of what was said about them."""

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


@dataclass(frozen=True, slots=True)
class Draft:
    """What a document schedules: the schedule as JSON, and the document's own text as it was read."""

    digest: str
    slug: str
    symbol: str
    language: str
    items: int
    schedule: str
    text: str


@dataclass(frozen=True, slots=True)
class ProposalSummary:
    """A proposal as lists show it: ``state`` is proposed, reviewed, published or rejected."""

    id: int
    document: int
    slug: str
    symbol: str
    language: str
    state: str
    items: int
    created: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class ProposalDetail(ProposalSummary):
    """A proposal with its schedule as JSON (see ``whole_from_json``) and the text it was derived from."""

    schedule: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """What a reviewer said of an item: confirmed, corrected or rejected, with the fields that are changed."""

    uid: str
    status: str
    changes: Mapping[str, Any]
    note: str
    reviewer: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """A published schedule that lies in no file yet.

    ``schedule`` is JSON, ``texts`` the texts that would lie beside the file by language, ``base`` the SHA-256 of the
    file that it was laid over, empty for none.
    """

    slug: str
    schedule: str
    texts: Mapping[str, str]
    base: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Publishing:
    """Publications that are new, the proposals that they come from, and whose work it is."""

    publications: Sequence[Publication]
    proposals: Sequence[int]
    by: Token | None = None


class Documents:
    """The documents and proposals of a store. Every method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- documents --------------------------------------------------------------------------------------------------

    def add(self, upload: Upload, moment: datetime, by: Token | None) -> tuple[int, bool]:
        """Keeps a document: its number, and whether it is new; the same upload twice is one document."""
        with self._database.write() as connection:
            fresh = connection.execute(_ignoring(connection, documents).values(**_row(upload, moment, by))).rowcount > 0
            number = connection.execute(sa.select(_D.id).where(_D.digest == upload.digest)).scalar_one()
            if fresh:
                note(connection, moment, by, "document.add", upload.digest, {"name": upload.name})
            return int(number), fresh

    def keep(self, uploads: Sequence[Upload], moment: datetime, by: Token | None = None) -> list[int]:
        """Keeps many documents, all or nothing; their numbers, those of known ones too."""
        if not uploads:
            return []
        with self._database.write() as connection:
            connection.execute(_ignoring(connection, documents), [_row(upload, moment, by) for upload in uploads])
            query = sa.select(_D.id).where(_D.digest.in_([upload.digest for upload in uploads])).order_by(_D.id)
            note(connection, moment, by, "document.add", f"{len(uploads)} documents")
            return list(connection.execute(query).scalars())

    def document(self, id_: int) -> Document | None:
        """The document with that number."""
        return next(iter(self.documents([id_])), None)

    def documents(self, ids: Sequence[int]) -> tuple[Document, ...]:
        """The documents with those numbers, in order of number; of those that there are."""
        found: list[Document] = []
        with self._database.read() as connection:
            for start in range(0, len(ids), _PART):
                chosen = _D.id.in_(ids[start : start + _PART])
                found += [_document(row) for row in connection.execute(sa.select(documents).where(chosen))]
        return tuple(sorted(found, key=lambda item: item.id))

    def known(self, digests: Sequence[str]) -> set[str]:
        """Which of these documents have their proposal."""
        found: set[str] = set()
        with self._database.read() as connection:
            for start in range(0, len(digests), _PART):
                query = sa.select(_D.digest).join(proposals, _P.document == _D.id)
                part = digests[start : start + _PART]
                found.update(connection.execute(query.where(_D.digest.in_(part))).scalars())
        return found

    # --- proposals --------------------------------------------------------------------------------------------------

    def propose(self, draft: Draft, moment: datetime, by: Token | None = None) -> int:
        """Keeps what a known document schedules; a proposal that is there already stays. Its number."""
        with self._database.write() as connection:
            _draft(connection, [draft], moment, by)
            query = sa.select(_P.id).join(documents, _P.document == _D.id).where(_D.digest == draft.digest)
            return int(connection.execute(query).scalar_one())

    def propose_many(
        self, uploads: Sequence[Upload], drafts: Sequence[Draft], moment: datetime, by: Token | None = None
    ) -> int:
        """Keeps many documents and what they schedule, all or nothing; how many proposals are new."""
        with self._database.write() as connection:
            for start in range(0, len(uploads), _PART):
                rows = [_row(upload, moment, by) for upload in uploads[start : start + _PART]]
                connection.execute(_ignoring(connection, documents), rows)
            fresh = _draft(connection, drafts, moment, by)
            note(connection, moment, by, "document.add", f"{len(uploads)} documents", {"proposals": fresh})
            return fresh

    def proposal(self, id_: int) -> ProposalDetail | None:
        """The proposal with that number."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(proposals).where(_P.id == id_)).first()
        return ProposalDetail(**_proposed(row), schedule=row.schedule, text=row.text) if row else None

    def proposal_of(self, document: int) -> int | None:
        """The number of a document's proposal."""
        with self._database.read() as connection:
            return connection.execute(sa.select(_P.id).where(_P.document == document)).scalar()

    def proposals(
        self, *, state: str | None = None, slug: str | None = None, limit: int = 100, cursor: str | None = None
    ) -> Page[ProposalSummary]:
        """Proposals, newest first; of one state or one instrument, if asked."""
        size = bounded(limit)
        query = sa.select(*_LISTED).order_by(_P.id.desc()).limit(size + 1)
        if state is not None:
            query = query.where(_P.state == state)
        if slug is not None:
            query = query.where(_P.slug == slug)
        if cursor is not None:
            query = query.where(_P.id < number_of_cursor(read_cursor(cursor, 1)[0]))
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        items = tuple(ProposalSummary(**_proposed(row)) for row in rows[:size])
        return Page(items, cursor_of(str(rows[size - 1].id)) if len(rows) > size else None)

    # --- reviews ----------------------------------------------------------------------------------------------------

    def review(
        self,
        id_: int,
        verdicts: Sequence[RecordedDecision],
        schedule: str,
        state: str,
        moment: datetime,
        by: Token | None,
    ) -> bool:
        """Keeps what a reviewer said of a proposal's items, and the schedule that comes of it.

        Whether it could be: False for a proposal that is published or rejected meanwhile.
        """
        with self._database.write() as connection:
            values = {"schedule": schedule, "state": state, "changed": moment_in(moment)}
            open_ = _P.state.in_(("proposed", "reviewed"))
            if connection.execute(proposals.update().where(_P.id == id_, open_).values(values)).rowcount == 0:
                return False
            for verdict in verdicts:
                connection.execute(
                    reviews.insert().values(
                        proposal=id_,
                        uid=verdict.uid,
                        status=verdict.status,
                        changes=json.dumps(dict(verdict.changes), ensure_ascii=False),
                        note=verdict.note,
                        reviewer=verdict.reviewer,
                        token=by.id if by else None,
                        moment=moment_in(moment),
                    )
                )
            note(connection, moment, by, "review", str(id_), {"items": len(verdicts), "state": state})
            return True

    def reviews(self, id_: int) -> tuple[RecordedDecision, ...]:
        """What was said of a proposal's items, oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(reviews).where(reviews.c.proposal == id_).order_by(reviews.c.id)).all()
        return tuple(
            RecordedDecision(
                row.uid, row.status, json.loads(row.changes), row.note, row.reviewer, moment_out(row.moment)
            )
            for row in rows
        )

    # --- publications -----------------------------------------------------------------------------------------------

    def publications(self, slugs: Collection[str] | None = None) -> tuple[Publication, ...]:
        """Everything that is published beside the files, or what of these instruments is, in order of slug."""
        query = sa.select(publications).order_by(publications.c.slug)
        if slugs is not None:
            query = query.where(publications.c.slug.in_(sorted(slugs)))
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Publication(row.slug, row.schedule, json.loads(row.texts), row.base, moment_out(row.moment)) for row in rows
        )


def publish(connection: sa.Connection, made: Publishing, moment: datetime) -> None:
    """Keeps publications and marks the proposals that they come from, in the transaction that loads them."""
    for item in made.publications:
        connection.execute(publications.delete().where(publications.c.slug == item.slug))
        connection.execute(
            publications.insert().values(
                slug=item.slug,
                schedule=item.schedule,
                texts=json.dumps(dict(item.texts), ensure_ascii=False),
                base=item.base,
                moment=moment_in(item.moment),
            )
        )
        note(connection, moment, made.by, "publish", item.slug)
    ids = made.proposals
    for start in range(0, len(ids), _PART):
        chosen = proposals.update().where(_P.id.in_(ids[start : start + _PART]))
        connection.execute(chosen.values(state="published", changed=moment_in(moment)))


def _draft(connection: sa.Connection, drafts: Sequence[Draft], moment: datetime, by: Token | None) -> int:
    """Keeps drafts of known documents; how many are new."""
    fresh = 0
    for start in range(0, len(drafts), _PART):
        part = drafts[start : start + _PART]
        query = (
            sa.select(_D.digest, _D.id, _P.id.label("proposal"))
            .outerjoin(proposals, _P.document == _D.id)
            .where(_D.digest.in_([draft.digest for draft in part]))
        )
        numbers = {row.digest: row.id for row in connection.execute(query) if row.proposal is None}
        rows = [
            {
                "document": numbers[draft.digest],
                "slug": draft.slug,
                "symbol": draft.symbol,
                "language": draft.language,
                "state": "proposed",
                "items": draft.items,
                "schedule": draft.schedule,
                "text": draft.text,
                "created": moment_in(moment),
                "changed": moment_in(moment),
            }
            for draft in {draft.digest: draft for draft in part}.values()
            if draft.digest in numbers
        ]
        if rows:
            connection.execute(_ignoring(connection, proposals), rows)
        fresh += len(rows)
        if len(rows) == 1 == len(drafts):
            note(connection, moment, by, "propose", rows[0]["slug"], {"items": rows[0]["items"]})
    return fresh


def _ignoring(connection: sa.Connection, table: sa.Table) -> Any:
    """An insert that leaves a row alone that is there already; each database has its own."""
    # What belongs to PostgreSQL alone is large, and is imported where there is one.
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415  # see above

        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def _row(upload: Upload, moment: datetime, by: Token | None) -> dict[str, Any]:
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


def _proposed(row: Any) -> dict[str, Any]:  # a row of _LISTED; SQLAlchemy types rows by position only
    return {
        "id": row.id,
        "document": row.document,
        "slug": row.slug,
        "symbol": row.symbol,
        "language": row.language,
        "state": row.state,
        "items": row.items,
        "created": moment_out(row.created),
        "changed": moment_out(row.changed),
    }
