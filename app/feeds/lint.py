"""A lint of calendar files by their bytes: what parsers forgive in different ways and calendar programs punish.

No single validator sees unfolded lines, bare line feeds and doubled UIDs; this one reads the bytes themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What is wrong: the line of the file (from 1), the name of the rule, what was found."""

    line: int
    rule: str
    what: str

    def __str__(self) -> str:
        return f"{self.line}: {self.rule}: {self.what}"


RULES: Final[dict[str, str]] = {
    "bom": "no byte order mark: Home Assistant's parser refuses the file",
    "utf-8": "the file is UTF-8 (RFC 5545, 6 and 3.1.4)",
    "crlf": "lines end with CR LF (3.1)",
    "length": "a line has at most 75 octets without its end (3.1)",
    "fold": "a fold leaves UTF-8 characters whole: Google drops a file for one that does not",
    "control": "no control characters in values (3.1)",
    "blank": "no empty lines",
    "line": "a line is name, parameters, colon, value (3.1)",
    "nesting": "every BEGIN has its END (3.6)",
    "calendar": "one VCALENDAR, from the first line to the last, with VERSION:2.0 and one PRODID (3.6)",
    "empty": "a calendar holds a component: an empty one erases what Thunderbird had",
    "uid": "UID is there once and not empty (3.8.4.7)",
    "unique": "UID with RECURRENCE-ID is unique: programs disagree on which of two wins",
    "dtstamp": "DTSTAMP is there once, in UTC (3.8.7.2)",
    "once": "properties that may occur once do (3.6.1)",
    "dtstart": "an event has a DTSTART where the calendar has a METHOD or not (3.6.1)",
    "date": "a date or time is one (3.3.4, 3.3.5)",
    "dtend": "DTEND is after DTSTART and of its type; none beside DURATION (3.8.2.2)",
    "until": "UNTIL has the type of DTSTART (3.3.10)",
    "rrule": "an RRULE has a FREQ that there is, and not both UNTIL and COUNT (3.3.10)",
    "tzid": "every TZID has its VTIMEZONE and every VTIMEZONE its use (3.2.19)",
    "timezone": "a VTIMEZONE has RRULEs, no lists of RDATE: Outlook misreads them",
    "organizer": "METHOD:PUBLISH obliges an ORGANIZER in each event (RFC 5546, 3.2.1)",
    "size": "at most about 1 MB: Google reads no more",
}
"""The rules by name, with their reasons; numbers are sections of RFC 5545."""

