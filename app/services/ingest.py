"""Ingestion: a document comes in, a job derives its schedule, and the schedule is proposed to reviewers."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from app.documents import Limits, parse_symbol
from app.errors import DataError, DocumentError, PlenaryError, SymbolError, message
from app.fetch import Library
from app.model import UNKNOWN_SYMBOL, Language, Symbol
from app.services.derive import Against, derive_bytes, language_of
from app.services.history_source import Stored
from app.store import Document, Draft, Job, Store, Token, Upload, whole_to_json

DERIVE: Final = "derive"
FETCH: Final = "fetch"
BATCH: Final = "batch"
FRESH: Final = timedelta(days=1)
"""How long what was fetched is taken for what the server still has."""
_log = logging.getLogger(__name__)
# Less than a lease: who works longer on a document than that has lost it to another worker.
_LIMITS: Final = Limits(seconds=30.0)

Clock = Callable[[], datetime]
Defer = Callable[[str], None]


def uploaded(data: bytes, language: Language, *, name: str, symbol: Symbol | None, adopted: date | None) -> Upload:
    """A document as the store keeps it: the same bytes with the same facts said of them are one document."""
    named = symbol.text if symbol else ""
    said = f"{language}\0{named}\0{adopted or ''}\0".encode()
    return Upload(hashlib.sha256(said + data).hexdigest(), name, language, named, adopted, data)


def submit(store: Store, upload: Upload, now: datetime, defer: Defer, *, by: Token | None = None) -> Job:
    """Keeps a document and has its schedule derived; a document that is known already has its job already.

    A job that failed is tried once more. Raises DocumentError for a document without anything, StoreError.
    """
    if not upload.data.strip():
        raise DocumentError(
            message("the document is empty"),
            where=upload.name,
            hint=message("give the text of a resolution or decision"),
        )
    number, _ = store.documents.add(upload, now, by)
    known = store.queue.of_document(number)
    if known is None:
        return _queued(store, DERIVE, now, defer, document=number, by=by)
    if known.state == "failed":
        store.queue.again(known.id, now)
        defer(known.id)
    return store.queue.job(known.id) or known


def submit_symbol(
    store: Store, symbol: Symbol, language: Language, now: datetime, defer: Defer, *, by: Token | None = None
) -> Job:
    """Has a document fetched by its symbol from the configured servers, and its schedule derived."""
    given = {"symbol": symbol.text, "lang": language}
    known = store.queue.like(FETCH, given, now - FRESH)
    return known if known else _queued(store, FETCH, now, defer, given=given, by=by)


def _queued(
    store: Store,
    kind: str,
    now: datetime,
    defer: Defer,
    *,
    document: int | None = None,
    given: Mapping[str, str] | None = None,
    by: Token | None = None,
) -> Job:
    id_ = secrets.token_hex(16)
    store.queue.add(id_, kind, now, document=document, given=given, by=by)
    defer(id_)
    found = store.queue.job(id_)
    if found is None:
        raise AssertionError
    return found


# --- the work -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hand:
    """What does jobs: takes them from the store, one at a time; any number of them, in any number of processes."""

    store: Store
    library: Library
    clock: Clock

    def one(self, id_: str | None = None) -> bool:
        """Does one job, the oldest or that one; whether there was any that nobody else had."""
        job = self.store.queue.take(self.clock(), id_)
        if job is None:
            return False
        try:
            wrong: Mapping[str, str] | None = None
            if job.kind == BATCH:
                wrong = self._batch(job)
            else:
                self._single(job)
        except PlenaryError as error:
            if error.http_status >= 500:
                # The store is away, not the document bad: the lease runs out, and somebody does it again.
                raise
            self.store.queue.finish(job.id, self.clock(), told(error))
        except Exception:
            # A mistake of ours in one job is told, with its trace, and the worker goes on.
            _log.exception("job %s failed", job.id)
            self.store.queue.finish(job.id, self.clock(), PlenaryError(message("internal error")).payload())
        else:
            self.store.queue.finish(job.id, self.clock(), wrong)
        return True

    def _batch(self, job: Job) -> Mapping[str, str] | None:
        """Many documents at once; a line for each that failed."""
        wrong: dict[str, str] = {}
        kept: list[Document] = []
        drafts: list[Draft] = []
        against = Stored(self.store)
        for document in self.store.documents.documents([int(number) for number in job.given["documents"].split(",")]):
            try:
                drafts.append(drafted(document, against))
                kept.append(document)
            except PlenaryError as error:
                wrong[str(document.id)] = f"{document.name}: {error.line()}"
        if drafts:
            self.store.documents.propose_many(kept, drafts, self.clock())
        return wrong or None

    def _single(self, job: Job) -> None:
        number = job.document
        if number is None:
            number = self._fetch(job)
        document = self.store.documents.document(number)
        if document is None:
            raise AssertionError
        self.store.queue.advance(job.id, 40, "deriving", self.clock())
        draft = drafted(document, Stored(self.store))
        self.store.queue.advance(job.id, 90, "proposing", self.clock())
        self.store.documents.propose(draft, self.clock())

    def _fetch(self, job: Job) -> int:
        self.store.queue.advance(job.id, 10, "fetching", self.clock())
        symbol, language = parse_symbol(job.given["symbol"]), language_of(job.given["lang"])
        data = self.library.get(symbol.text, language)
        upload = uploaded(data, language, name="", symbol=symbol, adopted=None)
        number, _ = self.store.documents.add(upload, self.clock(), None)
        self.store.queue.advance(job.id, 30, "fetched", self.clock(), document=number)
        return number


def drafted(upload: Upload, against: Against | None = None) -> Draft:
    """What a document schedules, as it is proposed. Raises DataError."""
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


def told(error: PlenaryError) -> dict[str, str]:
    """An error as a job keeps it."""
    return error.payload()
