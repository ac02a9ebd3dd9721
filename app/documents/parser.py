"""Reading a text into a Resolution: the pure part, the same for every format and language."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from app.documents.bilingual import mark_other_language
from app.documents.footnotes import FootnoteMarks, find_footnotes
from app.documents.header import DocumentHeader, parse_header
from app.documents.layout import Line, LineKind, mark_page_lines, measure_layout, split_lines
from app.documents.numbering import ParagraphDraft
from app.documents.offsets import TextNormalizer
from app.documents.paragraphs import ParagraphParser
from app.documents.vocabulary import fold_name, load_vocabulary
from app.errors import DocumentError, message
from app.model import DocumentWarning, Footnote, FootnoteMark, Language, Paragraph, Resolution, Role, Span, Symbol
from app.model.symbols import symbol_from_name


def read_text(
    text: str,
    language: Language,
    *,
    name: str = "",
    symbol: Symbol | None = None,
    adopted: date | None = None,
    warnings: tuple[DocumentWarning, ...] = (),
) -> Resolution:
    """The instrument that ``text`` prints, read as ``language``; ``text`` itself is kept as it is.

    ``symbol`` says which instrument is asked for, else the text says it, else the file's ``name``; of several printed
    one after the other only that one is read. ``adopted`` beats the day that the text gives. What the text does not
    say stays None or empty. Raises DocumentError where nothing operative is found, UnknownLanguage, LexiconError.
    """
    vocabulary = load_vocabulary(language)
    if not text.strip():
        raise DocumentError(
            message("the document is empty"), where=name, hint=message("give the text of a resolution or decision")
        )
    named = symbol_from_name(name) if name else None
    formulas = [
        (match.start(1), vocabulary.bodies.get(fold_name(match[1]), "")) for match in vocabulary.formula.finditer(text)
    ]
    head = parse_header(text, vocabulary, symbol, named, formulas)
    lines = split_lines(text)
    mark_page_lines(lines, vocabulary, tuple(dict.fromkeys(fold_name(one) for one in (head.title,) if one)))
    mark_other_language(lines, text, language)
    page_layout = measure_layout(lines, vocabulary)
    notes = find_footnotes(lines, vocabulary, page_layout)
    body = _body(lines, head, formulas)
    parts = _roles(ParagraphParser(vocabulary, page_layout).read(body), head, formulas)
    if not any(part.role is Role.OPERATIVE for part in parts):
        raise DocumentError(
            message("no operative paragraphs found"),
            where=name,
            hint=message("check that it is a resolution or decision in the language {language}", language=language),
        )
    normalizer = TextNormalizer(text, spaced=vocabulary.spaced)
    marks = FootnoteMarks(vocabulary, notes)
    pages = _pages(text)
    paragraphs: dict[Role, list[Paragraph]] = {role: [] for role in Role}
    for part in parts:
        found = marks.find(text, part.pieces)
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
    session = head.symbol.session if head.symbol and not head.symbol.special else None
    return Resolution(
        text=text,
        language=language,
        symbol=head.symbol,
        title=head.title,
        body=head.body,
        session=session,
        adopted=adopted or head.adopted,
        meeting=head.meeting,
        agenda_item=head.agenda_item,
        committee_report=head.committee_report,
        preamble=tuple(paragraphs[Role.PREAMBULAR]),
        operative=tuple(paragraphs[Role.OPERATIVE]),
        annexes=tuple(paragraphs[Role.ANNEX]),
        footnotes=tuple(
            Footnote(note.number, Span(note.start, note.pieces[-1][1]), normalizer.normalize(note.pieces, []))
            for note in notes
        ),
        furniture=tuple(Span(line.start, line.end) for line in lines if line.kind is LineKind.PAGE),
        pages=pages,
        warnings=warnings,
    )


def _body(lines: list[Line], head: DocumentHeader, formulas: list[tuple[int, str]]) -> list[Line]:
    """The lines of the instrument's own text: from its formula, else from below its title, to its end."""
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


def _roles(parts: list[ParagraphDraft], head: DocumentHeader, formulas: list[tuple[int, str]]) -> list[ParagraphDraft]:
    """Without numbers: decisions and statements are operative as a whole, other texts from their first verb on."""
    if any(part.role is Role.OPERATIVE for part in parts):
        return parts
    own = [part for part in parts if part.role is not Role.ANNEX]
    opened = any(head.start <= place < head.end for place, _ in formulas)
    closed = next((n for n, part in enumerate(own) if part.words[-1] not in ",،，"), 0 if not opened else None)
    for part in own[0 if not opened else closed :] if closed is not None else ():
        part.role = Role.OPERATIVE
    return parts


def _pages(text: str) -> tuple[int, ...]:
    """Where the pages of ``text`` begin, by its form feeds; empty for a text without."""
    if "\f" not in text:
        return ()
    out, at = [0], text.find("\f")
    while at >= 0:
        out.append(at + 1)
        at = text.find("\f", at + 1)
    return tuple(out)


def _page(pages: tuple[int, ...], place: int) -> int | None:
    return bisect_right(pages, place) if pages else None
