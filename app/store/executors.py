"""Heartbeats of the processes that run jobs, so that others notice when one of them is dead."""

from __future__ import annotations

import sqlalchemy as sa

from app.store.database import Database
from app.store.schema import executors

_E = executors.c


class Executors:
    """Heartbeat counts of the executors of a store.

    Every method raises StoreError.

    A count is compared with itself only, by the clock of who watches: the clocks of several machines may differ.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def beat(self, id_: str) -> None:
        """Count one heartbeat of an executor, adding an executor that is missing."""
        with self._database.write() as connection:
            counted = executors.update().where(_E.id == id_).values(beat=_E.beat + 1)
            if connection.execute(counted).rowcount == 0:
                connection.execute(executors.insert().values(id=id_, beat=1))

    def beats(self) -> dict[str, int]:
        """Return the count of every executor, by id."""
        with self._database.read() as connection:
            return {row.id: row.beat for row in connection.execute(sa.select(_E.id, _E.beat))}

    def remove(self, id_: str, beat: int | None = None) -> None:
        """Remove an executor; with ``beat`` only if its count is still that."""
        gone = executors.delete().where(_E.id == id_)
        with self._database.write() as connection:
            connection.execute(gone if beat is None else gone.where(_E.beat == beat))
