"""Proposals derived from documents, what reviewers decided of them, and what is published of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.store.audit import add_audit_entry
from app.store.database import Database
from app.store.documents import Upload, document_row, insert_ignoring
from app.store.query import Page, bounded, cursor_of, number_of_cursor, read_cursor
from app.store.schema import documents, moment_in, moment_out, proposals, publications, reviews
from app.store.token import Token

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
class Draft:
    """Draft of a proposal: the schedule as JSON, and the document's text as extracted."""

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
    """Proposal with its schedule as JSON (see ``whole_from_json``) and its source text."""

    schedule: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """Recorded decision on an item: confirmed, corrected or rejected, with changed fields."""

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


class Proposals:
    """The proposals of a store and its publications. Every method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, draft: Draft, moment: datetime, by: Token | None = None) -> int:
        """Store the schedule of a known document and return the proposal's number.

        An existing proposal stays.
        """
        with self._database.write() as connection:
            _draft(connection, [draft], moment, by)
            query = sa.select(_P.id).join(documents, _P.document == _D.id).where(_D.digest == draft.digest)
            return int(connection.execute(query).scalar_one())

    def add_many(
        self, uploads: Sequence[Upload], drafts: Sequence[Draft], moment: datetime, by: Token | None = None
    ) -> int:
        """Keep many documents and what they schedule, all or nothing; how many proposals are new."""
        with self._database.write() as connection:
            for start in range(0, len(uploads), _PART):
                rows = [document_row(upload, moment, by) for upload in uploads[start : start + _PART]]
                connection.execute(insert_ignoring(connection, documents), rows)
            fresh = _draft(connection, drafts, moment, by)
            add_audit_entry(connection, moment, by, "document.add", f"{len(uploads)} documents", {"proposals": fresh})
            return fresh

    def get(self, id_: int) -> ProposalDetail | None:
        """Return the proposal with that number."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(proposals).where(_P.id == id_)).first()
        return ProposalDetail(**_proposed(row), schedule=row.schedule, text=row.text) if row else None

    def of_document(self, document: int) -> int | None:
        """Return the number of a document's proposal."""
        with self._database.read() as connection:
            return connection.execute(sa.select(_P.id).where(_P.document == document)).scalar()

    def list(
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
        """Store decisions on a proposal's items and the resulting schedule.

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
            add_audit_entry(connection, moment, by, "review", str(id_), {"items": len(verdicts), "state": state})
            return True

    def decisions(self, id_: int) -> tuple[RecordedDecision, ...]:
        """Return the decisions on a proposal's items, oldest first."""
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
        """Return all publications, or those of the given instruments, in order of slug."""
        query = sa.select(publications).order_by(publications.c.slug)
        if slugs is not None:
            query = query.where(publications.c.slug.in_(sorted(slugs)))
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Publication(row.slug, row.schedule, json.loads(row.texts), row.base, moment_out(row.moment)) for row in rows
        )


def publish(connection: sa.Connection, made: Publishing, moment: datetime) -> None:
    """Store publications and mark their proposals, in the transaction that loads them."""
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
        add_audit_entry(connection, moment, made.by, "publish", item.slug)
    ids = made.proposals
    for start in range(0, len(ids), _PART):
        chosen = proposals.update().where(_P.id.in_(ids[start : start + _PART]))
        connection.execute(chosen.values(state="published", changed=moment_in(moment)))


def _draft(connection: sa.Connection, drafts: Sequence[Draft], moment: datetime, by: Token | None) -> int:
    """Keep drafts of known documents; how many are new."""
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
            connection.execute(insert_ignoring(connection, proposals), rows)
        fresh += len(rows)
        if len(rows) == 1 == len(drafts):
            add_audit_entry(connection, moment, by, "propose", rows[0]["slug"], {"items": rows[0]["items"]})
    return fresh


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
