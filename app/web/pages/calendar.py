"""The calendar: everything, or what a sentence of filters chooses, as a year, a month and a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.errors import UnknownParameter, message
from app.feeds import FILTERS, FeedOptions
from app.i18n import format_day, format_month, gettext, gettext_noop
from app.model import Event, Kind
from app.store import EventQuery, Slot
from app.store.query import cursor_of as store_cursor
from app.web.feeds import almanac_feeds
from app.web.pages import event_view, month_grid, page_request, year_chart
from app.web.pages.date_display import certain
from app.web.pages.filter_form import past, sentence
from app.web.pages.page_cache import printed
from app.web.pages.page_request import PAST, Reader
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
_CENTURY: Final = (date(1946, 1, 1), date(2145, 12, 31))


@router.get("/calendar")
@printed
def calendar(request: Request) -> Response:
    """A year, a month and a list of what is chosen."""
    names = (*FILTERS, *PAST, "month", "next", "beside")
    asking = page_request.read(request, *names)
    beside = _beside(asking)
    today, first = asking.today, _month(asking)
    placed = _placed(asking, first)
    nearest = None
    if _free(asking) and not any(day.month == first.month for day in placed):
        nearest = _nearest(asking, first)
    if nearest is not None:
        first = nearest.replace(day=1)
        placed = _placed(asking, first)
    rows, following = _list(asking)
    kept = [pair for pair in request.query_params.multi_items() if pair[1] and pair[0] not in ("next", "month")]
    bounded, start = asking.choice.start or asking.choice.end, _start(asking)
    return page(
        request,
        "calendar.html",
        asking.language,
        sentence=sentence(asking, "/calendar", carried=("month", "beside")),
        past=past(asking),
        month=format_month(first, asking.language),
        this_month=first.strftime("%Y-%m"),
        before=_turned(kept, first - timedelta(days=1)),
        after=_turned(kept, year_chart.month_end(first) + timedelta(days=1)),
        present=_turned(kept, today) if (today.year, today.month) != (first.year, first.month) else "",
        nearest=format_month(today, asking.language) if nearest else "",
        weekdays=month_grid.weekdays(asking.language),
        weeks=month_grid.weeks(
            first,
            today,
            asking.language,
            _shown(asking, placed),
            {day: len(slots) for day, slots in placed.items()},
            _context(asking, first, beside),
        ),
        to_day=lambda day: _of_day(request, day),
        year=_year(asking, first.year, today),
        columns=_years(asking, first.year),
        to_month=lambda month: f"/calendar?{urlencode([*kept, ('month', month)])}#month",
        to_year=lambda number: f"/calendar?{urlencode([*kept, ('month', f'{number:04}-01')])}#year",
        heading=format_day(start, asking.language) if start and not bounded else "",
        groups=_grouped(rows, asking),
        undecided=_undecided(asking, rows) if not request.query_params.get("next") else [],
        next=f"/calendar?{urlencode([*kept, ('month', first.strftime('%Y-%m')), ('next', following)])}#list"
        if following
        else "",
        all_address=f"/calendar?{urlencode([*kept, ('from', '1945')])}#list" if not bounded else "",
        beside=beside,
        besides=[
            (name, gettext(almanac_feeds.TITLES[name], asking.language), _with(request, name, beside))
            for name in BESIDE
        ],
    )


def _free(asking: Reader) -> bool:
    """Whether the reader left it open which month to show."""
    return "month" not in asking.rest and asking.choice.start is None and asking.as_of is None


def _beside(asking: Reader) -> tuple[str, ...]:
    said = [part.strip() for part in asking.rest.get("beside", "").split(",") if part.strip()]
    if wrong := next((part for part in said if part not in BESIDE), ""):
        raise UnknownParameter(
            message("unknown value {value}", value=repr(wrong[:60])),
            where="beside",
            hint=message("use one of {known}", known=", ".join(BESIDE)),
        )
    return tuple(name for name in BESIDE if name in said)


def _with(request: Request, name: str, beside: tuple[str, ...]) -> str:
    """The address with an almanac's feed beside, or without it where it is there."""
    wanted = [part for part in BESIDE if (part in beside) != (part == name)]
    kept = [pair for pair in request.query_params.multi_items() if pair[1] and pair[0] not in ("beside", "next")]
    pairs = [*kept, *([("beside", ",".join(wanted))] if wanted else [])]
    return "/calendar" + (f"?{urlencode(pairs)}" if pairs else "")


