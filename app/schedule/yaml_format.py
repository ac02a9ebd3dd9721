"""Reading of schedule files: one YAML file for each instrument, one block for each item.

A file holds facts of the instrument (``symbol``, ``adopted``, ``title`` …), its ``items``, what it does to items of
other instruments (``amendments``), what the engine reads that it does and nobody has confirmed yet
(``proposed_amendments``), and words that looked like time and could not be placed (``unread``). A file made from a text
that is not kept holds facts only: ``digests`` identify its texts, and its items have no words and no days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.documents import parse_symbol
from app.errors import SymbolError, message
from app.model import (
    DECIDED_STATUSES,
    LANGUAGES,
    Certainty,
    Check,
    DocumentWarning,
    Event,
    Kind,
    Milestone,
    Review,
    ReviewStatus,
    Schedule,
    Span,
    Status,
    Symbol,
    Unread,
    WarningCode,
)
from app.schedule.amendment_fields import read_amendment, read_proposal
from app.schedule.day_bounds import read_day, read_when
from app.schedule.event_fields import EVENT_FIELDS
from app.schedule.fields import confidence_of, strings_of, text_of, texts_of
from app.schedule.slot_fields import read_slots
from app.schedule.symbol_aliases import read_formerly
from app.yaml_document import Node

T = TypeVar("T")

_TOP: Final = (
    "symbol",
    "adopted",
    "body",
    "session",
    "meeting",
    "title",
    "title_derived",
    "check",
    "part_adopted",
    "warnings",
    "family",
    "sources",
    "digests",
    "evidence",
    "formerly",
    "items",
    "amendments",
    "proposed_amendments",
    "unread",
    "names",
)
_ITEM: Final = (*(field.name for field in EVENT_FIELDS), "review")
_NEEDED: Final = ("uid", "kind", "when")
_FACTS: Final = (*(field.name for field in EVENT_FIELDS if field.is_fact), "review")
"""The fields of an item of a file without text: what the almanac and the text give is not among them."""
_REVIEW: Final = ("status", "by", "on", "note", "was")
_MILESTONE: Final = ("name", "day", "certainty", "arithmetic")
_UNREAD: Final = ("paragraph", "span", "quote", "value", "reason")


# --- reading --------------------------------------------------------------------------------------------------------


def read(text: str, file: str) -> Schedule:
    """Return the schedule that ``text`` holds. Raises ScheduleError and SymbolError.

    ``file`` names the text in errors.

    >>> read("symbol: A/RES/72/251", "a.yaml").symbol.session
    72
    """
    root = Node.parse(text, file)
    top = root.mapping(_TOP, needed=("symbol",))
    try:
        symbol = parse_symbol(top["symbol"].text())
    except SymbolError as error:
        raise top["symbol"].fail(error.message, error.hint_message) from error
    adopted = read_day(top["adopted"]) if "adopted" in top else None
    parts = (
        {part: read_day(node) for part, node in top["part_adopted"].mapping().items()} if "part_adopted" in top else {}
    )
    digests = top["digests"].by_language(_digest, LANGUAGES) if "digests" in top else {}
    events, reviews = _read_items(top, symbol, adopted, parts)
    return Schedule(
        symbol=symbol,
        adopted=adopted,
        title=texts_of(top, "title"),
        title_derived=text_of(top, "title_derived") == "true",
        part_adopted=parts,
        warnings=tuple(_warning(node) for node in top["warnings"].items()) if "warnings" in top else (),
        body=text_of(top, "body") or None,
        session=top["session"].number() if "session" in top else None,
        meeting=top["meeting"].number() if "meeting" in top else None,
        sources=texts_of(top, "sources"),
        digests=digests,
        check=top["check"].one_of(Check) if "check" in top else None,
        evidence=strings_of(top, "evidence"),
        family=text_of(top, "family"),
        formerly=read_formerly(top["formerly"], symbol) if "formerly" in top else (),
        events=events,
        amendments=_read_decided(top, "amendments", symbol, adopted, read_amendment),
        proposals=_read_decided(top, "proposed_amendments", symbol, adopted, read_proposal),
        reviews=reviews,
        unread=_all_unread(top),
    )


def _read_items(
    top: Mapping[str, Node], symbol: Symbol, adopted: date | None, parts: Mapping[str, date]
) -> tuple[tuple[Event, ...], dict[str, Review]]:
    """Return the items of a file, and their reviews by UID. Raises ScheduleError."""
    events: dict[str, Event] = {}
    reviews: dict[str, Review] = {}
    for node in top["items"].items() if "items" in top else ():
        event, review = _event(node, symbol, adopted, parts, facts_only="digests" in top)
        if event.uid in events:
            raise node.fail(message("duplicate uid {uid}", uid=event.uid), message("give each item its own uid"))
        events[event.uid] = event
        if review:
            reviews[event.uid] = review
    return tuple(events.values()), reviews


def _read_decided(
    top: Mapping[str, Node],
    key: str,
    symbol: Symbol,
    adopted: date | None,
    read_block: Callable[[Node, Symbol, date], T],
) -> tuple[T, ...]:
    """Return the amendments or proposals of a file.

    Raises ScheduleError where the file has no day of adoption.
    """
    found = []
    for node in top[key].items() if key in top else ():
        if adopted is None:
            raise node.fail(message("the amendment has no decision date"), message("add `adopted:` to the file"))
        found.append(read_block(node, symbol, adopted))
    return tuple(found)


def _warning(node: Node) -> DocumentWarning:
    fields = node.mapping(("code", "detail"), needed=("code",))
    return DocumentWarning(fields["code"].one_of(WarningCode), text_of(fields, "detail"))


def _day(fields: Mapping[str, Node], key: str) -> date | None:
    return read_day(fields[key]) if key in fields else None


def _digest(node: Node) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", node.text()):
        raise node.fail(message("invalid digest"), message("write the SHA-256 of the text in 64 hexadecimal digits"))
    return node.text()


def _span(node: Node) -> Span:
    start, dash, end = node.text().partition("-")
    if not (dash and start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        raise node.fail(
            message("invalid span {text}", text=repr(node.text())),
            message("write it as 120-134 (start inclusive, end exclusive)"),
        )
    if int(start) >= int(end):
        raise node.fail(message("the span ends before it begins"))
    return Span(int(start), int(end))


def _event(
    node: Node, symbol: Symbol, adopted: date | None, parts: Mapping[str, date], *, facts_only: bool
) -> tuple[Event, Review | None]:
    """Return an item and its review.

    An item of a file of facts has no certainty until it is dated.
    """
    known, needed = (_FACTS, _NEEDED) if facts_only else (_ITEM, (*_NEEDED, "certainty"))
    fields = node.mapping(known, needed=needed)
    event = Event(
        uid=_uid(fields["uid"], symbol),
        kind=fields["kind"].one_of(Kind),
        when=read_when(fields["when"]),
        certainty=fields["certainty"].one_of(Certainty) if "certainty" in fields else Certainty.UNDATED,
        instrument=symbol.text,
        decided=parts.get(text_of(fields, "section"), adopted),
        paragraph=text_of(fields, "paragraph") or None,
        section=text_of(fields, "section"),
        letters=strings_of(fields, "letters"),
        status=_status(fields["status"]) if "status" in fields else Status.SCHEDULED,
        start=_day(fields, "start"),
        end=_day(fields, "end"),
        recurrence=text_of(fields, "recurrence") or None,
        timezone=text_of(fields, "timezone", "America/New_York"),
        hours=_hours(fields["hours"]) if "hours" in fields else "",
        place=text_of(fields, "place") or None,
        bearer=text_of(fields, "bearer") or None,
        addressees=strings_of(fields, "addressees"),
        force=text_of(fields, "force"),
        action=text_of(fields, "action"),
        subject=texts_of(fields, "subject"),
        title=texts_of(fields, "title"),
        slots=read_slots(fields["slots"]) if "slots" in fields else None,
        quote=texts_of(fields, "quote"),
        clause=texts_of(fields, "clause"),
        target=_flag(fields, "target"),
        budget=_flag(fields, "budget"),
        appeal=_flag(fields, "appeal"),
        span=fields["span"].by_language(_span, LANGUAGES) if "span" in fields else {},
        rule=text_of(fields, "rule"),
        arithmetic=text_of(fields, "arithmetic"),
        milestones=tuple(_milestone(item) for item in fields["milestones"].items()) if "milestones" in fields else (),
        alternatives=strings_of(fields, "alternatives"),
        confidence=confidence_of(fields),
        identity=strings_of(fields, "identity"),
        same_as=text_of(fields, "same_as") or None,
        note=text_of(fields, "note"),
    )
    _check_event(event, fields)
    return event, _review(fields["review"]) if "review" in fields else None


def _check_event(event: Event, fields: Mapping[str, Node]) -> None:
    """Raise ScheduleError for an unknown time zone, and for a start after the end."""
    if event.hours and not _zone(event.timezone):
        raise fields["hours"].fail(
            message("unknown time zone {zone}", zone=repr(event.timezone[:40])), message("write it as America/New_York")
        )
    if event.start and event.end and event.start > event.end:
        raise fields["start"].fail(
            message("the start {start} is after the end {end}", start=event.start, end=event.end)
        )


def _uid(node: Node, symbol: Symbol) -> str:
    uid = node.text()
    if not uid.startswith(f"{symbol.slug}."):
        raise node.fail(
            message("the uid {uid} does not belong to {symbol}", uid=repr(uid), symbol=symbol.text),
            message("begin it with {slug}.", slug=symbol.slug),
        )
    return uid


def _status(node: Node) -> Status:
    """Return a decided status.

    Raises ScheduleError for one that is computed from the day.
    """
    status = node.one_of(Status)
    if status not in DECIDED_STATUSES:
        raise node.fail(
            message("unexpected value {value}", value=repr(status.value)),
            message("use one of {known}", known=", ".join(DECIDED_STATUSES)),
        )
    return status


def _flag(fields: Mapping[str, Node], key: str) -> bool:
    """Return whether a field is ``true``; an absent one is not. Raises ScheduleError."""
    text = text_of(fields, key, "false")
    if text not in ("true", "false"):
        raise fields[key].fail(f"{text[:20]!r} is not true or false", "write true, or leave the field out")
    return text == "true"


_HOURS: Final = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)(?:/((?:[01]\d|2[0-3]):[0-5]\d))?")


def _zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def is_hours(text: str) -> bool:
    """Return whether ``text`` is a time of day, or two.

    >>> is_hours("10:00"), is_hours("10:00/13:00"), is_hours("24:00")
    (True, True, False)
    """
    return _HOURS.fullmatch(text) is not None


def _hours(node: Node) -> str:
    text = node.text()
    if not is_hours(text):
        raise node.fail(
            message("invalid times of day {text}", text=repr(text[:20])),
            message("write 10:00 or 10:00/13:00, in the item's timezone"),
        )
    return text


def _milestone(node: Node) -> Milestone:
    fields = node.mapping(_MILESTONE, needed=("name", "day", "certainty"))
    return Milestone(
        name=fields["name"].text(),
        day=fields["day"].day(),
        certainty=fields["certainty"].one_of(Certainty),
        arithmetic=text_of(fields, "arithmetic"),
    )


def _review(node: Node) -> Review:
    fields = node.mapping(_REVIEW, needed=("status", "by", "on"))
    was = {key: value.text() for key, value in fields["was"].mapping(_ITEM).items()} if "was" in fields else {}
    return Review(
        status=fields["status"].one_of(ReviewStatus),
        by=fields["by"].text(),
        on=fields["on"].day(),
        note=text_of(fields, "note"),
        was=was,
    )


def _all_unread(top: Mapping[str, Node]) -> dict[str, tuple[Unread, ...]]:
    """Return what could not be placed by language, the names after the others."""
    found: dict[str, tuple[Unread, ...]] = {}
    for key in ("unread", "names"):
        if key in top:
            for language, items in top[key].by_language(_unreads, LANGUAGES).items():
                found[language] = (*found.get(language, ()), *items)
    return found


def _unreads(node: Node) -> tuple[Unread, ...]:
    found = []
    for item in node.items():
        fields = item.mapping(_UNREAD, needed=("span", "quote", "reason"))
        found.append(
            Unread(
                paragraph=text_of(fields, "paragraph") or None,
                span=_span(fields["span"]),
                quote=fields["quote"].text(),
                value=text_of(fields, "value"),
                reason=fields["reason"].text(),
            )
        )
    return tuple(found)
