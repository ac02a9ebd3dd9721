"""Entry points for what strangers send: each takes any bytes, and may only end well or with an error of the tree."""

from __future__ import annotations

import io
import os
import resource
import signal
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

from app.almanac.recurrence import occurrences
from app.almanac.resolver import Context, resolve
from app.documents import parse_symbol
from app.documents.docx import read_docx
from app.documents.html import read_html
from app.documents.parser import read_text
from app.documents.pdf import read_pdf
from app.errors import Message, PlenaryError
from app.feeds import FORMATS, lint, parse
from app.i18n import negotiate, translate_message
from app.model import LANGUAGES
from app.schedule.yaml_format import read as read_schedule
from app.schedule.yaml_writer import write as write_schedule
from app.timex import tag
from app.web.server.http_headers import matches, preferred, takes_gzip, wants_page
from app.web.server.request_limits import reject_ambiguous_request
from app.web.server.request_log import id_of

ROOT: Final = Path(__file__).parents[2]
_DAY: Final = date(2018, 1, 1)
# A page of a PDF cannot be interrupted: its reader is a process of its own, and ended from outside.
_SECONDS, _MEMORY, _UNFORESEEN = 1.5, 1024 * 1024 * 1024, 9


def words(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def tagger(data: bytes) -> None:
    if data:
        language = LANGUAGES[data[0] % len(LANGUAGES)]
        text = words(data[1:])
        for found in tag(text, language):
            assert text[found.start : found.end] == found.text


def text(data: bytes) -> None:
    if data:
        language = LANGUAGES[data[0] % len(LANGUAGES)]
        resolution = read_text(words(data[1:]), language, symbol=parse_symbol("A/RES/72/251"))
        assert resolution.text == words(data[1:])


def html(data: bytes) -> None:
    read_html(b"<!DOCTYPE html><html>" + data)


def docx(data: bytes) -> None:
    read_docx(data if data[:2] == b"PK" else packed(data))


def packed(document: bytes) -> bytes:
    """A DOCX whose archive is as it should be, so that what is made up is read as its words."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in _parts().items():
            archive.writestr(name, document if name == "word/document.xml" else part)
    return out.getvalue()


@cache
def _parts() -> dict[str, bytes]:
    from tests.documents import hostile  # only who fuzzes needs it

    with zipfile.ZipFile(io.BytesIO(hostile.docx(""))) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def unpacked(data: bytes) -> bytes:
    """The words of a DOCX as they stand in its archive; empty where there are none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("word/document.xml") as part:
            return part.read(20_000)
    except (KeyError, OSError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError):
        return b""


def pdf(data: bytes) -> None:
    """In a process of its own, as the service has it, but forked: a new one for each would read fifteen a second.

    Whoever is killed in the middle of a document costs an error, there and here.
    """
    child = os.fork()
    if not child:
        code = _UNFORESEEN
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, _SECONDS)
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            read_pdf(data if data[:5] == b"%PDF-" else b"%PDF-1.7\n" + data, name="a.pdf", pages=20, seconds=_SECONDS)
            code = 0
        except (PlenaryError, MemoryError):
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) != _UNFORESEEN


def schedule(data: bytes) -> None:
    read = read_schedule(words(data), "a.yaml")
    # What was read is written so that it is read the same.
    written = write_schedule(read)
    assert write_schedule(read_schedule(written, "b.yaml")) == written


def choice(data: bytes) -> None:
    chosen = parse(parse_qsl(data.decode("latin-1"), keep_blank_values=True, errors="replace"))
    # What was chosen is said so that it is understood the same.
    assert parse(parse_qsl(chosen.query("en"), keep_blank_values=True)) == chosen


def calendar(data: bytes) -> None:
    lint(data)


def symbol(data: bytes) -> None:
    parsed = parse_symbol(words(data))
    assert set(parsed.slug) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.abcdefghijklmnopqrstuvwxyz_()"), parsed.slug


def recurrence(data: bytes) -> None:
    for number, _ in enumerate(occurrences(_DAY, words(data), _DAY, _DAY + timedelta(800))):
        assert number < 1000


def notation(data: bytes) -> None:
    resolve(words(data), Context(adopted=_DAY))


