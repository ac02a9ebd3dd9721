"""Documents made to break, stall or exhaust those who read them: one maker a trick, by format.

Each maker takes ``size``, how far the trick is driven, and gives the bytes of a document; ``PDF``, ``DOCX``, ``HTML``
and ``TEXT`` name them with a size that is quick to make and to refuse. All are small on disk: what is large is what
they unpack, loop or nest to. For tests and for fuzzing alike; nothing here reads anything.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import TypeAlias

Maker: TypeAlias = Callable[[int], bytes]

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
WORDS = b"BT /F1 10 Tf 72 700 Td (1. Decides to wait.) Tj ET"


def stream(content: bytes, extra: bytes = b"") -> bytes:
    """A stream object of ``content`` as it is."""
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(content), extra, content)


def packed(content: bytes, times: int = 1, extra: bytes = b"") -> bytes:
    """A stream object of ``content``, deflated so many times."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter [%s] %s" % (b" /FlateDecode" * times, extra))


def pdf(*objects: bytes, trailer: bytes = b"", start: int | None = None) -> bytes:
    """A PDF of ``objects``, numbered from 1; ``trailer`` adds to its trailer, ``start`` is where its table is said to
    be."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    at = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % (at if start is None else start))
    return out.getvalue()


def plain_pdf(contents: bytes = WORDS) -> bytes:
    """A PDF of one page that is as it should be."""
    return pdf(CATALOG, PAGES, PAGE, stream(contents), FONT)


# --- PDF ------------------------------------------------------------------------------------------------------------


def cut_short(size: int) -> bytes:
    """A PDF that ends after so many per cent."""
    whole = plain_pdf()
    return whole[: len(whole) * size // 100]


def header_only(size: int) -> bytes:
    """The first line of a PDF and then something else."""
    return b"%PDF-1.7\n" + b"\xde\xad\xbe\xef" * size


def tree_cycle(size: int) -> bytes:
    """A page tree whose node is its own child."""
    return pdf(CATALOG, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"2 0 R " * size, size))


def tree_chain(size: int) -> bytes:
    """A page tree so many nodes deep."""
    nodes = [
        b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (max(1, n - 1), n + 1)
        for n in range(2, size + 2)
    ]
    page = PAGE.replace(b"2 0 R", b"%d 0 R" % (size + 1)).replace(b"/F1 5 0 R", b"").replace(b"/Contents 4 0 R", b"")
    return pdf(CATALOG, *nodes, page)


def count_lie(size: int) -> bytes:
    """A page tree that says it has so many pages and has one."""
    return pdf(CATALOG, PAGES.replace(b"/Count 1", b"/Count %d" % size), PAGE, stream(WORDS), FONT)


def many_pages(size: int) -> bytes:
    """So many tiny pages, all of them the same object."""
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * size, size)
    return pdf(CATALOG, pages, PAGE, stream(WORDS), FONT)


def huge_page(size: int) -> bytes:
    """A page so many powers of ten wide."""
    wide = b"1" + b"0" * size
    return pdf(CATALOG, PAGES, PAGE.replace(b"612 792", wide + b" -" + wide), stream(WORDS), FONT)


def table_loop(size: int) -> bytes:
    """A cross-reference table whose predecessor is itself, and one that lies so many bytes off."""
    whole = plain_pdf()
    at = whole.rindex(b"xref\n0")
    return pdf(CATALOG, PAGES, PAGE, stream(WORDS), FONT, trailer=b"/Prev %d" % at, start=at + size)


def many_objects(size: int) -> bytes:
    """So many objects within one object stream."""
    heads = b" ".join(b"%d %d" % (n + 10, 5 * n) for n in range(size))
    body = b"null " * size
    return pdf(
        CATALOG,
        PAGES,
        PAGE,
        stream(WORDS),
        FONT,
        packed(heads + b" " + body, extra=b"/Type /ObjStm /N %d /First %d " % (size, len(heads) + 1)),
    )


def flate_bomb(size: int) -> bytes:
    """A page whose contents unpack, twice deflated, to so many megabytes of blanks."""
    return pdf(CATALOG, PAGES, PAGE, packed(b" " * (size << 20), 2), FONT)


def flood(size: int) -> bytes:
    """A page that sets a letter so many times."""
    return pdf(CATALOG, PAGES, PAGE, packed(b"BT /F1 1 Tf " + b"(a) Tj 1 0 Td " * size + b"ET"), FONT)


def form_bomb(size: int) -> bytes:
    """Forms that each show the next ten times, so many levels deep: ten to that power of letters."""
    first = b"/Resources << /XObject << /X 6 0 R >> >>"
    page = PAGE.replace(b"/Resources << /Font << /F1 5 0 R >> >>", first)
    forms = [
        stream(
            b"/X Do " * 10 if level < size - 1 else WORDS,
            b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X %d 0 R >>"
            b" /Font << /F1 5 0 R >> >> " % (7 + level),
        )
        for level in range(size)
    ]
    return pdf(CATALOG, PAGES, page, stream(b"/X Do"), FONT, *forms)


def form_loop(size: int) -> bytes:
    """A form that shows itself so many times."""
    page = PAGE.replace(b"/Font << /F1 5 0 R >>", b"/XObject << /X 6 0 R >>")
    form = stream(
        b"/X Do " * size,
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> ",
    )
    return pdf(CATALOG, PAGES, page, stream(b"/X Do"), FONT, form)


def deep_array(size: int) -> bytes:
    """An array so many arrays deep."""
    deep = b"[" * size + b"]" * size
    return pdf(CATALOG, PAGES, PAGE.replace(b"/MediaBox [0 0 612 792]", b"/MediaBox " + deep), stream(WORDS), FONT)


def deep_contents(size: int) -> bytes:
    """Page contents with so many graphics states opened, and never closed."""
    return pdf(CATALOG, PAGES, PAGE, packed(b"q [" * size + WORDS), FONT)


def reference_loop(size: int) -> bytes:
    """So many objects that each only stand for the next, the last for the first; the page's contents among them."""
    page = PAGE.replace(b"/Contents 4 0 R", b"/Contents 6 0 R")
    links = [b"%d 0 R" % (6 + (n + 1) % size) for n in range(size)]
    return pdf(CATALOG, PAGES, page, stream(WORDS), FONT, *links)


