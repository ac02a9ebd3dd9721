"""Writing of schedule files, so that a file read and written again is the same byte for byte."""

from __future__ import annotations

from collections.abc import Sequence

from app.model import Event, Review, Schedule
from app.schedule.amendment_fields import write_amendment, write_proposal
from app.schedule.event_fields import EVENT_FIELDS, EventField
from app.schedule.fields import filled, ordered
from app.yaml_document import dump


def write(schedule: Schedule) -> str:
    """Return the schedule as the text of its file.

    Empty fields are left out; a blank line separates items.

    >>> from datetime import date
    >>> from app.documents import parse_symbol
    >>> write(Schedule(parse_symbol("A/RES/72/251"), date(2017, 12, 24)))
    'symbol: A/RES/72/251\\nadopted: 2017-12-24\\n'
    """
    head = filled(
        symbol=schedule.symbol.text,
        adopted=schedule.adopted,
        body=schedule.body,
        session=schedule.session,
        meeting=schedule.meeting,
        title=ordered(schedule.title, str),
        title_derived="true" if schedule.title_derived else "",
        check=schedule.check.value if schedule.check else "",
        part_adopted={part: str(day) for part, day in sorted(schedule.part_adopted.items())},
        warnings=[filled(code=one.code.value, detail=one.detail) for one in schedule.warnings],
        family=schedule.family,
        sources=ordered(schedule.sources, str),
        digests=ordered(schedule.digests, str),
        evidence=list(schedule.evidence),
        formerly=list(schedule.formerly),
    )
    parts = [dump(head)]
    fields = [field for field in EVENT_FIELDS if field.is_fact or not schedule.facts_only]
    blocks = [_item(event, schedule.reviews.get(event.uid), fields) for event in schedule.events]
    parts.append(_blocks("items", blocks))
    parts.append(_blocks("amendments", [write_amendment(amendment) for amendment in schedule.amendments]))
    parts.append(_blocks("proposed_amendments", [write_proposal(proposal) for proposal in schedule.proposals]))
    for key, is_name in (("unread", False), ("names", True)):
        if lists := _unread_lists(schedule, is_name=is_name):
            parts.append(dump({key: lists}))
    return "\n".join(part for part in parts if part)


def _unread_lists(schedule: Schedule, *, is_name: bool) -> dict[str, list[dict[str, object]]]:
    """Return the unread times by language, either names or the others; no empty lists."""
    lists = {
        language: [
            filled(
                paragraph=item.paragraph,
                span=f"{item.span.start}-{item.span.end}",
                quote=item.quote,
                value=item.value,
                reason=item.reason,
            )
            for item in items
            if item.is_name is is_name
        ]
        for language, items in sorted(schedule.unread.items())
    }
    return {language: items for language, items in lists.items() if items}


def _blocks(key: str, blocks: list[dict[str, object]]) -> str:
    return f"{key}:\n" + "\n".join(dump([block]) for block in blocks) if blocks else ""


def _item(event: Event, review: Review | None, fields: Sequence[EventField]) -> dict[str, object]:
    written = {field.name: field.write(event) for field in fields}
    return filled(**written, review=_reviewed(review) if review else None)


def _reviewed(review: Review) -> dict[str, object]:
    return filled(status=review.status.value, by=review.by, on=review.on, note=review.note, was=dict(review.was))
