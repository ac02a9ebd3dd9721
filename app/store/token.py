"""What a token is: a name, scopes, and until when it is valid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Token:
    """An access token without its secret; moments in UTC, ``expires`` exclusive."""

    id: str
    name: str
    scopes: frozenset[str]
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None
    used: datetime | None = None

    def valid(self, now: datetime) -> bool:
        """Return whether it may be used at ``now``."""
        return self.revoked is None and (self.expires is None or now < self.expires)

    def may(self, scope: str) -> bool:
        """Return whether it has the scope; ``admin`` has all."""
        return scope in self.scopes or "admin" in self.scopes