def map_loop(size: int) -> bytes:
    """A font whose map to letters names ranges of so many letters, and uses itself."""
    ranges = b"".join(b"<0000> <ffff> <%04x>\n" % (n % 65536) for n in range(size))
    cmap = b"/CIDInit /ProcSet findresource begin begincmap\n%d beginbfrange\n%sendbfrange\nendcmap" % (size, ranges)
    font = FONT.replace(b" >>", b" /ToUnicode 6 0 R >>")
    return pdf(CATALOG, PAGES, PAGE, stream(WORDS), font, packed(cmap, extra=b"/UseCMap 6 0 R "))


def long_token(size: int) -> bytes:
    """A name and a string of so many letters."""
    return pdf(CATALOG, PAGES, PAGE, packed(b"/" + b"N" * size + b" BT /F1 9 Tf (" + b"a" * size + b") Tj ET"), FONT)


def encrypted(size: int) -> bytes:
    """A PDF locked with a password, with keys of so many bytes."""
    lock = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"28" * size, b"29" * size)
    return pdf(CATALOG, PAGES, PAGE, stream(WORDS), FONT, lock, trailer=b"/Encrypt 6 0 R /ID [<00> <00>]")


def scanned(size: int) -> bytes:
    """A page that is a picture, so many points wide."""
    page = PAGE.replace(b"/Font << /F1 5 0 R >>", b"/XObject << /I 6 0 R >>")
    picture = packed(
        b"\xff" * size * size,
        extra=b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
        % (size, size),
    )
    return pdf(CATALOG, PAGES, page, stream(b"q 612 0 0 792 0 0 cm /I Do Q"), FONT, picture)


PDF: Mapping[str, tuple[Maker, int]] = {
    "cut-short": (cut_short, 55),
    "header-only": (header_only, 1000),
    "tree-cycle": (tree_cycle, 50),
    "tree-chain": (tree_chain, 3000),
    "count-lie": (count_lie, 1_000_000),
    "many-pages": (many_pages, 300_000),
    "huge-page": (huge_page, 12),
    "table-loop": (table_loop, 0),
    "table-astray": (table_loop, 7),
    "many-objects": (many_objects, 50_000),
    "flate-bomb": (flate_bomb, 20),
    "flood": (flood, 20_000),
    "form-bomb": (form_bomb, 3),
    "form-loop": (form_loop, 1),
    "deep-array": (deep_array, 100_000),
    "deep-contents": (deep_contents, 100_000),
    "reference-loop": (reference_loop, 100),
    "map-loop": (map_loop, 200),
    "long-token": (long_token, 5_000_000),
    "encrypted": (encrypted, 32),
    "scanned": (scanned, 400),
}
"""PDFs by their trick, with a size that is quick."""

HANGING = "a page of pdfium that takes minutes", form_bomb, 12
"""What the trick is, its maker, and a size at which one page takes far longer than anybody waits."""


# --- DOCX -----------------------------------------------------------------------------------------------------------

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>'
)
RELATION = '<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
ROOT = RELATIONS.format(RELATION.format(id="r1", kind="officeDocument") + ' Target="word/document.xml"/>')
DECIDES = "<w:p><w:r><w:t>1. Decides to wait.</w:t></w:r></w:p>"


