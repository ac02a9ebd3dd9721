"""Response models of the almanac: sessions, holidays, observances, working days, resolved expressions of time."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.model import Certainty
from app.web.api.schemas import Day, LanguageMap


class SessionCertainty(StrEnum):
    """How the days of a session are known."""

    DECIDED = "decided"
    FORECAST = "forecast"
    WINDOW = "window"


class Session(BaseModel):
    """A session of a body, or a part of one, with its days and how they are known."""

    uid: Annotated[str, Field(description="The UID of its entry in the feed of sessions.")]
    token: Annotated[str | None, Field(description="The notation that names it; null for a part, or without notation.")]
    body: str
    number: Annotated[int, Field(description="The number of the session, or its year.")]
    part: Annotated[str | None, Field(description="The part of the session in English; null for a whole session.")]
    name: Annotated[str, Field(description="The body's name in the language of the answer.")]
    title: Annotated[str, Field(description="The session's name in the language of the answer.")]
    opens: Annotated[
        date | None, Field(description="First day, or the expected one; null where only a window is known.")
    ]
    closes: Annotated[date | None, Field(description="Last day, inclusive, or the expected one.")]
    start: Annotated[date | None, Field(description="First day on which the session can stand, inclusive.")]
    end: Annotated[date | None, Field(description="Last day on which the session can stand, inclusive.")]
    certainty: Annotated[SessionCertainty | None, Field(description="Null where no rule gives the days.")]
    forecast: Annotated[bool, Field(description="True where a rule, not a decision, gives the opening day.")]
    rule: Annotated[str | None, Field(description="The rule of a forecast, in English.")]
    place: Annotated[str | None, Field(description="The city, in the language of the answer; null where not known.")]
    source: str
    general_debate: date | None
    general_debate_forecast: bool


class SessionList(BaseModel):
    """Sessions in order of days."""

    items: list[Session]


class SessionDetail(Session):
    """A session with the arithmetic behind its days."""

    arithmetic: str


class Holiday(BaseModel):
    """A United Nations holiday at Headquarters."""

    day: Day
    name: str
    official: Annotated[bool, Field(description="True where a circular published it, false where a rule computes it.")]
    source: str


class HolidayList(BaseModel):
    """Holidays in order of day."""

    items: list[Holiday]
    complete: Annotated[bool, Field(description="False where not every holiday of the period is known yet.")]


class Observance(BaseModel):
    """An international day, week, year or decade."""

    slug: str
    name: Annotated[str, Field(description="The name in the language of the answer.")]
    names: LanguageMap
    kind: Literal["day", "week", "year", "decade"]
    start: Day
    end: Day
    resolution: Annotated[str | None, Field(description="Symbol of the instrument that proclaimed it.")]
    source: str
    verified: Annotated[bool, Field(description="Whether the source was held against the instrument.")]


class ObservanceList(BaseModel):
    """Observances in order of day."""

    items: list[Observance]


class DayOff(BaseModel):
    """A day on which Headquarters does not work."""

    day: Day
    reason: Literal["weekend", "holiday"]
    name: Annotated[str | None, Field(description="The name of the holiday.")]


class WorkdayAnswer(BaseModel):
    """The working days of a period."""

    first: Annotated[date, Field(alias="from", description="First day, inclusive.")]
    to: Annotated[date, Field(description="Last day, inclusive.")]
    days: Annotated[int, Field(description="Number of days from `from` to `to`, both inclusive.")]
    working_days: Annotated[int, Field(description="Number of Mondays to Fridays that are no holidays.")]
    off: Annotated[list[DayOff], Field(description="Weekends and holidays of the period.")]
    result: Annotated[date, Field(description="The day moved by `offset`; without it, the last day.")]
    result_is_working_day: bool
    duty_station: str
    complete: Annotated[bool, Field(description="False where not every holiday of the period is known yet.")]


class ResolvedTime(BaseModel):
    """The days of one expression of time, and how they were worked out."""

    text: str | None
    when: Annotated[str, Field(description="The time in Plenary's notation.")]
    start: date | None
    end: date | None
    certainty: Certainty
    recurrence: str | None
    rule: str
    arithmetic: str
    alternatives: list[str]
    adopted: Annotated[date, Field(description="The day of adoption that the expression was read with.")]
    body: Annotated[str, Field(description="The adopting body that the expression was read with.")]
