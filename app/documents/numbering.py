"""How paragraphs are numbered and lettered in print, and a paragraph while it is put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.documents.layout import ends_sentence
from app.documents.offsets import Piece
from app.model import Role
from app.model.symbols import numeral, roman

NUMBER = re.compile(
    r"(?P<open>[“\"«]?\(?)(?P<number>[0-9٠-٩０-９]{1,3})(?P<stop>\s?[.．、)）](?![0-9])|\s{0,2}[-–—ـ](?=\s|\D)|,(?=\s[A-Z]))\s*"
)
BROKEN = re.compile(r"(?P<number>[0-9] [0-9O]|[0-9]O)\s?\.\s+(?=[^\W\d_])")
"""A number whose figures a page has set apart, or whose nought it has as a letter: "2 0.", "1 O."."""
MARKED = re.compile(r"(?P<number>[0-9]{1,3})\.[0-9]{1,2}\s+(?=[(“\"«]?[^\W\d_])")
"""A number with the mark of a footnote: "7.1 (a) The Commission"."""
BEHIND = re.compile(r"[-–—.]\s?(?P<number>[0-9٠-٩]{1,3})(?:\s+|$)")
JUNK = re.compile(r"(?P<number>[^\s(“\"«„]{1,3})[.,:;]\s+(?=\w)|(?P<bare>[0-9]{1,3})\s+(?=[A-Z])")
MISREAD = str.maketrans("lI|!iOoSsBZzgG", "11111005582296")
"""What scans read for figures."""
LETTER = re.compile(
    r"[()（]?\s?(?P<letter>[^\W\d_]{1,5}ـ?|[0-9٠-٩]{1,2})\s?[()）]\s*|(?P<han>[㈠-㈩])\s*|\(?(?P<inner>[①-⑳])\s*"
)
DOTTED = re.compile(r"(?P<letter>[a-z]|[ivx]{2,5})\.\s+(?P<han>(?!)x)?(?P<inner>(?!)x)?(?=\w)")
"""A letter with a stop, as lists that a word processor numbers have them: "a. demands", "ii. identify"."""
SECTION = re.compile(
    r"(?:(?:Part|Section|PART|SECTION|Partie|Parte|Sección|Часть|Раздел|القسم|الجزء)\s)?"
    r"(?P<label>[A-H]|[IVX]{1,5}|[А-Е]|[一二三四五六七八九十]{1,2}|ألف|باء|جيم|دال|هاء)(?:\s?[.．、:–-]\s{0,8}(?P<title>\S.{0,150})|\s?[.．])?"
)
ONE = re.compile(r"[IlL!|]{1,2}\s?[.,]\s")
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩０１２３４５６７８９", "0123456789" * 2)
LISTED = frozenset("()（㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩①②③④⑤⑥⑦⑧⑨⑩")
HAN = {one: n for n, one in enumerate("一二三四五六七八九十", 1)}
_LABELS = {"ألف": "A", "باء": "B", "جيم": "C", "دال": "D", "هاء": "E", **dict(zip("АБВГДЕ", "ABCDEF", strict=True))}
QUOTED = frozenset('“"«„')
FORMULA = 60
"""The opening formula of a part, however misread, is no longer."""


@dataclass(slots=True)
class ParagraphDraft:
    """A paragraph being put together."""

    role: Role
    number: str | None = None
    letters: tuple[str, ...] = ()
    printed: bool = False
    """The text itself numbers it."""
    inferred: bool = False
    """Its number was made of a sign that a scan misread."""
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


def roman_path(path: tuple[str, ...], place: int) -> tuple[str, ...] | None:
    """Return the path of the inner paragraph with this place, where it follows the last."""
    if not path:
        return (numeral(place),) if place == 1 else None
    if len(path) > 1:
        return (path[0], numeral(place)) if roman(path[1]) == place - 1 else None
    if roman(path[0]) == place - 1 and place > 1 and path[0] != "a":
        return (numeral(place),)
    return (path[0], numeral(place)) if place == 1 else None


def letter_at(place: int) -> str:
    """Return the letter of a sub-paragraph by its place, a number beyond the alphabet."""
    return chr(96 + place) if 0 < place < 27 else str(place)


def section_label(label: str) -> str:
    """Return the label of a part in Latin letters: ``باء`` and ``Б`` are B, 二 is II."""
    if all(one in HAN for one in label):
        return numeral(HAN[label[-1]] + (10 if len(label) > 1 and label[0] == "十" else 0)).upper()
    return _LABELS.get(label, label)


def subparagraph_path(match: re.Match[str], path: tuple[str, ...], alphabet: str) -> tuple[str, ...] | None:
    """Return the path of the sub-paragraph that a letter opens after ``path``, or None.

    ``match`` is of ``LETTER``; ``alphabet`` holds the letters of sub-paragraphs of the language, in order.
    """
    if match["han"] or match["inner"]:
        token = match["han"] or match["inner"]
        place = ord(token) - ord("㈠") + 1 if match["han"] else ord(token) - ord("①") + 1
        return roman_path(path, place)
    token = match["letter"].lower().rstrip("ـ")
    if token.translate(DIGITS).isdigit():
        return roman_path(path, int(token.translate(DIGITS)))
    if all(one in HAN for one in token):
        return roman_path(path, HAN[token[-1]] + (10 if len(token) > 1 and token[0] == "十" else 0))
    return _lettered_path(token, path, alphabet)


def _lettered_path(token: str, path: tuple[str, ...], alphabet: str) -> tuple[str, ...] | None:
    alpha = _letter_place(token, alphabet)
    value = roman(token)
    first = ord(path[0]) - 96 if path and len(path[0]) == 1 else 0
    if path and alpha == first + 1 and not (value and len(path) > 1 and roman(path[1]) == value - 1):
        return (letter_at(alpha),)
    if value and path and ((len(path) > 1 and roman(path[-1]) == value - 1 and value > 1) or value == 1):
        return (path[0], numeral(value))
    if alpha == 1:
        return ("a",)
    if value == 1 and not path:
        return ("i",)
    if value and path and roman(path[0]) == value - 1 and value > 1:
        return (numeral(value),)
    return None


def _letter_place(token: str, alphabet: str) -> int:
    """Return the place of a letter in the alphabet of sub-paragraphs, from 1; 0 for others."""
    if len(token) == 1 and "a" <= token <= "z":
        return ord(token) - 96
    if len(token) == 1:
        return alphabet.find(token) + 1
    if token in ("هـ", "ه"):
        return alphabet.find("ه") + 1
    return 0


def fill_lost_numbers(parts: Sequence[ParagraphDraft], opens_operative: Callable[[str], bool]) -> None:
    """Give a paragraph with a lost number the one between its neighbours', or the next."""
    operative = [part for part in parts if part.role is Role.OPERATIVE and not part.heading]
    for place, part in enumerate(operative):
        before = operative[place - 1] if place else None
        if part.printed or part.letters or before is None or part.number is None or before.run != part.run:
            continue
        if not ends_sentence(before.words) or before.words[-1] in ",:，：،" or not opens_operative(part.opening):
            continue
        lost = int(part.number) + 1
        rest = operative[place:]
        following = next((one for one in rest if one.printed and one.run == part.run), None)
        if following is not None and int(following.number or 0) != lost + 1:
            continue
        for one in rest[: rest.index(following) if following else len(rest)]:
            if one.run == part.run:
                one.number = str(lost)


def withdraw_inferred(parts: Sequence[ParagraphDraft], run: int, number: int) -> bool:
    """Withdraw the numbers from ``number`` on unless one was printed; return whether it did.

    Their paragraphs belong to the one before: what is printed is what people cite.
    """
    later = [part for part in parts if part.run == run and int(part.number or 0) >= number]
    if not later or not all(part.inferred or not part.printed for part in later):
        return False
    for part in later:
        part.number, part.printed = str(number - 1), False
    return True
