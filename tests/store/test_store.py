"""The store on a real SQLite file and a real PostgreSQL server: loading, two time axes, queries, paging, failures."""

import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import StoreError, UnknownParameter
from app.model import Action, Amendment, Certainty, Event, Kind, Review, ReviewStatus, Schedule, Status, Symbol
from app.schedule.dating import dated
from app.schedule.history import histories
from app.store import EventQuery, Instrument, Page, Store
from app.store.change_listener import REVISION
from app.store.schema import metadata

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
CONFERENCE = "A-RES-72-251.5.meeting.1"
ORGANIZATIONAL = "A-RES-72-251.6.meeting.1"
PLENARY = "A-RES-72-251.16.meeting.1"
AGENDA = "A-RES-72-251.22.agenda.1"


def event(symbol: Symbol, paragraph: str, kind: Kind, when: str, adopted: date, **more: object) -> Event:
    uid = f"{symbol.slug}.{paragraph}.{kind.value}.1"
    made = Event(uid, kind, when, Certainty.DECIDED, symbol.text, adopted, paragraph)
    return replace(made, **more)  # type: ignore[arg-type]  # fields by name


def resolution() -> Schedule:
    symbol, day = Symbol("A/RES/72/251", "general-assembly", 72), date(2017, 12, 24)
    items = (
        event(symbol, "5", Kind.MEETING, "2018-05-14/2018-05-16", day, bearer="general-assembly",
              subject={"en": "High-level 100%_conference", "zh": "高级别国际会议"}, place="New York"),
        event(symbol, "6", Kind.MEETING, "2018-03-28", day, quote={"zh": "2018 年 3 月\n28 日"}),
        event(symbol, "16", Kind.MEETING, "R/--09-26", day, bearer="president-of-the-general-assembly"),
        event(symbol, "20", Kind.REPORT, "GA73", day, bearer="secretary-general",
              addressees=("general-assembly", "conference-on-disarmament")),
        event(symbol, "22", Kind.AGENDA, "GA73", day, addressees=("general-assembly",)),
        event(symbol, "7", Kind.OBLIGATION, "undated", day, bearer="secretary-general"),
    )  # fmt: skip
    return dated(
        Schedule(
            symbol,
            day,
            title={"en": "Follow-up to a meeting on nuclear disarmament", "zh": "核裁军会议的后续行动"},
            sources={"zh": "A-RES-72-251.zh.txt"},
            family="nuclear-disarmament-meeting",
            events=items,
            reviews={CONFERENCE: Review(ReviewStatus.CONFIRMED, "a reviewer", date(2026, 1, 4))},
        )
    )


def decision(number: int, day: date, *changes: tuple[str, Action, str | None]) -> Schedule:
    symbol = Symbol(f"A/DEC/72/{number}", "general-assembly", 72)
    return Schedule(
        symbol, day, amendments=tuple(Amendment(uid, action, symbol.text, day, when) for uid, action, when in changes)
    )


def later() -> Schedule:
    symbol, day = Symbol("A/RES/73/40", "general-assembly", 73), date(2018, 12, 5)
    items = (
        event(symbol, "5", Kind.MEETING, "TBD", day, same_as=CONFERENCE),
        event(symbol, "13", Kind.REPORT, "GA74", day, bearer="secretary-general"),
    )
    return dated(Schedule(symbol, day, events=items))


MOVED = decision(553, date(2018, 3, 26), (ORGANIZATIONAL, Action.MOVE, "2018-05-10"))
POSTPONED = decision(
    556, date(2018, 4, 26), (ORGANIZATIONAL, Action.POSTPONE, None), (CONFERENCE, Action.POSTPONE, None)
)
ALL = [resolution(), MOVED, POSTPONED, later()]


def load(store: Store, schedules: list[Schedule], at: datetime = NOON, name: str | None = None) -> bool:
    return store.load(schedules, histories(schedules), fingerprint=name or f"{at}", recorded=at)


def uids(page: Page) -> list[str]:
    return [item.event.uid for item in page.items]


# --- the whole ------------------------------------------------------------------------------------------------------


def test_migrations_make_the_tables(store: Store) -> None:
    store.migrate()
    with store._database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_sqlite_is_set_for_readers_beside_a_writer(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/plenary.sqlite")
    with store._database.read() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 1, 10_000]
    store.close()


