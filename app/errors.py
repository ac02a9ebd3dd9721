"""The error tree, with translatable messages.

::

    PlenaryError                 message · where · hint
    ├── UsageError               the call itself is wrong                        exit 2   HTTP 400
    │   ├── UnknownLanguage      a language outside the six supported ones
    │   ├── UnknownParameter     an unknown query parameter or value
    │   └── PortInUse            the listening address is taken or forbidden
    ├── NotFound                 no object has the given name                    exit 1   HTTP 404
    │   ├── Gone                 the object was removed for good                          HTTP 410
    │   └── Moved                the object has a new name                                HTTP 301
    ├── DataError                the input cannot be read                        exit 1   HTTP 422
    │   ├── DocumentError        a document: missing, empty, encrypted, truncated, without text
    │   │   └── TooLarge         over a limit on size, pages or time                      HTTP 413
    │   ├── SymbolError          an invalid document symbol
    │   ├── LexiconError         an invalid file of language data
    │   ├── AlmanacError         an invalid almanac or registry file
    │   ├── ScheduleError        an invalid schedule file
    │   └── AmendmentError       an amendment that cannot be applied
    ├── AccessError              the caller lacks permission                     exit 1   HTTP 403
    │   ├── NotSignedIn          no valid token                                           HTTP 401
    │   ├── NotAllowed           the token lacks a scope, or the form its CSRF token      HTTP 403
    │   └── TooMany              rate limit exceeded; retry after ``after`` seconds       HTTP 429
    ├── Conflict                 the current state does not allow the operation           HTTP 409
    ├── Overloaded               too much work waits; retry after ``after`` seconds           HTTP 503
    └── StoreError               the database cannot be reached, read or written          HTTP 503

Raise errors with a message whose parameters stand apart from its text::

    raise NotFound(message("unknown event {uid}", uid=repr(uid)), where="address", hint=message("see /calendar"))

``app.i18n.errors`` translates message and hint when the error reaches a reader. A plain string is never translated:
it is for errors in shipped data files, which only maintainers see. The CLI prints ``plenary: WHAT: WHERE: HINT``;
the web answers with problem+json (RFC 9457), where ``code`` determines ``type`` and ``title``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the catalogue with its parameters, not yet translated.

    ``id`` is the English text with named slots, the key of the gettext catalogue. Without parameters it is literal.

    >>> str(Message("the PDF has {count} pages", {"count": 3}))
    'the PDF has 3 pages'
    """

    id: str
    params: Mapping[str, object] = field(default_factory=dict)

    def format(self, text: str | None = None) -> str:
        """Return ``text``, by default the English one, with the parameters filled in."""
        chosen = self.id if text is None else text
        return chosen.format(**self.params) if self.params else chosen

    def __str__(self) -> str:
        return self.format()

    def __bool__(self) -> bool:
        return bool(self.id)

    def to_json(self) -> dict[str, object]:
        """Return the message as a JSON object; parameters become strings.

        >>> Message.from_json(Message("page {page}", {"page": 3}).to_json())
        Message(id='page {page}', params={'page': '3'})
        """
        return {"id": self.id, "params": {name: str(value) for name, value in self.params.items()}}

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> Message:
        """Return the message that ``to_json`` wrote."""
        params = value["params"]
        return cls(str(value["id"]), dict(params) if isinstance(params, Mapping) else {})


def message(text: str, /, **params: object) -> Message:
    """Return the message ``text`` of the catalogue; ``make messages`` extracts the literal.

    >>> str(message("unknown event {uid}", uid="'x'"))
    "unknown event 'x'"
    """
    return Message(text, params)


class PlenaryError(Exception):
    """An error that its reader can understand and correct.

    ``message`` names the fault, ``where`` the file, field or argument, ``hint_message`` the remedy; ``what`` and
    ``hint`` are their English texts. ``code`` is stable and ``title`` constant for each class. ``exit_code`` is the
    exit status of the CLI, ``http_status`` the status of the HTTP response.
    """

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500
    code: ClassVar[str] = "error"
    title: ClassVar[Message] = message("Internal error")

    def __init__(self, what: Message | str, *, where: str = "", hint: Message | str = "") -> None:
        self.message = what if isinstance(what, Message) else Message(what)
        self.hint_message = hint if isinstance(hint, Message) else Message(hint)
        self.where = where
        super().__init__(self.what)

    @property
    def what(self) -> str:
        """The message in English."""
        return str(self.message)

    @property
    def hint(self) -> str:
        """The hint in English."""
        return str(self.hint_message)

    def line(self) -> str:
        """Return the error in English on one line, as the CLI prints it after the program's name."""
        return join_line(self.what, self.where, self.hint)

    def payload(self) -> dict[str, str]:
        """Return the error as strings for storage; ``app.i18n.errors.translate_payload`` reads it."""
        messages = [self.message.to_json(), self.hint_message.to_json()]
        return {
            "what": self.what, "where": self.where, "hint": self.hint, "type": self.code,
            "messages": json.dumps(messages, ensure_ascii=False),
        }  # fmt: skip

    def __str__(self) -> str:
        return self.line()


