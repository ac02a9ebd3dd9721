"""Correcting a derived schedule on the spot: the derivation and what a reader made of it, carried by the form alone."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.errors import AlmanacError, DataError, PlenaryError, TooLarge, UsageError, message
from app.i18n import name_of
from app.i18n.names import slugs
from app.model import Certainty, Event, Kind, Language, Resolution, Review, ReviewStatus, Schedule
from app.schedule.dating import context_of, date_event, dated
from app.schedule.day_bounds import when_fault
from app.schedule.review import merge
from app.schedule.yaml_format import read
from app.schedule.yaml_writer import write
from app.services.derive import language_of

MOST_STATE: Final = 4 * 1024 * 1024
"""The bytes of a carried derivation, packed and unpacked."""
MOST_YAML: Final = 2 * 1024 * 1024
"""Characters of a carried schedule: some ten times those of the largest real one."""
MOST_TEXT: Final = 120_000
"""Of a longer text only the paragraphs within the first so many characters are carried: a page has a bound."""
MOST_ITEMS: Final = 400
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,119}\Z")
_PARAGRAPH: Final = re.compile(r"\d{1,3}\Z", re.ASCII)
_READER: Final = "reader"


@dataclass(frozen=True, slots=True)
class Draft:
    """A derivation as a form carries it: the schedule as derived, its text, its language.

    ``whole`` is False where ``text`` is only the beginning of one that is longer than a page bears.
    """

    schedule: Schedule
    text: str
    language: Language
    whole: bool = True

    def pack(self) -> str:
        """Return the draft as one line of ASCII, which ``unpack`` reads."""
        state = {"yaml": write(self.schedule), "text": self.text, "lang": self.language, "whole": self.whole}
        packed = zlib.compress(json.dumps(state, ensure_ascii=False).encode("utf-8", "surrogatepass"), 9)
        return base64.urlsafe_b64encode(packed).decode()


def beginning(resolution: Resolution) -> str:
    """Return the text that a form carries: all of it, or the first paragraphs of a long one."""
    text = resolution.text
    if len(text) <= MOST_TEXT:
        return text
    listed = (*resolution.preamble, *resolution.operative, *resolution.annexes)
    return text[: max((end for item in listed if (end := item.span.end) <= MOST_TEXT), default=0)]


def unpack(line: str) -> Draft:
    """Return the draft that ``pack`` wrote, checked as a schedule file is.

    Raises DataError, TooLarge, ScheduleError.
    """
    wrong = DataError(message("invalid derivation"), where="state", hint=message("derive the document again"))
    if len(line) > MOST_STATE:
        raise TooLarge(
            message("the derivation is too large"),
            where="state",
            hint=message("send at most {most} bytes", most=f"{MOST_STATE:,}"),
        )
    try:
        packer = zlib.decompressobj()
        data = packer.decompress(base64.urlsafe_b64decode(line.encode("ascii")), MOST_STATE)
        if packer.unconsumed_tail:
            raise TooLarge(
                message("the derivation is too large"),
                where="state",
                hint=message("send at most {most} bytes", most=f"{MOST_STATE:,}"),
            )
        state = json.loads(data.decode("utf-8", "surrogatepass"))
        yaml, text, language, whole = state["yaml"], state["text"], state["lang"], state.get("whole", True) is not False
    except (ValueError, KeyError, TypeError, zlib.error, binascii.Error) as error:
        raise wrong from error
    if not (isinstance(yaml, str) and isinstance(text, str) and isinstance(language, str)):
        raise wrong
    # Each item has a kind: what has far more of them than a page shows is refused before it is parsed.
    if len(yaml) > MOST_YAML or yaml.count("kind") > 4 * MOST_ITEMS:
        raise TooLarge(
            message("the derivation is too large"),
            where="state",
            hint=message("use at most {value}", value=MOST_ITEMS),
        )
    schedule = dated(read(yaml, "state"))
    if len(schedule.events) > MOST_ITEMS:
        raise TooLarge(
            message("{count} items are too many", count=len(schedule.events)),
            where="state",
            hint=message("use at most {value}", value=MOST_ITEMS),
        )
    return Draft(schedule, text, language_of(language), whole)


@dataclass(frozen=True, slots=True)
class Line:
    """An item with the values of its form fields."""

    name: str
    event: Event
    kind: str
    when: str
    bearer: str
    rejected: bool
    changed: bool
    new: bool = False
    paragraph: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A corrected draft: schedule with reviews, lines of the form, errors by field."""

    schedule: Schedule
    lines: tuple[Line, ...]
    errors: Mapping[str, PlenaryError]
    by: str


