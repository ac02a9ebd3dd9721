"""Parse a text into a Resolution: the pure part, the same for every format and language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from app.documents.bilingual import mark_other_language
from app.documents.footnotes import FootnoteBlock, FootnoteMarks, find_footnotes
from app.documents.header import DocumentHeader, adoption_below, parse_header
from app.documents.layout import Line, LineKind, mark_page_lines, measure_layout, split_lines
from app.documents.numbering import SECTION, ParagraphDraft, section_label
from app.documents.offsets import TextNormalizer
from app.documents.paragraphs import ParagraphParser
from app.documents.scripts import level_text
from app.documents.subject_title import derived_title, statement_title
from app.documents.vocabulary import Vocabulary, fold_name, load_vocabulary
from app.errors import DocumentError, message
from app.model import (
    DocumentWarning,
    Footnote,
    FootnoteMark,
    Language,
    Paragraph,
    Resolution,
    Role,
    Span,
    Symbol,
    WarningCode,
)
from app.model.symbols import symbol_from_name

_OPENING = 3000
"""Characters of an instrument in which a statement names its agenda item."""
_LONGEST_LABEL = 30
_SLIPS = 5
"""More than one frequent word in so many that stands in reverse is no slip."""
_ARABIC_WORD = re.compile(r"[\u0621-\u064a]{2,12}")


def read_text(
    text: str,
    language: Language,
    *,
    name: str = "",
    symbol: Symbol | None = None,
    adopted: date | None = None,
    warnings: tuple[DocumentWarning, ...] = (),
) -> Resolution:
    """Return the instrument in ``text``, parsed as ``language``; ``text`` is kept unchanged.

    ``symbol`` selects the instrument, else the text's own symbol, else the file's ``name``; of several printed one
    after the other only that one is parsed. ``adopted`` overrides the day that the text gives. What the text does
    not state stays None or empty. Raises DocumentError where nothing operative is found, UnknownLanguage, LexiconError.
    """
    vocabulary = load_vocabulary(language)
    shape = level_text(text, language)
    if not text.strip():
        raise DocumentError(
            message("the document is empty"), where=name, hint=message("give the text of a resolution or decision")
        )
    named = symbol_from_name(name) if name else None
    formulas = _formulas(shape, vocabulary)
    head = parse_header(text, vocabulary, symbol, named, formulas, shape)
    lines = split_lines(shape)
    mark_page_lines(lines, vocabulary, tuple(dict.fromkeys(fold_name(one) for one in (head.title,) if one)))
    mark_other_language(lines, shape, language)
    page_layout = measure_layout(lines, vocabulary)
    notes = find_footnotes(lines, vocabulary, page_layout)
    body = _body(lines, head, formulas)
    opening = frozenset(place for place, _ in formulas)
    paragraph_parser = ParagraphParser(vocabulary, page_layout, _part_label(lines, body), opening)
    parts = _roles(paragraph_parser.read(body), head, vocabulary, formulas)
    if not any(part.role is Role.OPERATIVE for part in parts):
        hint = message("check that it is a resolution or decision in the language {language}", language=language)
        raise DocumentError(message("no operative paragraphs found"), where=name, hint=hint)
    normalizer = TextNormalizer(text, spaced=vocabulary.spaced, known=vocabulary.month)
    pages = _pages(text)
    paragraphs = _paragraphs(shape, parts, normalizer, FootnoteMarks(vocabulary, notes), pages)
    session = head.symbol.session if head.symbol and not head.symbol.special else None
    title, derived = _title(text, shape, head, vocabulary, paragraphs)
    day = adopted or head.adopted
    return Resolution(
        text=text,
        language=language,
        symbol=head.symbol,
        title=title,
        body=head.body,
        session=session,
        adopted=day,
        meeting=head.meeting,
        agenda_item=head.agenda_item,
        committee_report=head.committee_report,
        preamble=tuple(paragraphs[Role.PREAMBULAR]),
        operative=tuple(paragraphs[Role.OPERATIVE]),
        annexes=tuple(paragraphs[Role.ANNEX]),
        footnotes=_footnotes(notes, normalizer),
        furniture=tuple(Span(line.start, line.end) for line in lines if line.kind is LineKind.PAGE),
        pages=pages,
        title_derived=derived,
        part_adopted=_part_days(shape, vocabulary, head, paragraphs[Role.OPERATIVE], day),
        repairs=tuple(Span(*place) for place in normalizer.repairs),
        warnings=(*warnings, *_warnings(text, head, vocabulary)),
    )


def _paragraphs(
    shape: str,
    parts: Sequence[ParagraphDraft],
    normalizer: TextNormalizer,
    marks: FootnoteMarks,
    pages: tuple[int, ...],
) -> dict[Role, list[Paragraph]]:
    """Return the paragraphs by role, in the order of the text; empty ones are left out."""
    paragraphs: dict[Role, list[Paragraph]] = {role: [] for role in Role}
    for part in parts:
        found = marks.find(shape, part.pieces)
        reading = normalizer.normalize(part.pieces, [place for _, place in found])
        if not reading.text:
            continue
        paragraphs[part.role].append(
            Paragraph(
                role=part.role,
                reading=reading,
                number=part.number,
                letters=part.letters,
                section=part.section,
                marks=tuple(FootnoteMark(number, Span(*place)) for number, place in found),
                page=_page(pages, part.pieces[0][0]),
            )
        )
    return paragraphs


def _footnotes(notes: Sequence[FootnoteBlock], normalizer: TextNormalizer) -> tuple[Footnote, ...]:
    """Return the footnotes with their readings."""
    return tuple(
        Footnote(note.number, Span(note.start, note.pieces[-1][1]), normalizer.normalize(note.pieces, []))
        for note in notes
    )


def _formulas(shape: str, vocabulary: Vocabulary) -> list[tuple[int, str]]:
    """Return the places of the lines that name a body, with its slug.

    A name without its article ("Security Council,") opens a text only where none has it: a line may break before one.
    """
    found = list(vocabulary.formula.finditer(shape))
    full = [match for match in found if not match[1].endswith(",")]
    return [(match.start(1), vocabulary.bodies.get(fold_name(match[1]), "")) for match in full or found[:1]]


def _warnings(text: str, head: DocumentHeader, vocabulary: Vocabulary) -> list[DocumentWarning]:
    """Return the warnings: no symbol, other instruments on the page, words in reverse."""
    found = []
    if head.symbol is None:
        found.append(DocumentWarning(WarningCode.UNKNOWN_SYMBOL))
    if head.several:
        found.append(DocumentWarning(WarningCode.SEVERAL_INSTRUMENTS, head.symbol.text if head.symbol else head.title))
    reversed_words = _reversed_words(text, vocabulary)
    if reversed_words:
        found.append(DocumentWarning(WarningCode.REVERSED_WORDS, ", ".join(reversed_words)))
    return found


def _reversed_words(text: str, vocabulary: Vocabulary) -> list[str]:
    """Return frequent words that stand in reverse, where they are more than a slip."""
    if not vocabulary.frequent:
        return []
    words = Counter(_ARABIC_WORD.findall(text))
    mirrored = {word[::-1]: word for word in vocabulary.frequent if word[::-1] not in vocabulary.frequent}
    turned = [word for word in mirrored if words[word]]
    count = sum(words[word] for word in turned)
    upright = sum(words[word] for word in vocabulary.frequent)
    return turned[:5] if count > 1 and count * _SLIPS > upright else []


def _title(
    text: str,
    shape: str,
    head: DocumentHeader,
    vocabulary: Vocabulary,
    paragraphs: Mapping[Role, Sequence[Paragraph]],
) -> tuple[str, bool]:
    """Return the title, and whether it was made of the text because the text has none."""
    opening = shape[head.start : head.start + _OPENING]
    statement = vocabulary.statement.search(opening)
    if head.title and not statement:
        return head.title, False
    if statement:
        item = statement_title(text[head.start + statement.start() : head.start + _OPENING], vocabulary)
        if item:
            return item, True
    preamble = [part.reading.text for part in paragraphs[Role.PREAMBULAR]]
    operative = [part.reading.text for part in paragraphs[Role.OPERATIVE]]
    if statement:
        preamble, operative = [*preamble, *operative], operative[1:] or operative
    return derived_title(preamble, operative, vocabulary), True


def _part_label(lines: list[Line], body: list[Line]) -> str:
    """Return the label of the first part, from the line above its opening; empty for none."""
    place = next((n for n, line in enumerate(lines) if body and line is body[0]), 0)
    above = next((line for line in reversed(lines[max(0, place - 3) : place]) if line.kind is LineKind.BODY), None)
    label = SECTION.fullmatch(above.text) if above and len(above.text) < _LONGEST_LABEL else None
    return section_label(label["label"]) if label and not label["title"] else ""


def _part_days(
    shape: str, vocabulary: Vocabulary, head: DocumentHeader, operative: Sequence[Paragraph], adopted: date | None
) -> dict[str, date]:
    """Return the days of adoption of parts, by section, that are not the day of the whole."""
    starts: dict[str, int] = {}
    for paragraph in operative:
        if paragraph.section:
            starts.setdefault(paragraph.section, paragraph.span.start)
    if len(starts) < 2:
        return {}
    found = {}
    ends = [*list(starts.values())[1:], head.end]
    for (section, start), end in zip(starts.items(), ends, strict=True):
        day = adoption_below(level_text(shape[start:end], vocabulary.language, drop=True), vocabulary)
        if day and day != adopted:
            found[section] = day
    return found


def _body(lines: list[Line], head: DocumentHeader, formulas: list[tuple[int, str]]) -> list[Line]:
    """Return the instrument's own lines: from its formula, else from below its title."""
    formula = next((place for place, _ in formulas if head.start <= place < head.end), None)
    start = formula if formula is not None else head.start
    first = next((n for n, line in enumerate(lines) if line.end > start), len(lines))
    if formula is None and head.title:
        title = len(fold_name(head.title))
        seen = 0
        while first < len(lines) and seen < title:
            seen += len(fold_name(lines[first].text)) + 1
            first += 1
    last = next((n for n, line in enumerate(lines) if line.start >= head.end), len(lines))
    return lines[first:last]


