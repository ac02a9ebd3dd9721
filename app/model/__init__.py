"""The nouns of the house: frozen values, standard library only.

Every stage of the pipeline takes and gives these, and nothing else passes between stages.

``when`` values are strings in ISO 8601 notation with session tokens: ``2018-03-28``,
``2018-05-14/2018-05-16``, ``../2019-06-30``, ``2020-01-01/..``, ``GA73``, ``../GA73``, ``GA73/main``,
``adoption+P60D``, ``expiry-P30D``, ``event+P60D``, ``GA73-P6W``, ``R/--09-26``, ``R/P1Y``, ``GA73;R/P1Y``,
``next``, ``current``, ``TBD``, ``undated``.
"""

from app.model.dates import Holiday, Milestone, Outcome, Pending, Resolved, Session, Step, Window
from app.model.document import Footnote, FootnoteMark, Paragraph, Reading, Resolution, Role, Span, Symbol
from app.model.enums import LANGUAGES, TO_BE_DECIDED, UNDATED, Certainty, Kind, Language, Status
from app.model.obligation import Obligation, TemporalExpression, TimexType, Unread
from app.model.schedule import Action, Amendment, Event, Proposal, Review, ReviewStatus, Revision, Schedule

__all__ = [
    "LANGUAGES",
    "TO_BE_DECIDED",
    "UNDATED",
    "Action",
    "Amendment",
    "Certainty",
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
    "Proposal",
    "Reading",
    "Resolution",
    "Resolved",
    "Review",
    "ReviewStatus",
    "Revision",
    "Role",
    "Schedule",
    "Session",
    "Span",
    "Status",
    "Step",
    "Symbol",
    "TemporalExpression",
    "TimexType",
    "Unread",
    "Window",
]
