"""Events as plain values of JSON, as the API, ``derive`` and the JSON feeds give them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.almanac.moved_days import moved_days
from app.i18n import explain_proof, format_time, long_title, title, translate_warning
from app.model import LANGUAGES, DocumentWarning, Event, Kind, Proposal, Revision, Schedule, Unread, When
from app.schedule.slot_fields import plain_slots
from app.schedule.time_status import event_on


def _published(notation: str) -> str:
    """Return a ``when`` in the public notation; anything else unchanged."""
    when = When.try_parse(notation)
    return notation if when is None else when.contract


def moments(event: Event) -> tuple[str | None, str | None]:
    """Return start and end as inclusive days, or as RFC 3339 times where hours are known.

    None stands for a side without a day.

    >>> from app.model import Certainty
    >>> event = Event("A-RES-90-1.1.report.1", Kind.REPORT, "../2036-03-01", Certainty.DECIDED, "A/RES/90/1", None,
    ...     end=date(2036, 3, 1))
    >>> moments(event)
    (None, '2036-03-01')
    """
    if not event.hours or event.start is None or event.end is None:
        return event.start.isoformat() if event.start else None, event.end.isoformat() if event.end else None
    begins, _, ends = event.hours.partition("/")
    zone = ZoneInfo(event.timezone)
    start = datetime.combine(event.start, time.fromisoformat(begins), tzinfo=zone)
    if not ends:
        return start.isoformat(), event.end.isoformat() if event.end > event.start else None
    end = datetime.combine(event.end, time.fromisoformat(ends), tzinfo=zone)
    return start.isoformat(), (end if end > start else end + timedelta(days=1)).isoformat()


def obligation_class(event: Event) -> str | None:
    """Return ``task`` or ``appeal`` for an obligation without a date, None for other items.

    >>> from app.model import Certainty
    >>> event = Event("A-RES-90-1.1.obligation.1", Kind.OBLIGATION, "undated", Certainty.UNDATED, "A/RES/90/1", None)
    >>> obligation_class(event)
    'task'
    """
    if event.kind is not Kind.OBLIGATION:
        return None
    return "appeal" if event.appeal else "task"


def _moved(event: Event) -> list[dict[str, str]]:
    """Return the occurrences of the event that were held on another day."""
    return [
        {"day": item.day.isoformat(), "held": item.held.isoformat(), "source": item.source}
        for item in moved_days(event)
    ]


def plain_event(event: Event, language: str, about: Mapping[str, str] | None = None) -> dict[str, object]:
    """Return the event as JSON, with every key of the contract.

    Sentences are in ``language``, titles in all six. ``about`` is the title of the instrument by language, used in
    titles of items that name no subject.

    >>> from app.model import Certainty
    >>> event = Event("A-RES-90-1.1.report.1", Kind.REPORT, "GA91", Certainty.WINDOW, "A/RES/90/1", None)
    >>> [plain_event(event, "en")[key] for key in ("kind", "when", "status")]
    ['report', 'GA91', 'scheduled']
    """
    subjects = about or {}
    return {
        "uid": event.uid,
        "paragraph": event.paragraph,
        "section": event.section,
        "letters": list(event.letters),
        "kind": event.kind.value,
        "when": _published(event.when),
        "time": format_time(event, language),
        "certainty": event.certainty.value,
        "status": event.status.value,
        "start": moments(event)[0],
        "end": moments(event)[1],
        "recurrence": event.recurrence,
        "moved_occurrences": _moved(event),
        "timezone": event.timezone,
        "place": event.place,
        "bearer": event.bearer,
        "addressees": list(event.addressees),
        "force": event.force,
        "action": event.action,
        "title": {tongue: title(event, tongue, subjects.get(tongue, "")) for tongue in LANGUAGES},
        "long_title": {tongue: long_title(event, tongue, subjects.get(tongue, "")) for tongue in LANGUAGES},
        "slots": plain_slots(event),
        "subject": dict(event.subject),
        "quote": dict(event.quote),
        "clause": dict(event.clause),
        "span": {tongue: [span.start, span.end] for tongue, span in event.span.items()},
        "target": event.target,
        "budget": event.budget,
        "obligation": obligation_class(event),
        "rule": event.rule,
        "arithmetic": explain_proof(event.proof, language) if event.proof else event.arithmetic,
        "milestones": [
            {
                "name": milestone.name,
                "day": milestone.day.isoformat(),
                "certainty": milestone.certainty.value,
                "arithmetic": explain_proof(milestone.proof, language) if milestone.proof else milestone.arithmetic,
            }
            for milestone in event.milestones
        ],
        "alternatives": list(event.alternatives),
        "confidence": event.confidence,
        "decided": event.decided.isoformat() if event.decided else None,
        "instrument": event.instrument,
        "revision": event.revision,
        "revised_by": event.revised_by,
        "same_as": event.same_as,
    }


def plain_revision(revision: Revision, language: str) -> dict[str, object]:
    """Return a revision as JSON: its instrument, action and days, and the event.

    >>> from app.model import Certainty
    >>> event = Event("A-RES-90-1.1.report.1", Kind.REPORT, "GA91", Certainty.WINDOW, "A/RES/90/1", None)
    >>> plain_revision(Revision(event, 0, date(2035, 12, 4), "A/RES/90/1", None), "en")["decided"]
    '2035-12-04'
    """
    return {
        "revision": revision.number,
        "decided": revision.decided.isoformat(),
        "instrument": revision.instrument,
        "action": revision.action.value if revision.action else None,
        "note": revision.note,
        "recorded": revision.recorded.isoformat() if revision.recorded else None,
        "event": plain_event(revision.event, language),
    }


def unread_of(schedule: Schedule) -> list[Unread]:
    """Return the unread times of all languages, names that only look like a time included.

    >>> from app.documents import parse_symbol
    >>> unread_of(Schedule(parse_symbol("A/RES/72/251"), None))
    []
    """
    return [unread for unreads in schedule.unread.values() for unread in unreads]


def plain_unread(unread: Unread) -> dict[str, object]:
    """Return words that looked like time and could not be placed, as JSON.

    >>> from app.model import Span
    >>> plain_unread(Unread("4", Span(10, 25), "in due course", "", "vague"))["span"]
    [10, 25]
    """
    return {
        "paragraph": unread.paragraph,
        "span": [unread.span.start, unread.span.end],
        "quote": unread.quote,
        "value": unread.value,
        "reason": unread.reason,
    }


def plain_proposal(proposal: Proposal) -> dict[str, object]:
    """Return a proposed amendment, for a reviewer to confirm, as JSON.

    >>> from app.model import Action, Amendment
    >>> amendment = Amendment("A-RES-72-251.5.meeting.1", Action.CANCEL, "A/RES/73/65", date(2018, 12, 5))
    >>> plain_proposal(Proposal(amendment, "GA73", ("date",)))["status"]
    'proposed'
    """
    amendment = proposal.amendment
    return {
        "target": amendment.target,
        "action": amendment.action.value,
        "when": amendment.when,
        "paragraph": amendment.paragraph,
        "stands": proposal.stands,
        "because": list(proposal.because),
        "quote": dict(proposal.quote),
        "arithmetic": proposal.arithmetic,
        "covers": list(proposal.covers),
        "confidence": proposal.confidence,
        "status": "rejected" if proposal.rejected else "proposed",
    }


def plain_warning(warning: DocumentWarning, language: str) -> dict[str, object]:
    """Return a warning about how the document was read, with its sentence in ``language``.

    >>> from app.model import WarningCode
    >>> plain_warning(DocumentWarning(WarningCode.COLUMNS, "3"), "en")["code"]
    'columns'
    """
    return {"code": warning.code.value, "detail": warning.detail, "text": translate_warning(warning, language)}


def plain_schedule(schedule: Schedule, language: str, day: date | None = None) -> dict[str, object]:
    """Return a derived schedule as JSON: the answer of ``plenary derive`` and of the API.

    Statuses are those of ``day``; without it, those of the text, the same whenever it is derived.

    >>> from app.documents import parse_symbol
    >>> plain_schedule(Schedule(parse_symbol("A/RES/72/251"), None), "en")["symbol"]
    'A/RES/72/251'
    """
    events = schedule.events if day is None else [event_on(event, day) for event in schedule.events]
    return {
        "symbol": schedule.symbol.text,
        "lang": language,
        "adopted": schedule.adopted.isoformat() if schedule.adopted else None,
        "title": dict(schedule.title),
        "title_derived": schedule.title_derived,
        "warnings": [plain_warning(warning, language) for warning in schedule.warnings],
        "body": schedule.body,
        "session": schedule.session,
        "meeting": schedule.meeting,
        "items": [plain_event(event, language, schedule.title) for event in events],
        "proposed_amendments": [plain_proposal(proposal) for proposal in schedule.proposals],
        "unread": [plain_unread(unread) for unread in unread_of(schedule) if not unread.is_name],
        "names": [plain_unread(unread) for unread in unread_of(schedule) if unread.is_name],
    }