def test_an_empty_store(store: Store) -> None:
    assert (store.revision(), store.fingerprint(), store.changed()) == (0, "", None)
    assert store.events(EventQuery()) == Page(())
    assert (store.instrument("A-RES-72-251"), store.event(CONFERENCE), store.history(CONFERENCE)) == (None, None, ())


def test_loading_again_changes_nothing(store: Store) -> None:
    assert load(store, ALL)
    before = [store.history(uid) for uid in (CONFERENCE, ORGANIZATIONAL, PLENARY)]
    assert not load(store, ALL, NOON + timedelta(hours=1))
    assert not load(store, ALL[::-1], NOON + timedelta(hours=2))
    assert [store.history(uid) for uid in (CONFERENCE, ORGANIZATIONAL, PLENARY)] == before
    assert (store.revision(), store.changed()) == (1, NOON)


def test_only_what_is_new_gets_the_new_moment(store: Store) -> None:
    load(store, ALL[:2])
    evening = NOON + timedelta(hours=6)
    assert load(store, ALL, evening)
    assert store.revision() == 2
    assert [item.recorded for item in store.history(ORGANIZATIONAL)] == [NOON, NOON, evening]
    assert [item.recorded for item in store.history(PLENARY)] == [NOON]
    assert set(uids(store.changes(NOON))) == {CONFERENCE, ORGANIZATIONAL, "A-RES-73-40.13.report.1"}
    assert uids(store.changes(evening)) == []


def test_an_item_put_in_front_of_others_is_the_only_news(store: Store) -> None:
    load(store, ALL)
    first = ALL[0]
    more = event(first.symbol, "4", Kind.MEETING, "2018-02-01", date(2017, 12, 24))
    added = dated(replace(first, events=(more, *first.events)))
    load(store, [added, *ALL[1:]], NOON + timedelta(1))
    assert uids(store.changes(NOON)) == ["A-RES-72-251.4.meeting.1"]
    filed = store.instrument("A-RES-72-251")
    assert filed is not None
    assert [item.paragraph for item in filed.schedule.events] == ["4", "5", "6", "16", "20", "22", "7"]


def test_a_failed_load_leaves_what_was(store: Store) -> None:
    load(store, ALL[:2])
    with pytest.raises(KeyError):
        store.load(ALL, histories(ALL[:2]), fingerprint="x", recorded=NOON + timedelta(1))
    assert (store.revision(), store.fingerprint()) == (1, str(NOON))
    assert len(store.instruments().items) == 2


def test_backward_clock_does_not_reorder_records(store: Store) -> None:
    load(store, ALL[:1])
    load(store, ALL[:2], NOON - timedelta(days=3))
    moved = store.event(ORGANIZATIONAL)
    assert moved is not None
    assert moved.recorded == NOON + timedelta(microseconds=1)


def test_readers_see_one_state_while_another_writes(store: Store) -> None:
    load(store, ALL[:1])
    seen: list[set[object]] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            page = store.events(EventQuery(resolution="A-RES-72-251"))
            seen.append({item.event.status for item in page.items if item.event.uid in {CONFERENCE, ORGANIZATIONAL}})

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(6):
        chosen = [ALL[0], POSTPONED] if turn % 2 == 0 else ALL[:1]
        load(store, chosen, NOON + timedelta(minutes=turn + 1))
    stop.set()
    reader.join()
    assert seen
    assert all(states in ({Status.SCHEDULED}, {Status.POSTPONED}) for states in seen)


