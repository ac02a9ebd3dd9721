"""The tables: as the migrations make them, in order, known at a moment."""

from datetime import UTC, datetime

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.dialects import postgresql

from app.store import Store
from app.store.schema import FOREVER, known_now, metadata, moment_in, moment_out, ordered


def test_migrations_make_the_tables(store: Store) -> None:
    store.migrate()
    with store._database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_moments_are_kept_to_the_microsecond() -> None:
    moment = datetime(2026, 1, 5, 12, 0, 0, 1, tzinfo=UTC)
    assert (moment_in(moment), moment_out(moment_in(moment))) == (1_767_614_400_000_001, moment)
    assert moment_in(moment.replace(tzinfo=None)) == moment_in(moment)


def test_ordered_text_sorts_by_code_point_in_postgresql() -> None:
    made = ordered(20).dialect_impl(postgresql.dialect())  # type: ignore[no-untyped-call]  # of SQLAlchemy
    assert made.collation == "C"
    assert ordered(20).collation is None


def test_known_now_chooses_current_rows() -> None:
    assert str(known_now().compile(compile_kwargs={"literal_binds": True})) == f"revisions.recorded_to + 0 = {FOREVER}"
