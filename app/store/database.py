"""The connection: engine, transactions, migrations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from app.errors import StoreError

_BUSY_MS = 10_000
_HINT = "check PLENARY_DATABASE_URL, and that the place can be written"


class Database:
    """A database by its SQLAlchemy URL. Raises StoreError for a URL that is none."""

    def __init__(self, url: str) -> None:
        try:
            parsed = sa.make_url(url)
            self.name = parsed.render_as_string(hide_password=True)
            self.sqlite = parsed.get_backend_name() == "sqlite"
            if self.sqlite and parsed.database not in {None, "", ":memory:"}:
                Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
            self.engine = sa.create_engine(parsed, pool_pre_ping=not self.sqlite)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise StoreError("not a database URL", where=url.partition("@")[0], hint=_HINT) from error
        except OSError as error:
            raise StoreError(f"cannot be made ({error.strerror})", where=self.name, hint=_HINT) from error
        if self.sqlite:
            sa.event.listen(self.engine, "connect", _prepare)
            sa.event.listen(self.engine, "begin", _begin)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the store. Raises StoreError."""
        with self._errors(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that is alone in writing; rolled back whole on any error. Raises StoreError."""
        with self._errors(), self.engine.execution_options(plenary_write=True).begin() as connection:
            yield connection

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            hint = "run `plenary db migrate`" if "no such table" in reason else _HINT
            raise StoreError(f"the store cannot be used ({reason})", where=self.name, hint=hint) from error

    def migrate(self) -> None:
        """Brings the tables to this version's; nothing when they are. Raises StoreError."""
        config = Config()
        config.set_main_option("script_location", "app.store:migrations")
        config.set_main_option("path_separator", "os")
        with self.write() as connection:
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise StoreError(
                    f"the tables are of another version ({error})", where=self.name, hint="run the newest version"
                ) from error

    def close(self) -> None:
        """Gives the connections back."""
        self.engine.dispose()


def _prepare(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
    # sqlite3 begins transactions by itself, and too late; from here on SQLAlchemy's "begin" does.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # A reader that turns writer in the middle would fail where another wrote meanwhile: writers say so at once.
    writes = connection.get_execution_options().get("plenary_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