def test_errors_say_where(tmp_path: Path) -> None:
    for url in ("nonsense", "nosuch://x", f"sqlite:///{tmp_path / 'file'}/x.sqlite"):
        (tmp_path / "file").write_text("a file, not a folder")
        with pytest.raises(StoreError):
            Store(url).migrate()
    bare = Store(f"sqlite:///{tmp_path}/bare.sqlite")
    with pytest.raises(StoreError) as caught:
        bare.revision()
    assert caught.value.hint == "run `plenary db migrate`"
    (tmp_path / "broken.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError):
        Store(f"sqlite:///{tmp_path}/broken.sqlite").migrate()


def test_a_store_of_a_newer_version_is_refused(store: Store) -> None:
    version = sa.table("alembic_version", sa.column("version_num"))
    with store._database.write() as connection:
        before = connection.execute(sa.select(version)).scalar()
        connection.execute(version.update().values(version_num="9999"))
    with pytest.raises(StoreError) as caught:
        store.migrate()
    assert caught.value.hint == "install the latest version"
    with store._database.write() as connection:
        connection.execute(version.update().values(version_num=before))


# --- instruments ----------------------------------------------------------------------------------------------------


def test_instruments(store: Store) -> None:
    load(store, ALL)
    listed = store.instruments()
    assert [item.symbol for item in listed.items] == ["A/DEC/72/553", "A/DEC/72/556", "A/RES/72/251", "A/RES/73/40"]
    assert listed.items[2] == Instrument(
        symbol="A/RES/72/251",
        slug="A-RES-72-251",
        title={"en": "Follow-up to a meeting on nuclear disarmament", "zh": "核裁军会议的后续行动"},
        body="general-assembly",
        session=72,
        adopted=date(2017, 12, 24),
        family="nuclear-disarmament-meeting",
        languages=("zh",),
        counts={"agenda": 1, "meeting": 3, "obligation": 1, "report": 1},
    )
    assert [item.symbol for item in store.instruments(q="后续").items] == ["A/RES/72/251"]
    assert [item.symbol for item in store.instruments(q="72-55 a/dec").items] == ["A/DEC/72/553", "A/DEC/72/556"]
    assert store.instruments(body="security-council").items == ()


def test_instruments_page_by_page(store: Store) -> None:
    load(store, ALL)
    found, cursor = [], None
    while True:
        page = store.instruments(limit=1, cursor=cursor)
        found += [item.symbol for item in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert found == ["A/DEC/72/553", "A/DEC/72/556", "A/RES/72/251", "A/RES/73/40"]


def test_an_instrument_with_its_schedule(store: Store) -> None:
    load(store, ALL)
    filed = store.instrument("A-RES-72-251")
    assert filed is not None
    assert filed.schedule == ALL[0]
    decided = store.instrument("A-DEC-72-556")
    assert decided is not None
    assert decided.schedule == POSTPONED
    repeated = store.instrument("A-RES-73-40")
    assert repeated is not None
    assert [(item.same_as, item.status) for item in repeated.schedule.events] == [
        (CONFERENCE, Status.SUPERSEDED),
        (None, Status.SCHEDULED),
    ]


def test_texts(store: Store) -> None:
    texts = {("A-RES-72-251", "zh"): "决议\n", ("A-RES-72-251", "en"): "Resolution\n"}
    found = histories(ALL)
    store.load(ALL, found, fingerprint="a", recorded=NOON, texts=texts)
    assert store.texts("A-RES-72-251") == {"zh": "决议\n", "en": "Resolution\n"}
    listed = store.instrument("A-RES-72-251")
    assert listed is not None
    assert listed.languages == ("en", "zh")
    texts[("A-RES-72-251", "en")] = "Resolution.\n"
    assert store.load(ALL, found, fingerprint="b", recorded=NOON, texts=texts)
    assert store.texts("A-RES-72-251")["en"] == "Resolution.\n"
    assert store.texts("A-RES-73-40") == {}


# --- events ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "organizational", "conference"),
    [
        (date(2018, 3, 25), date(2018, 3, 28), date(2018, 5, 14)),
        (date(2018, 3, 26), date(2018, 5, 10), date(2018, 5, 14)),
        (date(2018, 4, 25), date(2018, 5, 10), date(2018, 5, 14)),
        (date(2018, 4, 26), None, None),
        (None, None, None),
        (date.max, None, None),
    ],
)
def test_what_stood_on_a_day(
    store: Store, day: date | None, organizational: date | None, conference: date | None
) -> None:
    load(store, ALL)
    page = store.events(EventQuery(resolution="A-RES-72-251", as_of=day))
    starts = {item.event.uid: item.event.start for item in page.items}
    assert (starts[ORGANIZATIONAL], starts[CONFERENCE]) == (organizational, conference)
    assert [found.event.start if (found := store.event(uid, day)) else "" for uid in (ORGANIZATIONAL, CONFERENCE)] == [
        organizational,
        conference,
    ]


def test_nothing_stood_before_it_was_decided(store: Store) -> None:
    load(store, ALL)
    assert store.events(EventQuery(as_of=date(2017, 12, 23))) == Page(())
    assert store.event(CONFERENCE, date(2017, 12, 23)) is None


def test_what_was_known_at_a_moment(store: Store) -> None:
    load(store, ALL[:1])
    load(store, ALL[:2], NOON + timedelta(1))
    load(store, ALL, NOON + timedelta(2))
    day = date(2018, 6, 1)
    known = [
        (item.event.status, item.event.start) if (item := store.event(ORGANIZATIONAL, day, moment)) else None
        for moment in (NOON - timedelta(1), NOON, NOON + timedelta(1.5), NOON + timedelta(2))
    ]
    assert known == [
        None,
        (Status.SCHEDULED, date(2018, 3, 28)),
        (Status.MOVED, date(2018, 5, 10)),
        (Status.POSTPONED, None),
    ]
    assert [len(store.history(ORGANIZATIONAL, NOON + timedelta(days=n))) for n in range(3)] == [1, 2, 3]
    then = store.events(EventQuery(known_at=NOON + timedelta(hours=1)))
    assert sorted(uids(then)) == sorted(item.uid for item in ALL[0].events)


def test_what_was_withdrawn_is_still_known_to_have_been_known(store: Store) -> None:
    load(store, ALL)
    load(store, [replace(ALL[0], events=ALL[0].events[:2]), *ALL[1:]], NOON + timedelta(1))
    assert store.event(AGENDA) is None
    assert store.event(AGENDA, known_at=NOON) is not None


def test_order_and_paging(store: Store) -> None:
    load(store, ALL)
    whole = uids(store.events(EventQuery()))
    assert whole == [
        "A-RES-72-251.20.report.1",
        AGENDA,
        PLENARY,
        "A-RES-73-40.13.report.1",
        CONFERENCE,
        ORGANIZATIONAL,
        "A-RES-72-251.7.obligation.1",
    ]
    for limit in (1, 2, 3, 7):
        found: list[str] = []
        cursor = None
        while True:
            page = store.events(EventQuery(limit=limit, cursor=cursor))
            found += uids(page)
            cursor = page.next
            if cursor is None:
                break
        assert found == whole


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (EventQuery(kinds=(Kind.REPORT, Kind.AGENDA)), ["A-RES-72-251.20.report.1", AGENDA, "A-RES-73-40.13.report.1"]),
        (EventQuery(actors=("conference-on-disarmament",)), ["A-RES-72-251.20.report.1"]),
        (EventQuery(actors=("general-assembly",), kinds=(Kind.MEETING,)), [CONFERENCE]),
        (EventQuery(bodies=("general-assembly",), resolution="A-RES-73-40"), ["A-RES-73-40.13.report.1"]),
        (
            EventQuery(resolution="A-RES-73-40", merged=True),
            ["A-RES-73-40.13.report.1", "A-RES-73-40.5.meeting.1"],
        ),
        (EventQuery(bodies=("security-council",)), []),
        (EventQuery(topics=("nuclear-disarmament",), kinds=(Kind.AGENDA,)), [AGENDA]),
        (EventQuery(topics=("nuclear-disarmament-meeting",), kinds=(Kind.AGENDA,)), [AGENDA]),
        (EventQuery(topics=("nuclear-dis",)), []),
        (EventQuery(q="100%_CONF"), [CONFERENCE]),
        (EventQuery(q="100__conf"), []),
        (EventQuery(q="国际会议"), [CONFERENCE]),
        (EventQuery(q="3 月 28"), [ORGANIZATIONAL]),
        (EventQuery(q="york conference"), [CONFERENCE]),
        (EventQuery(start=date(2018, 9, 1), end=date(2018, 9, 20)), ["A-RES-72-251.20.report.1", AGENDA]),
        (EventQuery(start=date(2118, 9, 1), end=date(2118, 9, 30)), [PLENARY]),
        (EventQuery(start=date(2118, 9, 27), end=date(2118, 9, 30)), []),
        (EventQuery(end=date(2018, 9, 17)), []),
        (EventQuery(start=date(2018, 5, 16), end=date(2018, 5, 16), as_of=date(2018, 4, 1)), [CONFERENCE]),
    ],
)  # fmt: skip
def test_filters(store: Store, query: EventQuery, found: list[str]) -> None:
    load(store, ALL)
    assert uids(store.events(query)) == found


