"""What stands around a text: its symbol, title, day of adoption, meeting, agenda item and report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.documents.layout import NO_WIDTH
from app.documents.vocabulary import LABEL, Vocabulary, day_from, fold_name
from app.errors import SymbolError
from app.model import Symbol
from app.model.symbols import GENERAL_ASSEMBLY, parse_symbol

_FULL = re.compile(
    r"\b(?:A/HRC/(?:RES|DEC|PRST)|[ASE]/(?:RES|DEC|PRST))/(?:(?:ES|S)-)?[0-9]{1,4}"
    r"(?:/[0-9]{1,4}(?: [A-Z]\b(?!\w))?|\s?\((?:[12][0-9]{3}|(?:(?:ES|S)-)?[IVXLC]{1,8})\))"
)
_FIGURES = str.maketrans(
    dict(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９（）．／", "0123456789" * 3 + "()./", strict=True))
)
_FLAT = str.maketrans({**{chr(one): to for one, to in _FIGURES.items()}, **dict.fromkeys(f"{NO_WIDTH}ـ", "")})
_UNEVEN = re.compile(f"[٠-٩۰-۹０-９（）ـ{NO_WIDTH}]")
_FRONT = 4000


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading: ``label`` as it stands, ``start`` of its line, ``end`` of its number, and the words after."""

    label: str
    start: int
    end: int
    words: str
    last: int
    """Where its words end."""
    opens: bool
    """Whether a body's name opens a text soon after it."""


@dataclass(frozen=True, slots=True)
class DocumentHeader:
    """What was read around the text; ``start`` and ``end`` bound the instrument in the stored text."""

    symbol: Symbol | None
    title: str
    body: str | None
    adopted: date | None
    meeting: int | None
    agenda_item: str
    committee_report: str
    start: int
    end: int


def find_headings(text: str, words: Vocabulary, formulas: list[int]) -> list[Heading]:
    """All numbered headings of ``text``; ``formulas`` are the offsets of the lines that name a body."""
    titles = []
    for match in words.title.finditer(_even(text, words)):
        label = LABEL.search(match[0])
        if not label:
            continue
        end = match.end()
        after = re.compile(r"[\s.．:–—-]*").match(text, end)
        first = after.end() if after else end
        stop = re.compile(r"\n[^\S\n]*\n|\n(?=[^\S\n]*(?:\[|\())").search(text, first)
        last = min(stop.start() if stop else len(text), first + 600)
        formula = next((one for one in formulas if one >= end), None)
        if formula is not None and formula < last:
            last = formula
        lines = text[first:last].strip()
        titles.append(
            Heading(
                " ".join(label[0].split()),
                match.start(),
                end,
                lines,
                last,
                formula is not None and formula - end < 1200,
            )
        )
    return titles


def parse_header(
    text: str, words: Vocabulary, symbol: Symbol | None, named: Symbol | None, formulas: list[tuple[int, str]]
) -> DocumentHeader:
    """The head of the instrument asked for: ``symbol`` as given, else the text's, else ``named`` by the file."""
    titles = find_headings(text, words, [place for place, _ in formulas])
    asked = symbol or named
    chosen = _choose(text, titles, asked, symbol is not None)
    start = chosen.start if chosen else 0
    following = [one for one in titles if chosen and one.start > chosen.start and _next(text, chosen, one)]
    end = min(one.start for one in following) if following else len(text)
    formula = next(((place, body) for place, body in formulas if start <= place < end), None)
    body = formula[1] if formula else None
    above = start if _others(titles, chosen) else max(0, start - _FRONT)
    front = _flat(text[above : formula[0] + 40 if formula else start + 1500], words)
    if body is None:
        found = words.body.search(front)
        body = words.bodies.get(fold_name(found[1])) if found else None
    read = symbol or _read_symbol(text, chosen, body, asked)
    final = read or named
    adopted, meeting = _adoption(front, _flat(text[formula[0] if formula else start : end], words), words, final)
    agenda = words.agenda.search(front)
    report = words.report.search(front)
    return DocumentHeader(
        symbol=final,
        title=_title(chosen, text, formula[0] if formula else None, words),
        body=(final.body or None) if final else body or None,
        adopted=adopted,
        meeting=meeting,
        agenda_item=" ".join(agenda["item"].split()) if agenda else "",
        committee_report=" ".join(report[1].split()) if report else "",
        start=start,
        end=end,
    )


def _even(text: str, words: Vocabulary) -> str:
    """``text`` with plain figures and brackets, each in its place, in scripts that have others."""
    return text.translate(_FIGURES) if not words.cased and _UNEVEN.search(text) else text


def _flat(text: str, words: Vocabulary) -> str:
    """``text`` with plain figures and brackets and without marks that have no width, in scripts that have others."""
    return text.translate(_FLAT) if not words.cased and _UNEVEN.search(text) else text


def _others(titles: list[Heading], chosen: Heading | None) -> bool:
    """Whether another instrument stands before the chosen one, so that what is above is not its front."""
    return chosen is not None and any(
        one.opens and one.label != chosen.label for one in titles if one.start < chosen.start
    )


def _next(text: str, chosen: Heading, one: Heading) -> bool:
    """Whether ``one`` is the heading of another instrument below the chosen one, and no line of its text."""
    if one.label == chosen.label:
        return False
    if one.opens:
        return True
    session, _, number = chosen.label.partition("/")
    other, _, following = one.label.partition("/")
    apart = text[: one.start].endswith("\n\n") and bool(one.words)
    return apart and session == other and number.isdigit() and following.isdigit() and int(number) < int(following)


