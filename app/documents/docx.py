"""The text of a DOCX document: paragraphs and tables in their order, numbers of lists, footnotes at the end."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from app.documents.extracted import ExtractedText
from app.errors import DocumentError, TooLarge, message
from app.model import DocumentWarning, WarningCode
from app.model.symbols import numeral

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FIGURES = re.compile(r"\s*[0-9]{1,3}\s*")
_RULE = "_" * 18
_EXPANSION = 4
"""How many times its bound on size a document may unpack to."""
_FORM = 40
"""Characters of the form of a number that are used."""
_DEEPEST = 8
_STYLES = 12
"""Styles that a style is looked for in, each based on the next."""
_HIDING = ("strike", "dstrike", "vanish", "specVanish")
"""Properties of a run by which its words are struck or hidden (ECMA-376 part 1, 17.3.2)."""
_GONE = (
    f"{_W}del",
    f"{_W}moveFrom",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
"""Elements whose runs are no part of the document as it stands: deletions, words moved away, second copies."""
_HINT = message("save it again as DOCX, or give its text")


def read_docx(source: bytes, *, name: str = "", size: int = 20_000_000) -> ExtractedText:
    """Return the text of a DOCX file; every paragraph is a line, with a blank one after it.

    Words that are struck, hidden, deleted or moved away, by themselves or by their style, are left out.

    Raises DocumentError for a file that is encrypted, broken, no document or without text, TooLarge for one that
    unpacks to more than four times ``size`` bytes, whatever it declares.
    """
    _check(source, name, size * _EXPANSION)
    try:
        document = docx.Document(io.BytesIO(source))
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise DocumentError(message("the DOCX file cannot be read"), where=name, hint=_HINT) from error
    body = getattr(document.element, "body", None)
    if body is None:  # its root is no w:document, or one without a body
        raise DocumentError(message("the DOCX file cannot be read"), where=name, hint=_HINT)
    lists = ListNumbering(document)
    runs = _VisibleRuns(lists.styles)
    rows = list(_rows(body, lists, runs))
    notes = list(_footnotes(document, runs))
    if notes:
        rows += [_RULE, *notes]
    text = "\n\n".join(row for row in rows if row.strip())
    if not text.strip():
        raise DocumentError(message("the document contains no text"), where=name, hint=_HINT)
    return ExtractedText(text + "\n", (DocumentWarning(WarningCode.LEFT_OUT),) if runs.left_out else ())


# Errors of damaged ZIP members; bzip2 raises OSError.
_PACKED = (zlib.error, lzma.LZMAError)


def _check(source: bytes, name: str, most: int) -> None:
    """Unpack every part without keeping it and check that all stay within ``most`` bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            parts = archive.infolist()
            if "word/document.xml" not in archive.namelist():
                raise DocumentError(
                    message("not a DOCX file"), where=name, hint=message("give text, PDF, DOCX or HTML")
                )
            unpacked = sum(part.file_size for part in parts)
            if unpacked <= most and len(parts) < 5000:
                unpacked = 0
                for part in parts:
                    with archive.open(part) as stream:
                        while unpacked <= most and (block := stream.read(1 << 16)):
                            unpacked += len(block)
            if unpacked > most or len(parts) >= 5000:
                what = message("the DOCX file unpacks to more than {most} bytes", most=f"{most:,}")
                raise TooLarge(what, where=name, hint=message("give the document without its pictures, or its text"))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError, ValueError, *_PACKED) as error:
        hint = message("check whether it is encrypted or truncated; save it again as DOCX, or give its text")
        raise DocumentError(message("the DOCX file cannot be decompressed"), where=name, hint=hint) from error


def _rows(body: etree._Element, lists: ListNumbering, runs: _VisibleRuns) -> Iterator[str]:
    """Yield the paragraphs below ``body`` in reading order.

    Tables come row by row, their cells separated by tabs.
    """
    for child in body:
        if child.tag == f"{_W}p":
            words = _words(child, runs)
            if not words.strip() and runs.is_removed(child):
                continue  # a paragraph that was deleted or moved away has no number either
            number = lists.number(child)
            yield number + words if words.strip() else words
        elif child.tag == f"{_W}tbl":
            for row in child.iterchildren(f"{_W}tr", f"{_W}sdt"):
                if row.find(f"{_W}trPr/{_W}del") is not None:
                    runs.left_out = True
                    continue
                cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tbl")) is child]
                yield "\t".join(" ".join(_rows(cell, lists, runs)) for cell in cells)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _rows(child, lists, runs)