@pytest.mark.parametrize("cursor", ["", "???", "bm9uc2Vuc2U", "bm90IGEgZGF5CnVpZA"])
def test_a_cursor_that_is_none(store: Store, cursor: str) -> None:
    load(store, ALL)
    with pytest.raises(UnknownParameter):
        store.events(EventQuery(cursor=cursor))


def test_the_size_of_a_page_is_bounded(store: Store) -> None:
    for limit in (0, 10_001):
        with pytest.raises(UnknownParameter):
            store.events(EventQuery(limit=limit))


def test_history_keeps_reaffirmations(store: Store) -> None:
    load(store, ALL)
    assert [(item.number, item.instrument, item.action, item.note) for item in store.history(CONFERENCE)] == [
        (0, "A/RES/72/251", None, ""),
        (1, "A/DEC/72/556", Action.POSTPONE, ""),
        (1, "A/RES/73/40", Action.MERGE, "reaffirmed"),
    ]
    assert tuple(replace(item, recorded=None) for item in store.history(CONFERENCE)) == histories(ALL)[CONFERENCE]


def test_changes_page_by_page(store: Store) -> None:
    load(store, ALL)
    whole = uids(store.changes(NOON - timedelta(1)))
    found: list[str] = []
    cursor = None
    while True:
        page = store.changes(NOON - timedelta(1), 2, cursor)
        found += uids(page)
        cursor = page.next
        if cursor is None:
            break
    assert found == whole
    assert whole.count(ORGANIZATIONAL) == 3


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(ALL), cut=st.integers(1, 4))
def test_any_order_of_loading_gives_the_same_store(
    tmp_path_factory: pytest.TempPathFactory, order: list[Schedule], cut: int
) -> None:
    made = Store(f"sqlite:///{tmp_path_factory.mktemp('s')}/p.sqlite")
    made.migrate()
    needed = [item for item in order if item is ALL[0] or item in order[:cut]]
    load(made, needed)
    load(made, order, NOON + timedelta(1))
    page = made.events(EventQuery(merged=True))
    assert {item.event.uid: (item.event, item.number) for item in page.items} == {
        uid: (standing.event, standing.number)
        for uid, history in histories(ALL).items()
        for standing in [[item for item in history if not item.note.startswith("reaffirmed")][-1]]
    }
    made.close()


