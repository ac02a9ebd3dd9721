"""The questions that pages and feeds ask, at a hundred thousand events on PostgreSQL: answered from indices."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from app.model import Kind
from app.store import EventQuery, Store
from app.store.schema import FOREVER, LAST_DAY

EVENTS = 100_000
FILL = f"""
INSERT INTO revisions (id, uid, place, position, slug, body, kind, merged, day, last, far, season_from, season_to,
                       number, instrument, action, note, decided_from, decided_to, recorded, recorded_from, recorded_to,
                       digest, search, event)
SELECT n, 'A-RES-' || n / 10 || '.' || n % 10 || '.report.1', 0, n % 10, 'A-RES-' || n / 10, 'general-assembly',
       (ARRAY['report', 'meeting', 'deadline', 'agenda'])[1 + n % 4], false, date '1990-01-01' + n * 13000 / {EVENTS},
       date '1990-01-03' + n * 13000 / {EVENTS}, n % 20 = 0, 101, 1231, 0, 'A/RES/' || n / 10, NULL, '',
       date '1989-12-01' + n * 13000 / {EVENTS}, date '9999-12-31', n, n, {FOREVER}, md5(n::text), 'words of ' || n,
       json_build_object('uid', 'A-RES-' || n / 10 || '.' || n % 10 || '.report.1', 'kind', 'report', 'when', 'TBD',
                         'certainty', 'undecided', 'instrument', 'A/RES/' || n / 10, 'decided', '1989-12-01',
                         'start', date '1990-01-01' + n * 13000 / {EVENTS})::text
FROM generate_series(0, {EVENTS - 1}) AS n
"""  # noqa: S608 (our own numbers)

NAMED = "INSERT INTO actors SELECT 'secretary-general', id FROM revisions WHERE mod(id, 2) = 0"


@pytest.fixture(scope="module")
def store(postgres: str) -> Iterator[Store]:
    made = Store(postgres)
    made.migrate()
    with made._database.write() as connection:
        connection.execute(sa.text("TRUNCATE revisions, actors, instruments, state CASCADE"))
        connection.execution_options(no_parameters=True).exec_driver_sql(FILL)
        connection.execute(sa.text(NAMED))
        connection.execute(sa.text("ANALYZE revisions, actors"))
    yield made
    made.close()


def scans(store: Store, ask: Callable[[], object]) -> set[tuple[str, str]]:
    """How the tables are reached by the statements of a question: kind of node and index, or table."""
    said: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        said.append((statement, parameters))

    sa.event.listen(store._database.engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        sa.event.remove(store._database.engine, "before_cursor_execute", note)
    found: set[tuple[str, str]] = set()

    def walk(node: dict[str, Any]) -> None:
        if "Index Name" in node or "Relation Name" in node:
            found.add((node["Node Type"], node.get("Index Name", node.get("Relation Name"))))
        for below in node.get("Plans", ()):
            walk(below)

    with store._database.read() as connection:
        for statement, parameters in said:
            plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar()
            walk((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
    return found


DAY = date(2010, 5, 1)
MONTH = {"start": DAY, "end": date(2010, 5, 31)}


@pytest.mark.parametrize(
    "query",
    [
        EventQuery(),
        EventQuery(as_of=DAY),
        EventQuery(kinds=(Kind.REPORT,), **MONTH),  # type: ignore[arg-type]  # two days
        EventQuery(kinds=(Kind.REPORT,), as_of=DAY, **MONTH),  # type: ignore[arg-type]  # two days
        EventQuery(actors=("secretary-general",), **MONTH),  # type: ignore[arg-type]  # two days
        EventQuery(resolution="A-RES-5000"),
        EventQuery(resolution="A-RES-5000", as_of=DAY),
        EventQuery(known_at=datetime(2020, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_list_is_read_in_the_order_of_an_index(store: Store, query: EventQuery) -> None:
    assert store.events(query).items
    found = scans(store, lambda: store.events(query))
    assert {kind for kind, _ in found if "Seq" in kind} == set(), found
    wanted = "ix_revisions_slug" if query.resolution else "ix_revisions_listed"
    assert wanted in {name for _, name in found}, found


def test_an_event_and_its_history_are_found_by_its_uid(store: Store) -> None:
    uid = "A-RES-5000.7.report.1"
    for ask in (lambda: store.event(uid), lambda: store.event(uid, DAY), lambda: store.history(uid)):
        assert scans(store, ask) <= {
            ("Index Scan", "ix_revisions_uid_place"),
            ("Index Scan Backward", "ix_revisions_uid_place"),
        }


def test_changes_are_read_in_the_order_of_recording(store: Store) -> None:
    assert scans(store, lambda: store.changes(datetime(1970, 1, 1, tzinfo=UTC))) == {
        ("Index Scan", "ix_revisions_recorded")
    }


def test_the_rows_are_what_the_tables_say() -> None:
    assert f"{LAST_DAY}" in FILL