def docx(body: str, *, before: str = "", parts: Mapping[str, bytes] | None = None) -> bytes:
    """A DOCX file of a ``body`` in WordprocessingML; ``before`` stands before its root, ``parts`` are added."""
    document = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        written = {
            "[Content_Types].xml": TYPES.encode(),
            "_rels/.rels": ROOT.encode(),
            "word/document.xml": document.encode(),
            **(parts or {}),
        }
        for name, content in written.items():
            archive.writestr(name, content)
    return out.getvalue()


def zip_bomb(size: int) -> bytes:
    """A part of so many megabytes of zeros."""
    return docx(DECIDES, parts={"word/media/image1.png": b"\0" * (size << 20)})


def lying_bomb(size: int) -> bytes:
    """The same, with a table of contents that says ten bytes."""
    bomb = bytearray(zip_bomb(size))
    declared = (size << 20).to_bytes(4, "little")
    while (place := bomb.find(declared)) >= 0:
        bomb[place : place + 4] = (10).to_bytes(4, "little")
    return bytes(bomb)


def many_parts(size: int) -> bytes:
    """So many parts of nothing."""
    return docx(DECIDES, parts={f"word/media/{n}": b"" for n in range(size)})


def empty_paragraphs(size: int) -> bytes:
    """So many paragraphs without words."""
    return docx("<w:p/>" * size + DECIDES)


def entities(size: int) -> bytes:
    """Entities that each name the one before ten times, so many levels deep."""
    lines = ['<!ENTITY e0 "ha">'] + [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, size)]
    kind = f"<!DOCTYPE w:document [{''.join(lines)}]>"
    return docx(f"<w:p><w:r><w:t>1. Decides &e{size - 1};</w:t></w:r></w:p>", before=kind)


def foreign_entity(size: int) -> bytes:
    """So many entities that stand for a file of the machine that reads."""
    kind = "".join(f'<!ENTITY f{n} SYSTEM "file:///etc/passwd">' for n in range(size))
    body = "".join(f"<w:p><w:r><w:t>&f{n};</w:t></w:r></w:p>" for n in range(size))
    return docx(DECIDES + body, before=f"<!DOCTYPE w:document [{kind}]>")


def foreign_relations(size: int) -> bytes:
    """So many relations to addresses elsewhere, footnotes and numbering among them."""
    kinds = ["footnotes", "numbering", "attachedTemplate", "image"]
    lines = "".join(
        RELATION.format(id=f"r{n}", kind=kinds[n % 4]) + ' TargetMode="External" Target="http://127.0.0.1:9/x"/>'
        for n in range(size)
    )
    return docx(DECIDES, parts={"word/_rels/document.xml.rels": RELATIONS.format(lines).encode()})


def relation_loop(size: int) -> bytes:
    """A document whose parts, so many, relate to one another and to the document."""
    more: dict[str, bytes] = {}
    for n in range(size):
        more[f"word/p{n}.xml"] = b"<x/>"
        target = f"p{n + 1}.xml" if n + 1 < size else "document.xml"
        line = RELATION.format(id="r1", kind="customXml") + f' Target="{target}"/>'
        more[f"word/_rels/p{n}.xml.rels"] = RELATIONS.format(line).encode()
    line = RELATION.format(id="r1", kind="customXml") + ' Target="p0.xml"/>'
    return docx(DECIDES, parts={"word/_rels/document.xml.rels": RELATIONS.format(line).encode(), **more})


def nested_tables(size: int) -> bytes:
    """A table within a table, so many deep, each with words of its own."""
    words = "<w:p><w:r><w:t>cell</w:t></w:r></w:p>"
    return docx(
        DECIDES + f"<w:tbl><w:tr><w:tc>{words}" * size + "</w:tc></w:tr></w:tbl>" * size + "<w:p/>",
    )


def huge_table(size: int) -> bytes:
    """A table of so many rows and ten columns."""
    return docx(
        DECIDES
        + "<w:tbl>"
        + f"<w:tr>{'<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>' * 10}</w:tr>" * size
        + "</w:tbl>"
    )


def deep_xml(size: int) -> bytes:
    """Elements so many deep."""
    return docx("<w:sdt>" * size + DECIDES + "</w:sdt>" * size)


def wild_numbers(size: int) -> bytes:
    """Automatic numbers with levels, starts and forms beyond sense: a form that repeats its number so many times."""
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{"9" * 60}"/><w:numFmt w:val="lowerRoman"/>'
        f'<w:lvlText w:val="{"%1" * size}"/></w:lvl>'
        for n in range(3)
    )
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    line = RELATION.format(id="r1", kind="numbering") + ' Target="numbering.xml"/>'
    listed = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:r><w:t>Decides to wait.</w:t></w:r></w:p>"
        for level in (0, 1, 2, 10**30, -1)
    )
    return docx(
        listed,
        parts={
            "word/numbering.xml": numbering.encode(),
            "word/_rels/document.xml.rels": RELATIONS.format(line).encode(),
        },
    )


