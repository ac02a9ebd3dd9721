"""The text of a DOCX document: paragraphs and tables in their order, numbers of lists, footnotes at the end."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from app.errors import DocumentError, TooLarge
from app.text.symbols import numeral

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FIGURES = re.compile(r"\s*[0-9]{1,3}\s*")
_RULE = "_" * 18
_EXPANSION = 4
"""How many times its bound on size a document may unpack to."""
_HINT = "save it again as DOCX, or give its text"


def docx_text(source: bytes, *, name: str = "", size: int = 20_000_000) -> str:
    """The text of a DOCX file; every paragraph is a line, with a blank one after it.

    Raises DocumentError for a file that is encrypted, broken, no document or without text, TooLarge for one that
    unpacks to more than four times ``size`` bytes, whatever it declares.
    """
    _check(source, name, size * _EXPANSION)
    try:
        document = docx.Document(io.BytesIO(source))
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise DocumentError("the DOCX file cannot be read", where=name, hint=_HINT) from error
    lists = _Lists(document)
    rows = list(_rows(document.element.body, lists))
    notes = list(_footnotes(document))
    if notes:
        rows += [_RULE, *notes]
    text = "\n\n".join(row for row in rows if row.strip())
    if not text.strip():
        raise DocumentError("the document holds no text", where=name, hint=_HINT)
    return text + "\n"


def _check(source: bytes, name: str, most: int) -> None:
    """Unpack every part without keeping it, to see that the whole stays within ``most`` bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            parts = archive.infolist()
            if "word/document.xml" not in archive.namelist():
                raise DocumentError("the ZIP file is no DOCX document", where=name, hint="give text, PDF, DOCX or HTML")
            unpacked = sum(part.file_size for part in parts)
            if unpacked <= most and len(parts) < 5000:
                unpacked = 0
                for part in parts:
                    with archive.open(part) as stream:
                        while unpacked <= most and (block := stream.read(1 << 16)):
                            unpacked += len(block)
            if unpacked > most or len(parts) >= 5000:
                what = f"the DOCX file unpacks to more than {most:,} bytes"
                raise TooLarge(what, where=name, hint="give the document without its pictures, or its text")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError, ValueError) as error:
        hint = "is it encrypted or cut short? " + _HINT
        raise DocumentError("the DOCX file cannot be unpacked", where=name, hint=hint) from error


def _rows(body: etree._Element, lists: _Lists) -> Iterator[str]:
    """The paragraphs below ``body`` in reading order, those of tables row by row, cells parted by tabs."""
    for child in body:
        if child.tag == f"{_W}p":
            yield lists.number(child) + _words(child)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                cells = (" ".join(_words(p) for p in cell.iter(f"{_W}p")) for cell in row.iter(f"{_W}tc"))
                yield "\t".join(cells)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _rows(child, lists)


def _words(paragraph: etree._Element) -> str:
    """The words of a paragraph; raised figures and references to footnotes become superscript figures."""
    out: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
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


def _footnotes(document: Document) -> Iterator[str]:
    """The footnotes, each after its number."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            try:
                root = etree.fromstring(relation.target_part.blob, parser)
            except etree.XMLSyntaxError:
                return
            for note in root.iter(f"{_W}footnote"):
                if note.get(f"{_W}type") is None:
                    words = " ".join(_words(p) for p in note.iter(f"{_W}p")).strip()
                    yield f"{str(note.get(f'{_W}id', '')).translate(_RAISED)} {words}"


class _Lists:
    """The numbers that Word puts before the paragraphs of its automatic lists."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[tuple[str, str], tuple[str, str, int]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
        if part is None:
            return
        root = part.element
        forms = {one.get(f"{_W}abstractNumId"): one for one in root.iter(f"{_W}abstractNum")}
        for number in root.iter(f"{_W}num"):
            abstract = number.find(f"{_W}abstractNumId")
            form = forms.get(abstract.get(f"{_W}val")) if abstract is not None else None
            for level in form.iter(f"{_W}lvl") if form is not None else ():
                kind, words, start = (level.find(f"{_W}{tag}") for tag in ("numFmt", "lvlText", "start"))
                first = str(start.get(f"{_W}val")) if start is not None else "1"
                self._levels[str(number.get(f"{_W}numId")), str(level.get(f"{_W}ilvl"))] = (
                    str(kind.get(f"{_W}val")) if kind is not None else "decimal",
                    str(words.get(f"{_W}val")) if words is not None else "%1.",
                    int(first) if first.isdigit() else 1,
                )

    def number(self, paragraph: etree._Element) -> str:
        """The number before ``paragraph`` and a tab, or nothing."""
        listed = paragraph.find(f"{_W}pPr/{_W}numPr")
        if listed is None:
            return ""
        level, number = listed.find(f"{_W}ilvl"), listed.find(f"{_W}numId")
        depth = str(level.get(f"{_W}val", "0")) if level is not None else "0"
        name = str(number.get(f"{_W}val", "")) if number is not None else ""
        found = self._levels.get((name, depth))
        if not found or found[0] == "bullet" or not depth.isdigit():
            return ""
        kind, words, start = found
        place = int(depth)
        count = self._counts.get((name, place), start - 1) + 1
        self._counts[name, place] = count
        for deeper in [key for key in self._counts if key[0] == name and key[1] > place]:
            del self._counts[deeper]
        return words.replace(f"%{place + 1}", _figure(kind, count)) + "\t"


def _figure(kind: str, count: int) -> str:
    if kind in ("lowerLetter", "upperLetter") and count < 27:
        return chr((96 if kind == "lowerLetter" else 64) + count)
    if kind in ("lowerRoman", "upperRoman") and count < 400:
        return numeral(count) if kind == "lowerRoman" else numeral(count).upper()
    return str(count)