def _query(asking: Reader, start: date | None, end: date | None, **more: object) -> EventQuery:
    choice = replace(asking.choice, start=start, end=end)
    return asking.asked(choice, **more)


def _month(asking: Reader) -> date:
    """The first day of the month shown: the one asked for, else where the choice or the day looked back to is."""
    today, choice = asking.today, asking.choice
    if "month" in asking.rest:
        return (read_day(asking.rest, "month") or today).replace(day=1)
    if choice.start and choice.start >= _CENTURY[0]:
        found = asking.store.upcoming_events(_query(asking, choice.start, choice.end, limit=1)).items
        at = found[0][0] if found else None
        return max(choice.start, min(at or choice.start, choice.end or date.max)).replace(day=1)
    return (asking.as_of or today).replace(day=1)


def _turned(pairs: Sequence[tuple[str, str]], month: date) -> str:
    return f"/calendar?{urlencode([*pairs, ('month', month.strftime('%Y-%m'))])}#month"


def _of_day(request: Request, day: date) -> str:
    """The list of all that is on a day."""
    kept = [pair for pair in request.query_params.multi_items() if pair[1] and pair[0] not in _PERIOD]
    return f"/calendar?{urlencode([*kept, ('from', day.isoformat()), ('to', day.isoformat())])}#list"


def _placed(asking: Reader, first: date) -> dict[date, list[Slot]]:
    """What stands on the days of the weeks that touch the month, all of it: last what merely recurs there.

    What has left its days stands on them too.
    """
    begins, ends = month_grid.touched(first, asking.language)
    query = _query(asking, begins, ends)
    slots = [*asking.store.slots(query, month_grid.LONGEST), *asking.store.previous_dates(query, month_grid.LONGEST)]
    return month_grid.placed(sorted(slots, key=lambda slot: slot.recurrence is not None), begins, ends)


def _shown(asking: Reader, placed: dict[date, list[Slot]]) -> dict[date, list[event_view.Row]]:
    """Of what stands on the days of a month, what it lists."""
    shown = month_grid.listed(placed)
    held = asking.store.revisions_of([slot.id for slots in shown.values() for slot in slots])
    stands = asking.store.current_revisions({item.event.uid for item in held.values()}, asking.as_of, asking.known_at)
    asking.read_titles(held.values())
    made: dict[int, event_view.Row] = {}
    for id_, revision in held.items():
        now = stands[revision.event.uid]
        made[id_] = asking.row(revision) if now == revision else asking.left(revision, now)
    return {day: [made[slot.id] for slot in slots] for day, slots in shown.items()}


def _context(asking: Reader, first: date, beside: tuple[str, ...]) -> dict[date, list[event_view.Row]]:
    """What the almanac has on the days of the weeks that touch the month."""
    begins, ends = month_grid.touched(first, asking.language)
    choice = FeedOptions(start=begins, end=ends, language=asking.language)
    around = [entry for name in beside for entry in almanac_feeds.entries(name, choice, asking.today)]
    records = almanac_feeds.AlmanacRecords()
    context: dict[date, list[event_view.Row]] = {}
    for revision in around:
        event = revision.event
        # A session is told on the days on which it opens and closes.
        turns = (event.start, event.end) if event.kind is Kind.PERIOD else ()
        days = [day for day in turns if day and begins <= day <= ends] if turns else _days(event, begins, ends)
        for day in days:
            context.setdefault(day, []).append(
                event_view.Row(revision, asking.language, records.about(event.instrument), day=asking.status_day)
            )
    return context


def _days(event: Event, first: date, last: date) -> list[date]:
    """The days of an entry of the almanac, none where only a span is known."""
    if (
        event.start is None
        or event.end is None
        or not certain(event)
        or (event.end - event.start).days > month_grid.LONGEST
    ):
        return []
    slot = Slot(0, event.uid, event.start, (event.end - event.start).days, event.recurrence)
    return list(dict.fromkeys(slot.days(first, last)))


