"""What an instrument schedules: operative verbs, who bears and who is told, what happens when."""

from app.obligations.extract import Norms, norms
from app.obligations.session_reference import Sessions

__all__ = ["Norms", "Sessions", "norms"]