def headers(data: bytes) -> None:
    first, _, second = data.partition(b"\n")
    matches(first, b'"0123456789abcdef"')
    takes_gzip(first, second)
    preferred(first, tuple((name, format_.media_type) for name, format_ in FORMATS.items()))
    wants_page([(b"accept", first)])
    negotiate(first.decode("latin-1"))
    assert id_of(first).isprintable()
    pairs = [tuple(line.partition(b":")[::2]) for line in data.split(b"\r\n")]
    try:
        reject_ambiguous_request(pairs, "1.1")  # type: ignore[arg-type]  # pairs of bytes
    except ValueError:
        return


def sentences(data: bytes) -> None:
    for language in LANGUAGES:
        translate_message(Message(words(data[:2000])), language)


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "tagger": tagger,
    "text": text,
    "html": html,
    "docx": docx,
    "pdf": pdf,
    "schedule": schedule,
    "choice": choice,
    "calendar": calendar,
    "symbol": symbol,
    "recurrence": recurrence,
    "notation": notation,
    "headers": headers,
    "sentences": sentences,
}


def attempt(name: str, data: bytes) -> None:
    """Gives ``data`` to an entry point; an error of the tree is an answer, any other is a finding."""
    try:
        TARGETS[name](data)
    except PlenaryError as error:
        if "\n" in error.line():
            raise AssertionError("an error over several lines") from error


def shortened(calendar: bytes) -> Iterator[bytes]:
    """Each of the first events of a calendar as a calendar of its own."""
    head, *events = calendar.split(b"BEGIN:VEVENT\r\n")
    for event in events[:6]:
        yield head + b"BEGIN:VEVENT\r\n" + event.partition(b"END:VEVENT\r\n")[0] + b"END:VEVENT\r\nEND:VCALENDAR\r\n"


def seeds(name: str) -> Iterator[bytes]:
    """What an entry point is begun with: our own samples."""
    from tests.documents import hostile  # only who fuzzes needs them

    texts = [path.read_bytes() for path in sorted((ROOT / "tests/corpus").glob("*.txt"))]
    schedules = [path.read_bytes() for path in sorted((ROOT / "schedules").rglob("*.yaml"))]
    made: dict[str, list[bytes]] = {
        "tagger": [bytes([number % 6]) + line for number, text in enumerate(texts) for line in text.splitlines()[::9]],
        # Short ones, too: many more of them are tried.
        "text": [bytes([number % 6]) + text for number, text in enumerate(texts)]
        + [bytes([number % 6]) + text[at : at + 400] for number, text in enumerate(texts) for at in (0, 1200, 2400)],
        "html": [b"<p>1. <i>Decides</i> to meet on 1 May 2035;</p>", b"<ol start=3><li>Requests<sup>1</sup></ol>"]
        + [maker(3) for maker, _ in hostile.HTML.values()],
        "docx": (documents := [maker(2) for maker, _ in hostile.DOCX.values()])
        + [words for words in map(unpacked, documents) if words],
        "pdf": [hostile.plain_pdf()] + [maker(2) for maker, _ in hostile.PDF.values()],
        "schedule": schedules + [item[:900] for item in schedules],
        "choice": [
            b"kind=report,meeting&actor=secretary-general&lang=zh&from=2018&to=2019-05",
            b"q=water&windows=0&milestones=1&cancelled=1&alarm=P1D&as=todo",
        ],
        "calendar": (calendars := [path.read_bytes() for path in sorted((ROOT / "tests/feeds/golden").glob("*.ics"))])
        + [part for calendar in calendars for part in shortened(calendar)],
        "symbol": [b"A/RES/72/251", b"S/RES/2334 (2016)", b"A/DEC/72/553", b"E/RES/2017/4", b"A/HRC/RES/54/27"],
        "recurrence": [b"FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26", b"FREQ=MONTHLY;BYDAY=2TU;UNTIL=20190101;INTERVAL=2"],
        "notation": [b"2018-05-14/2018-05-16", b"GA73", b"R/--09-26", b"adoption+P60D", b"../2020-01-01", b"TBD"],
        "headers": [b'W/"abc", "def"\ngzip;q=0, *', b"Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked"],
        "sentences": [b"no event 'A-1'", b"cannot be read (x)", b"unknown language 'xx'"],
    }
    yield from made[name]
