"""Types of single query parameters: how each is parsed, its bounds, its description in OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from app.errors import UnknownLanguage, UnknownParameter, message
from app.feeds import parse, parse_day
from app.model import LANGUAGES, Kind, Language, Status
from app.web.server.query_string import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, parse_limit, parse_moment


def parsed_by(parser: Callable[[str], object]) -> BeforeValidator:
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


def one_of(name: str, known: tuple[str, ...]) -> BeforeValidator:
    """Return a validator for one of the ``known`` values of the parameter ``name``."""

    def check(value: str) -> str:
        if value not in known:
            raise UnknownParameter(
                message("unknown value {value}", value=repr(value[:60])),
                where=name,
                hint=message("use one of {known}", known=", ".join(known)),
            )
        return value

    return parsed_by(check)


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
Statuses = Annotated[
    list[Status],
    _listed("status", "statuses"),
    Field(description="The status on the day asked about, else today.", examples=[["due", "overdue"]]),
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
    parsed_by(_search),
    Field(
        description="Words of titles, subjects and quotes, in any language.", max_length=200, examples=["disarmament"]
    ),
]
FirstDay = Annotated[
    date | None,
    parsed_by(lambda value: parse_day(value, "from")),
    Field(
        alias="from",
        description="First day, inclusive; 2018-05 and 2018 mean their first day.",
        examples=["2018-05-01"],
    ),
]
LastDay = Annotated[
    date | None,
    parsed_by(lambda value: parse_day(value, "to", last=True)),
    Field(
        alias="to", description="Last day, inclusive; 2018-05 and 2018 mean their last day.", examples=["2018-12-31"]
    ),
]
AnswerLanguage = Annotated[
    Language | None,
    parsed_by(_language),
    Field(description="Language of the sentences in the answer.", examples=["en"]),
]
AsOf = Annotated[
    date | None,
    parsed_by(lambda value: parse_day(value, "as_of", last=True)),
    Field(description="What had been decided by the end of this day.", examples=["2018-04-01"]),
]
KnownAt = Annotated[
    datetime | None,
    parsed_by(lambda value: parse_moment(value, "known_at")),
    Field(description="What the service knew at this moment (RFC 3339).", examples=["2026-12-01T00:00:00Z"]),
]
Since = Annotated[
    datetime | None,
    parsed_by(lambda value: parse_moment(value, "since")),
    Field(description="Only what the service learned after this day or moment (RFC 3339).", examples=["2026-01-01"]),
]
Limit = Annotated[
    Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE)] | None,
    parsed_by(parse_limit),
    Field(description=f"The most items on a page (default {DEFAULT_PAGE_SIZE}).", examples=[100]),
]
NextPage = Annotated[
    str | None, parsed_by(str), Field(description="Where the page begins: the `next` of the page before.")
]
PROPOSAL_STATES: Final = ("proposed", "reviewed", "published", "rejected")
State = Annotated[
    Literal["proposed", "reviewed", "published", "rejected"] | None,
    one_of("state", PROPOSAL_STATES),
    Field(description="Only proposals in this state.", examples=["proposed"]),
]
