"""The one tree of errors; every surface speaks it.

::

    PlenaryError                 what · where · hint
    ├── UsageError               the call itself is wrong             exit 2   HTTP 400
    │   ├── UnknownLanguage      a language that is none of the six
    │   ├── UnknownParameter     a query parameter or value that is not known
    │   └── PortInUse            the address cannot be listened on
    ├── NotFound                 nothing goes by that name            exit 1   HTTP 404
    │   └── Gone                 what went by that name was ended for good              HTTP 410
    ├── DataError                what was given cannot be read        exit 1   HTTP 422
    │   ├── DocumentError        a document: missing, empty, encrypted, cut short, no text
    │   │   └── TooLarge         beyond the bounds on size, pages or time       HTTP 413
    │   ├── SymbolError          a document symbol that is none
    │   ├── LexiconError         a lexicon file
    │   ├── AlmanacError         an almanac file
    │   ├── ScheduleError        a schedule file: unknown key, wrong value
    │   └── AmendmentError       an amendment: no such event, a conflict, a cycle
    ├── AccessError              who asks may not                     exit 1
    │   ├── NotSignedIn          no token, or one that is not valid (any more)   HTTP 401
    │   ├── NotAllowed           the token has not the scope, the form not its mark   HTTP 403
    │   └── TooMany              more requests than allowed; ``after`` seconds   HTTP 429
    ├── Conflict                 what is there already does not allow it             HTTP 409
    └── StoreError               the database cannot be reached or written      HTTP 503

The CLI prints ``plenary: WHAT: WHERE: HINT``; the web answers problem+json (RFC 9457).
"""

from __future__ import annotations

from typing import ClassVar


class PlenaryError(Exception):
    """Something went wrong that a person can understand and mend.

    ``what`` says what is wrong, ``where`` in which file, field or argument, ``hint`` what to do.
    ``exit_code`` is the CLI's exit status and ``http_status`` the web's answer.
    """

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500
    slug: ClassVar[str] = "error"

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def line(self) -> str:
        """The error on one line, as the CLI prints it (without the program's name)."""
        parts = (self.what, self.where, self.hint)
        return ": ".join(" ".join(part.split()) for part in parts if part)

    def __str__(self) -> str:
        return self.line()


class UsageError(PlenaryError):
    """The call is wrong, whatever the data."""

    exit_code = 2
    http_status = 400
    slug = "usage"


class UnknownLanguage(UsageError):
    """A language that is none of ar, en, es, fr, ru, zh."""

    slug = "unknown-language"


class UnknownParameter(UsageError):
    """A query parameter, or a value of one, that is not known."""

    slug = "unknown-parameter"


class PortInUse(UsageError):
    """The address to serve on is taken or not allowed."""

    slug = "port-in-use"


class NotFound(PlenaryError):
    """Nothing goes by that name."""

    http_status = 404
    slug = "not-found"


class Gone(NotFound):
    """What went by that name was ended for good."""

    http_status = 410
    slug = "gone"


class Moved(NotFound):
    """What went by the name ``old`` goes by ``new``."""

    http_status = 301
    slug = "moved"

    def __init__(self, what: str, *, where: str = "", hint: str = "", old: str, new: str) -> None:
        super().__init__(what, where=where, hint=hint)
        self.old = old
        self.new = new


class DataError(PlenaryError):
    """What was given cannot be read as what it should be."""

    http_status = 422
    slug = "bad-data"


class DocumentError(DataError):
    """A document that cannot be read: missing, empty, encrypted, cut short, without text."""

    slug = "bad-document"


class TooLarge(DocumentError):
    """A document beyond the bounds on size, pages or time."""

    http_status = 413
    slug = "too-large"


class SymbolError(DataError):
    """A document symbol that is none."""

    slug = "bad-symbol"


class LexiconError(DataError):
    """A lexicon file that does not follow its form."""

    slug = "bad-lexicon"


class AlmanacError(DataError):
    """An almanac file that does not follow its form."""

    slug = "bad-almanac"


class ScheduleError(DataError):
    """A schedule file that does not follow its form."""

    slug = "bad-schedule"


class AmendmentError(DataError):
    """An amendment that cannot be carried out: no such event, a conflict, a cycle."""

    slug = "bad-amendment"


class AccessError(PlenaryError):
    """Who asks may not do that, or not now."""

    http_status = 403
    slug = "access"


class NotSignedIn(AccessError):
    """No token was given, or one that is unknown, expired or revoked."""

    http_status = 401
    slug = "not-signed-in"


class NotAllowed(AccessError):
    """The token does not have the scope, or a form did not come from our own page."""

    slug = "not-allowed"


class TooMany(AccessError):
    """More requests than are allowed; ``after`` so many seconds there is room again."""

    http_status = 429
    slug = "too-many"

    def __init__(self, what: str, *, where: str = "", hint: str = "", after: int = 1) -> None:
        super().__init__(what, where=where, hint=hint)
        self.after = after


class Conflict(PlenaryError):
    """What is there already does not allow it."""

    http_status = 409
    slug = "conflict"


class StoreError(PlenaryError):
    """The database cannot be reached, read or written."""

    http_status = 503
    slug = "store"