def outside_names(size: int) -> bytes:
    """Parts whose names lead so many folders up and out of the archive."""
    return docx(DECIDES, parts={"../" * size + "etc/passwd": b"x", "/etc/shadow": b"x"})


def cut_docx(size: int) -> bytes:
    """A DOCX file that ends after so many per cent."""
    whole = docx(DECIDES)
    return whole[: len(whole) * size // 100]


DOCX: Mapping[str, tuple[Maker, int]] = {
    "zip-bomb": (zip_bomb, 60),
    "lying-bomb": (lying_bomb, 100),
    "many-parts": (many_parts, 6000),
    "empty-paragraphs": (empty_paragraphs, 100_000),
    "entities": (entities, 30),
    "foreign-entity": (foreign_entity, 3),
    "foreign-relations": (foreign_relations, 8),
    "relation-loop": (relation_loop, 50),
    "nested-tables": (nested_tables, 60),
    "huge-table": (huge_table, 2000),
    "deep-xml": (deep_xml, 5000),
    "wild-numbers": (wild_numbers, 20_000),
    "outside-names": (outside_names, 5),
    "cut-docx": (cut_docx, 60),
}
"""DOCX files by their trick, with a size that is quick."""


# --- HTML -----------------------------------------------------------------------------------------------------------


def page(body: str, *, before: str = "<!DOCTYPE html>") -> bytes:
    """An HTML page of ``body``."""
    return f"{before}<html><body>{body}</body></html>".encode()


HTML: Mapping[str, tuple[Maker, int]] = {
    "deep": (lambda size: page("<div>" * size + "1. Decides." + "</div>" * size), 20_000),
    "unclosed": (lambda size: page("<p><b><i><table><td>1. Decides." * size), 3_000),
    "huge-attribute": (lambda size: page(f'<p class="{"a" * size}">1. Decides.</p>'), 9_000_000),
    "many-attributes": (lambda size: page("<p " + " ".join(f"a{n}=1" for n in range(size)) + ">1. Decides."), 10_000),
    "entities": (
        lambda size: page(
            "<p>1. &e9;</p>",
            before="<!DOCTYPE html ["
            + '<!ENTITY e0 "ha">'
            + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * size}">' for n in range(1, 10))
            + "]>",
        ),
        10,
    ),
    "foreign-entity": (
        lambda size: page("<p>1. &f;</p>" * size, before='<!DOCTYPE html [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
        3,
    ),
    "many-lists": (lambda size: page("<ol start=99999><li>1. Decides" * size), 200),
    "wild-start": (lambda size: page(f"<ol start='{'9' * size}'><li>1. Decides.</ol>"), 5000),
    "references": (lambda size: page("<p>1. " + "&#x110000;&#0;&#xd800;&bogus;" * size), 10_000),
    "comments": (lambda size: page("<!--" * size + "1. Decides."), 100_000),
    "one-tag": (lambda size: b"<html><" + b"a" * size, 1_000_000),
}
"""HTML pages by their trick, with a size that is quick."""


# --- text -----------------------------------------------------------------------------------------------------------

HEAD = "The General Assembly,\n\n"
TEXT: Mapping[str, tuple[Maker, int]] = {
    "one-line": (lambda size: (HEAD + "1. Decides " + "to wait and " * size).encode(), 50_000),
    "brackets": (lambda size: (HEAD + "1. Decides " + "((a) (i) " * size).encode(), 20_000),
    "form-feeds": (lambda size: (HEAD + "1. Decides to wait.\f\n" * size).encode(), 20_000),
    "numbers": (lambda size: (HEAD + "".join(f"{n}. Decides.\n" for n in range(1, size))).encode(), 5_000),
    "sessions": (
        lambda size: (HEAD + "1. Requests the Council at its " + "seventy-third session " * size).encode(),
        3_000,
    ),
    "marks": (lambda size: (HEAD + "1. Decides\u200f\u00ad\u0301 to wait " * size).encode(), 10_000),
    "footnotes": (lambda size: (HEAD + "1. Decides¹ to wait.\n\n_____\n" + "¹ See A/1.\n" * size).encode(), 5_000),
    "nul": (lambda size: (HEAD + "1. Decides \0 to wait." * size).encode(), 1),
    "not-utf-8": (lambda size: HEAD.encode() + b"1. D\xe9cides \xff" * size, 1),
    "formulas": (lambda size: (HEAD * size).encode(), 5_000),
}
"""Texts by their trick, with a size that is quick."""