_NAME: Final = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER: Final = re.compile(r";([A-Za-z0-9-]+)=(\"[^\"]*\"|[^\":;]*)(?=[;:,])")
_MORE: Final = re.compile(r",(\"[^\"]*\"|[^\":;]*)(?=[;:,])")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_DATE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_TIME: Final = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)\Z")
_FREQUENCIES: Final = frozenset({"SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_ONCE: Final = frozenset(
    (
        *("CLASS", "CREATED", "DESCRIPTION", "DTSTART", "GEO", "LAST-MODIFIED", "LOCATION", "ORGANIZER", "PRIORITY"),
        *("SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "URL", "RECURRENCE-ID", "DTEND", "DUE", "DURATION", "RRULE"),
    )
)
_WITH_UID: Final = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"})
_MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class _Property:
    line: int
    name: str
    parameters: tuple[tuple[str, str], ...]
    value: str

    def parameter(self, name: str) -> str | None:
        return next((value for key, value in self.parameters if key == name), None)


@dataclass(slots=True)
class _Component:
    line: int
    name: str
    properties: list[_Property] = field(default_factory=list)
    parts: list[_Component] = field(default_factory=list)

    def all(self, name: str) -> list[_Property]:
        return [item for item in self.properties if item.name == name]

    def first(self, name: str) -> _Property | None:
        return next((item for item in self.properties if item.name == name), None)

    def walk(self) -> Iterator[_Component]:
        waiting = [self]
        while waiting:
            component = waiting.pop()
            yield component
            waiting.extend(reversed(component.parts))


def lint(data: bytes) -> list[Finding]:
    """Return everything that is wrong with a calendar file, in the order of its lines.

    A valid file has no findings.

    >>> lint(b"BEGIN:VCALENDAR\\r\\n")[2].what
    'no component'
    """
    findings: list[Finding] = []
    lines = list(_unfolded(data, findings))
    roots = _tree(lines, findings)
    _check_roots(roots, lines, findings)
    for root in roots:
        _check_calendar(root, findings)
    if len(data) > _MOST:
        findings.append(Finding(1, "size", f"{len(data):,} bytes"))
    return sorted(findings)


# --- lines ----------------------------------------------------------------------------------------------------------


def _unfolded(data: bytes, findings: list[Finding]) -> Iterator[tuple[int, str]]:
    """Yield the content lines, each with the number of the line on which it begins."""
    if data.startswith(b"\xef\xbb\xbf"):
        findings.append(Finding(1, "bom", "the file begins with a byte order mark"))
        data = data[3:]
    physical = data.split(b"\n")
    if physical[-1] == b"":
        physical.pop()
    else:
        findings.append(Finding(len(physical), "crlf", "the last line has no end"))
    whole: bytearray = bytearray()
    began = 0
    for number, raw in enumerate(physical, 1):
        last = number == len(physical) and not data.endswith(b"\n")
        if raw.endswith(b"\r"):
            raw = raw[:-1]  # noqa: PLW2901  # the line without its end is what every rule below looks at
        elif not last:
            findings.append(Finding(number, "crlf", "the line ends with LF alone"))
        if len(raw) > 75:
            findings.append(Finding(number, "length", f"{len(raw)} octets"))
        if raw[:1] in (b" ", b"\t") and began:
            if raw[1:2] and 0x80 <= raw[1] <= 0xBF:
                findings.append(Finding(number, "fold", "the fold stands inside a character"))
            whole += raw[1:]
            continue
        if began:
            yield began, _decoded(began, bytes(whole), findings)
        if not raw:
            findings.append(Finding(number, "blank", "an empty line"))
            began = 0
            continue
        began, whole = number, bytearray(raw)
    if began:
        yield began, _decoded(began, bytes(whole), findings)


def _decoded(number: int, raw: bytes, findings: list[Finding]) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        findings.append(Finding(number, "utf-8", f"no UTF-8 at octet {error.start} of the line"))
        text = raw.decode("utf-8", "replace")
    if match := _CONTROL.search(text):
        findings.append(Finding(number, "control", f"U+{ord(match[0]):04X}"))
    return text


def _split(number: int, text: str) -> _Property | None:
    """Return a content line as a property, or None where it cannot be split."""
    name = _NAME.match(text)
    if not name:
        return None
    parameters: list[tuple[str, str]] = []
    place = name.end()
    while match := _PARAMETER.match(text, place):
        parameters.append((match[1].upper(), match[2].strip('"')))
        place = match.end()
        while more := _MORE.match(text, place):
            place = more.end()
    if text[place : place + 1] != ":":
        return None
    return _Property(number, name[0].upper(), tuple(parameters), text[place + 1 :])


def _tree(lines: Iterable[tuple[int, str]], findings: list[Finding]) -> list[_Component]:
    roots: list[_Component] = []
    stack: list[_Component] = []
    for number, text in lines:
        item = _split(number, text)
        if item is None:
            findings.append(Finding(number, "line", f"{text[:40]!r} has no name and value"))
            continue
        name, value = item.name, item.value
        if name == "BEGIN":
            component = _Component(number, value.strip().upper())
            (stack[-1].parts if stack else roots).append(component)
            stack.append(component)
        elif name == "END":
            if not stack or stack[-1].name != value.strip().upper():
                expected = f"END:{stack[-1].name}" if stack else "no END"
                findings.append(Finding(number, "nesting", f"END:{value.strip()[:40]} where {expected} belongs"))
            if stack:
                stack.pop()
        elif stack:
            stack[-1].properties.append(item)
        else:
            findings.append(Finding(number, "calendar", f"{name} stands outside a calendar"))
    findings.extend(Finding(component.line, "nesting", f"{component.name} has no END") for component in stack)
    return roots


# --- rules ----------------------------------------------------------------------------------------------------------


def _check_roots(roots: list[_Component], lines: list[tuple[int, str]], findings: list[Finding]) -> None:
    if not roots or not lines:
        findings.append(Finding(1, "calendar", "no calendar"))
    findings.extend(
        Finding(root.line, "calendar", "a second calendar" if root.name == "VCALENDAR" else f"{root.name} outside one")
        for place, root in enumerate(roots)
        if place or root.name != "VCALENDAR"
    )


def _check_calendar(calendar: _Component, findings: list[Finding]) -> None:
    version = calendar.all("VERSION")
    if [item.value for item in version] != ["2.0"]:
        findings.append(Finding(calendar.line, "calendar", "not one VERSION:2.0"))
    if len(calendar.all("PRODID")) != 1:
        findings.append(Finding(calendar.line, "calendar", f"{len(calendar.all('PRODID'))} PRODID"))
    if not calendar.parts:
        findings.append(Finding(calendar.line, "empty", "no component"))
    method = calendar.first("METHOD")
    seen: dict[tuple[str, str, str], int] = {}
    for component in calendar.walk():
        if component.name not in _WITH_UID:
            continue
        _check_identity(component, seen, findings)
        _check_times(component, findings, method=method is not None)
        if method and method.value.upper() == "PUBLISH" and not component.first("ORGANIZER"):
            findings.append(Finding(component.line, "organizer", "no ORGANIZER"))
    _check_zones(calendar, findings)


def _check_identity(component: _Component, seen: dict[tuple[str, str, str], int], findings: list[Finding]) -> None:
    uids = component.all("UID")
    if len(uids) != 1 or not uids[0].value.strip():
        findings.append(Finding(component.line, "uid", f"{len(uids)} UID in {component.name}"))
    else:
        instance = component.first("RECURRENCE-ID")
        key = (component.name, uids[0].value, instance.value if instance else "")
        if key in seen:
            findings.append(Finding(uids[0].line, "unique", f"{uids[0].value[:80]} stands on line {seen[key]} too"))
        seen.setdefault(key, uids[0].line)
    stamps = component.all("DTSTAMP")
    if len(stamps) != 1:
        findings.append(Finding(component.line, "dtstamp", f"{len(stamps)} DTSTAMP in {component.name}"))
    elif not stamps[0].value.endswith("Z"):
        findings.append(Finding(stamps[0].line, "dtstamp", f"{stamps[0].value[:40]} is not in UTC"))
    counts = Counter(item.name for item in component.properties if item.name in _ONCE)
    findings.extend(
        Finding(component.line, "once", f"{count} {name}") for name, count in sorted(counts.items()) if count > 1
    )


def _moment(item: _Property, findings: list[Finding]) -> date | datetime | None:
    """Return the value of a property as a day or a time, its zone set aside.

    Returns None, with a finding, where it is neither.
    """
    day, moment = _DATE.match(item.value), _TIME.match(item.value)
    is_day = item.parameter("VALUE") == "DATE"
    try:
        if is_day and day:
            return date(*map(int, day.groups()))
        if not is_day and moment:
            return datetime(*map(int, moment.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001  # six numbers; zones are put aside
    except ValueError:
        pass
    findings.append(Finding(item.line, "date", f"{item.name} {item.value[:40]!r} is no {'day' if is_day else 'time'}"))
    return None


def _check_times(component: _Component, findings: list[Finding], *, method: bool) -> None:
    start_at, end_at = component.first("DTSTART"), component.first("DTEND") or component.first("DUE")
    for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED", "RECURRENCE-ID"):
        if (item := component.first(name)) and item.parameter("VALUE") is None:
            _moment(item, findings)
    if component.name == "VEVENT" and start_at is None and not method:
        findings.append(Finding(component.line, "dtstart", "no DTSTART"))
    start = _moment(start_at, findings) if start_at else None
    end = _moment(end_at, findings) if end_at else None
    if start_at and end_at and start is not None and end is not None:
        if type(start) is not type(end):
            findings.append(Finding(end_at.line, "dtend", f"{end_at.name} is of another type than DTSTART"))
        elif start_at.parameter("TZID") == end_at.parameter("TZID") and end <= start:
            findings.append(Finding(end_at.line, "dtend", f"{end_at.value} is not after {start_at.value}"))
    if end_at and (duration := component.first("DURATION")):
        findings.append(Finding(duration.line, "dtend", f"DURATION beside {end_at.name}"))
    for rule in component.all("RRULE"):
        _check_rule(rule, start, findings)


def _check_rule(rule: _Property, start: date | datetime | None, findings: list[Finding]) -> None:
    parts = dict(part.split("=", 1) for part in rule.value.upper().split(";") if "=" in part)
    if parts.get("FREQ") not in _FREQUENCIES:
        findings.append(Finding(rule.line, "rrule", f"FREQ {parts.get('FREQ', 'missing')}"))
    if "UNTIL" in parts and "COUNT" in parts:
        findings.append(Finding(rule.line, "rrule", "both UNTIL and COUNT"))
    if "UNTIL" in parts and start is not None and bool(_DATE.match(parts["UNTIL"])) is isinstance(start, datetime):
        findings.append(Finding(rule.line, "until", f"UNTIL {parts['UNTIL']} is of another type than DTSTART"))


def _check_zones(calendar: _Component, findings: list[Finding]) -> None:
    zones: dict[str, int] = {}
    used: dict[str, int] = {}
    for component in calendar.walk():
        for item in component.properties:
            if component.name == "VTIMEZONE" and item.name == "TZID":
                if item.value in zones:
                    findings.append(Finding(item.line, "tzid", f"a second VTIMEZONE {item.value}"))
                zones[item.value] = item.line
            elif zone := item.parameter("TZID"):
                used.setdefault(zone, item.line)
        if component.name in ("STANDARD", "DAYLIGHT") and (listed := component.first("RDATE")):
            findings.append(Finding(listed.line, "timezone", "RDATE in a VTIMEZONE"))
    findings.extend(Finding(line, "tzid", f"no VTIMEZONE {zone}") for zone, line in used.items() if zone not in zones)
    findings.extend(Finding(line, "tzid", f"nothing uses {zone}") for zone, line in zones.items() if zone not in used)
