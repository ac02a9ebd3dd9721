"""Listener for changes of the store by other processes.

On PostgreSQL a thread listens for what a writing transaction announces as it commits (LISTEN/NOTIFY), so that readers
need not ask for the revision. Whatever happens to its connection, what it says is at most ``TRUST`` seconds old: it
asks again while nothing is announced, and whoever finds that it has not heard anything for longer asks the store.
"""

from __future__ import annotations

import logging
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

if TYPE_CHECKING:
    import psycopg

CHANNEL: Final = "plenary_revision"
TRUST: Final = 1.0
_ASK: Final = 0.5
_RETRY: Final = 1.0
REVISION: Final = "SELECT revision FROM state"
_log = logging.getLogger(__name__)


def notify(connection: sa.Connection, revision: int) -> None:
    """Have the new revision announced when the transaction commits; nothing on SQLite."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_notify(CHANNEL, str(revision))))


class ChangeListener:
    """Listens on a connection of its own, by the address of a PostgreSQL database."""

    def __init__(self, url: sa.URL) -> None:
        self._url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._stopped = Event()
        self._known = (float("-inf"), 0)
        self._thread = Thread(target=self._run, name="plenary-herald", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """End listening, within a second."""
        self._stopped.set()
        self._thread.join(_ASK + _RETRY)

    def revision(self) -> int | None:
        """Return the revision that was last heard; None where that is too long ago."""
        heard, revision = self._known
        return revision if monotonic() - heard <= TRUST else None

    def set_revision(self, revision: int) -> None:
        """Take in a revision that this process made itself."""
        heard, known = self._known
        self._known = (heard, max(known, revision))

    def _run(self) -> None:
        import psycopg  # noqa: PLC0415  # the driver, only where PostgreSQL is

        while not self._stopped.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True, connect_timeout=5) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._listen(connection)
            except psycopg.Error as error:
                _log.warning("the store's changes cannot be listened for: %s", str(error).strip())
                self._stopped.wait(_RETRY)

    def _listen(self, connection: psycopg.Connection) -> None:
        while not self._stopped.is_set():
            row = connection.execute(REVISION).fetchone()
            self._known = (monotonic(), int(row[0]) if row else 0)
            # Ends with what was announced, or after a while, to ask again.
            for notification in connection.notifies(timeout=_ASK, stop_after=1):
                if notification.payload.isascii() and notification.payload.isdigit():
                    self._known = (monotonic(), int(notification.payload))
