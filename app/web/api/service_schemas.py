"""Response models of the service itself: its filters, languages, feeds and probes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.model import Language


class NamedCount(BaseModel):
    """A value that a filter takes, with its name and the number of events that it finds."""

    slug: str
    name: str
    count: int


class NamedCountList(BaseModel):
    """Values of a filter, the most frequent first."""

    items: list[NamedCount]


class LanguageName(BaseModel):
    """An official language with its name in itself."""

    language: Language
    name: str


class LanguageList(BaseModel):
    """The six official languages."""

    items: list[LanguageName]


class FeedPart(BaseModel):
    """A feed of one year of a large feed."""

    year: int
    address: str


class FeedSize(BaseModel):
    """The size of a feed, and its parts where it is too large for some programs."""

    feed: str
    address: str
    webcal: str
    bytes: int
    events: int
    etag: str
    warning: str | None
    parts: list[FeedPart]


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"]
    version: str


class FeedCacheState(BaseModel):
    """The feeds that a worker holds in memory."""

    held: int
    stale: Annotated[int, Field(description="Feeds that are served as they last were.")]
    since: Annotated[datetime | None, Field(description="Since when feeds are stale.")]
    unwritable: Annotated[int, Field(description="Events left out of feeds because they cannot be written.")]


class Readiness(BaseModel):
    """The store can be read."""

    status: Literal["ready"]
    revision: int
    feeds: FeedCacheState
