"""The store: events with their revisions on two time axes, instruments and texts, in SQLite or PostgreSQL."""

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
from app.store.documents import (
    Document,
    Documents,
    Draft,
    Proposed,
    Publication,
    Publishing,
    Upload,
    Verdict,
    Whole,
)
from app.store.jobs import (
    Enqueue,
    Job,
    Jobs,
)
from app.store.query import (
    EventQuery,
    Filed,
    Instrument,
    Lately,
    Page,
)
from app.store.related_events import (
    Related,
)
from app.store.source_files import (
    Noted,
)
from app.store.store import (
    BEFORE,
    Store,
)
from app.store.subscriptions import (
    Subscription,
    Subscriptions,
)
from app.store.tokens import (
    Access,
    Entry,
    Token,
)
from app.store.webhooks import (
    Delivery,
    Webhook,
)
from app.store.writer import (
    Part,
)

__all__ = [
    "BEFORE",
    "Access",
    "Delivery",
    "Document",
    "Documents",
    "Draft",
    "Enqueue",
    "Entry",
    "EventQuery",
    "Filed",
    "Instrument",
    "Job",
    "Jobs",
    "Lately",
    "Noted",
    "Page",
    "Part",
    "Proposed",
    "Publication",
    "Publishing",
    "Related",
    "Slot",
    "Store",
    "Subscription",
    "Subscriptions",
    "Token",
    "Upload",
    "Verdict",
    "Webhook",
    "Whole",
    "event_from_json",
    "event_to_json",
    "schedule_from_json",
    "schedule_to_json",
    "whole_from_json",
    "whole_to_json",
]