class _VisibleRuns:
    """The runs that a reader sees: not struck, hidden, deleted or moved away."""

    def __init__(self, styles: Mapping[str, etree._Element]) -> None:
        self._styles = styles
        self._by_style: dict[str, bool] = {}
        self.left_out = False

    def shows(self, run: etree._Element) -> bool:
        """Return whether a reader sees ``run``; record that words were left out where not."""
        shown = not self._is_hidden(run)
        if not shown and not self.left_out:
            self.left_out = any((piece.text or "").strip() for piece in run if piece.tag in (f"{_W}t", f"{_W}delText"))
        return shown

    def is_removed(self, paragraph: etree._Element) -> bool:
        """Return whether the paragraph's own mark is deleted or moved away."""
        mark = paragraph.find(f"{_W}pPr/{_W}rPr")
        return mark is not None and any(mark.find(f"{_W}{tag}") is not None for tag in ("del", "moveFrom"))

    def _is_hidden(self, run: etree._Element) -> bool:
        if any(above.tag in _GONE for above in run.iterancestors()):
            return True
        properties = run.find(f"{_W}rPr")
        own = _hiding(properties)
        if own is not None:
            return own
        style = properties.find(f"{_W}rStyle") if properties is not None else None
        if style is not None and self._style_hides(str(style.get(f"{_W}val"))):
            return True
        paragraph = next(run.iterancestors(f"{_W}p"), None)
        base = paragraph.find(f"{_W}pPr/{_W}pStyle") if paragraph is not None else None
        return base is not None and self._style_hides(str(base.get(f"{_W}val")))

    def _style_hides(self, name: str) -> bool:
        """Return whether a style, or one that it is based on, strikes or hides its words."""
        if name not in self._by_style:
            found, place = False, self._styles.get(name)
            for _ in range(_STYLES):
                hides = _hiding(place.find(f"{_W}rPr")) if place is not None else None
                if place is None or hides is not None:
                    found = bool(hides)
                    break
                based = place.find(f"{_W}basedOn")
                place = self._styles.get(str(based.get(f"{_W}val"))) if based is not None else None
            self._by_style[name] = found
        return self._by_style[name]


def _hiding(properties: etree._Element | None) -> bool | None:
    """Return whether the properties of a run strike or hide it; None where they state neither."""
    marks = [properties.find(f"{_W}{tag}") for tag in _HIDING] if properties is not None else []
    stated = [str(mark.get(f"{_W}val", "true")) not in ("false", "0", "off") for mark in marks if mark is not None]
    return any(stated) if stated else None


def _words(paragraph: etree._Element, runs: _VisibleRuns) -> str:
    """Return the words of a paragraph.

    Raised figures and references to footnotes become superscript figures.
    """
    out: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        if not runs.shows(run):
            continue
        raised = run.find(f"{_W}rPr/{_W}vertAlign")
        up = raised is not None and raised.get(f"{_W}val") == "superscript"
        for piece in run:
            if piece.tag == f"{_W}t":
                words = piece.text or ""
                out.append(words.translate(_RAISED) if up and _FIGURES.fullmatch(words) else words)
            elif piece.tag == f"{_W}tab":
                out.append("\t")
            elif piece.tag in (f"{_W}br", f"{_W}cr"):
                out.append("\n")
            elif piece.tag == f"{_W}noBreakHyphen":
                out.append("-")
            elif piece.tag == f"{_W}footnoteReference":
                out.append(str(piece.get(f"{_W}id", "")).translate(_RAISED))
    return "".join(out)


