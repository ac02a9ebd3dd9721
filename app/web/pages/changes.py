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
from app.web.pages.page_cache import printed
from app.web.pages.page_request import Reader
from app.web.pages.templating import page

router: Final = APIRouter(include_in_schema=False)
_LISTED: Final = 50


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the day it was decided, by which instrument, of what, from which time to which."""

    row: event_view.Row
    day: str
    instrument: str
    slug: str
    done: str
    before: str
    after: str
    gone: bool


def listed(asking: Reader, revisions: Sequence[Revision]) -> list[Change]:
    """The changes as a page shows them."""
    found = []
    asking.read_titles(revisions)
    for revision in revisions:
        earlier = [item for item in asking.store.history(revision.event.uid) if item.number < revision.number]
        before = earlier[-1].event if earlier else None
        row = event_view.Row(revision, asking.language, asking.titled(revision.event.instrument), earlier, left=before)
        found.append(
            Change(
                row,
                format_day(revision.decided, asking.language),
                revision.instrument,
                slug_of(revision.instrument),
                translate_action(revision.action, asking.language) if revision.action else "",
                format_time(before, asking.language) if before else "",
                row.time,
                row.gone,
            )
        )
    return found


@router.get("/changes")
@printed
def changes(request: Request) -> Response:
    """What later instruments did to earlier dates, the latest decision first."""
    asking = page_request.read(request, "next")
    found = asking.store.latest(_LISTED, asking.rest.get("next"))
    groups: list[tuple[str, list[Change]]] = []
    for change in listed(asking, found.items):
        if not groups or groups[-1][0] != change.day:
            groups.append((change.day, []))
        groups[-1][1].append(change)
    return page(request, "changes.html", asking.language, groups=groups, next=found.next)
