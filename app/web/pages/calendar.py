"""The calendar: everything, or what a sentence of filters chooses, as a year, a month and a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.almanac import match_observance, observance_uid
from app.errors import UnknownParameter, message
from app.feeds import FILTERS, FeedOptions
from app.i18n import format_day, format_month, gettext, gettext_noop
from app.model import Event, Kind
from app.store import EventQuery, Slot
from app.store.query import cursor_of as store_cursor
from app.web.feeds import almanac_feeds
from app.web.pages import event_view, month_grid, page_request, year_chart
from app.web.pages.date_display import certain
from app.web.pages.filter_form import build_form, past
from app.web.pages.page_cache import cached_page
from app.web.pages.page_request import PAST, PageContext
from app.web.pages.templating import page
from app.web.server.query_string import read_day

router: Final = APIRouter(include_in_schema=False)
BESIDE: Final = ("sessions", "observances", "holidays")
"""The feeds of the almanac that may stand beside what resolutions schedule."""
_LISTED: Final = 20
_READ: Final = 160
_NEAR: Final = 3
# How far a month is looked for that has something in it, in days; each only where the one before found nothing.
_SLICES: Final = (31, 366, 3660)
_PERIOD: Final = ("from", "to", "month", "next")
_UNDECIDED: Final = 12
_OBSERVED: Final = 500
"""Observances of instruments that are compared with the almanac's."""
_CENTURY: Final = (date(1946, 1, 1), date(2145, 12, 31))


@router.get("/calendar")
@cached_page
def calendar(request: Request) -> Response:
    """Return the page of a year, a month and a list of the chosen events."""
    names = (*FILTERS, *PAST, "month", "next", "beside")
    context = page_request.read(request, *names)
    beside = _beside(context)
    today, first = context.today, _month(context)
    placed = _placed(context, first)
    nearest = None
    if _free(context) and not any(day.month == first.month for day in placed):
        nearest = _nearest(context, first)
    if nearest is not None:
        first = nearest.replace(day=1)
        placed = _placed(context, first)
    kept = [pair for pair in request.query_params.multi_items() if pair[1] and pair[0] not in ("next", "month")]
    return page(
        request,
        "calendar.html",
        context.language,
        form=build_form(context, "/calendar", carried=("month", "beside")),
        past=past(context),
        nearest=format_month(today, context.language) if nearest else "",
        beside=beside,
        besides=[
            (name, gettext(almanac_feeds.TITLES[name], context.language), _with(request, name, beside))
            for name in BESIDE
        ],
        **_month_values(context, first, placed, beside, kept),
        **_year_values(context, first.year, kept),
        **_list_values(context, first, kept),
    )


def _month_values(
    context: PageContext,
    first: date,
    placed: dict[date, list[Slot]],
    beside: tuple[str, ...],
    kept: Sequence[tuple[str, str]],
) -> dict[str, Any]:  # whatever the template shows
    """Return the values of the month's table; links keep the parameters ``kept``."""
    today, language = context.today, context.language
    counts = {day: len(slots) for day, slots in placed.items()}
    shown, almanac_rows = _shown(context, placed), _almanac_rows(context, first, beside)
    return {
        "month": format_month(first, language),
        "this_month": first.strftime("%Y-%m"),
        "before": _turned(kept, first - timedelta(days=1)),
        "after": _turned(kept, year_chart.month_end(first) + timedelta(days=1)),
        "present": _turned(kept, today) if (today.year, today.month) != (first.year, first.month) else "",
        "weekdays": month_grid.weekdays(language),
        "weeks": month_grid.weeks(first, today, language, shown, counts, almanac_rows),
        "to_day": lambda day: _of_day(context.request, day),
    }


def _year_values(
    context: PageContext, year: int, kept: Sequence[tuple[str, str]]
) -> dict[str, Any]:  # whatever the template shows
    """Return the values of the year's chart and of the row of years."""
    return {
        "year": _year(context, year, context.today),
        "columns": _years(context, year),
        "to_month": lambda month: f"/calendar?{urlencode([*kept, ('month', month)])}#month",
        "to_year": lambda number: f"/calendar?{urlencode([*kept, ('month', f'{number:04}-01')])}#year",
    }


def _list_values(
    context: PageContext, first: date, kept: Sequence[tuple[str, str]]
) -> dict[str, Any]:  # whatever the template shows
    """Return the values of the list: rows by month, undated events, the next page."""
    rows, following = _list(context)
    bounded, start = context.choice.start or context.choice.end, _start(context)
    more = urlencode([*kept, ("month", first.strftime("%Y-%m")), ("next", following)])
    return {
        "heading": format_day(start, context.language) if start and not bounded else "",
        "groups": _grouped(rows, context),
        "undecided": _undecided(context, rows) if not context.rest.get("next") else [],
        "next": f"/calendar?{more}#list" if following else "",
        "all_address": f"/calendar?{urlencode([*kept, ('from', '1945')])}#list" if not bounded else "",
    }


def _free(context: PageContext) -> bool:
    """Whether the reader left it open which month to show."""
    return "month" not in context.rest and context.choice.start is None and context.as_of is None