def _years(asking: Reader, shown: int) -> list[year_chart.Column]:
    """The years around, by what begins in them; a search for words looks at fewer, it reads every event."""
    around = _NEAR if asking.choice.text else year_chart.AROUND
    first, last = max(1, shown - around), min(9999, shown + around)
    return year_chart.years(asking.store.years(_query(asking, None, None), first, last), shown)


def _year(asking: Reader, number: int, today: date) -> year_chart.Year:
    first, last = date(number, 1, 1), date(number, 12, 31)
    counts = asking.store.months(_query(asking, first, last))
    if sum(counts.values()) > year_chart.DRAWN:
        return year_chart.year_of(number, (), counts, asking.language, today, drawn=False)
    found = asking.store.events(_query(asking, first, last, limit=year_chart.DRAWN))
    stands = {(item.event.uid, item.event.start) for item in found.items}
    earlier = asking.store.departed(_query(asking, first, last, limit=_READ)).items if found.next is None else ()
    left = [item.event for item in earlier if (item.event.uid, item.event.start) not in stands]
    return year_chart.year_of(number, found.items, counts, asking.language, today, drawn=found.next is None, left=left)


def _start(asking: Reader) -> date | None:
    """The day from which the list goes: the choice's, else the month asked for, the day looked back to, or today."""
    if asking.choice.start or asking.choice.end:
        return asking.choice.start
    return _month(asking) if "month" in asking.rest else asking.as_of or asking.today


def _list(asking: Reader) -> tuple[list[event_view.Row], str]:
    """A page of the list in order of day, and where the next page goes on.

    Each event stands once: on its first day in the period, and on each of those that it has left.
    """
    start = _start(asking)
    after = page_request.read_cursor(asking.rest["next"]) if "next" in asking.rest else None
    query = _query(asking, start, asking.choice.end, limit=_LISTED)
    page = asking.store.upcoming_events(
        replace(query, cursor=store_cursor(after[0].isoformat(), after[1]) if after else None)
    )
    # Of the days that were left those count that lie in the period, none that were under way at its beginning.
    since = after if after and (start is None or after[0] >= start) else (start, "") if start else None
    left = asking.departed(replace(query, cursor=store_cursor(since[0].isoformat(), since[1]) if since else None))
    rows = asking.rows([revision for _, revision in page.items], start or date.min) + left[0]
    rows.sort(key=lambda row: (row.placed, row.uid))
    count = _LISTED
    # An event that was only made shorter or longer stands twice on its first day.
    while count < len(rows) and (rows[count].placed, rows[count].uid) == (rows[count - 1].placed, rows[count - 1].uid):
        count += 1
    more = len(rows) > count or page.next is not None or left[1] is not None
    return rows[:count], page_request.cursor_of(rows[count - 1]) if more else ""


def _grouped(rows: list[event_view.Row], asking: Reader) -> list[tuple[str, list[event_view.Row]]]:
    """The rows under the months in which they begin; what began before the list does stands first."""
    start, groups = _start(asking), list[tuple[str, list[event_view.Row]]]()
    for row in rows:
        begun = start is not None and row.placed < start
        name = (
            gettext(gettext_noop("Under way"), asking.language) if begun else format_month(row.placed, asking.language)
        )
        if not groups or groups[-1][0] != name:
            groups.append((name, []))
        groups[-1][1].append(row)
    return groups


def _undecided(asking: Reader, listed: list[event_view.Row]) -> list[event_view.Row]:
    """What waits for its day and is not listed above: events without any, but for obligations that never had one."""
    if asking.choice.start or asking.choice.end:
        return []
    kinds = asking.choice.kinds or tuple(kind for kind in Kind if kind is not Kind.OBLIGATION)
    query = replace(_query(asking, None, None, limit=_UNDECIDED), kinds=kinds, cursor=store_cursor("9999-12-31", ""))
    above = {row.uid for row in listed}
    return [row for row in asking.rows(asking.store.events(query).items) if row.uid not in above]


def _nearest(asking: Reader, first: date) -> date | None:
    """The first day, from the month of ``first`` on, that has something of the choice on it; None where none has."""
    for days in _SLICES:
        last = min(first, _CENTURY[1]) + timedelta(days=days)
        slots = asking.store.slots(_query(asking, first, last), month_grid.LONGEST)
        found = [day for slot in slots if (day := next(slot.days(first, last), None))]
        if found:
            return min(found)
    return None