def _key(label: str) -> str:
    return "".join(c for c in label.upper() if c.isalnum())


def _choose(text: str, titles: list[Heading], asked: Symbol | None, given: bool) -> Heading | None:
    """The heading of the instrument: the one asked for, else the first that opens a text."""
    if asked:
        key = _key(asked.text.split("/RES/")[-1].split("/DEC/")[-1])
        mine = [
            one for one in titles if _key(one.label) == key or (key.startswith(_key(one.label)) and " " in asked.text)
        ]
        reverse = [one for one in titles if "/" in one.label and _key("/".join(one.label.split("/")[::-1])) == key]
        mine = mine or reverse
        if mine:
            return next((one for one in mine if one.opens), mine[0])
        misread = _misread(text, asked)
        if misread:
            return misread
        if given:
            return None
    return next((one for one in titles if one.opens), None)


def _misread(text: str, asked: Symbol) -> Heading | None:
    """The heading of the instrument asked for where a scan misread the words around its number."""
    label = asked.text.rsplit("/RES/", 1)[-1]
    number = r"\s{0,2}".join(re.escape(part) for part in re.findall(r"\w+|[^\w\s]", label))
    match = re.search(rf"^[^\n]{{0,14}}?\b{number}(?![0-9/])[^\n]{{0,80}}$", text, re.MULTILINE)
    if not match or match[0].rstrip().endswith((",", ";")):
        return None
    return Heading(label, match.start(), match.end(), "", match.end(), opens=True)


def _read_symbol(text: str, chosen: Heading | None, body: str | None, asked: Symbol | None) -> Symbol | None:
    """The symbol that the text itself gives: written out on the page, or made of its heading's number and body."""
    full = _FULL.search(text, 0, 1500) if not chosen or chosen.start < 1500 else None
    if full and (chosen is None or _key(full[0]).endswith(_key(chosen.label)) or "/" in chosen.label):
        try:
            found = parse_symbol(full[0])
        except SymbolError:
            found = None
        if found and (asked is None or found == asked or chosen is not None):
            return found
    if not chosen:
        return None
    label = chosen.label
    if asked and _key(asked.text).endswith(_key(label)):
        return asked
    head = {
        "general-assembly": "A",
        "security-council": "S",
        "human-rights-council": "A/HRC",
        "economic-and-social-council": "E",
    }
    series = head.get(body or "")
    if not series:
        return None
    try:
        return parse_symbol(f"{series}/RES/{label}")
    except SymbolError:
        return None


def _title(chosen: Heading | None, text: str, formula: int | None, words: Vocabulary) -> str:
    if chosen:
        title = " ".join(chosen.words.split()).lstrip(",،; ")
        even = _even(title, words)
        if (
            words.dated.search(even)
            and len(title) < 160
            and any(p.search(f"{chosen.label} {even}") for p in words.adoption)
        ):
            return ""
        if words.voting.match(even) or any(pattern.match(even) for pattern in words.adoption):
            return ""
        return title if len(title) < 500 else ""
    if formula is not None:
        return ""
    first = text.strip().split("\n", 1)[0].strip()
    return " ".join(first.split()) if first and len(first) < 300 and not first.endswith((".", ",", ";")) else ""


def _adoption(front: str, tail: str, words: Vocabulary, symbol: Symbol | None) -> tuple[date | None, int | None]:
    """The day of adoption and the meeting, from the head, else from the lines below the text."""
    for pattern in words.adoption:
        match = pattern.search(front)
        if not match:
            continue
        groups = match.groupdict()
        meeting = int(groups["meeting"]) if groups.get("meeting") else None
        day = words.day_of(match) or _day_in_session(groups, words, symbol)
        if day:
            return day, meeting if meeting is not None else _meeting(tail, words)
    closings = list(words.closing.finditer(tail))
    for match in closings:
        day = next((one for one in _near(tail, match, words)), None)
        if day:
            return day, int(match["meeting"])
    for pattern in words.decided if symbol and "/DEC/" in symbol.text else words.adoption:
        match = pattern.search(tail)
        day = words.day_of(match) if match else None
        if match and day:
            number = match.groupdict().get("meeting")
            return day, int(number) if number else None
    return None, _meeting(tail, words)


def _near(tail: str, match: re.Match[str], words: Vocabulary) -> list[date]:
    """The dates on the lines just below and above the line of the meeting."""
    below = words.dated.search(tail, match.end(), min(len(tail), match.end() + 60))
    above = list(words.dated.finditer(tail, max(0, match.start() - 60), match.start()))
    return [day for day in (words.day_of(one) for one in ([below] if below else []) + above[-1:]) if day]


def _meeting(tail: str, words: Vocabulary) -> int | None:
    found = words.closing.search(tail)
    return int(found["meeting"]) if found else None


def _day_in_session(groups: dict[str, str | None], words: Vocabulary, symbol: Symbol | None) -> date | None:
    """A day and month without a year, in the session that the symbol names: session n runs September to September."""
    month, day = groups.get("month"), groups.get("day")
    if not (symbol and symbol.body == GENERAL_ASSEMBLY and symbol.session and not symbol.special and month and day):
        return None
    number = words.month_of(month)
    if number in (0, 9):  # a session ends and the next begins in September
        return None
    return day_from(1945 + symbol.session + (number < 9), number, int(day))
