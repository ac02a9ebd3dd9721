"""The store: events with their revisions on two time axes, instruments and texts, in SQLite or PostgreSQL."""

from app.store.audit import AuditEntry, AuditLog
from app.store.calendar_queries import (
    Slot,
)
from app.store.codec import (
    event_from_json,
    event_to_json,
    schedule_from_json,
    schedule_to_json,
    whole_from_json,
    whole_to_json,
)
from app.store.documents import Document, Documents, Upload
from app.store.jobs import (
    Enqueue,
    Job,
    Jobs,
)
from app.store.proposals import (
    Draft,
    ProposalDetail,
    Proposals,
    ProposalSummary,
    Publication,
    Publishing,
    RecordedDecision,
)
from app.store.query import (
    ChangeSet,
    EventQuery,
    Instrument,
    Page,
    StoredInstrument,
)
from app.store.revision_queries import (
    Related,
)
from app.store.source_files import (
    SourceRecord,
)
from app.store.store import (
    BEFORE,
    Store,
)
from app.store.subscriptions import (
    Subscription,
    Subscriptions,
)
from app.store.token import Token
from app.store.tokens import Tokens
from app.store.webhooks import (
    Delivery,
    Webhook,
)
from app.store.writer import (
    Part,
)

__all__ = [
    "BEFORE",
    "AuditEntry",
    "AuditLog",
    "ChangeSet",
    "Delivery",
    "Document",
    "Documents",
    "Draft",
    "Enqueue",
    "EventQuery",
    "Instrument",
    "Job",
    "Jobs",
    "Page",
    "Part",
    "ProposalDetail",
    "ProposalSummary",
    "Proposals",
    "Publication",
    "Publishing",
    "RecordedDecision",
    "Related",
    "Slot",
    "SourceRecord",
    "Store",
    "StoredInstrument",
    "Subscription",
    "Subscriptions",
    "Token",
    "Tokens",
    "Upload",
    "Webhook",
    "event_from_json",
    "event_to_json",
    "schedule_from_json",
    "schedule_to_json",
    "whole_from_json",
    "whole_to_json",
]
