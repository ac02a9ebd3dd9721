"""The byte lint: a sound calendar passes, and each rule sees its own fault on its own line."""

import pytest

from app.feeds import lint
from app.feeds.lint import RULES

SOUND = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
METHOD:PUBLISH
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1@example
DTSTAMP:20180101T000000Z
DTSTART;VALUE=DATE:20180514
DTEND;VALUE=DATE:20180517
RRULE:FREQ=YEARLY;UNTIL=20300101
ORGANIZER:mailto:a@example
SUMMARY;X-NOTE="a:b;c",d:Conférence
END:VEVENT
BEGIN:VEVENT
UID:2@example
DTSTAMP:20180101T000000Z
DTSTART;TZID=Europe/Paris:20180514T100000
DTEND;TZID=Europe/Paris:20180514T110000
ORGANIZER:mailto:a@example
END:VEVENT
END:VCALENDAR
"""


def bytes_of(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def changed(old: str, new: str) -> bytes:
    assert SOUND.count(old) >= 1
    return bytes_of(SOUND.replace(old, new, 1))


def test_a_sound_calendar_passes() -> None:
    assert lint(bytes_of(SOUND)) == []


FAULTS: dict[str, tuple[bytes, list[tuple[int, str]]]] = {
    "byte order mark": (b"\xef\xbb\xbf" + bytes_of(SOUND), [(1, "bom")]),
    "latin-1": (bytes_of(SOUND).replace("é".encode(), b"\xe9"), [(21, "utf-8")]),
    "bare line feed": (bytes_of(SOUND).replace(b"VERSION:2.0\r\n", b"VERSION:2.0\n"), [(2, "crlf")]),
    "no last end": (bytes_of(SOUND)[:-2], [(30, "crlf")]),
    "long line": (changed("Conférence", "x" * 75), [(21, "length")]),
    "torn character": (
        bytes_of(SOUND).replace("é".encode(), b"\xc3\r\n \xa9"),
        [(22, "fold")],
    ),
    "control character": (changed("Conférence", "a\x07b"), [(21, "control")]),
    "empty line": (changed("METHOD:PUBLISH\n", "METHOD:PUBLISH\n\n"), [(5, "blank")]),
    "no colon": (changed("METHOD:PUBLISH\n", "METHOD:PUBLISH\nOUCH\n"), [(5, "line")]),
    "crossed ends": (
        changed("END:STANDARD\nEND:VTIMEZONE", "END:VTIMEZONE\nEND:STANDARD"),
        [(12, "nesting"), (13, "nesting")],
    ),
    "no end": (changed("END:VCALENDAR\n", ""), [(1, "nesting")]),
    "no version": (changed("VERSION:2.0\n", ""), [(1, "calendar")]),
    "two calendars": (bytes_of(SOUND) * 2, [(31, "calendar")]),
    "no uid": (changed("UID:1@example\n", ""), [(14, "uid")]),
    "same uid": (changed("UID:2@example", "UID:1@example"), [(24, "unique")]),
    "no stamp": (changed("DTSTAMP:20180101T000000Z\n", ""), [(14, "dtstamp")]),
    "local stamp": (changed("DTSTAMP:20180101T000000Z", "DTSTAMP:20180101T000000"), [(16, "dtstamp")]),
    "twice": (changed("UID:2@example", "UID:2@example\nURL:a:b\nURL:a:b"), [(23, "once")]),
    "no day": (changed("DTEND;VALUE=DATE:20180517", "DTEND;VALUE=DATE:20180532"), [(18, "date")]),
    "day without its type": (changed("DTEND;VALUE=DATE:20180517", "DTEND:20180517"), [(18, "date")]),
    "end before start": (changed("DTEND;VALUE=DATE:20180517", "DTEND;VALUE=DATE:20180514"), [(18, "dtend")]),
    "end of another type": (changed("DTEND;VALUE=DATE:20180517", "DTEND:20180517T000000Z"), [(18, "dtend")]),
    "end and duration": (changed("SUMMARY;X", "DURATION:P1D\nSUMMARY;X"), [(21, "dtend")]),
    "until of another type": (changed("UNTIL=20300101", "UNTIL=20300101T000000Z"), [(19, "until")]),
    "no frequency": (changed("FREQ=YEARLY;UNTIL", "UNTIL"), [(19, "rrule")]),
    "until and count": (changed("UNTIL=20300101", "UNTIL=20300101;COUNT=3"), [(19, "rrule")]),
    "unknown zone": (changed("DTEND;TZID=Europe/Paris", "DTEND;TZID=Europe/Rome"), [(27, "tzid")]),
    "unused zone": (
        bytes_of(SOUND.replace(";TZID=Europe/Paris:20180514T100000", ":20180514T100000Z").replace(
            ";TZID=Europe/Paris:20180514T110000", ":20180514T110000Z")),
        [(6, "tzid")],
    ),
    "dates in a zone": (
        changed("RRULE:FREQ=YEARLY;BYDAY", "RDATE:19971026T030000\nRRULE:FREQ=YEARLY;BYDAY"),
        [(11, "timezone")],
    ),
    "no organizer": (changed("ORGANIZER:mailto:a@example\n", ""), [(14, "organizer")]),
    "large": (
        changed("ORGANIZER", "COMMENT:x\n" * 100_000 + "ORGANIZER"),
        [(1, "size")],
    ),
    "empty calendar": (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n",
        [(1, "empty")],
    ),
    "a page of HTML": (b"<!doctype html>\r\n", [(1, "calendar"), (1, "line")]),
    "nothing": (b"", [(1, "calendar")]),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_on_its_line(name: str) -> None:
    data, expected = FAULTS[name]
    assert [(finding.line, finding.rule) for finding in lint(data)] == expected


def test_every_rule_has_a_fault_that_shows_it() -> None:
    shown = {rule for _, expected in FAULTS.values() for _, rule in expected}
    assert set(RULES) - shown == {"dtstart"}


def test_an_event_without_a_start_needs_a_method() -> None:
    without = SOUND.replace("METHOD:PUBLISH\n", "").replace("DTSTART;VALUE=DATE:20180514\n", "")
    assert [(finding.line, finding.rule) for finding in lint(bytes_of(without))] == [(13, "dtstart")]


@pytest.mark.parametrize("data", [b"\xff" * 1000, b":" * 1000, b"BEGIN:A\r\n" * 1000, b";=" * 5000, b'A;B="' * 2000])
def test_noise_is_answered_with_findings(data: bytes) -> None:
    assert lint(data) != []
