"""Access tokens, who is signed in with one, and the audit log of every write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.store.database import Database
from app.store.query import Page, bounded, cursor_of, number_of_cursor, read_cursor
from app.store.schema import audit, moment_in, moment_out, signins, tokens

_T = tokens.c


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
        """Whether it may be used at ``now``."""
        return self.revoked is None and (self.expires is None or now < self.expires)

    def may(self, scope: str) -> bool:
        """Whether it has the scope; ``admin`` has all."""
        return scope in self.scopes or "admin" in self.scopes


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A line of the audit log: ``token`` did ``action`` to ``target``; None for the operator's command line."""

    moment: datetime
    token: str | None
    name: str
    action: str
    target: str
    detail: Mapping[str, Any]


def note(
    connection: sa.Connection,
    moment: datetime,
    by: Token | None,
    action: str,
    target: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Adds a line to the audit log in the transaction of the write that it tells of."""
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


class Tokens:
    """The tokens of a store. Every method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, token: Token, digest: str, by: Token | None = None) -> None:
        """Keeps a new token; ``digest`` is the hash of its secret."""
        with self._database.write() as connection:
            connection.execute(
                tokens.insert().values(
                    id=token.id,
                    name=token.name,
                    hash=digest,
                    scopes=",".join(sorted(token.scopes)),
                    created=moment_in(token.created),
                    expires=moment_in(token.expires) if token.expires else None,
                )
            )
            note(connection, token.created, by, "token.create", token.id, {"scopes": sorted(token.scopes)})

    def find(self, id_: str) -> tuple[Token, str] | None:
        """The token with that id, and the hash of its secret; revoked and expired ones too."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(tokens).where(_T.id == id_)).first()
        return (_token(row), row.hash) if row else None

    def all(self) -> tuple[Token, ...]:
        """Every token, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(tokens).order_by(_T.created.desc(), _T.id)).all()
        return tuple(_token(row) for row in rows)

    def revoke(self, id_: str, moment: datetime, by: Token | None = None) -> bool:
        """Ends a token from ``moment`` on, and every sign-in with it; whether it stood until now."""
        with self._database.write() as connection:
            ended = tokens.update().where(_T.id == id_, _T.revoked.is_(None)).values(revoked=moment_in(moment))
            if connection.execute(ended).rowcount == 0:
                return False
            connection.execute(signins.delete().where(signins.c.token == id_))
            note(connection, moment, by, "token.revoke", id_)
            return True

    def touch(self, id_: str, moment: datetime) -> None:
        """Remembers that a token was used."""
        with self._database.write() as connection:
            connection.execute(tokens.update().where(_T.id == id_).values(used=moment_in(moment)))

    # --- sign-ins ---------------------------------------------------------------------------------------------------

    def sign_in(self, digest: str, token: Token, moment: datetime, expires: datetime) -> None:
        """Keeps a sign-in under the hash of its cookie; those that have expired are forgotten."""
        with self._database.write() as connection:
            connection.execute(signins.delete().where(signins.c.expires <= moment_in(moment)))
            connection.execute(
                signins.insert().values(
                    hash=digest, token=token.id, created=moment_in(moment), expires=moment_in(expires)
                )
            )
            note(connection, moment, token, "signin", token.id)

    def signed_in(self, digest: str, now: datetime) -> Token | None:
        """The token that a cookie stands for; None where the sign-in or the token has ended."""
        query = (
            sa.select(tokens)
            .join(signins, signins.c.token == _T.id)
            .where(signins.c.hash == digest, signins.c.expires > moment_in(now))
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        found = _token(row) if row else None
        return found if found and found.valid(now) else None

    def sign_out(self, digest: str) -> None:
        """Forgets a sign-in."""
        with self._database.write() as connection:
            connection.execute(signins.delete().where(signins.c.hash == digest))

    # --- the audit log ----------------------------------------------------------------------------------------------

    def record(
        self, moment: datetime, by: Token | None, action: str, target: str, detail: Mapping[str, Any] | None = None
    ) -> None:
        """Adds a line to the audit log."""
        with self._database.write() as connection:
            note(connection, moment, by, action, target, detail)

    def log(self, limit: int = 100, cursor: str | None = None) -> Page[AuditEntry]:
        """The audit log, newest first."""
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


def _token(row: Any) -> Token:  # a row of tokens; SQLAlchemy types rows by position only
    return Token(
        id=row.id,
        name=row.name,
        scopes=frozenset(row.scopes.split(",")),
        created=moment_out(row.created),
        expires=moment_out(row.expires) if row.expires is not None else None,
        revoked=moment_out(row.revoked) if row.revoked is not None else None,
        used=moment_out(row.used) if row.used is not None else None,
    )
