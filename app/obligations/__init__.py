"""Extraction of obligations: clauses, acts, their times, and the resulting items."""

from app.obligations.account import TimeOutcome, TimeReading, count_outcomes
from app.obligations.extract import Obligations, extract_obligations
from app.obligations.session_reference import Sessions

__all__ = [
    "Obligations",
    "Sessions",
    "TimeOutcome",
    "TimeReading",
    "count_outcomes",
    "extract_obligations",
]