def correct(draft: Draft, fields: Mapping[str, str], today: date, language: str) -> Corrected:
    """Apply the corrections of a form to a draft, by the rules of reviews in schedule files.

    ``fields`` are ``kind-N``, ``when-N``, ``bearer-N``, ``reject-N`` of item N, the same with ``new-N`` for items that
    the engine did not find, and ``by``, who corrects. A wrong value leaves its item unchanged and is listed in
    ``errors`` by the name of its field. ``language`` is that in which names of actors may be given.
    """
    by = " ".join(fields.get("by", "").split())[:60]
    context = context_of(draft.schedule)
    errors: dict[str, PlenaryError] = {}
    lines: list[Line] = []
    events: list[Event] = []
    reviews: dict[str, Review] = {}

    def reviewed(event: Event, status: ReviewStatus) -> None:
        events.append(event)
        reviews[event.uid] = Review(status, by or _READER, today)

    for number, event in enumerate(draft.schedule.events):
        name = str(number)
        made = _line(name, event, fields)
        lines.append(made)
        if made.rejected:
            reviewed(event, ReviewStatus.REJECTED)
        elif made.changed:
            wrong: dict[str, PlenaryError] = {}
            changed = _changed(event, made, wrong, language)
            changed = _dated(changed, made.name, wrong, context) if not wrong else event
            errors |= wrong
            if wrong:
                events.append(event)
            else:
                reviewed(changed, ReviewStatus.CORRECTED)
        else:
            events.append(event)
    for name in (f"new-{number}" for number in range(MOST_ITEMS)):
        if not fields.get(f"when-{name}", "").strip():
            continue
        wrong = {}
        fresh = _fresh(draft.schedule, name, fields, events, wrong, language)
        fresh = _dated(fresh, name, wrong, context) if not wrong else fresh
        errors |= wrong
        lines.append(
            Line(
                name, fresh, fields.get(f"kind-{name}", ""), fields[f"when-{name}"], fields.get(f"bearer-{name}", ""),
                rejected=False, changed=True, new=True, paragraph=fields.get(f"paragraph-{name}", ""),
                quote=fields.get(f"quote-{name}", ""),
            )
        )  # fmt: skip
        if not wrong:
            reviewed(fresh, ReviewStatus.CONFIRMED)
    whole, _ = merge(replace(draft.schedule, events=tuple(events), reviews=reviews), draft.schedule)
    # Read as a file is read: what a form may say is what a file may say.
    whole = dated(read(write(whole), "form"))
    return Corrected(whole, tuple(lines), errors, by)


def _line(name: str, event: Event, fields: Mapping[str, str]) -> Line:
    kind = fields.get(f"kind-{name}", event.kind.value).strip()
    when = fields.get(f"when-{name}", event.when).strip()
    bearer = fields.get(f"bearer-{name}", event.bearer or "").strip()
    changed = (kind, when, bearer) != (event.kind.value, event.when, event.bearer or "")
    return Line(name, event, kind, when, bearer, bool(fields.get(f"reject-{name}")), changed)


def _changed(event: Event, line: Line, errors: dict[str, PlenaryError], language: str) -> Event:
    kind = _kind(line.kind, line.name, errors)
    bearer = _bearer(line.bearer, line.name, errors, language)
    return replace(event, kind=kind or event.kind, when=line.when, bearer=bearer)


def _kind(text: str, name: str, errors: dict[str, PlenaryError]) -> Kind | None:
    try:
        return Kind(text)
    except ValueError:
        errors[f"kind-{name}"] = DataError(
            message("unknown value {value}", value=repr(text[:60])),
            where="kind",
            hint=message("use one of {known}", known=", ".join(Kind)),
        )
        return None


def _bearer(text: str, name: str, errors: dict[str, PlenaryError], language: str) -> str | None:
    """Return the slug of the bearer, given as a slug or by name."""
    if not text:
        return None
    found = slug_of_name(text, language)
    if _SLUG.match(found):
        return found
    errors[f"bearer-{name}"] = DataError(
        message("invalid slug {text}", text=repr(text[:60])),
        where="bearer",
        hint=message("write lower-case words joined by hyphens, as in secretary-general"),
    )
    return None


def slug_of_name(text: str, language: str) -> str:
    """Return the slug of an actor named in English or ``language``; other text unchanged."""
    named = {name_of(slug, tongue).name.casefold(): slug for tongue in ("en", language) for slug in slugs()}
    return named.get(text.casefold(), text)


def _dated(event: Event, name: str, errors: dict[str, PlenaryError], context: object) -> Event:
    if (fault := when_fault(event.when)) is not None:
        errors[f"when-{name}"] = DataError(fault, where="when", hint=message("give a day in these years"))
        return event
    try:
        return date_event(event, context)  # type: ignore[arg-type]  # the context of the schedule
    except AlmanacError as error:
        errors[f"when-{name}"] = error
        return event


def _fresh(
    schedule: Schedule,
    name: str,
    fields: Mapping[str, str],
    events: list[Event],
    errors: dict[str, PlenaryError],
    language: str,
) -> Event:
    """Return an item that the engine did not find, from the fields of a form."""
    kind = _kind(fields.get(f"kind-{name}", ""), name, errors) or Kind.DEADLINE
    bearer = _bearer(fields.get(f"bearer-{name}", "").strip(), name, errors, language)
    paragraph = fields.get(f"paragraph-{name}", "").strip()
    if paragraph and not _PARAGRAPH.match(paragraph):
        errors[f"paragraph-{name}"] = UsageError(
            message("invalid paragraph number {text}", text=repr(paragraph[:20])),
            where="paragraph",
            hint=message("write the number in digits"),
        )
        paragraph = ""
    stem = ".".join(part for part in (schedule.symbol.slug, paragraph, kind.value) if part)
    taken = {event.uid for event in events}
    uid = next(f"{stem}.{number}" for number in range(1, MOST_ITEMS * 2) if f"{stem}.{number}" not in taken)
    tongue = next(iter(schedule.sources), "") or next(
        (code for event in schedule.events for code in event.quote), language
    )
    quote = " ".join(fields.get(f"quote-{name}", "").split())[:2000]
    return Event(
        uid=uid,
        kind=kind,
        when=fields[f"when-{name}"].strip(),
        certainty=Certainty.DECIDED,
        instrument=schedule.symbol.text,
        decided=schedule.adopted,
        paragraph=paragraph or None,
        bearer=bearer,
        quote={tongue: quote} if quote else {},
        rule="reviewer",
    )
