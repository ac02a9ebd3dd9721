"""Reviews: a person's decision on an item outlives new derivations, and differences are reported.

The engine speaks for what the texts say; a reviewer confirms, corrects or rejects an item, adds languages of which no
text is held, notes, and items that the engine did not find. A corrected field's ``was`` keeps what the engine had
derived: as long as the engine still derives that, the difference is explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.model import Amendment, Check, Event, Kind, Proposal, Review, ReviewStatus, Schedule
from app.schedule.event_fields import EVENT_FIELDS


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of an item in which the file and a new derivation disagree.

    ``field`` is empty for the whole item. ``stored`` and ``derived`` are the values as the file would write them;
    ``explained`` is whether a review explains the difference.
    """

    uid: str
    field: str
    stored: str
    derived: str
    explained: bool

    def line(self) -> str:
        """Return the difference on one line, for a report."""
        what = f"{self.uid} {self.field}".strip()
        return f"{what}: the file has {self.stored or 'nothing'}, derived {self.derived or 'nothing'}"


def shown(event: Event, field: str) -> str:
    """Return the value of a field as one string, for comparison and for reviews.

    >>> from app.model import Certainty
    >>> event = Event("A-RES-90-1.1.report.1", Kind.REPORT, "GA91", Certainty.WINDOW, "A/RES/90/1", None,
    ...     addressees=("general-assembly", "security-council"))
    >>> shown(event, "addressees")
    'general-assembly, security-council'
    """
    value = getattr(event, field)
    if value is None:
        return ""
    if field == "span":
        return "; ".join(f"{language} {span.start}-{span.end}" for language, span in sorted(value.items()))
    if field == "milestones":
        held = value if event.kind is Kind.AGENDA else ()
        return "; ".join(f"{item.name} {item.day} {item.certainty} {item.arithmetic}".strip() for item in held)
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{language} {text}" for language, text in sorted(value.items()))
    return str(value)


def compare(stored: Schedule, derived: Schedule) -> list[Difference]:
    """Return every difference between a stored schedule and a new derivation of its texts.

    >>> from app.documents import parse_symbol
    >>> schedule = Schedule(parse_symbol("A/RES/72/251"), None)
    >>> compare(schedule, schedule)
    []
    """
    languages = (
        frozenset(derived.sources)
        or frozenset(derived.digests)
        or frozenset(language for event in derived.events for language in event.quote)
    )
    found: list[Difference] = []
    new = {event.uid: event for event in derived.events}
    old = {event.uid: event for event in stored.events}
    for uid, event in old.items():
        review = stored.reviews.get(uid)
        if uid not in new:
            found.append(Difference(uid, "", event.when, "", explained=review is not None))
            continue
        found.extend(_fields(event, new[uid], review, languages))
    found.extend(Difference(uid, "", "", event.when, explained=False) for uid, event in new.items() if uid not in old)
    return found


def _fields(stored: Event, derived: Event, review: Review | None, languages: frozenset[str]) -> Iterable[Difference]:
    spoken = _spoken(stored, languages)
    for field in (row.name for row in EVENT_FIELDS if row.compared):
        have, want = shown(spoken, field), shown(derived, field)
        if field == "hours" and not want:
            continue  # a person added them; the text gives none
        if have != want:
            explained = review is not None and (
                review.status is ReviewStatus.REJECTED or review.was.get(field, None) == want
            )
            yield Difference(stored.uid, field, have, want, explained=explained)


def _spoken(event: Event, languages: frozenset[str]) -> Event:
    """Return the event with only those languages that a derivation can speak for."""
    return replace(
        event,
        subject={language: text for language, text in event.subject.items() if language in languages},
        clause={language: text for language, text in event.clause.items() if language in languages},
        quote={language: text for language, text in event.quote.items() if language in languages},
        span={language: span for language, span in event.span.items() if language in languages},
    )


def merge(stored: Schedule, derived: Schedule) -> tuple[Schedule, list[Difference]]:
    """Return a new derivation merged into a stored schedule, and the differences.

    An item without a review takes what was derived, and keeps its titles, notes, links and other languages. A reviewed
    item stays as it is; a correction without ``was`` gets it now. Items that are
    gone go, unless they were reviewed. Amendments that come with the derivation were confirmed in it, and stay.

    >>> from app.documents import parse_symbol
    >>> schedule = Schedule(parse_symbol("A/RES/72/251"), None)
    >>> merge(schedule, schedule) == (schedule, [])
    True
    """
    differences = compare(stored, derived)
    reviews = dict(stored.reviews)
    old = {event.uid: event for event in stored.events}
    events: list[Event] = []
    for event in derived.events:
        kept = old.get(event.uid)
        review = reviews.get(event.uid)
        if kept is None:
            events.append(event)
        elif review is None:
            events.append(_annotated(event, kept))
        else:
            events.append(kept)
            if review.status is ReviewStatus.CORRECTED and not review.was:
                was = {item.field: item.derived for item in differences if item.uid == event.uid and item.field}
                reviews[event.uid] = replace(review, was=was)
    placed = {event.uid for event in events}
    events.extend(event for uid, event in old.items() if uid not in placed and uid in reviews)
    # A title that somebody gave is better than one that is made of the text.
    given = bool(stored.title) and not stored.title_derived and derived.title_derived
    merged = replace(
        derived,
        title={**derived.title, **stored.title} if given else {**stored.title, **derived.title},
        title_derived=derived.title_derived and not given,
        body=derived.body or stored.body,
        session=stored.session if derived.session is None else derived.session,
        meeting=stored.meeting if derived.meeting is None else derived.meeting,
        adopted=derived.adopted or stored.adopted,
        sources={**stored.sources, **derived.sources},
        digests={**stored.digests, **derived.digests} if derived.facts_only else {},
        check=_check(stored, derived, differences),
        evidence=stored.evidence,
        family=stored.family,
        formerly=stored.formerly,
        events=tuple(events),
        amendments=amended(stored, derived.amendments).amendments,
        proposals=_left(stored, derived),
        reviews={uid: review for uid, review in reviews.items() if uid in {event.uid for event in events}},
        unread={**stored.unread, **derived.unread},
    )
    return merged, differences


