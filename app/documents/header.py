"""The header of an instrument: symbol, title, day of adoption, meeting, agenda item and report.

All of it comes from the document's own head (or the lines that close it), never from a citation: a symbol counts only
where it stands on a line of its own above the text, a number only where it heads the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from app.documents.identity import own_symbol, same_instrument, symbol_of_label
from app.documents.layout import ends_sentence
from app.documents.scripts import level_text
from app.documents.vocabulary import Vocabulary, day_from, fold_name, number_of
from app.model import Symbol
from app.model.symbols import GENERAL_ASSEMBLY

_FRONT = 4000
"""Characters above an instrument's heading in which the head of its page is looked for."""
_NEAR = 1200
"""A heading is followed by the opening of its text within so many characters: title, adoption, session, report."""
_LONGEST_TITLE = 500
_SHORTEST_TITLE = 8
_LONGEST_LINE = 300
"""Characters of a first line that may be a title; a longer one is a paragraph."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading of a text; offsets are those of the stored text."""

    label: str
    """The number as printed."""
    start: int
    """Where its line begins."""
    end: int
    """Where its number ends, exclusive."""
    words: str
    """The words after the number."""
    last: int
    """Where its words end."""
    opens: bool
    """Whether a text opens soon after it: by a body's name, a line of adoption, or the words of a decision."""
    decision: bool = False
    """It says that it heads a decision."""
    strong: bool = True
    """It is no mere number at the end of a line, as a citation may be: a word stands before it or a stop after."""


@dataclass(frozen=True, slots=True)
class DocumentHeader:
    """The header of an instrument, which spans ``start`` to ``end`` (exclusive) of the text."""

    symbol: Symbol | None
    title: str
    body: str | None
    adopted: date | None
    meeting: int | None
    agenda_item: str
    committee_report: str
    start: int
    end: int
    several: bool = False
    """Other instruments stand on the same pages."""


def find_headings(text: str, shape: str, vocabulary: Vocabulary, formulas: list[int]) -> list[Heading]:
    """Return the numbered headings; ``formulas`` are the offsets of lines that name a body."""
    headings = []
    for match in vocabulary.title.finditer(shape):
        label = vocabulary.label.search(match[0])
        if not label:
            continue
        end = match.end()
        after = re.compile(r"[\s.．:–—-]*").match(shape, end)
        first = after.end() if after else end
        stop = re.compile(r"\n[^\S\n]*\n|\n(?=[^\S\n]*(?:\[|\())").search(shape, first)
        last = min(stop.start() if stop else len(text), first + 600)
        strong = after is not None and (after[0].strip() != "" or match[0].strip() != label[0])
        # "resolution 1863 (2009)" at the start of a line is a citation, "Resolution" may head a text.
        strong = strong and not match[0].strip()[0].islower() and not shape[first : first + 1].islower()
        place = bisect_left(formulas, end)
        formula = formulas[place] if place < len(formulas) else None
        if formula is not None and formula < last:
            last = formula
        headings.append(
            Heading(
                " ".join(label[0].split()),
                match.start(),
                end,
                text[first:last].strip(),
                last,
                (formula is not None and formula - end < _NEAR) or (strong and _opened(shape, end, vocabulary)),
                decision=vocabulary.decision.search(match[0]) is not None,
                strong=strong,
            )
        )
    return headings


def _bare_heading(text: str, shape: str, vocabulary: Vocabulary, formulas: list[tuple[int, str]]) -> list[Heading]:
    """Return the heading above the opening line if its number has no stop: "18/14 Title"."""
    for formula, _ in formulas[:1]:
        above = shape[:formula].rstrip()
        start = above.rfind("\n\n") + 2 if "\n\n" in above else 0
        label = vocabulary.label.match(shape, start, formula)
        if label and shape[label.end() : label.end() + 1].isspace():
            words = text[label.end() : len(above)].strip()
            return [Heading(" ".join(label[0].split()), start, label.end(), words, len(above), opens=True)]
    return []