def _beside(context: PageContext) -> tuple[str, ...]:
    chosen = [part.strip() for part in context.rest.get("beside", "").split(",") if part.strip()]
    if wrong := next((part for part in chosen if part not in BESIDE), ""):
        raise UnknownParameter(
            message("unknown value {value}", value=repr(wrong[:60])),
            where="beside",
            hint=message("use one of {known}", known=", ".join(BESIDE)),
        )
    return tuple(name for name in BESIDE if name in chosen)


def _with(request: Request, name: str, beside: tuple[str, ...]) -> str:
    """Return the address with an almanac feed added, or without it where it is shown."""
    wanted = [part for part in BESIDE if (part in beside) != (part == name)]
    kept = [pair for pair in request.query_params.multi_items() if pair[1] and pair[0] not in ("beside", "next")]
    pairs = [*kept, *([("beside", ",".join(wanted))] if wanted else [])]
    return "/calendar" + (f"?{urlencode(pairs)}" if pairs else "")


def _query(context: PageContext, start: date | None, end: date | None, **more: object) -> EventQuery:
    choice = replace(context.choice, start=start, end=end)
    return context.event_query(choice, **more)


def _month(context: PageContext) -> date:
    """Return the first day of the month shown.

    The month asked for, else that of the choice, of the day looked back to, or of today.
    """
    today, choice = context.today, context.choice
    if "month" in context.rest:
        return (read_day(context.rest, "month") or today).replace(day=1)
    if choice.start and choice.start >= _CENTURY[0]:
        found = context.store.upcoming_events(_query(context, choice.start, choice.end, limit=1)).items
        at = found[0][0] if found else None
        return max(choice.start, min(at or choice.start, choice.end or date.max)).replace(day=1)
    return (context.as_of or today).replace(day=1)


def _turned(pairs: Sequence[tuple[str, str]], month: date) -> str:
    return f"/calendar?{urlencode([*pairs, ('month', month.strftime('%Y-%m'))])}#month"


def _of_day(request: Request, day: date) -> str:
    """Return the address of the list of one day."""
    kept = [pair for pair in request.query_params.multi_items() if pair[1] and pair[0] not in _PERIOD]
    return f"/calendar?{urlencode([*kept, ('from', day.isoformat()), ('to', day.isoformat())])}#list"


def _placed(context: PageContext, first: date) -> dict[date, list[Slot]]:
    """Return all events on the days of the weeks that touch the month, recurring ones last.

    Events that were moved away from a day are among them.
    """
    begins, ends = month_grid.touched(first, context.language)
    query = _query(context, begins, ends)
    slots = [*context.store.slots(query, month_grid.LONGEST), *context.store.previous_dates(query, month_grid.LONGEST)]
    return month_grid.placed(sorted(slots, key=lambda slot: slot.recurrence is not None), begins, ends)


def _shown(context: PageContext, placed: dict[date, list[Slot]]) -> dict[date, list[event_view.Row]]:
    """Return the rows of the events that the month lists on each day."""
    shown = month_grid.listed(placed)
    held = context.store.revisions_of([slot.id for slots in shown.values() for slot in slots])
    stands = context.store.current_revisions(
        {item.event.uid for item in held.values()}, context.as_of, context.known_at
    )
    context.load_titles(held.values())
    made: dict[int, event_view.Row] = {}
    for id_, revision in held.items():
        now = stands[revision.event.uid]
        made[id_] = context.row(revision) if now == revision else context.vacated_row(revision, now)
    return {day: [made[slot.id] for slot in slots] for day, slots in shown.items()}


def _almanac_rows(context: PageContext, first: date, beside: tuple[str, ...]) -> dict[date, list[event_view.Row]]:
    """Return the almanac's entries on the days of the weeks that touch the month."""
    begins, ends = month_grid.touched(first, context.language)
    choice = FeedOptions(start=begins, end=ends, language=context.language)
    around = [entry for name in beside for entry in almanac_feeds.entries(name, choice, context.today)]
    if "observances" in beside:
        listed = _observances(context, begins, ends)
        around = [entry for entry in around if entry.event.uid not in listed]
    records = almanac_feeds.AlmanacRecords()
    rows_by_day: dict[date, list[event_view.Row]] = {}
    for revision in around:
        event = revision.event
        # A session is listed on the days on which it opens and closes.
        turns = (event.start, event.end) if event.kind is Kind.PERIOD else ()
        days = [day for day in turns if day and begins <= day <= ends] if turns else _days(event, begins, ends)
        for day in days:
            rows_by_day.setdefault(day, []).append(
                event_view.Row(revision, context.language, records.about(event.instrument), day=context.status_day)
            )
    return rows_by_day


def _observances(context: PageContext, first: date, last: date) -> frozenset[str]:
    """Return the UIDs of the almanac's observances that the month lists from instruments."""
    query = _query(context, first, last, limit=_OBSERVED)
    if query.kinds and Kind.OBSERVANCE not in query.kinds:
        return frozenset()
    page = context.store.events(replace(query, kinds=(Kind.OBSERVANCE,)))
    found = (match_observance(revision.event) for revision in page.items)
    return frozenset(observance_uid(item) for item in found if item is not None)


