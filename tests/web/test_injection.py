"""Hostile words in every field of the model, and what comes out of feeds and pages parsed back."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from dataclasses import replace

import httpx
import icalendar
import pytest
from lxml import etree
from lxml import html as lxml_html

from app.documents import parse_symbol
from app.feeds import FORMATS, lint
from app.model import Kind, Schedule, Span, Unread
from app.settings import Settings
from app.store import Store
from app.web.app import create_app
from tests.web.standing import BASE, CONFERENCE, ORGANIZATIONAL, PLENARY, REPORT, RESOLUTION, UNDATED, load

HOSTILE = {
    "crlf": "words\r\nX-EVIL:1\r\nBEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT\r\n",
    "lf": "words\nX-EVIL:1\nEND:VCALENDAR\n",
    "cr": "words\rX-EVIL:1",
    "separators": "words\x0bX-EVIL:1\x0cX-EVIL:1\u2028X-EVIL:1\u2029X-EVIL:1\x85X-EVIL:1",
    "controls": "words\x00\x01\x07\x1b[31m\x7f",
    "script": "<script>evil()</script>",
    "attribute": "\"'><img src=x onerror=evil()>",
    "title end": "</title></p></summary><script>evil()</script><evil>",
    "cdata": "]]><evil/><![CDATA[",
    "entity": "&evil; &#60;script&#62;evil()&#60;/script&#62; &amp;lt;",
    "template": "{{ 7 * 7 }}{% raw %}${7*7}%(evil)s{evil}",
    "escapes": 'a\\nb\\,c;d:e,"f"\\',
    "overrides": "\u202eevil\u202c\u2066\ufeff\u200b",
    "link": "javascript:evil()",
    "equals": '=HYPERLINK("http://evil.example")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "tab": "\t=1+1",
    "spaced": " \r\n =1+1",
    "wide": "＝1+1 ＠x",
    "override": "report\u202efdp.exe\u202c \u2067reversed \u2068kept\u2069 \u2066unclosed",
    "surrogates": "𝕏 😀 \U0010ffff",
    "long": "long words " * 300,
}
EVENTS = (CONFERENCE, ORGANIZATIONAL, UNDATED, PLENARY, REPORT)


def poisoned(number: int, words: str) -> Schedule:
    """An instrument of its own that has ``words`` wherever its model takes words."""
    symbol = parse_symbol(f"A/RES/72/{300 + number}")
    said = dict.fromkeys(("en", "zh", "ar"), words)
    events = tuple(
        replace(
            event,
            uid=event.uid.replace("A-RES-72-251", symbol.slug),
            instrument=symbol.text,
            title=said if event is PLENARY else {},
            subject=said,
            quote=said,
            place=words,
            action=words,
            note=words,
            arithmetic=words,
            section=words,
            bearer=words,
            addressees=(words,),
            letters=(words,),
            alternatives=(words,),
            force=words,
            rule=words,
            proof=(),
        )
        for event in EVENTS
    )
    unread = {"en": (Unread(None, Span(0, 1), words, words, words),)}
    return replace(
        RESOLUTION, symbol=symbol, title=said, evidence=(words,), family=words[:150], unread=unread, events=events
    )


Answers = dict[tuple[str, str], httpx.Response]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """For each hostile string, what every feed and page answers that has it."""
    folder = tmp_path_factory.mktemp("injection")
    url = f"sqlite:///{folder}/plenary.sqlite"
    store = Store(url)
    store.migrate()
    load(store, [poisoned(number, words) for number, words in enumerate(HOSTILE.values())], "hostile")
    settings = Settings(base_url=BASE, schedules=folder, database_url=url)
    found: Answers = {}

    async def visit() -> None:
        transport = httpx.ASGITransport(create_app(settings, store))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            for number, name in enumerate(HOSTILE):
                slug = f"A-RES-72-{300 + number}"
                paths = [f"/feeds/resolution/{slug}.{extension}" for extension in FORMATS]
                paths += [f"/resolutions/{slug}", f"/events/{slug}.5.meeting.1", f"/api/v1/resolutions/{slug}"]
                for path in paths:
                    found[name, path] = await client.get(path, headers={"accept": "text/html"})
            for path in ("/", "/resolutions", "/calendar?from=2018", "/changes", "/feeds/all.ics", "/feeds/all.csv"):
                found["all", path] = await client.get(path, headers={"accept": "text/html"})

    asyncio.run(visit())
    store.close()
    return found


@pytest.mark.parametrize("name", [*HOSTILE, "all"])
def test_nothing_that_is_said_becomes_something_that_is_done(name: str, answers: Answers) -> None:
    kinds = set()
    for (words, path), answer in answers.items():
        if words != name:
            continue
        assert answer.status_code == 200, path
        heads = " ".join(f"{key}: {value}" for key, value in answer.headers.items())
        assert "evil" not in heads.lower(), path
        kind = path.rpartition(".")[2] if path.startswith("/feeds/") else "json" if "/api/" in path else "page"
        _CHECKS[kind](answer.content, path)
        kinds.add(kind)
    assert kinds >= ({"ics", "csv", "page"} if name == "all" else set(_CHECKS))


def check_ics(data: bytes, where: str) -> None:
    assert lint(data) == [], where
    calendar = icalendar.Calendar.from_ical(data)
    known = {event.uid.partition(".")[2] for event in EVENTS}
    assert {str(item["UID"]).partition(".")[2] for item in calendar.walk("VEVENT")} <= known, where
    for component in calendar.walk():
        assert not {"X-EVIL", "ATTACH"} & {str(key).upper() for key in component}, where
    assert not any(byte < 32 and byte not in (9, 10, 13) for byte in data), where


def check_json(data: bytes, where: str) -> None:
    json.loads(data)
    assert not any(byte < 32 and byte != 10 for byte in data), where


def check_atom(data: bytes, where: str) -> None:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    names = {etree.QName(element).localname for element in root.iter() if isinstance(element.tag, str)}
    assert not names & {"script", "evil", "img"}, where
    for element in root.iter("{*}content", "{*}summary"):
        if element.get("type") == "html" and element.text:
            check_page(element.text.encode(), where)


def check_csv(data: bytes, where: str) -> None:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1, where
    # Obligations without a date go into no feed.
    dated = sum(event.kind is not Kind.OBLIGATION for event in EVENTS)
    assert len(rows) == (len(HOSTILE) if where == "/feeds/all.csv" else 1) * dated + 1, where
    for row in rows:
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@")), f"{where}: {cell[:40]!r}"
            assert not cell.startswith(("\t", "\r")), where


def check_page(data: bytes, where: str) -> None:
    root = lxml_html.fromstring(data)
    assert [item for item in root.iter("script") if item.get("src") is None] == [], where
    assert list(root.iter("evil", "img")) == [], where
    for element in root.iter():
        for key, value in element.attrib.items():
            assert not key.startswith("on"), where
            if key in {"href", "src", "action", "formaction"}:
                assert not value.strip().lower().startswith(("javascript:", "data:", "vbscript:")), where


_CHECKS = {
    "ics": check_ics,
    "jcal": check_json,
    "json": check_json,
    "atom": check_atom,
    "csv": check_csv,
    "page": check_page,
}


def test_output_has_no_direction_controls_of_a_document(answers: Answers) -> None:
    for (name, path), answer in answers.items():
        text = answer.text.replace("\r\n ", "")
        for sign in "\u2066\u2068\u2069":
            text = text.replace(f"\\u{ord(sign):04x}", sign)
        # Only closed isolates that do not reverse are left: they hide nothing.
        left = re.sub("[\u2066\u2068][^\u2066-\u2069]*\u2069", "", text)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]|\\\\u202e", left), (name, path)
