"""What an instrument schedules: clauses, acts, their times, and the items that come of them."""

from app.obligations.extract import Obligations, extract_obligations
from app.obligations.session_reference import Sessions

__all__ = ["Obligations", "Sessions", "extract_obligations"]