def _days(event: Event, first: date, last: date) -> list[date]:
    """Return the days of an almanac entry; none where only a span is known."""
    if (
        event.start is None
        or event.end is None
        or not certain(event)
        or (event.end - event.start).days > month_grid.LONGEST
    ):
        return []
    slot = Slot(0, event.uid, event.start, (event.end - event.start).days, event.recurrence)
    return list(dict.fromkeys(slot.days(first, last)))


def _years(context: PageContext, shown: int) -> list[year_chart.Column]:
    """Return the years around, by what begins in them.

    A text search covers fewer years, since it reads every event.
    """
    around = _NEAR if context.choice.text else year_chart.AROUND
    first, last = max(1, shown - around), min(9999, shown + around)
    return year_chart.years(context.store.years(_query(context, None, None), first, last), shown)


def _year(context: PageContext, number: int, today: date) -> year_chart.Year:
    first, last = date(number, 1, 1), date(number, 12, 31)
    counts = context.store.months(_query(context, first, last))
    if sum(counts.values()) > year_chart.DRAWN:
        return year_chart.year_of(number, (), counts, context.language, today, drawn=False)
    found = context.store.events(_query(context, first, last, limit=year_chart.DRAWN))
    stands = {(item.event.uid, item.event.start) for item in found.items}
    earlier = context.store.departed(_query(context, first, last, limit=_READ)).items if found.next is None else ()
    left = [item.event for item in earlier if (item.event.uid, item.event.start) not in stands]
    return year_chart.year_of(number, found.items, counts, context.language, today, drawn=found.next is None, left=left)


def _start(context: PageContext) -> date | None:
    """Return the day on which the list begins.

    That of the choice, else the month asked for, the day looked back to, or today.
    """
    if context.choice.start or context.choice.end:
        return context.choice.start
    return _month(context) if "month" in context.rest else context.as_of or context.today


def _list(context: PageContext) -> tuple[list[event_view.Row], str]:
    """Return a page of the list in order of day, and the cursor of the next page.

    Each event is listed once on its first day in the period, and once on each day that it was moved away from.
    """
    start = _start(context)
    after = page_request.read_cursor(context.rest["next"]) if "next" in context.rest else None
    query = _query(context, start, context.choice.end, limit=_LISTED)
    page = context.store.upcoming_events(
        replace(query, cursor=store_cursor(after[0].isoformat(), after[1]) if after else None)
    )
    # Of the days that were left those count that lie in the period, none that were under way at its beginning.
    since = after if after and (start is None or after[0] >= start) else (start, "") if start else None
    left = context.vacated_rows(replace(query, cursor=store_cursor(since[0].isoformat(), since[1]) if since else None))
    rows = context.rows([revision for _, revision in page.items], start or date.min) + left[0]
    rows.sort(key=lambda row: (row.sort_day, row.uid))
    count = _LISTED
    # An event that was only made shorter or longer stands twice on its first day.
    while count < len(rows) and (rows[count].sort_day, rows[count].uid) == (
        rows[count - 1].sort_day,
        rows[count - 1].uid,
    ):
        count += 1
    more = len(rows) > count or page.next is not None or left[1] is not None
    return rows[:count], page_request.cursor_of(rows[count - 1]) if more else ""


def _grouped(rows: list[event_view.Row], context: PageContext) -> list[tuple[str, list[event_view.Row]]]:
    """Group the rows by the month in which they begin; first those that began before the list."""
    start, groups = _start(context), list[tuple[str, list[event_view.Row]]]()
    for row in rows:
        begun = start is not None and row.sort_day < start
        name = (
            gettext(gettext_noop("Under way"), context.language)
            if begun
            else format_month(row.sort_day, context.language)
        )
        if not groups or groups[-1][0] != name:
            groups.append((name, []))
        groups[-1][1].append(row)
    return groups


def _undecided(context: PageContext, listed: list[event_view.Row]) -> list[event_view.Row]:
    """Return undated events that the list lacks, without obligations that never had a date."""
    if context.choice.start or context.choice.end:
        return []
    kinds = context.choice.kinds or tuple(kind for kind in Kind if kind is not Kind.OBLIGATION)
    query = replace(_query(context, None, None, limit=_UNDECIDED), kinds=kinds, cursor=store_cursor("9999-12-31", ""))
    above = {row.uid for row in listed}
    return [row for row in context.rows(context.store.events(query).items) if row.uid not in above]


def _nearest(context: PageContext, first: date) -> date | None:
    """Return the first day on or after ``first`` with an event of the choice, or None."""
    for days in _SLICES:
        last = min(first, _CENTURY[1]) + timedelta(days=days)
        slots = context.store.slots(_query(context, first, last), month_grid.LONGEST)
        found = [day for slot in slots if (day := next(slot.days(first, last), None))]
        if found:
            return min(found)
    return None
