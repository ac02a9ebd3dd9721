"""Small documents written by the tests: PDF by hand, DOCX by python-docx and zipfile."""

from __future__ import annotations

import io
import zipfile

import docx


def pdf(pages: list[list[tuple[float, float, float, str]]], *, encrypted: bool = False) -> bytes:
    """A PDF; every page is a list of texts (x, y, size, words) in Helvetica."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for number, texts in enumerate(pages):
        shown = b"".join(
            b"BT /F1 %d Tf %d %d Td (%s) Tj ET\n"
            % (size, x, y, words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252"))
            for x, y, size, words in texts
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(shown), shown))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    if encrypted:
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /O <" + b"28" * 32 + b"> /U <" + b"29" * 32 + b"> /P -4 >>")
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    extra = b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects) if encrypted else b""
    out.write(b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, extra, start))
    return out.getvalue()


def resolution_pdf() -> bytes:
    """Our English resolution on two pages, with a footnote, raised marks and running heads."""
    first = [
        (72, 740, 10, "United Nations"),
        (450, 740, 10, "A/RES/91/17"),
        (72, 700, 12, "Resolution adopted by the General Assembly on 1 December 2036"),
        (72, 660, 12, "91/17. International Year of Lighthouses"),
        (100, 630, 10, "The General Assembly,"),
        (100, 605, 10, "Recalling its resolution 89/200 of 20 December 2034 on light and the Convention"),
        (72, 593, 10, "of 1972"),
        (109, 597, 6, "1"),
        (116, 593, 10, "on the wish of coastal States to keep"),
        (72, 140, 10, "_______________"),
        (76, 130, 5, "1"),
        (82, 128, 8, "See A/CONF.77/12, chap. I."),
        (72, 60, 8, "36-20417"),
        (500, 60, 8, "1/2"),
    ]
    second = [
        (72, 740, 10, "A/RES/91/17"),
        (250, 740, 10, "International Year of Lighthouses"),
        (72, 700, 10, "them lit until 2040,"),
        (100, 675, 10, "1. Decides to proclaim 2038 the International Year of Lighthouses and"),
        (72, 663, 10, "to celebrate it every year;"),
        (100, 640, 10, "2. Requests the Secretary-General to report to it at its ninety-third session."),
        (400, 600, 10, "48th plenary meeting"),
        (400, 588, 10, "1 December 2036"),
        (500, 60, 8, "2/2"),
    ]
    return pdf([first, second])


READ = [
    "Recalling its resolution 89/200 of 20 December 2034 on light and the Convention of 1972 on the wish of coastal"
    " States to keep them lit until 2040,",
    "Decides to proclaim 2038 the International Year of Lighthouses and to celebrate it every year;",
    "Requests the Secretary-General to report to it at its ninety-third session.",
]
"""The preambular and operative paragraphs of the resolution, whichever paper it is on."""


CUT = READ[0].index(" on the wish")
"""Where the footnote's mark stands in the first of them."""


def resolution_docx() -> bytes:
    """The same as DOCX: the numbers typed, the mark raised, the last paragraph in a table."""
    document = docx.Document()
    for words in (
        "Resolution adopted by the General Assembly on 1 December 2036",
        "91/17.\tInternational Year of Lighthouses",
        "The General Assembly,",
    ):
        document.add_paragraph(words)
    paragraph = document.add_paragraph(READ[0][:CUT])
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(READ[0][CUT:])
    document.add_paragraph("1.\t" + READ[1])
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "2."
    table.cell(0, 1).text = READ[2]
    document.add_paragraph("48th plenary meeting\n1 December 2036")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rezip(source: bytes, parts: dict[str, bytes | None]) -> bytes:
    """``source``, a ZIP file, with some parts replaced or, where None, left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = parts.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in parts.items():
            if content is not None and name not in old.namelist():
                new.writestr(name, content)
    return out.getvalue()


HTML = f"""<!DOCTYPE html><html><head><title>A/RES/91/17</title><script>1. Decides nothing</script></head><body>
<nav>Home</nav><p>Resolution adopted by the General Assembly on 1&nbsp;December 2036</p>
<h1>91/17. International Year of Lighthouses</h1><p>The General Assembly,</p>
<p><i>Recalling</i>{READ[0][9:CUT]}<sup>1</sup>{READ[0][CUT:]}</p>
<ol><li>{READ[1]}</li><li><b>Requests</b>{READ[2][8:]}</li></ol>
<p>48th plenary meeting<br>1 December 2036</p></body></html>"""