def _roles(
    parts: list[ParagraphDraft], head: DocumentHeader, vocabulary: Vocabulary, formulas: list[tuple[int, str]]
) -> list[ParagraphDraft]:
    """Find the operative part of a text without numbers.

    Decisions and statements are operative as a whole, other texts from their first operative verb on.

    A text in which every paragraph ends like a preamble's is operative from the first operative verb on.
    """
    if any(part.role is Role.OPERATIVE for part in parts):
        return parts
    own = [part for part in parts if part.role is not Role.ANNEX]
    opened = any(head.start <= place < head.end for place, _ in formulas)
    closed = next((n for n, part in enumerate(own) if part.words[-1] not in ",،，"), 0 if not opened else None)
    if closed is None:
        closed = next((n for n, part in enumerate(own) if vocabulary.operative.match(part.opening)), None)
    for part in own[0 if not opened else closed :] if closed is not None else ():
        part.role = Role.OPERATIVE
    return parts


def _pages(text: str) -> tuple[int, ...]:
    """Return where the pages of ``text`` begin, by its form feeds; empty for a text without."""
    if "\f" not in text:
        return ()
    out, at = [0], text.find("\f")
    while at >= 0:
        out.append(at + 1)
        at = text.find("\f", at + 1)
    return tuple(out)


def _page(pages: tuple[int, ...], place: int) -> int | None:
    return bisect_right(pages, place) if pages else None
