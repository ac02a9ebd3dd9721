"""Models of requests and responses that need a token: documents, jobs, proposals, reviews, feeds, webhooks."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from app.model import Action, Language
from app.web.api.derive_schemas import DerivedSchedule
from app.web.api.schemas import Confidence, Cursor, Event

MAX_DECISIONS: Final = 1000
"""The most items, and the most amendments, that one review decides about."""


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobError(BaseModel):
    """Why a job failed."""

    what: str = ""
    where: str = ""
    hint: str = ""


class Job(BaseModel):
    """A job that derives the schedule of a document."""

    id: str
    kind: str
    state: JobState
    progress: Annotated[int, Field(description="Percent done.", ge=0, le=100)]
    stage: str
    document: int | None
    proposal: Annotated[int | None, Field(description="Number of the proposal, once the job is done.")]
    error: JobError | None
    created: datetime
    finished: datetime | None
    address: str


class ProposalState(StrEnum):
    """What has become of a proposal."""

    PROPOSED = "proposed"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    REJECTED = "rejected"


class ProposalSummary(BaseModel):
    """A schedule that was derived from a document and awaits review."""

    id: int
    document: int
    symbol: str
    slug: str
    language: Language
    state: ProposalState
    count: Annotated[int, Field(description="Number of items.")]
    created: datetime
    changed: datetime


class ProposalList(BaseModel):
    """A page of proposals, newest first."""

    items: list[ProposalSummary]
    next: Cursor


class DecisionStatus(StrEnum):
    """What a reviewer decided about an item."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class ReviewRecord(BaseModel):
    """A reviewer's decision about an item, as it was recorded."""

    uid: str
    status: str
    changes: dict[str, Any]
    note: str
    by: str
    moment: datetime


class AmendmentChange(BaseModel):
    """An amendment as it would be written."""

    target: str
    action: Action
    when: str | None


class AmendmentReview(BaseModel):
    """A proposed amendment with the reviewer's last decision and its effect."""

    target: str
    status: str
    changes: dict[str, Any]
    note: str
    amendment: AmendmentChange
    before: Event | None
    after: Event | None
    problem: JobError | None
    paragraph: str | None
    quote: dict[str, str]
    because: list[str]
    covers: list[str]
    confidence: Confidence


class ProposalDetail(ProposalSummary):
    """A proposal with its schedule after the decisions so far, its text and its reviews."""

    schedule: DerivedSchedule
    text: str
    amendments: list[AmendmentReview]
    reviews: list[ReviewRecord]


class ItemDecision(BaseModel):
    """A decision about an item of a proposal."""

    model_config = ConfigDict(extra="forbid")

    uid: str
    status: DecisionStatus
    changes: Annotated[dict[str, Any], Field(examples=[{"when": "2018-03-28"}])] = {}
    note: str = ""


class AmendmentDecision(BaseModel):
    """A decision about an amendment that was proposed."""

    model_config = ConfigDict(extra="forbid")

    target: Annotated[str, Field(examples=["A-RES-72-251.6.meeting.1"])]
    status: DecisionStatus
    changes: Annotated[
        dict[str, Any],
        Field(description="action, when, target, evidence", examples=[{"action": "move", "when": "2018-05-10"}]),
    ] = {}
    note: str = ""


class ReviewRequest(BaseModel):
    """Decisions about the items of a proposal; `publish` or `reject` ends the review."""

    model_config = ConfigDict(extra="forbid")

    proposal: Annotated[StrictInt, Field(ge=0, lt=10**15, examples=[5])]
    publish: Annotated[StrictBool, Field(description="Publish the proposal after these decisions.")] = False
    reject: Annotated[StrictBool, Field(description="Reject the whole proposal.")] = False
    items: list[ItemDecision] = []
    amendments: list[AmendmentDecision] = []


class SavedFeed(BaseModel):
    """A saved choice of events under a short address."""

    id: str
    address: str
    webcal: str
    formats: Annotated[dict[str, str], Field(description="The feed's address by extension.")]
    name: str
    feed: str
    choice: Annotated[dict[str, list[str]], Field(description="The feed's parameters.")]
    created: datetime
    changed: datetime


class SavedFeedList(BaseModel):
    """A page of saved feeds, oldest first."""

    items: list[SavedFeed]
    next: Cursor


class WebhookRequest(BaseModel):
    """The address that is to receive changes."""

    model_config = ConfigDict(extra="forbid")

    address: Annotated[str, Field(examples=["https://calendar.example/changed"])]


class Webhook(BaseModel):
    """An address that receives changes."""

    id: str
    address: str
    created: datetime


class NewWebhook(Webhook):
    """A new webhook with its signing secret, which is shown this once."""

    secret: str


class WebhookList(BaseModel):
    """The active webhooks."""

    items: list[Webhook]


class Delivery(BaseModel):
    """A delivery to a webhook."""

    id: int
    revision: int
    state: Literal["waiting", "delivered", "dead"]
    attempts: int
    due: datetime
    answer: str


class DeliveryList(BaseModel):
    """The newest hundred deliveries."""

    items: list[Delivery]


class AuditEntry(BaseModel):
    """A write: which token did what to what."""

    moment: datetime
    token: str | None
    name: str
    action: str
    target: str
    detail: dict[str, Any]


class AuditLog(BaseModel):
    """A page of the audit log, newest first."""

    items: list[AuditEntry]
    next: Cursor
