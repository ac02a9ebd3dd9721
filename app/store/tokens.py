"""Access tokens, and the sign-ins with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.store.audit import add_audit_entry
from app.store.database import Database
from app.store.schema import moment_in, moment_out, signins, tokens
from app.store.token import Token

_T = tokens.c


class Tokens:
    """The tokens of a store. Every method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, token: Token, digest: str, by: Token | None = None) -> None:
        """Keep a new token; ``digest`` is the hash of its secret."""
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
            add_audit_entry(connection, token.created, by, "token.create", token.id, {"scopes": sorted(token.scopes)})

    def find(self, id_: str) -> tuple[Token, str] | None:
        """Return the token with that id, and the hash of its secret; revoked and expired ones too."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(tokens).where(_T.id == id_)).first()
        return (_token(row), row.hash) if row else None

    def all(self) -> tuple[Token, ...]:
        """Return every token, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(tokens).order_by(_T.created.desc(), _T.id)).all()
        return tuple(_token(row) for row in rows)

    def revoke(self, id_: str, moment: datetime, by: Token | None = None) -> bool:
        """End a token from ``moment`` on, and every sign-in with it; whether it stood until now."""
        with self._database.write() as connection:
            ended = tokens.update().where(_T.id == id_, _T.revoked.is_(None)).values(revoked=moment_in(moment))
            if connection.execute(ended).rowcount == 0:
                return False
            connection.execute(signins.delete().where(signins.c.token == id_))
            add_audit_entry(connection, moment, by, "token.revoke", id_)
            return True

    def touch(self, id_: str, moment: datetime) -> None:
        """Record that a token was used."""
        with self._database.write() as connection:
            connection.execute(tokens.update().where(_T.id == id_).values(used=moment_in(moment)))

    # --- sign-ins ---------------------------------------------------------------------------------------------------

    def sign_in(self, digest: str, token: Token, moment: datetime, expires: datetime) -> None:
        """Keep a sign-in under the hash of its cookie; those that have expired are forgotten."""
        with self._database.write() as connection:
            connection.execute(signins.delete().where(signins.c.expires <= moment_in(moment)))
            connection.execute(
                signins.insert().values(
                    hash=digest, token=token.id, created=moment_in(moment), expires=moment_in(expires)
                )
            )
            add_audit_entry(connection, moment, token, "signin", token.id)

    def signed_in(self, digest: str, now: datetime) -> Token | None:
        """Return the token of a sign-in cookie; None where the sign-in or the token has ended."""
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
        """Forget a sign-in."""
        with self._database.write() as connection:
            connection.execute(signins.delete().where(signins.c.hash == digest))


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