def _opened(shape: str, end: int, vocabulary: Vocabulary) -> bool:
    """Return whether a line of adoption or a decision's first words follow soon after ``end``."""
    below = shape[end : end + _NEAR // 2].split("\n", 1)[-1].lstrip()
    if vocabulary.cased and vocabulary.preambular.match(below):
        return True
    near = shape[end : end + _NEAR // 2]
    following = vocabulary.title.search(near)
    near = near[: following.start()] if following else near
    return any(pattern.search(near) for pattern in vocabulary.adoption)


def parse_header(
    text: str,
    vocabulary: Vocabulary,
    symbol: Symbol | None,
    named: Symbol | None,
    formulas: list[tuple[int, str]],
    shape: str | None = None,
) -> DocumentHeader:
    """Return the header of the instrument asked for.

    Its symbol is ``symbol`` as given, else the text's own, else ``named`` by the file.
    ``shape`` is ``text`` with the variants of its script made one, as long as ``text``.
    """
    shape = shape if shape is not None else level_text(text, vocabulary.language)
    headings = find_headings(text, shape, vocabulary, [place for place, _ in formulas])
    asked = symbol or named
    if not any(one.opens for one in headings):
        headings += _bare_heading(text, shape, vocabulary, formulas)
    chosen = _choose(shape, headings, asked, symbol is not None)
    start = chosen.start if chosen else 0
    openings = [place for place, _ in formulas]
    following = [one for one in headings if chosen and one.start > chosen.start and _next(text, chosen, one, openings)]
    end = min(one.start for one in following) if following else len(text)
    start, end = _part(shape, asked, chosen, start, end)
    formula = next(((place, body) for place, body in formulas if start <= place < end), None)
    body = formula[1] if formula else None
    above = start if _others(headings, chosen) else max(0, start - _FRONT)
    front = level_text(shape[above : formula[0] + 40 if formula else start + 1500], vocabulary.language, drop=True)
    tail = level_text(shape[formula[0] if formula else start : end], vocabulary.language, drop=True)
    if not body:
        # Of "General Assembly, Human Rights Council" the second is the body, the first its parent.
        named_bodies = [vocabulary.bodies.get(fold_name(found[1])) for found in vocabulary.body.finditer(front[:_NEAR])]
        body = next((one for one in named_bodies if one != GENERAL_ASSEMBLY), next(iter(named_bodies), body))
    read = symbol or _read_symbol(shape, chosen, body, asked, vocabulary, formula)
    final = read or named
    adopted, meeting = _adoption(front, tail, vocabulary, final)
    agenda = vocabulary.agenda.search(front)
    report = vocabulary.report.search(front)
    return DocumentHeader(
        symbol=final,
        title=_title(chosen, text, formula[0] if formula else None, vocabulary),
        body=(final.body or body or None) if final else body or None,
        adopted=adopted,
        meeting=meeting,
        agenda_item=" ".join(agenda["item"].split()) if agenda else "",
        committee_report=" ".join(report[1].split()) if report else "",
        start=start,
        end=end,
        several=bool(following) or _others(headings, chosen),
    )


def _others(headings: list[Heading], chosen: Heading | None) -> bool:
    """Return whether another instrument precedes the chosen one: the front is not its own."""
    return chosen is not None and any(
        one.opens and one.label != chosen.label and ("/" in one.label) == ("/" in chosen.label)
        for one in headings
        if one.start < chosen.start
    )


def _next(text: str, chosen: Heading, one: Heading, openings: list[int]) -> bool:
    """Return whether ``one`` heads another instrument below the chosen one.

    A cited number at the start of a line does not: it is written otherwise ("78/309", "1863 (2009)"), or stands before
    the chosen text has opened.
    """
    if one.label == chosen.label or ("/" in one.label) != ("/" in chosen.label):
        return False
    if one.opens:
        opened = any(chosen.end <= place < one.start for place in openings)
        # Without an opening line, it stands apart like a heading.
        apart = one.strong and re.search(r"\n[^\S\n]*\n\Z", text[: one.start]) is not None
        return opened or apart
    session, _, number = chosen.label.partition("/")
    other, _, following = one.label.partition("/")
    apart = text[: one.start].endswith("\n\n") and bool(one.words)
    return apart and session == other and number.isdigit() and following.isdigit() and int(number) < int(following)


def _part(shape: str, asked: Symbol | None, chosen: Heading | None, start: int, end: int) -> tuple[int, int]:
    """Narrow an instrument to the part asked for by its letter: ``A/RES/38/79 D`` of 38/79."""
    letter = re.search(r" ([A-Z])\Z", asked.text) if asked else None
    if not letter or chosen is None or re.search(r"[A-Z]\Z", chosen.label):
        return start, end
    parts = [
        match
        for match in re.finditer(r"^[^\S\n]*([A-Z])[^\S\n]*$", shape[:end], re.MULTILINE)
        if match.start() >= start
    ]
    for place, match in enumerate(parts):
        if match[1] == letter[1]:
            return match.start(), parts[place + 1].start() if place + 1 < len(parts) else end
    return start, end


def _key(label: str) -> str:
    return "".join(c for c in label.upper() if c.isalnum())


def _choose(shape: str, headings: list[Heading], asked: Symbol | None, given: bool) -> Heading | None:
    """Return the heading of the instrument asked for, else the first that opens a text."""
    if asked:
        key = _key(re.split(r"/(?:RES|DEC)/", asked.text)[-1])
        mine = [
            one for one in headings if _key(one.label) == key or (key.startswith(_key(one.label)) and " " in asked.text)
        ]
        reverse = [one for one in headings if "/" in one.label and _key("/".join(one.label.split("/")[::-1])) == key]
        series = [one for one in headings if same_instrument(one.label, asked)]
        mine = mine or reverse or series
        if mine:
            return max(mine, key=lambda one: (one.opens, one.strong, -one.start))
        misread = _misread(shape, asked)
        if misread:
            return misread
        if given:
            return None
    opening = [one for one in headings if one.opens]
    return next((one for one in opening if one.strong), opening[0] if opening else None)


def _misread(shape: str, asked: Symbol) -> Heading | None:
    """Return the heading of the instrument asked for if a scan misread words near its number."""
    label = asked.text.rsplit("/RES/", 1)[-1]
    number = r"\s{0,2}".join(re.escape(part) for part in re.findall(r"\w+|[^\w\s]", label))
    match = re.search(rf"^[^\n]{{0,14}}?\b{number}(?![0-9/])[^\n]{{0,80}}$", shape, re.MULTILINE)
    if not match or match[0].rstrip().endswith((",", ";")):
        return None
    return Heading(label, match.start(), match.end(), "", match.end(), opens=True)


def _read_symbol(
    shape: str,
    chosen: Heading | None,
    body: str | None,
    asked: Symbol | None,
    vocabulary: Vocabulary,
    formula: tuple[int, str] | None,
) -> Symbol | None:
    """Return the text's own symbol, from a line of its head or its heading's number and body."""
    top = chosen.start if chosen else formula[0] if formula else _FRONT // 2
    found = own_symbol(shape[: min(top, _FRONT)], vocabulary)
    if found and (chosen is None or same_instrument(chosen.label, found)):
        return found
    if not chosen:
        return None
    if asked and (_key(asked.text).endswith(_key(chosen.label)) or same_instrument(chosen.label, asked)):
        return asked
    if not chosen.opens:
        return None
    # A decision has no opening line: it tells its meeting, its body and what was decided in one sentence.
    decided = formula is None and any(pattern.search(shape[chosen.end :][:_NEAR]) for pattern in vocabulary.decided)
    return symbol_of_label(chosen.label, body or "", decision=chosen.decision or ("/" in chosen.label and decided))


def _title(chosen: Heading | None, text: str, formula: int | None, vocabulary: Vocabulary) -> str:
    if chosen:
        title = _cleaned(chosen.words)
        even = level_text(title, vocabulary.language)
        if (
            vocabulary.dated.search(even)
            and len(title) < 160
            and any(p.search(f"{chosen.label} {even}") for p in vocabulary.adoption)
        ):
            return ""
        if vocabulary.voting.match(even) or vocabulary.adopting.match(even):
            return ""
        if any(pattern.match(even) for pattern in vocabulary.adoption):
            return ""
        return title if len(title) < _LONGEST_TITLE else ""
    if formula is not None:
        return _bare_title(text[:formula], vocabulary)
    first = next((line.strip() for line in text.strip().split("\n") if not _is_page_head(line, vocabulary)), "")
    if vocabulary.untitled.match(first) or vocabulary.formula.fullmatch(first):
        return ""
    if vocabulary.operative.match(first) or vocabulary.acting.match(first):
        return ""
    return " ".join(first.split()) if first and len(first) < _LONGEST_LINE and not ends_sentence(first) else ""


def _bare_title(above: str, vocabulary: Vocabulary) -> str:
    """Return the title without a number just above the opening line, or empty."""
    blocks = re.split(r"\n[^\S\n]*\n\s*", above.strip())
    title = _cleaned(blocks[-1])
    even = level_text(title, vocabulary.language)
    no_title = (
        len(title) < _SHORTEST_TITLE
        or len(title) > _LONGEST_TITLE
        or title.endswith((".", ",", ";", ":", "]", ")"))
        or vocabulary.dated.search(even) is not None
        or any(
            one.match(even) for one in (vocabulary.untitled, vocabulary.adopting, vocabulary.agenda, vocabulary.voting)
        )
        or vocabulary.organization.fullmatch(even) is not None
        or _is_page_head(even, vocabulary)
    )
    return "" if no_title else title


_NOTICE = re.compile(r"\s*(?:^|\s)\*+ ?[A-Z][^*]{0,200}$|\s+\*+$|(?<=\w)\s?[⁰¹²³⁴-⁹]{1,2}$")
"""A notice that the document was issued again, or the mark of one, behind a title."""


def _cleaned(words: str) -> str:
    """Return the words of a heading in one line, without notices and footnote marks."""
    title = " ".join(words.split()).lstrip(",،; ")
    title = re.sub(r"(?<=[A-Za-z])[-‐] (?=[a-z])", "-", title)
    return _NOTICE.sub("", title).strip()


def _is_page_head(line: str, vocabulary: Vocabulary) -> bool:
    """Return whether a line belongs to the page's head: blank, furniture or the own symbol."""
    bare = line.strip()
    return (
        not bare
        or vocabulary.furniture.fullmatch(bare) is not None
        or vocabulary.organization.fullmatch(bare) is not None
        or own_symbol(level_text(bare, vocabulary.language), vocabulary) is not None
    )


def _adoption(front: str, tail: str, vocabulary: Vocabulary, symbol: Symbol | None) -> tuple[date | None, int | None]:
    """Return the day of adoption and the meeting: from the head, else from below the text."""
    for pattern in vocabulary.adoption:
        match = pattern.search(front)
        if not match:
            continue
        groups = match.groupdict()
        meeting = number_of(groups["meeting"]) if groups.get("meeting") else None
        day = vocabulary.day_of(match) or _day_in_session(groups, vocabulary, symbol)
        if day:
            return day, meeting if meeting is not None else _meeting(tail, vocabulary)
    closings = list(vocabulary.closing.finditer(tail))
    for match in closings:
        day = next((one for one in _near(tail, match, vocabulary)), None)
        if day:
            return day, number_of(match["meeting"])
    for pattern in (
        vocabulary.decided if symbol and ("/DEC/" in symbol.text or "/PRST/" in symbol.text) else vocabulary.adoption
    ):
        match = pattern.search(tail)
        day = vocabulary.day_of(match) if match else None
        if match and day:
            number = match.groupdict().get("meeting")
            return day, number_of(number) if number else None
    return None, _meeting(tail, vocabulary)


def adoption_below(text: str, vocabulary: Vocabulary) -> date | None:
    """Return the day on which a part was adopted, from its own sentence or its closing lines."""
    for pattern in vocabulary.part_adoption:
        match = pattern.search(text, 0, _NEAR)
        day = vocabulary.day_of(match) if match else None
        if day:
            return day
    for match in vocabulary.closing.finditer(text):
        near = _near(text, match, vocabulary)
        if near:
            return near[0]
    return None


def _near(tail: str, match: re.Match[str], vocabulary: Vocabulary) -> list[date]:
    """Return the dates on the lines just below and above the line of the meeting."""
    below = vocabulary.dated.search(tail, match.end(), min(len(tail), match.end() + 60))
    above = list(vocabulary.dated.finditer(tail, max(0, match.start() - 60), match.start()))
    return [day for day in (vocabulary.day_of(one) for one in ([below] if below else []) + above[-1:]) if day]


def _meeting(tail: str, vocabulary: Vocabulary) -> int | None:
    found = vocabulary.closing.search(tail)
    return number_of(found["meeting"]) if found else None


def _day_in_session(groups: dict[str, str | None], vocabulary: Vocabulary, symbol: Symbol | None) -> date | None:
    """Return a day without a year in the session of the symbol: September to September."""
    month, day = groups.get("month"), groups.get("day")
    if not (symbol and symbol.body == GENERAL_ASSEMBLY and symbol.session and not symbol.special and month and day):
        return None
    number = vocabulary.month_of(month)
    if number in (0, 9):  # a session ends and the next begins in September
        return None
    return day_from(1945 + symbol.session + (number < 9), number, number_of(day) or 0)
