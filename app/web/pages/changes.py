"""What changed lately: each change with the value before and the value after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.documents import slug_of
from app.i18n import format_day, format_time, translate_action
from app.model import Revision
from app.web.pages import event_view, page_request
from app.web.pages.page_cache import cached_page
from app.web.pages.page_request import PageContext
from app.web.pages.templating import page

router: Final = APIRouter(include_in_schema=False)
_LISTED: Final = 50


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its day and instrument, the event, the time before and after."""

    row: event_view.Row
    day: str
    instrument: str
    slug: str
    done: str
    before: str
    after: str
    gone: bool


def listed(context: PageContext, revisions: Sequence[Revision]) -> list[Change]:
    """Return the rows of the page of changes."""
    found = []
    context.load_titles(revisions)
    for revision in revisions:
        earlier = [item for item in context.store.history(revision.event.uid) if item.number < revision.number]
        before = earlier[-1].event if earlier else None
        row = event_view.Row(
            revision, context.language, context.instrument_info(revision.event.instrument), earlier, left=before
        )
        found.append(
            Change(
                row,
                format_day(revision.decided, context.language),
                revision.instrument,
                slug_of(revision.instrument),
                translate_action(revision.action, context.language) if revision.action else "",
                format_time(before, context.language) if before else "",
                row.time,
                row.gone,
            )
        )
    return found


@router.get("/changes")
@cached_page
def changes(request: Request) -> Response:
    """Return the page of changes by later instruments, the latest decision first."""
    context = page_request.read(request, "next")
    found = context.store.latest(_LISTED, context.rest.get("next"))
    groups: list[tuple[str, list[Change]]] = []
    for change in listed(context, found.items):
        if not groups or groups[-1][0] != change.day:
            groups.append((change.day, []))
        groups[-1][1].append(change)
    return page(request, "changes.html", context.language, groups=groups, next=found.next)
