"""The audit log: a line for every write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.store.database import Database
from app.store.query import Page, bounded, cursor_of, number_of_cursor, read_cursor
from app.store.schema import audit, moment_in, moment_out
from app.store.token import Token


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Line of the audit log: ``token`` did ``action`` to ``target``.

    ``token`` is null for the operator's command line.
    """

    moment: datetime
    token: str | None
    name: str
    action: str
    target: str
    detail: Mapping[str, Any]


def add_audit_entry(
    connection: sa.Connection,
    moment: datetime,
    by: Token | None,
    action: str,
    target: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add a line to the audit log in the transaction of the write that it tells of."""
    connection.execute(
        audit.insert().values(
            moment=moment_in(moment),
            token=by.id if by else None,
            name=by.name if by else "",
            action=action,
            target=target[:240],
            detail=json.dumps(dict(detail or {}), ensure_ascii=False),
        )
    )


class AuditLog:
    """The audit log of a store. Every method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(
        self, moment: datetime, by: Token | None, action: str, target: str, detail: Mapping[str, Any] | None = None
    ) -> None:
        """Add a line to the audit log."""
        with self._database.write() as connection:
            add_audit_entry(connection, moment, by, action, target, detail)

    def entries(self, limit: int = 100, cursor: str | None = None) -> Page[AuditEntry]:
        """Return the audit log, newest first."""
        size = bounded(limit)
        query = sa.select(audit).order_by(audit.c.id.desc()).limit(size + 1)
        if cursor is not None:
            query = query.where(audit.c.id < number_of_cursor(read_cursor(cursor, 1)[0]))
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        items = tuple(
            AuditEntry(moment_out(row.moment), row.token, row.name, row.action, row.target, json.loads(row.detail))
            for row in rows[:size]
        )
        return Page(items, cursor_of(str(rows[size - 1].id)) if len(rows) > size else None)