def test_many_processes_may_begin_at_once(url: str) -> None:
    if url.startswith("postgresql"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
    begin = (
        "import sys; from datetime import UTC, datetime; from app.store import Store\n"
        "store = Store(sys.argv[1]); store.migrate()\n"
        "print(store.load([], {}, fingerprint='same', recorded=datetime(2026, 1, 5, tzinfo=UTC)))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", begin, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    answers = [process.communicate(timeout=60) for process in running]
    assert sorted(out.strip() for out, _ in answers) == ["False", "False", "False", "True"], answers


def test_what_many_would_do_is_done_by_one_at_a_time(url: str) -> None:
    inside, most = 0, 0

    def work() -> None:
        nonlocal inside, most
        store = Store(url)
        with store.exclusive():
            inside += 1
            most = max(most, inside)
            time.sleep(0.02)
            inside -= 1
        store.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 1)


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800"])
def test_what_is_no_text_is_refused_or_found_nowhere(store: Store, text: str) -> None:
    for ask in (store.instrument, store.history, store.texts, lambda said: store.instruments(q=said).items):
        found: object = None
        with suppress(UnknownParameter):
            found = ask(text)
        assert not found


def test_a_change_by_another_process_is_heard_within_a_second(postgresql: str) -> None:
    here, there = Store(postgresql), Store(postgresql)
    here.migrate()
    here.watch()
    took = []
    for turn in range(3):
        load(there, ALL[: turn + 1], NOON + timedelta(minutes=turn))
        start = time.monotonic()
        while here.revision() != turn + 1:
            assert time.monotonic() - start < 1
            time.sleep(0.001)
        took.append(time.monotonic() - start)
    here.close()
    there.close()
    assert min(took) < 0.4


def test_who_cannot_listen_asks(postgresql: str) -> None:
    here, there = Store(postgresql), Store(postgresql)
    here.migrate()
    here.watch()
    load(there, ALL[:1])
    with psycopg.connect(postgresql, autocommit=True) as connection:
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'LISTEN%%' OR query = %s"
        connection.execute(end, [REVISION])
    load(there, ALL[:2], NOON + timedelta(1))
    start = time.monotonic()
    while here.revision() != 2:
        assert time.monotonic() - start < 3
        time.sleep(0.01)
    here.close()
    there.close()
