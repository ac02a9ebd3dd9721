"""An instrument as it is read: its stored text, its paragraphs, its symbol."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.model.enums import Language


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets in a stored text: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of ``text`` that the span covers.

        >>> Span(4, 9).of("the words")
        'words'
        """
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reading:
    """A paragraph as a person reads it, with every character's place in the stored text.

    Line breaks, page furniture and footnote marks are left out of ``text``. It is made of runs: from
    ``starts[i]`` on in ``text``, characters stand in the stored text from ``sources[i]`` on.
    """

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]

    def place(self, offset: int) -> int:
        """Return the offset in the stored text of the character at ``offset`` of the reading.

        >>> Reading("two words", (0, 4), (0, 5)).place(4)
        5
        """
        run = bisect_right(self.starts, offset) - 1
        return self.sources[run] + offset - self.starts[run]

    def span(self, start: int, end: int) -> Span:
        """Return the span in the stored text of ``self.text[start:end]``.

        ``end`` is exclusive and greater than ``start``.

        >>> Reading("two words", (0, 4), (0, 5)).span(4, 9)
        Span(start=5, end=10)
        """
        return Span(self.place(start), self.place(end - 1) + 1)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document symbol in its official writing.

    For example ``A/RES/72/251``, ``S/RES/2334 (2016)``, ``A/DEC/72/553``.

    ``body`` is the slug of the adopting body, ``session`` the number of its session where the symbol says it
    (``number`` for a roman one), ``year`` the year where the symbol says it.
    """

    text: str
    body: str
    session: int | None = None
    year: int | None = None
    special: str = ""
    """``S`` for a special session, ``ES`` for an emergency special session, else empty."""

    @property
    def slug(self) -> str:
        """The symbol with hyphens, for addresses and file names.

        >>> Symbol("S/RES/2334 (2016)", "security-council").slug
        'S-RES-2334-2016'
        """
        out = "".join(c if c.isalnum() else "-" for c in self.text)
        return "-".join(part for part in out.split("-") if part)


UNKNOWN_SYMBOL = Symbol(text="unknown", body="")
"""Stands for the symbol of a document that names none of its own; no instrument is filed under it."""


class Role(StrEnum):
    """What a paragraph does in an instrument."""

    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """A footnote's mark where it stands in the running text; ``span`` indexes the stored text."""

    number: str
    span: Span


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote; ``span`` indexes the stored text, from its number to its last character."""

    number: str
    span: Span
    reading: Reading


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or lettered sub-paragraph of an instrument.

    ``number`` is the number of the operative paragraph as printed (``"7"``; None where a text numbers none),
    ``letters`` the path of its sub-paragraphs (``("a",)``, ``("a", "ii")``), ``section`` the part of a text whose
    numbering restarts (``"A"``, ``"II"``; empty elsewhere). A lettered sub-paragraph follows its chapeau.
    """

    role: Role
    reading: Reading
    number: str | None = None
    letters: tuple[str, ...] = ()
    section: str = ""
    marks: tuple[FootnoteMark, ...] = ()
    page: int | None = None

    @property
    def span(self) -> Span:
        """From the first to the last character of the paragraph in the stored text."""
        return self.reading.span(0, len(self.reading.text))

    @property
    def label(self) -> str:
        """The paragraph's name as people cite it: ``7``, ``7 (a)``, ``B.7 (a) (ii)``."""
        head = f"{self.section}.{self.number}" if self.section and self.number else (self.number or self.section)
        return " ".join([part for part in (head,) if part] + [f"({letter})" for letter in self.letters])


class WarningCode(StrEnum):
    """What a person should know about how a document was read."""

    UNKNOWN_SYMBOL = "unknown-symbol"
    """The document names no symbol of its own; nothing of it may be filed under another."""
    SEVERAL_INSTRUMENTS = "several-instruments"
    """The page holds other instruments too; the detail is the symbol or label of the one that was read."""
    LEFT_OUT = "left-out"
    """Struck, moved or hidden words were left out."""
    COLUMNS = "columns"
    """Two columns were drawn row by row; the numbers of the paragraphs gave their order. Detail: pages."""
    READING_ORDER = "reading-order"
    """The order of the lines or columns is a guess. Detail: pages."""
    WORD_ORDER = "word-order"
    """Letters stood in reverse; their places on the page gave the words. Detail: pages."""
    REVERSED_WORDS = "reversed-words"
    """Words stand in reverse, and nothing says how they were written. Detail: some of them."""
    LOST_CHARACTERS = "lost-characters"
    """The document has characters that stand for no letter. Detail: pages, where there are any."""
    REPAIRED_WORD = "repaired-word"
    """A word broken at a line's end was joined, and a date depends on it. Detail: the words."""


DOUBTFUL: frozenset[WarningCode] = frozenset(
    {WarningCode.READING_ORDER, WarningCode.REVERSED_WORDS, WarningCode.LOST_CHARACTERS}
)
"""Warnings that put every time of the document in doubt: none of its dates is decided."""


@dataclass(frozen=True, slots=True)
class DocumentWarning:
    """A warning to the reader of a document, with its parameter: pages, words or a symbol."""

    code: WarningCode
    detail: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether no date of the document may be taken as decided."""
        return self.code in DOUBTFUL


@dataclass(frozen=True, slots=True)
class Resolution:
    """An instrument as read: a resolution, decision or statement.

    What the text does not give has the value None or an empty one.

    ``text`` is the stored text, never edited; every span indexes it. ``adopted`` is the day of adoption,
    ``meeting`` the number of the meeting that adopted it, ``session`` the number of the body's session.
    """

    text: str
    language: Language
    symbol: Symbol | None
    title: str = ""
    body: str | None = None
    session: int | None = None
    adopted: date | None = None
    meeting: int | None = None
    agenda_item: str = ""
    committee_report: str = ""
    preamble: tuple[Paragraph, ...] = ()
    operative: tuple[Paragraph, ...] = ()
    annexes: tuple[Paragraph, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    furniture: tuple[Span, ...] = ()
    pages: tuple[int, ...] = ()
    """Offsets in ``text`` at which a page begins, where the document has pages."""
    title_derived: bool = False
    """The text has no title; ``title`` was made of its subject or its first paragraph."""
    part_adopted: Mapping[str, date] = field(default_factory=dict)
    """Days of adoption of parts (by section label) that were adopted on another day than ``adopted``."""
    repairs: tuple[Span, ...] = ()
    """Words broken at a line's end that were joined, from their first to their last character in ``text``."""
    warnings: tuple[DocumentWarning, ...] = ()
