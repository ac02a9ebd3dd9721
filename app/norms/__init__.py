"""What an instrument schedules: operative verbs, who bears and who is told, what happens when."""

from app.norms.read import Norms, norms
from app.norms.whose import Sessions

__all__ = ["Norms", "Sessions", "norms"]