def _check(stored: Schedule, derived: Schedule, differences: Sequence[Difference]) -> Check | None:
    """Return what the file says of reading; items that a derivation changed are unread."""
    if stored.check is Check.READ and not all(item.explained for item in differences):
        return Check.DERIVED
    return stored.check or derived.check


def amended(schedule: Schedule, amendments: Sequence[Amendment]) -> Schedule:
    """Return the schedule with ``amendments`` added.

    They replace amendments of the same event by the same action.

    >>> from app.model import Action
    >>> from app.documents import parse_symbol
    >>> amendment = Amendment("A-RES-72-251.5.meeting.1", Action.CANCEL, "A/RES/73/65", date(2018, 12, 5))
    >>> schedule = amended(Schedule(parse_symbol("A/RES/73/65"), None), [amendment])
    >>> len(amended(schedule, [amendment]).amendments)
    1
    """
    given = {(item.target, item.action) for item in amendments}
    kept = (item for item in schedule.amendments if (item.target, item.action) not in given)
    return replace(schedule, amendments=(*kept, *amendments))


COVERED_NOTE: Final = "said by the amendment of "
"""The beginning of the note of an item that was rejected because an amendment covers it."""


def covered(schedule: Schedule, proposal: Proposal, amendment: Amendment, by: str, on: date) -> Mapping[str, Review]:
    """Return reviews that reject the items which a confirmed amendment covers, by UID.

    ``amendment`` is ``proposal`` as it was confirmed, ``by`` whom and ``on`` which day. Items that have a review keep
    it.

    >>> from app.model import Action
    >>> from app.documents import parse_symbol
    >>> amendment = Amendment("A-RES-72-251.5.meeting.1", Action.CANCEL, "A/RES/73/65", date(2018, 12, 5))
    >>> proposal = Proposal(amendment, "GA73", ("date",), covers=("A-RES-73-65.1.meeting.1",))
    >>> covered(Schedule(parse_symbol("A/RES/73/65"), None), proposal, amendment, "AB", date(2018, 12, 6))
    {}
    """
    review = Review(ReviewStatus.REJECTED, by, on, f"{COVERED_NOTE}{amendment.target}")
    known = {event.uid for event in schedule.events}
    return {uid: review for uid in proposal.covers if uid in known and uid not in schedule.reviews}


def _annotated(derived: Event, kept: Event) -> Event:
    return replace(
        derived,
        title=kept.title,
        status=kept.status,
        same_as=derived.same_as or kept.same_as,
        note=kept.note,
        hours=derived.hours or kept.hours,
        timezone=kept.timezone if kept.hours and not derived.hours else derived.timezone,
        subject={**kept.subject, **derived.subject},
        slots=derived.slots.merged(kept.slots) if derived.slots else kept.slots,
        quote={**kept.quote, **derived.quote},
        clause={**kept.clause, **derived.clause},
        span={**kept.span, **derived.span},
    )


def _left(stored: Schedule, derived: Schedule) -> tuple[Proposal, ...]:
    """Return the proposals without a decision, and those that a reviewer rejected."""
    done = {(item.target, item.action) for item in (*stored.amendments, *derived.amendments)}
    kept = tuple(
        item
        for item in stored.proposals
        if item.rejected and (item.amendment.target, item.amendment.action) not in done
    )
    done |= {(item.amendment.target, item.amendment.action) for item in kept}
    fresh = [item for item in derived.proposals if (item.amendment.target, item.amendment.action) not in done]
    return (*fresh, *kept)


def published(schedule: Schedule) -> Schedule:
    """Return the public schedule: without rejected items and unconfirmed amendments.

    >>> from app.documents import parse_symbol
    >>> published(Schedule(parse_symbol("A/RES/72/251"), None)).proposals
    ()
    """
    rejected = {uid for uid, review in schedule.reviews.items() if review.status is ReviewStatus.REJECTED}
    events = tuple(event for event in schedule.events if event.uid not in rejected)
    return replace(schedule, events=events, proposals=())
