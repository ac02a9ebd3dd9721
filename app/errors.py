"""The one tree of errors; every surface speaks it.

::

    PlenaryError                 what · where · hint
    ├── UsageError               the call itself is wrong             exit 2   HTTP 400
    │   ├── UnknownLanguage      a language that is none of the six
    │   ├── UnknownParameter     a query parameter or value that is not known
    │   └── PortInUse            the address cannot be listened on
    ├── NotFound                 nothing goes by that name            exit 1   HTTP 404
    ├── DataError                what was given cannot be read        exit 1   HTTP 422
    │   ├── DocumentError        a document: missing, empty, encrypted, cut short, no text
    │   │   └── TooLarge         beyond the bounds on size, pages or time       HTTP 413
    │   ├── SymbolError          a document symbol that is none
    │   ├── LexiconError         a lexicon file
    │   ├── AlmanacError         an almanac file
    │   ├── ScheduleError        a schedule file: unknown key, wrong value
    │   └── AmendmentError       an amendment: no such event, a conflict, a cycle
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


class StoreError(PlenaryError):
    """The database cannot be reached, read or written."""

    http_status = 503
    slug = "store"
