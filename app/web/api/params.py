"""Query parameters of the API as pydantic models: validated here, described in OpenAPI from here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from fastapi import Request
from pydantic import BaseModel, BeforeValidator, Field, model_validator

from app.errors import UnknownLanguage, UnknownParameter, message
from app.feeds import FeedOptions, parse, parse_day
from app.feeds.options import is_tracking_parameter, reversed_range
from app.model import LANGUAGES, Kind, Language
from app.web.server.query_string import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, parse_limit, parse_moment

_REPEATABLE: Final = frozenset({"kind", "actor", "bearer", "addressee", "body", "session", "topic", "resolution"})
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


def _parsed(parser: Callable[[str], object]) -> BeforeValidator:
    """Return a validator that parses a non-empty string; an empty one counts as not given."""

    def validate(value: object) -> object:
        if not isinstance(value, str):
            return value
        return parser(value.strip()) if value.strip() else None

    return BeforeValidator(validate)


def _listed(name: str, attribute: str) -> BeforeValidator:
    """Return a validator for a repeatable filter, by the same rules as feeds."""

    def validate(value: object) -> object:
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list):
            return value
        return list(getattr(parse([(name, str(item)) for item in values]), attribute))

    return BeforeValidator(validate)


def _language(value: str) -> str:
    if value not in LANGUAGES:
        hint = message("use one of {known}", known=", ".join(LANGUAGES))
        raise UnknownLanguage(message("unknown language {asked}", asked=repr(value[:20])), where="lang", hint=hint)
    return value


def _one_of(name: str, known: tuple[str, ...]) -> BeforeValidator:
    def check(value: str) -> str:
        if value not in known:
            raise UnknownParameter(
                message("unknown value {value}", value=repr(value[:60])),
                where=name,
                hint=message("use one of {known}", known=", ".join(known)),
            )
        return value

    return _parsed(check)


def _search(value: str) -> str:
    return parse([("q", value)]).text


Kinds = Annotated[
    list[Kind], _listed("kind", "kinds"), Field(description="Kinds of events.", examples=[["report", "meeting"]])
]
Actors = Annotated[
    list[str],
    _listed("actor", "actors"),
    Field(
        description="Who is to act or is addressed: slugs of official English names.", examples=[["secretary-general"]]
    ),
]
Bearers = Annotated[
    list[str],
    _listed("bearer", "bearers"),
    Field(description="Who is to act.", examples=[["secretary-general"]]),
]
Addressees = Annotated[
    list[str],
    _listed("addressee", "addressees"),
    Field(description="Who is addressed, such as the body that a report goes to.", examples=[["general-assembly"]]),
]
Sessions = Annotated[
    list[str],
    _listed("session", "sessions"),
    Field(description="The session that the time of an event names.", examples=[["GA82"]]),
]
Resolutions = Annotated[
    list[str],
    _listed("resolution", "resolutions"),
    Field(description="Slugs or symbols of instruments.", examples=[["A-RES-72-251", "A/RES/73/262"]]),
]
Bodies = Annotated[
    list[str],
    _listed("body", "bodies"),
    Field(description="The body that adopted the instrument.", examples=[["general-assembly"]]),
]
Topics = Annotated[
    list[str],
    _listed("topic", "topics"),
    Field(
        description="A series of yearly instruments, or words of an English title joined by hyphens.",
        examples=[["nuclear-disarmament"]],
    ),
]
Words = Annotated[
    str | None,
    _parsed(_search),
    Field(
        description="Words of titles, subjects and quotes, in any language.", max_length=200, examples=["disarmament"]
    ),
]
FirstDay = Annotated[
    date | None,
    _parsed(lambda value: parse_day(value, "from")),
    Field(
        alias="from",
        description="First day, inclusive; 2018-05 and 2018 mean their first day.",
        examples=["2018-05-01"],
    ),
]
LastDay = Annotated[
    date | None,
    _parsed(lambda value: parse_day(value, "to", last=True)),
    Field(
        alias="to", description="Last day, inclusive; 2018-05 and 2018 mean their last day.", examples=["2018-12-31"]
    ),
]
AnswerLanguage = Annotated[
    Language | None, _parsed(_language), Field(description="Language of the sentences in the answer.", examples=["en"])
]
AsOf = Annotated[
    date | None,
    _parsed(lambda value: parse_day(value, "as_of", last=True)),
    Field(description="What had been decided by the end of this day.", examples=["2018-04-01"]),
]
KnownAt = Annotated[
    datetime | None,
    _parsed(lambda value: parse_moment(value, "known_at")),
    Field(description="What the service knew at this moment (RFC 3339).", examples=["2026-12-01T00:00:00Z"]),
]
Since = Annotated[
    datetime | None,
    _parsed(lambda value: parse_moment(value, "since")),
    Field(description="Only what the service learned after this day or moment (RFC 3339).", examples=["2026-01-01"]),
]
Limit = Annotated[
    Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE)] | None,
    _parsed(parse_limit),
    Field(description=f"The most items on a page (default {DEFAULT_PAGE_SIZE}).", examples=[100]),
]
NextPage = Annotated[
    str | None, _parsed(str), Field(description="Where the page begins: the `next` of the page before.")
]
PROPOSAL_STATES: Final = ("proposed", "reviewed", "published", "rejected")
State = Annotated[
    Literal["proposed", "reviewed", "published", "rejected"] | None,
    _one_of("state", PROPOSAL_STATES),
    Field(description="Only proposals in this state.", examples=["proposed"]),
]


class Parameters(BaseModel):
    """The query parameters of a route; tracking parameters are ignored, other unknown ones refused."""

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
    q: Words = None
    first: FirstDay = None
    last: LastDay = None
    sort: Annotated[
        Literal["day", "-day"] | None,
        _one_of("sort", ("day", "-day")),
        Field(description="Order by day, or by day with the latest first; the latter gives at most 1,000 events."),
    ] = None
    fields: Annotated[
        str | None,
        _parsed(str),
        Field(description="Members of items to give, separated by commas.", examples=["uid,start,end,title"]),
    ] = None
    counts: Annotated[
        Literal["yes", "no"] | None,
        _one_of("counts", ("yes", "no")),
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
        _parsed(str),
        Field(description="A duration (ISO 8601) that moves `from`: -P10W is ten weeks before.", examples=["-P10W"]),
    ] = None


class ResolveParameters(LanguageParameters):
    """An expression of time and where it stands."""

    text: Annotated[
        str | None,
        _parsed(str),
        Field(
            description="The expression in the words of a resolution.",
            max_length=300,
            examples=["no later than ninety days before its eighty-third session"],
        ),
    ] = None
    when: Annotated[
        str | None, _parsed(str), Field(description="A time in Plenary's notation.", max_length=120, examples=["GA83"])
    ] = None
    adopted: Annotated[
        date | None,
        _parsed(lambda value: parse_day(value, "adopted")),
        Field(description="The day of adoption; today where it is not given.", examples=["2026-12-01"]),
    ] = None
    body: Bodies = []


class ProposalParameters(PageParameters):
    """Which proposals."""

    state: State = None
    resolution: Annotated[
        str | None, _parsed(str), Field(description="Slug of an instrument.", examples=["A-RES-72-251"])
    ] = None


class FeedParameters(Parameters):
    """A feed: which events, and how it shows them."""

    feed: Annotated[
        str | None,
        _parsed(str),
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
    q: Words = None
    first: FirstDay = None
    last: LastDay = None
    lang: AnswerLanguage = None
    cancelled: Annotated[
        Literal["keep", "mark", "drop"] | None,
        _one_of("cancelled", ("keep", "mark", "drop")),
        Field(description="How to show cancelled and postponed events."),
    ] = None
    windows: Annotated[
        Literal["start", "span", "none"] | None,
        _one_of("windows", ("start", "span", "none")),
        Field(description="Show a session or span on its first day, on all its days, or not at all."),
    ] = None
    milestones: Annotated[
        Literal["yes", "no"] | None,
        _one_of("milestones", ("yes", "no")),
        Field(description="Add the days before a deadline that rules derive."),
    ] = None
    targets: Annotated[
        Literal["yes", "no"] | None,
        _one_of("targets", ("yes", "no")),
        Field(description='Give goals such as "by 2030".'),
    ] = None
    budget: Annotated[
        Literal["yes", "no"] | None,
        _one_of("budget", ("yes", "no")),
        Field(description="Give budget periods."),
    ] = None
    alarm: Annotated[
        str | None, _parsed(str), Field(description="A reminder this long before the start.", examples=["P7D"])
    ] = None
    shape: Annotated[
        Literal["event", "todo"] | None,
        _one_of("as", ("event", "todo")),
        Field(alias="as", description="Write reports and deadlines as events or as to-dos."),
    ] = None
    timed: Annotated[
        Literal["yes", "no"] | None,
        _one_of("timed", ("yes", "no")),
        Field(description="Show events of a known time of day at that time (yes) or on the whole day (no)."),
    ] = None
