"""Response models of what is derived from a document."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.model import Action, Language
from app.web.api.schemas import Confidence, Event, LanguageMap


class UnplacedTime(BaseModel):
    """Words that look like a time and give no date."""

    paragraph: str | None
    span: list[int]
    quote: str
    value: str
    reason: str


class ProposedAmendment(BaseModel):
    """An amendment that a text seems to make, for a reviewer to confirm."""

    target: str
    action: Action
    when: str | None
    paragraph: str | None
    stands: Annotated[str, Field(description="The time of the event until then.")]
    because: Annotated[list[str], Field(description="What points to the event: date, symbol, subject.")]
    quote: dict[str, str]
    arithmetic: str
    covers: list[str]
    confidence: Confidence
    status: Literal["proposed", "rejected"]


class ReadingWarning(BaseModel):
    """What may be wrong with how a document was read."""

    code: str
    detail: str
    text: Annotated[str, Field(description="The warning in the language of the answer.")]


class DerivedSchedule(BaseModel):
    """What a document schedules; nothing is stored."""

    symbol: str
    lang: Language
    adopted: date | None
    title: LanguageMap
    title_derived: Annotated[bool, Field(description="True where the title was taken from the text's own words.")] = (
        False
    )
    warnings: list[ReadingWarning] = []
    body: str | None
    session: int | None
    meeting: int | None
    items: list[Event]
    proposed_amendments: list[ProposedAmendment]
    unread: list[UnplacedTime]
    names: list[UnplacedTime] = Field(description="Words that look like a time and are part of a name.")
