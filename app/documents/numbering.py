"""How paragraphs are numbered and lettered in print, and a paragraph while it is put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.documents.offsets import Piece
from app.model import Role

NUMBER = re.compile(
    r"(?P<open>[“\"«]?\(?)(?P<number>[0-9٠-٩０-９]{1,3})(?P<stop>\s?[.．、)）](?![0-9])|\s{0,2}[-–—ـ](?=\s|\D)|,(?=\s[A-Z]))\s*"
)
BROKEN = re.compile(r"(?P<number>[0-9] [0-9O]|[0-9]O)\s?\.\s+(?=[^\W\d_])")
"""A number whose figures a page has set apart, or whose nought it has as a letter: "2 0.", "1 O."."""
MARKED = re.compile(r"(?P<number>[0-9]{1,3})\.[0-9]{1,2}\s+(?=[(“\"«]?[^\W\d_])")
"""A number with the mark of a footnote: "7.1 (a) The Commission"."""
BEHIND = re.compile(r"[-–—.]\s?(?P<number>[0-9٠-٩]{1,3})(?:\s+|$)")
JUNK = re.compile(r"(?P<number>[^\s(“\"«„]{1,3})[.,:;]\s+(?=\w)|(?P<bare>[0-9]{1,3})\s+(?=[A-Z])")
LETTER = re.compile(
    r"[()（]?\s?(?P<letter>[^\W\d_]{1,5}ـ?|[0-9٠-٩]{1,2})\s?[()）]\s*|(?P<han>[㈠-㈩])\s*|\(?(?P<inner>[①-⑳])\s*"
)
SECTION = re.compile(
    r"(?:(?:Part|Section|PART|SECTION|Partie|Parte|Sección|Часть|Раздел|القسم|الجزء)\s)?"
    r"(?P<label>[A-H]|[IVX]{1,5}|[А-Е]|[一二三四五六七八九十]{1,2}|ألف|باء|جيم|دال|هاء)(?:\s?[.．、:–-]\s{0,8}(?P<title>\S.{0,150})|\s?[.．])?"
)
ONE = re.compile(r"[IlL!|]{1,2}\s?[.,]\s")
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩０１２３４５６７８９", "0123456789" * 2)
LISTED = frozenset("()（㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩①②③④⑤⑥⑦⑧⑨⑩")
QUOTED = frozenset('“"«„')
FORMULA = 60
"""The opening formula of a part, however misread, is no longer."""


@dataclass(slots=True)
class Part:
    """A paragraph being put together."""

    role: Role
    number: str | None = None
    letters: tuple[str, ...] = ()
    printed: bool = False
    """The text itself numbers it."""
    section: str = ""
    run: int = 0
    """Which of the text's runs of numbers it belongs to."""
    pieces: list[Piece] = field(default_factory=list)
    heading: bool = False
    opening: str = ""
    """The first line."""
    words: str = ""
    """The last line so far."""
    length: int = 0
