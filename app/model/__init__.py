"""The nouns of the pipeline: frozen values, standard library only.

Every stage takes and gives these, and nothing else passes between stages. Times are in the notation of
``app.model.when``; ``When`` is the type, ``str(when)`` the notation.
"""

from app.model.calendar_date import CalendarDate
from app.model.dates import FIRST_YEAR, LAST_YEAR, Holiday, Milestone, Outcome, Pending, Resolved, Session, Step, Window
from app.model.document import (
    DOUBTFUL,
    UNKNOWN_SYMBOL,
    DocumentWarning,
    Footnote,
    FootnoteMark,
    Paragraph,
    Reading,
    Resolution,
    Role,
    Span,
    Symbol,
    WarningCode,
)
from app.model.duration import Duration
from app.model.enums import (
    DECIDED_STATUSES,
    INACTIVE_STATUSES,
    LANGUAGES,
    TO_BE_DECIDED,
    UNDATED,
    Certainty,
    Kind,
    Language,
    Status,
)
from app.model.obligation import NAME_REASONS, Obligation, TemporalExpression, TimexType, Unread
from app.model.schedule import Action, Amendment, Check, Event, Proposal, Review, ReviewStatus, Revision, Schedule
from app.model.time_point import Anchor, Base, Point, Recurrence, Relation, SessionName
from app.model.title import TitleSlots, Topic
from app.model.when import When

__all__ = [
    "DECIDED_STATUSES",
    "DOUBTFUL",
    "FIRST_YEAR",
    "INACTIVE_STATUSES",
    "LANGUAGES",
    "LAST_YEAR",
    "NAME_REASONS",
    "TO_BE_DECIDED",
    "UNDATED",
    "UNKNOWN_SYMBOL",
    "Action",
    "Amendment",
    "Anchor",
    "Base",
    "CalendarDate",
    "Certainty",
    "Check",
    "DocumentWarning",
    "Duration",
    "Event",
    "Footnote",
    "FootnoteMark",
    "Holiday",
    "Kind",
    "Language",
    "Milestone",
    "Obligation",
    "Outcome",
    "Paragraph",
    "Pending",
    "Point",
    "Proposal",
    "Reading",
    "Recurrence",
    "Relation",
    "Resolution",
    "Resolved",
    "Review",
    "ReviewStatus",
    "Revision",
    "Role",
    "Schedule",
    "Session",
    "SessionName",
    "Span",
    "Status",
    "Step",
    "Symbol",
    "TemporalExpression",
    "TimexType",
    "TitleSlots",
    "Topic",
    "Unread",
    "WarningCode",
    "When",
    "Window",
]