def _footnotes(document: Document, runs: _VisibleRuns) -> Iterator[str]:
    """Return the footnotes, each after its number."""
    root = _related(document, "footnotes")
    for note in root.iter(f"{_W}footnote") if root is not None else ():
        if note.get(f"{_W}type") is None:
            words = " ".join(_words(p, runs) for p in note.iter(f"{_W}p")).strip()
            yield f"{str(note.get(f'{_W}id', '')).translate(_RAISED)} {words}"


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How a level of an automatic list is numbered.

    ``kind`` is the kind of figure, ``words`` the text around it, ``start`` the first number.
    """

    kind: str
    words: str
    start: int


class ListNumbering:
    """The numbers that Word puts before the paragraphs of its automatic lists."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[tuple[str, int], ListLevel] = {}
        self._list_of: dict[str, str] = {}
        """By number of a list: the form that it follows; lists of one form count on together."""
        self.styles: dict[str, etree._Element] = {}
        self._counts: dict[tuple[str, int], int] = {}
        numbering = _related(document, "numbering")
        if numbering is None:
            return
        styles = _related(document, "styles")
        if styles is not None:
            self.styles = {str(one.get(f"{_W}styleId")): one for one in styles.iter(f"{_W}style")}
        forms = {one.get(f"{_W}abstractNumId"): one for one in numbering.iter(f"{_W}abstractNum")}
        for number in numbering.iter(f"{_W}num"):
            abstract = number.find(f"{_W}abstractNumId")
            form = forms.get(abstract.get(f"{_W}val")) if abstract is not None else None
            name = str(number.get(f"{_W}numId"))
            self._list_of[name] = str(abstract.get(f"{_W}val")) if abstract is not None else name
            own = [level for over in number.iter(f"{_W}lvlOverride") for level in over.iter(f"{_W}lvl")]
            for level in (*(form.iter(f"{_W}lvl") if form is not None else ()), *own):
                self._level(name, level)
            for over in number.iter(f"{_W}lvlOverride"):
                begins, depth = over.find(f"{_W}startOverride"), _count(over.get(f"{_W}ilvl"))
                known = self._levels.get((name, depth)) if depth is not None else None
                if begins is not None and depth is not None and known:
                    first = _count(begins.get(f"{_W}val"))
                    self._levels[name, depth] = replace(known, start=1 if first is None else first)
                    self._list_of[name] = f"{name}: its own"

    def _level(self, name: str, level: etree._Element) -> None:
        kind, words, start = (level.find(f"{_W}{tag}") for tag in ("numFmt", "lvlText", "start"))
        depth = _count(level.get(f"{_W}ilvl"))
        first = _count(start.get(f"{_W}val")) if start is not None else 1
        if depth is not None:
            self._levels[name, depth] = ListLevel(
                str(kind.get(f"{_W}val")) if kind is not None else "decimal",
                (str(words.get(f"{_W}val", "")) if words is not None else f"%{depth + 1}.")[:_FORM],
                1 if first is None else first,
            )

    def number(self, paragraph: etree._Element) -> str:
        """Return the number before ``paragraph`` and a tab, or nothing."""
        name, depth = self._listed(paragraph)
        level = self._levels.get((name, depth))
        if not level or level.kind in ("bullet", "none"):
            return ""
        counted = self._list_of.get(name, name)
        count = self._counts.get((counted, depth), level.start - 1) + 1
        self._counts[counted, depth] = count
        for deeper in [key for key in self._counts if key[0] == counted and key[1] > depth]:
            del self._counts[deeper]
        words = level.words
        for above in range(min(depth, _DEEPEST) + 1):
            one = self._levels.get((name, above), level)
            figure = _figure(one.kind, self._counts.get((counted, above), one.start))
            words = words.replace(f"%{above + 1}", figure)
        return words + "\t" if words else ""

    def _listed(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return the list and level of ``paragraph``; its own properties precede its style's."""
        name, depth = None, None
        place: etree._Element | None = paragraph
        seen = 0
        while place is not None and seen < _STYLES and (name is None or depth is None):
            numbered = place.find(f"{_W}pPr/{_W}numPr")
            if numbered is not None:
                level, number = numbered.find(f"{_W}ilvl"), numbered.find(f"{_W}numId")
                depth = _count(level.get(f"{_W}val")) if depth is None and level is not None else depth
                name = str(number.get(f"{_W}val", "")) if name is None and number is not None else name
            style = place.find(f"{_W}pPr/{_W}pStyle" if place is paragraph else f"{_W}basedOn")
            place = self.styles.get(str(style.get(f"{_W}val"))) if style is not None else None
            seen += 1
        return name or "", depth or 0


def _related(document: Document, kind: str) -> etree._Element | None:
    """Return the root of the document part of ``kind``; None where the file has no such part."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            return _root(relation.target_part.blob)
    return None


def _root(blob: bytes) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(blob, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _count(value: object) -> int | None:
    """Return the number below 100,000 that an attribute holds; None for anything else."""
    words = str(value)
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else None


def _figure(kind: str, count: int) -> str:
    if kind in ("lowerLetter", "upperLetter") and count < 27:
        return chr((96 if kind == "lowerLetter" else 64) + count)
    if kind in ("lowerRoman", "upperRoman") and count < 400:
        return numeral(count) if kind == "lowerRoman" else numeral(count).upper()
    return str(count)
