"""The connection: engine, transactions, locks, migrations, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from app.errors import StoreError, UnknownParameter, message

_BUSY_MS = 10_000
_HINT = message("check PLENARY_DATABASE_URL and write permissions")
_CONNECT_SECONDS: Final = 5
_DRIVER: Final = "postgresql+psycopg"
# Advisory locks of PostgreSQL go by number: these are ours, one for the schedules, one for a writing transaction.
_LOADING, _WRITING = 0x706C656E, 0x706C656F
_DAMAGED: Final = ("malformed", "not a database")
_NO_TABLE: Final = re.compile(r"no such table|relation .{1,80} does not exist")


class Database:
    """Database at an SQLAlchemy URL.

    Raises StoreError for an invalid URL.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = sa.make_url(url)
            if parsed.drivername in {"postgresql", "postgres"}:
                parsed = parsed.set(drivername=_DRIVER)
            self.name = parsed.render_as_string(hide_password=True)
            self.url = parsed
            self.sqlite = parsed.get_backend_name() == "sqlite"
            self.file = Path(str(parsed.database)) if self.sqlite and parsed.database not in _NO_FILE else None
            if self.file:
                self.file.parent.mkdir(parents=True, exist_ok=True)
            # What people looked for is among the parameters of queries: errors, and so logs, do not tell them.
            self.engine = sa.create_engine(parsed, hide_parameters=True, **({} if self.sqlite else _POSTGRESQL))
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise StoreError(message("invalid database URL"), where=url.partition("@")[0], hint=_HINT) from error
        except OSError as error:
            raise StoreError(
                message("cannot be created ({strerror})", strerror=error.strerror), where=self.name, hint=_HINT
            ) from error
        if self.sqlite:
            sa.event.listen(self.engine, "connect", _prepare)
            sa.event.listen(self.engine, "begin", _begin)
            self._reading = self.engine
        else:
            # One state of the store for as long as a reader reads, as SQLite gives it by itself.
            self._reading = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Begin a transaction that sees one state of the store.

        Raises StoreError.
        """
        with self._errors(), self._reading.begin() as connection:
            yield connection

    @contextmanager
    def write(self, *, exclusive: bool = False) -> Iterator[sa.Connection]:
        """Begin a write transaction, rolled back whole on any error.

        Raises StoreError.

        On SQLite nobody else writes meanwhile; on PostgreSQL nobody else who says ``alone``.
        """
        with self._errors(), self.engine.execution_options(plenary_write=True).begin() as connection:
            if exclusive and not self.sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITING)))
            yield connection

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold a lock across processes, so that work of N workers is done once."""
        if not self.sqlite:
            with self._errors(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sa.select(sa.func.pg_advisory_lock(_LOADING)))
                try:
                    yield
                finally:
                    connection.execute(sa.select(sa.func.pg_advisory_unlock(_LOADING)))
            return
        if self.file is None:
            yield
            return
        lock = self.file.with_name(self.file.name + ".lock")
        try:
            held = lock.open("a")
        except OSError as error:
            raise StoreError(
                message("cannot be written ({strerror})", strerror=error.strerror), where=str(lock), hint=_HINT
            ) from error
        with held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except UnicodeEncodeError as error:
            raise _no_text() from error
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            if "NUL" in reason:
                raise _no_text() from error
            hint = message("run `plenary db migrate`") if _NO_TABLE.search(reason) else _HINT
            if any(words in reason for words in _DAMAGED):
                hint = message("stop the service and run `plenary doctor --mend`")
            raise StoreError(
                message("the store is unavailable ({reason})", reason=reason), where=self.name, hint=hint
            ) from error

    def migrate(self) -> None:
        """Bring the tables to this version's; nothing when they are. Raises StoreError."""
        if self.schema() == newest():
            return
        # Alembic is large, and a service that starts on tables of its version needs nothing of it.
        from alembic import command  # noqa: PLC0415  # for the reason above
        from alembic.config import Config  # noqa: PLC0415  # likewise
        from alembic.util.exc import CommandError  # noqa: PLC0415  # likewise

        config = Config()
        config.set_main_option("script_location", "app.store:migrations")
        config.set_main_option("path_separator", "os")
        with self.write(exclusive=True) as connection:
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise StoreError(
                    message("the database schema is of another version ({error})", error=error),
                    where=self.name,
                    hint=message("install the latest version"),
                ) from error

    def schema(self) -> str:
        """Return the version of the tables, empty where there are none. Raises StoreError."""
        with self.read() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return ""
            return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")

    def workflow_engine(self) -> tuple[str, sa.Engine]:
        """Return the database's address and a separate engine for DBOS.

        DBOS begins transactions by itself.
        """
        address = self.url if self.sqlite else self.url.set(drivername="postgresql")
        engine = sa.create_engine(self.url, hide_parameters=True, **({} if self.sqlite else _POSTGRESQL))
        if self.sqlite:
            sa.event.listen(engine, "connect", _prepare_for_workflows)
        return address.render_as_string(hide_password=False), engine

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


_NO_FILE: Final = (None, "", ":memory:")
_POSTGRESQL: Final[dict[str, object]] = {
    # A connection that the server has closed meanwhile is found out before it is used.
    "pool_pre_ping": True,
    "connect_args": {"connect_timeout": _CONNECT_SECONDS, "keepalives_idle": 10, "application_name": "plenary"},
}


def _no_text() -> UnknownParameter:
    # Neither a NUL nor half a character (a lone surrogate) can be asked for or kept.
    return UnknownParameter(
        message("the text contains an invalid character"),
        where="text",
        hint=message("write it in Unicode, without NUL"),
    )


def newest() -> str:
    """Return the current version of the tables: the number of the last migration."""
    names = (item.name for item in resources.files("app.store.migrations").joinpath("versions").iterdir())
    return max(name.partition("_")[0] for name in names if name[:4].isdigit())


def _prepare(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
    # sqlite3 begins transactions by itself, and too late; from here on SQLAlchemy's "begin" does.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _prepare_for_workflows(connection: sa.engine.interfaces.DBAPIConnection, record: object) -> None:
    _prepare(connection, record)
    # DBOS relies on sqlite3 to begin a transaction, with the lock of a writer, before the first statement that writes.
    connection.isolation_level = "IMMEDIATE"


def _begin(connection: sa.Connection) -> None:
    # A reader that turns writer in the middle would fail where another wrote meanwhile: writers say so at once.
    writes = connection.get_execution_options().get("plenary_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
