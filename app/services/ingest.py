"""Ingestion: documents come in, jobs derive their schedules, and the schedules are proposed to reviewers."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from app.documents import Limits, parse_symbol
from app.errors import DataError, DocumentError, SymbolError, message
from app.model import UNKNOWN_SYMBOL, Language, Symbol
from app.services.derive import HistorySource, derive_bytes, language_of
from app.store import Draft, Job, Store, Token, Upload, whole_to_json

if TYPE_CHECKING:
    import sqlalchemy as sa

DERIVE: Final = "derive"
FETCH: Final = "fetch"
BATCH: Final = "batch"
PUBLISH: Final = "publish"
FRESH: Final = timedelta(days=1)
"""A document fetched within this time is taken for what the server still has."""
_LIMITS: Final = Limits(seconds=30.0)
"""Bound on deriving one document; also how long a process that receives a signal to end waits for one."""


class WorkQueue(Protocol):
    """The engine, as those see it who only hand jobs in."""

    def prepare(self) -> None:
        """Create the engine's tables before the transaction that enqueues a job.

        Raises StoreError.
        """
        ...

    def enqueue(self, connection: sa.Connection, id_: str, kind: str) -> None:
        """Enqueue a job within a transaction of the store."""
        ...


def build_upload(data: bytes, language: Language, *, name: str, symbol: Symbol | None, adopted: date | None) -> Upload:
    """Return the upload of a document; the same bytes and facts make one document."""
    given = symbol.text if symbol else ""
    facts = f"{language}\0{given}\0{adopted or ''}\0".encode()
    return Upload(hashlib.sha256(facts + data).hexdigest(), name, language, given, adopted, data)


def submit(store: Store, upload: Upload, now: datetime, queue: WorkQueue, *, by: Token | None = None) -> Job:
    """Keep a document and enqueue the job that derives its schedule; return the job.

    A document that is known already has its job; one that failed is tried again. Raises DocumentError for an empty
    document, StoreError.
    """
    if not upload.data.strip():
        raise DocumentError(
            message("the document is empty"),
            where=upload.name,
            hint=message("give the text of a resolution or decision"),
        )
    queue.prepare()
    number, _ = store.documents.add(upload, now, by)
    known = store.jobs.of_document(number)
    if known is None:
        return store.jobs.add(secrets.token_hex(16), DERIVE, now, queue.enqueue, document=number, by=by)
    if known.state == "failed":
        store.jobs.requeue(known.id, now, queue.enqueue)
    return store.jobs.get(known.id) or known


def submit_symbol(
    store: Store, symbol: Symbol, language: Language, now: datetime, queue: WorkQueue, *, by: Token | None = None
) -> Job:
    """Enqueue and return the job that fetches and derives a document of that symbol."""
    given = {"symbol": symbol.text, "lang": language}
    queue.prepare()
    known = store.jobs.find_same(FETCH, given, now - FRESH)
    return known or store.jobs.add(secrets.token_hex(16), FETCH, now, queue.enqueue, given=given, by=by)


def submit_publication(
    store: Store, proposals: Sequence[int], now: datetime, queue: WorkQueue, *, by: Token | None
) -> Job:
    """Enqueue the job that publishes proposals, all or nothing; return it."""
    queue.prepare()
    given = {"proposals": ",".join(map(str, proposals))}
    return store.jobs.add(secrets.token_hex(16), PUBLISH, now, queue.enqueue, given=given, by=by)


def submit_batch(store: Store, documents: Sequence[int], now: datetime, queue: WorkQueue) -> str:
    """Enqueue the job that derives documents of the store together; return its id.

    The same documents are the same job: one that still waits is left alone, one that is over is queued again.
    """
    numbers = ",".join(map(str, sorted(documents)))
    id_ = hashlib.sha256(numbers.encode()).hexdigest()[:32]
    queue.prepare()
    if store.jobs.get(id_) is None:
        store.jobs.add(id_, BATCH, now, queue.enqueue, given={"documents": numbers})
    else:
        store.jobs.requeue(id_, now, queue.enqueue)
    return id_


def build_draft(upload: Upload, against: HistorySource | None = None) -> Draft:
    """Derive the schedule of a document, as it is proposed. Raises DataError."""
    language = language_of(upload.language)
    symbol = parse_symbol(upload.symbol) if upload.symbol else None
    found = derive_bytes(
        upload.data,
        language,
        name=upload.name,
        symbol=symbol,
        adopted=upload.adopted,
        limits=_LIMITS,
        against=against,
    )
    if found.schedule.symbol == UNKNOWN_SYMBOL:
        raise SymbolError(
            message("the text does not name its instrument"),
            where=upload.name or "document",
            hint=message("give its symbol, as in A/RES/72/251, or name the file after it"),
        )
    slug = found.schedule.symbol.slug
    text = found.resolution.text
    if "\0" in text:
        raise DataError(
            message("the document contains NUL characters"), where=upload.name, hint=message("save it as UTF-8")
        )
    return Draft(
        digest=upload.digest,
        slug=slug,
        symbol=found.schedule.symbol.text,
        language=language,
        items=len(found.schedule.events),
        schedule=whole_to_json(replace(found.schedule, sources={language: f"{slug}.{language}.txt"})),
        text=text,
    )
