"""Holidays, observances and working days over the API."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.almanac import almanac, observed
from app.errors import UnknownParameter, message
from app.feeds.options import reversed_range, unknown_value
from app.model import Duration, Holiday
from app.web.api.almanac_schemas import HolidayList, ObservanceList, WorkdayAnswer
from app.web.api.params import PeriodParameters, WorkdayParameters, reject_repeated_parameters
from app.web.api.responses import describe, json_response
from app.web.server.dependencies import get_default_language

router: Final = APIRouter(prefix="/api/v1", tags=["almanac"], dependencies=[Depends(reject_repeated_parameters)])
MAX_YEARS: Final = 20
"""The longest period that one request covers."""
_DAYS_A_YEAR: Final = 366


def _period(request: Request, query: PeriodParameters) -> tuple[date, date]:
    """Return the first and last day of a request, by default this year's.

    Raises UnknownParameter for a reversed or too long period.
    """
    today = request.app.state.clock().date()
    first = query.first or (query.last or today).replace(month=1, day=1)
    last = query.last or first.replace(month=12, day=31)
    return _bounded(first, last)


def _bounded(first: date, last: date) -> tuple[date, date]:
    if last < first:
        raise reversed_range()
    if (last - first).days > MAX_YEARS * _DAYS_A_YEAR:
        raise UnknownParameter(
            message("the period is too long"),
            where="to",
            hint=message("ask for at most {most} years", most=MAX_YEARS),
        )
    return first, last


def _holiday_to_json(holiday: Holiday, language: str) -> dict[str, object]:
    return {
        "day": holiday.day.isoformat(),
        "name": almanac().say(holiday.name, language),
        "official": holiday.official,
        "source": holiday.source,
    }


@router.get("/holidays", summary="List United Nations holidays", responses=describe(HolidayList))
def list_holidays(request: Request, query: Annotated[PeriodParameters, Query()]) -> Response:
    """List the holidays at Headquarters from `from` to `to`, by default those of this year.

    `complete` is false where not every holiday of the period is known yet.
    """
    first, last = _period(request, query)
    language = query.lang or get_default_language(request)
    book = almanac().holidays
    return json_response(
        {
            "items": [_holiday_to_json(holiday, language) for holiday in book.between(first, last)],
            "complete": all(book.knows(year) for year in range(first.year, last.year + 1)),
        }
    )


@router.get("/observances", summary="List observances", responses=describe(ObservanceList))
def list_observances(request: Request, query: Annotated[PeriodParameters, Query()]) -> Response:
    """List international days, weeks, years and decades.

    They are those from `from` to `to`, by default those of this year.
    """
    first, last = _period(request, query)
    language = query.lang or get_default_language(request)
    items = [
        {
            "slug": item.slug,
            "name": item.names.get(language) or item.name,
            "names": dict(item.names),
            "kind": item.kind,
            "start": start.isoformat(),
            "end": end.isoformat(),
            "resolution": item.resolution or None,
            "source": item.source,
            "verified": item.checked,
        }
        for start, end, item in observed(almanac().observances, first, last)
    ]
    return json_response({"items": items})


@router.get("/workdays", summary="Count working days", responses=describe(WorkdayAnswer))
def get_workdays(request: Request, query: Annotated[WorkdayParameters, Query()]) -> Response:
    """Count the working days at Headquarters from `from` to `to`, both inclusive.

    Without `to` it is about the one day `from`. `offset` moves `from` by a duration: `-P10W` is ten weeks before.
    """
    language = query.lang or get_default_language(request)
    day = query.first or request.app.state.clock().date()
    other = _shifted(day, query.offset) if query.offset else None
    first, last = _bounded(day, query.last or day) if other is None else _bounded(min(day, other), max(day, other))
    book = almanac().holidays
    days = (first + timedelta(place) for place in range((last - first).days + 1))
    off = [
        {"day": at.isoformat(), "reason": "weekend" if reason == "weekend" else "holiday",
         "name": None if reason == "weekend" else almanac().say(reason, language)}
        for at in days if (reason := book.off(at)) is not None
    ]  # fmt: skip
    return json_response(
        {
            "from": first.isoformat(),
            "to": last.isoformat(),
            "days": (last - first).days + 1,
            "working_days": book.working_days(first, last),
            "off": off,
            "result": (other or last).isoformat(),
            "result_is_working_day": book.is_working_day(other or last),
            "duty_station": "new-york",
            "complete": all(book.knows(year) for year in range(first.year, last.year + 1)),
        }
    )


def _shifted(day: date, offset: str) -> date:
    """Return the day moved by a duration, backwards with a leading minus.

    Raises UnknownParameter for a malformed duration or a day out of range.
    """
    try:
        sign = -1 if offset.startswith("-") else 1
        return Duration.parse(offset.lstrip("+-")).add_to(day, sign, almanac().holidays.is_working_day)
    except (ValueError, OverflowError) as error:
        raise unknown_value("offset", offset, ("-P10W", "P90D")) from error
