"""Schedule files: one reviewable YAML an instrument, one item a block, byte for byte the same when read and written.

A file holds facts of the instrument (``symbol``, ``adopted``, ``title`` …), its ``items``, what it does to items of
other instruments (``amendments``), and words that looked like time and could not be placed (``unread``).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from app.errors import ScheduleError, SymbolError
from app.model import (
    LANGUAGES,
    Action,
    Amendment,
    Certainty,
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
)
from app.schedule.tree import Node, dump
from app.text import parse_symbol

_TOP: Final = (
    "symbol",
    "adopted",
    "body",
    "session",
    "meeting",
    "title",
    "family",
    "sources",
    "evidence",
    "items",
    "amendments",
    "unread",
)
_ITEM: Final = (
    "uid",
    "paragraph",
    "section",
    "letters",
    "kind",
    "when",
    "certainty",
    "status",
    "start",
    "end",
    "recurrence",
    "timezone",
    "place",
    "bearer",
    "addressees",
    "force",
    "action",
    "title",
    "subject",
    "quote",
    "span",
    "rule",
    "confidence",
    "alternatives",
    "arithmetic",
    "milestones",
    "same_as",
    "note",
    "review",
)
_REVIEW: Final = ("status", "by", "on", "note", "was")
_AMENDMENT: Final = ("target", "action", "when", "paragraph", "note", "evidence")
_MILESTONE: Final = ("name", "day", "certainty", "arithmetic")
_UNREAD: Final = ("paragraph", "span", "quote", "value", "reason")


# --- reading --------------------------------------------------------------------------------------------------------


def read(text: str, file: str) -> Schedule:
    """The schedule that ``text`` holds; ``file`` names it in errors. Raises ScheduleError and SymbolError."""
    root = Node.parse(text, file)
    top = root.mapping(_TOP, needed=("symbol",))
    try:
        symbol = parse_symbol(top["symbol"].text())
    except SymbolError as error:
        raise top["symbol"].fail(error.what, error.hint) from error
    adopted = top["adopted"].day() if "adopted" in top else None
    events: list[Event] = []
    reviews: dict[str, Review] = {}
    for node in top["items"].items() if "items" in top else ():
        event, review = _event(node, symbol, adopted)
        if any(event.uid == other.uid for other in events):
            raise node.fail(f"the uid {event.uid} stands twice", "each item has a uid of its own")
        events.append(event)
        if review:
            reviews[event.uid] = review
    amendments: list[Amendment] = []
    for node in top["amendments"].items() if "amendments" in top else ():
        if adopted is None:
            raise node.fail("an amendment without the day it was decided on", "give the file its adopted: day")
        amendments.append(_amendment(node, symbol, adopted))
    return Schedule(
        symbol=symbol,
        adopted=adopted,
        title=_texts(top, "title"),
        body=_text(top, "body") or None,
        session=top["session"].number() if "session" in top else None,
        meeting=top["meeting"].number() if "meeting" in top else None,
        sources=_texts(top, "sources"),
        evidence=_strings(top, "evidence"),
        family=_text(top, "family"),
        events=tuple(events),
        amendments=tuple(amendments),
        reviews=reviews,
        unread=top["unread"].by_language(_unreads, LANGUAGES) if "unread" in top else {},
    )


def _text(fields: Mapping[str, Node], key: str, default: str = "") -> str:
    return fields[key].text() if key in fields else default


def _texts(fields: Mapping[str, Node], key: str) -> dict[str, str]:
    return fields[key].by_language(Node.text, LANGUAGES) if key in fields else {}


def _strings(fields: Mapping[str, Node], key: str) -> tuple[str, ...]:
    return tuple(node.text() for node in fields[key].items()) if key in fields else ()


def _day(fields: Mapping[str, Node], key: str) -> date | None:
    return fields[key].day() if key in fields else None


def _span(node: Node) -> Span:
    start, dash, end = node.text().partition("-")
    if not (dash and start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        raise node.fail(f"{node.text()!r} is no span", "write it as 120-134: first offset, and the one after the last")
    if int(start) >= int(end):
        raise node.fail("a span that ends before it begins")
    return Span(int(start), int(end))


def _event(node: Node, symbol: Symbol, adopted: date | None) -> tuple[Event, Review | None]:
    fields = node.mapping(_ITEM, needed=("uid", "kind", "when", "certainty"))
    uid = fields["uid"].text()
    if not uid.startswith(f"{symbol.slug}."):
        raise fields["uid"].fail(f"the uid {uid!r} is not of {symbol.text}", f"it begins with {symbol.slug}.")
    confidence = _text(fields, "confidence", "high")
    if confidence not in ("high", "medium", "low"):
        raise fields["confidence"].fail(f"{confidence!r} is not known here", "use one of high, medium, low")
    event = Event(
        uid=uid,
        kind=fields["kind"].one_of(Kind),
        when=fields["when"].text(),
        certainty=fields["certainty"].one_of(Certainty),
        instrument=symbol.text,
        decided=adopted,
        paragraph=_text(fields, "paragraph") or None,
        section=_text(fields, "section"),
        letters=_strings(fields, "letters"),
        status=fields["status"].one_of(Status) if "status" in fields else Status.SCHEDULED,
        start=_day(fields, "start"),
        end=_day(fields, "end"),
        recurrence=_text(fields, "recurrence") or None,
        timezone=_text(fields, "timezone", "America/New_York"),
        place=_text(fields, "place") or None,
        bearer=_text(fields, "bearer") or None,
        addressees=_strings(fields, "addressees"),
        force=_text(fields, "force"),
        action=_text(fields, "action"),
        subject=_texts(fields, "subject"),
        title=_texts(fields, "title"),
        quote=_texts(fields, "quote"),
        span=fields["span"].by_language(_span, LANGUAGES) if "span" in fields else {},
        rule=_text(fields, "rule"),
        arithmetic=_text(fields, "arithmetic"),
        milestones=tuple(_milestone(item) for item in fields["milestones"].items()) if "milestones" in fields else (),
        alternatives=_strings(fields, "alternatives"),
        confidence="medium" if confidence == "medium" else "low" if confidence == "low" else "high",
        same_as=_text(fields, "same_as") or None,
        note=_text(fields, "note"),
    )
    if event.start and event.end and event.start > event.end:
        raise fields["start"].fail(f"{event.start} is after the end, {event.end}")
    return event, _review(fields["review"]) if "review" in fields else None


def _milestone(node: Node) -> Milestone:
    fields = node.mapping(_MILESTONE, needed=("name", "day", "certainty"))
    return Milestone(
        name=fields["name"].text(),
        day=fields["day"].day(),
        certainty=fields["certainty"].one_of(Certainty),
        arithmetic=_text(fields, "arithmetic"),
    )


def _review(node: Node) -> Review:
    fields = node.mapping(_REVIEW, needed=("status", "by", "on"))
    was = {key: value.text() for key, value in fields["was"].mapping(_ITEM).items()} if "was" in fields else {}
    return Review(
        status=fields["status"].one_of(ReviewStatus),
        by=fields["by"].text(),
        on=fields["on"].day(),
        note=_text(fields, "note"),
        was=was,
    )


def _amendment(node: Node, symbol: Symbol, adopted: date) -> Amendment:
    fields = node.mapping(_AMENDMENT, needed=("target", "action"))
    return Amendment(
        target=fields["target"].text(),
        action=fields["action"].one_of(Action),
        instrument=symbol.text,
        decided=adopted,
        when=_text(fields, "when") or None,
        paragraph=_text(fields, "paragraph") or None,
        note=_text(fields, "note"),
        evidence=_strings(fields, "evidence"),
    )


def _unreads(node: Node) -> tuple[Unread, ...]:
    found = []
    for item in node.items():
        fields = item.mapping(_UNREAD, needed=("span", "quote", "reason"))
        found.append(
            Unread(
                paragraph=_text(fields, "paragraph") or None,
                span=_span(fields["span"]),
                quote=fields["quote"].text(),
                value=_text(fields, "value"),
                reason=fields["reason"].text(),
            )
        )
    return tuple(found)


# --- writing --------------------------------------------------------------------------------------------------------


def write(schedule: Schedule) -> str:
    """The schedule as the text of its file: empty fields left out, a blank line between items."""
    head = _filled(
        symbol=schedule.symbol.text,
        adopted=schedule.adopted,
        body=schedule.body,
        session=schedule.session,
        meeting=schedule.meeting,
        title=_ordered(schedule.title, str),
        family=schedule.family,
        sources=_ordered(schedule.sources, str),
        evidence=list(schedule.evidence),
    )
    parts = [dump(head)]
    blocks = [_item(event, schedule.reviews.get(event.uid)) for event in schedule.events]
    parts.append(_blocks("items", blocks))
    parts.append(_blocks("amendments", [_amended(amendment) for amendment in schedule.amendments]))
    unread = {
        language: [
            _filled(
                paragraph=item.paragraph,
                span=f"{item.span.start}-{item.span.end}",
                quote=item.quote,
                value=item.value,
                reason=item.reason,
            )
            for item in items
        ]
        for language, items in sorted(schedule.unread.items())
        if items
    }
    if unread:
        parts.append(dump({"unread": unread}))
    return "\n".join(part for part in parts if part)


def _filled(**fields: object) -> dict[str, object]:
    """The fields that hold something, days and numbers as strings."""
    return {
        key: value if isinstance(value, (str, list, dict)) else str(value)
        for key, value in fields.items()
        if value is not None and value not in ("", [], {})
    }


def _ordered(values: Mapping[str, object], say: Callable[[object], str]) -> dict[str, str]:
    return {language: say(values[language]) for language in sorted(values)}


def _blocks(key: str, blocks: list[dict[str, object]]) -> str:
    return f"{key}:\n" + "\n".join(dump([block]) for block in blocks) if blocks else ""


def _item(event: Event, review: Review | None) -> dict[str, object]:
    return _filled(
        uid=event.uid,
        paragraph=event.paragraph,
        section=event.section,
        letters=list(event.letters),
        kind=event.kind.value,
        when=event.when,
        certainty=event.certainty.value,
        status="" if event.status is Status.SCHEDULED else event.status.value,
        start=event.start,
        end=event.end,
        recurrence=event.recurrence,
        timezone="" if event.timezone == "America/New_York" else event.timezone,
        place=event.place,
        bearer=event.bearer,
        addressees=list(event.addressees),
        force=event.force,
        action=event.action,
        title=_ordered(event.title, str),
        subject=_ordered(event.subject, str),
        quote=_ordered(event.quote, str),
        span={language: f"{span.start}-{span.end}" for language, span in sorted(event.span.items())},
        rule=event.rule,
        confidence="" if event.confidence == "high" else event.confidence,
        alternatives=list(event.alternatives),
        arithmetic=event.arithmetic,
        milestones=[
            _filled(name=item.name, day=item.day, certainty=item.certainty.value, arithmetic=item.arithmetic)
            for item in event.milestones
            if event.kind is Kind.AGENDA
        ],
        same_as=event.same_as,
        note=event.note,
        review=_reviewed(review) if review else None,
    )


def _reviewed(review: Review) -> dict[str, object]:
    return _filled(status=review.status.value, by=review.by, on=review.on, note=review.note, was=dict(review.was))


def _amended(amendment: Amendment) -> dict[str, object]:
    return _filled(
        target=amendment.target,
        action=amendment.action.value,
        when=amendment.when,
        paragraph=amendment.paragraph,
        note=amendment.note,
        evidence=list(amendment.evidence),
    )


# --- files ----------------------------------------------------------------------------------------------------------


def read_file(path: Path) -> Schedule:
    """The schedule in the file at ``path``. Raises ScheduleError naming the file."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise ScheduleError("no such file", where=str(path), hint="see the files below schedules/") from error
    except UnicodeDecodeError as error:
        raise ScheduleError(f"no UTF-8 at byte {error.start}", where=str(path), hint="save it as UTF-8") from error
    except OSError as error:
        raise ScheduleError(f"cannot be read ({error.strerror})", where=str(path)) from error
    return read(text, str(path))


def write_file(schedule: Schedule, path: Path) -> None:
    """Writes the schedule to ``path`` whole or not at all. Raises ScheduleError where it cannot."""
    save(path, write(schedule).encode("utf-8"))


def save(path: Path, data: bytes) -> None:
    """Puts ``data`` at ``path`` by way of a file beside it, so that no reader ever sees half of it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ScheduleError(f"cannot be written ({error.strerror})", where=str(path)) from error


def paths_below(places: Iterable[Path]) -> list[Path]:
    """Every schedule file at or below ``places``, sorted. Raises ScheduleError for a place that is not there."""
    found: set[Path] = set()
    for place in places:
        if place.is_dir():
            found.update(path for path in place.rglob("*.yaml") if not path.name.startswith("."))
        elif place.exists():
            found.add(place)
        else:
            raise ScheduleError("no such file or folder", where=str(place), hint="see the files below schedules/")
    return sorted(found)
