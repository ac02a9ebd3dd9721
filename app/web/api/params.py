"""Query parameters of the API as pydantic models: validated here, described in OpenAPI from here."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from fastapi import Request
from pydantic import BaseModel, Field, model_validator

from app.errors import UnknownParameter, message
from app.feeds import FILTERS, FeedOptions, parse_day
from app.feeds.options import is_tracking_parameter, reversed_range
from app.web.api.parameter_types import (
    Actors,
    Addressees,
    AnswerLanguage,
    AsOf,
    Bearers,
    Bodies,
    FirstDay,
    Kinds,
    KnownAt,
    LastDay,
    Limit,
    NextPage,
    Resolutions,
    Sessions,
    Since,
    State,
    Statuses,
    Topics,
    Words,
    one_of,
    parsed_by,
)
from app.web.server.query_string import DEFAULT_PAGE_SIZE

_REPEATABLE: Final = frozenset(FILTERS) - {"q", "from", "to"}
"""Parameters that take several values, repeated or separated by commas."""


def reject_repeated_parameters(request: Request) -> None:
    """Raise UnknownParameter where a parameter that takes one value is given twice."""
    seen: set[str] = set()
    for name, value in request.query_params.multi_items():
        if name in _REPEATABLE or is_tracking_parameter(name) or not value.strip():
            continue
        if name in seen:
            raise UnknownParameter(
                message("duplicate parameter {name}", name=name), where=name, hint=message("give the parameter once")
            )
        seen.add(name)


class Parameters(BaseModel):
    """The query parameters of a route.

    Tracking parameters are ignored, other unknown ones rejected.
    """

    @model_validator(mode="before")
    @classmethod
    def _reject_unknown(cls, data: Any) -> Any:  # pydantic passes what the framework collected
        known = [field.alias or name for name, field in cls.model_fields.items()]
        for name in data:
            if name not in known and not is_tracking_parameter(name):
                hint = message("use one of {known}", known=", ".join(known)) if known else message("give no parameters")
                raise UnknownParameter(
                    message("unknown parameter {name}", name=repr(name[:60])), where="query", hint=hint
                )
        return data


class NoParameters(Parameters):
    """No query parameters at all."""


class LanguageParameters(Parameters):
    """The language of the answer."""

    lang: AnswerLanguage = None


class PageParameters(Parameters):
    """A page of a list."""

    limit: Limit = None
    next: NextPage = None

    @property
    def size(self) -> int:
        """Return the page size."""
        return self.limit or DEFAULT_PAGE_SIZE


class StateParameters(LanguageParameters):
    """The language of the answer, and the moment whose state is asked for."""

    as_of: AsOf = None
    known_at: KnownAt = None


class HistoryParameters(LanguageParameters):
    """The language of the answer, and the moment whose knowledge is asked for."""

    known_at: KnownAt = None


class InstrumentParameters(PageParameters):
    """Which instruments."""

    q: Words = None
    body: Bodies = []
    lang: AnswerLanguage = None


class EventParameters(PageParameters):
    """Which events: the values of one parameter are OR, different parameters AND."""

    kind: Kinds = []
    actor: Actors = []
    bearer: Bearers = []
    addressee: Addressees = []
    body: Bodies = []
    session: Sessions = []
    topic: Topics = []
    resolution: Resolutions = []
    status: Statuses = []
    q: Words = None
    first: FirstDay = None
    last: LastDay = None
    sort: Annotated[
        Literal["day", "-day"] | None,
        one_of("sort", ("day", "-day")),
        Field(description="Order by day, or by day with the latest first; the latter gives at most 1,000 events."),
    ] = None
    fields: Annotated[
        str | None,
        parsed_by(str),
        Field(description="Members of items to give, separated by commas.", examples=["uid,start,end,title"]),
    ] = None
    counts: Annotated[
        Literal["yes", "no"] | None,
        one_of("counts", ("yes", "no")),
        Field(description="Give the number of events of all pages by kind, body and year."),
    ] = None
    lang: AnswerLanguage = None
    as_of: AsOf = None
    known_at: KnownAt = None

    @model_validator(mode="after")
    def _reject_reversed(self) -> EventParameters:
        if self.first and self.last and self.last < self.first:
            raise reversed_range()
        return self

    def to_choice(self, language: str) -> FeedOptions:
        """Return the filters as a choice of events; ``language`` applies where none is given."""
        return FeedOptions(
            kinds=tuple(self.kind),
            actors=tuple(self.actor),
            bodies=tuple(self.body),
            topics=tuple(self.topic),
            bearers=tuple(self.bearer),
            addressees=tuple(self.addressee),
            sessions=tuple(self.session),
            resolutions=tuple(self.resolution),
            statuses=tuple(self.status),
            text=self.q or "",
            start=self.first,
            end=self.last,
            language=self.lang or language,
        )


class MandateParameters(LanguageParameters):
    """The day whose state is asked for, and how many mandates at most."""

    as_of: AsOf = None
    limit: Limit = None


class ChangeParameters(PageParameters):
    """Which changes."""

    since: Since = None
    lang: AnswerLanguage = None


class SessionParameters(LanguageParameters):
    """Which sessions."""

    body: Bodies = []
    first: FirstDay = None
    last: LastDay = None


class NameParameters(LanguageParameters):
    """Which values of a filter."""

    q: Words = None
    limit: Limit = None


class PeriodParameters(LanguageParameters):
    """A period of days."""

    first: FirstDay = None
    last: LastDay = None


class WorkdayParameters(PeriodParameters):
    """A period of days, or a day and a duration."""

    offset: Annotated[
        str | None,
        parsed_by(str),
        Field(description="A duration (ISO 8601) that moves `from`: -P10W is ten weeks before.", examples=["-P10W"]),
    ] = None


class ResolveParameters(LanguageParameters):
    """An expression of time and where it stands."""

    text: Annotated[
        str | None,
        parsed_by(str),
        Field(
            description="The expression in the words of a resolution.",
            max_length=300,
            examples=["no later than ninety days before its eighty-third session"],
        ),
    ] = None
    when: Annotated[
        str | None,
        parsed_by(str),
        Field(description="A time in Plenary's notation.", max_length=120, examples=["GA83"]),
    ] = None
    adopted: Annotated[
        date | None,
        parsed_by(lambda value: parse_day(value, "adopted")),
        Field(description="The day of adoption; today where it is not given.", examples=["2026-12-01"]),
    ] = None
    body: Bodies = []


class ProposalParameters(PageParameters):
    """Which proposals."""

    state: State = None
    resolution: Annotated[
        str | None, parsed_by(str), Field(description="Slug of an instrument.", examples=["A-RES-72-251"])
    ] = None


class FeedParameters(Parameters):
    """A feed: which events, and how it shows them."""

    feed: Annotated[
        str | None,
        parsed_by(str),
        Field(description="Name of the feed: all, sessions, holidays, resolution/A-RES-72-251.", examples=["all"]),
    ] = None
    kind: Kinds = []
    actor: Actors = []
    bearer: Bearers = []
    addressee: Addressees = []
    body: Bodies = []
    session: Sessions = []
    topic: Topics = []
    resolution: Resolutions = []
    status: Statuses = []
    q: Words = None
    first: FirstDay = None
    last: LastDay = None
    lang: AnswerLanguage = None
    cancelled: Annotated[
        Literal["keep", "mark", "drop"] | None,
        one_of("cancelled", ("keep", "mark", "drop")),
        Field(description="How to show cancelled and postponed events."),
    ] = None
    windows: Annotated[
        Literal["start", "span", "none"] | None,
        one_of("windows", ("start", "span", "none")),
        Field(description="Show a session or span on its first day, on all its days, or not at all."),
    ] = None
    milestones: Annotated[
        Literal["yes", "no"] | None,
        one_of("milestones", ("yes", "no")),
        Field(description="Add the days before a deadline that rules derive."),
    ] = None
    targets: Annotated[
        Literal["yes", "no"] | None,
        one_of("targets", ("yes", "no")),
        Field(description='Give goals such as "by 2030".'),
    ] = None
    budget: Annotated[
        Literal["yes", "no"] | None,
        one_of("budget", ("yes", "no")),
        Field(description="Give budget periods."),
    ] = None
    alarm: Annotated[
        str | None, parsed_by(str), Field(description="A reminder this long before the start.", examples=["P7D"])
    ] = None
    shape: Annotated[
        Literal["event", "todo"] | None,
        one_of("as", ("event", "todo")),
        Field(alias="as", description="Write reports and deadlines as events or as to-dos."),
    ] = None
    timed: Annotated[
        Literal["yes", "no"] | None,
        one_of("timed", ("yes", "no")),
        Field(description="Show events of a known time of day at that time (yes) or on the whole day (no)."),
    ] = None