def join_line(*parts: str) -> str:
    """Return the parts that are not empty on one line, joined by colons.

    >>> join_line("no such file", "", "check the path")
    'no such file: check the path'
    """
    return ": ".join(" ".join(part.split()) for part in parts if part)


class UsageError(PlenaryError):
    """A call that is wrong, whatever the data."""

    exit_code = 2
    http_status = 400
    code = "usage"
    title = message("Invalid call")


class UnknownLanguage(UsageError):
    """A language other than ar, en, es, fr, ru, zh."""

    code = "unknown-language"
    title = message("Unknown language")


class UnknownParameter(UsageError):
    """An unknown query parameter, or an unknown value of one."""

    code = "unknown-parameter"
    title = message("Unknown parameter or value")


class PortInUse(UsageError):
    """A listening address that is taken or not permitted."""

    code = "port-in-use"
    title = message("Address in use")


class NotFound(PlenaryError):
    """A name that no object has."""

    http_status = 404
    code = "not-found"
    title = message("Not found")


class Gone(NotFound):
    """A name whose object was removed for good."""

    http_status = 410
    code = "gone"
    title = message("Gone")


class Moved(NotFound):
    """A name ``old`` whose object is now called ``new``."""

    http_status = 301
    code = "moved"
    title = message("Moved")

    def __init__(self, what: Message | str, *, where: str = "", hint: Message | str = "", old: str, new: str) -> None:
        super().__init__(what, where=where, hint=hint)
        self.old = old
        self.new = new


class DataError(PlenaryError):
    """Input that cannot be read."""

    http_status = 422
    code = "bad-data"
    title = message("Invalid data")


class DocumentError(DataError):
    """A document that cannot be read: missing, empty, encrypted, truncated, without text."""

    code = "bad-document"
    title = message("Unreadable document")


class TooLarge(DocumentError):
    """Input over a limit on size, pages or time."""

    http_status = 413
    code = "too-large"
    title = message("Limit exceeded")


class SymbolError(DataError):
    """An invalid document symbol."""

    code = "bad-symbol"
    title = message("Invalid symbol")


class LexiconError(DataError):
    """An invalid file of language data."""

    code = "bad-lexicon"
    title = message("Invalid language data")


class AlmanacError(DataError):
    """An invalid almanac or registry file."""

    code = "bad-almanac"
    title = message("Invalid almanac data")


class ScheduleError(DataError):
    """An invalid schedule file."""

    code = "bad-schedule"
    title = message("Invalid schedule")


class AmendmentError(DataError):
    """An amendment that cannot be applied: no such event, a conflict, a cycle."""

    code = "bad-amendment"
    title = message("Invalid amendment")


class AccessError(PlenaryError):
    """An operation that the caller may not perform, or not now."""

    http_status = 403
    code = "access"
    title = message("Access denied")


class NotSignedIn(AccessError):
    """A request without a token, or with one that is unknown, expired or revoked."""

    http_status = 401
    code = "not-signed-in"
    title = message("Not signed in")


class NotAllowed(AccessError):
    """A token without the scope, or a form without a valid CSRF token."""

    code = "not-allowed"
    title = message("Not allowed")


class TooMany(AccessError):
    """A request over the rate limit; retry after ``after`` seconds."""

    http_status = 429
    code = "too-many"
    title = message("Too many requests")

    def __init__(self, what: Message | str, *, where: str = "", hint: Message | str = "", after: int = 1) -> None:
        super().__init__(what, where=where, hint=hint)
        self.after = after


class Conflict(PlenaryError):
    """An operation that the current state does not allow."""

    http_status = 409
    code = "conflict"
    title = message("Conflict")


class Overloaded(PlenaryError):
    """More work is waiting than can be taken; ``after`` is when to retry, in seconds."""

    http_status = 503
    code = "overloaded"
    title = message("Service overloaded")

    def __init__(self, what: Message | str, *, where: str = "", hint: Message | str = "", after: int) -> None:
        super().__init__(what, where=where, hint=hint)
        self.after = after


class StoreError(PlenaryError):
    """A database that cannot be reached, read or written."""

    http_status = 503
    code = "store"
    title = message("Database unavailable")
