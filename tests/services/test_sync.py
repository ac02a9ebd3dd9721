"""Loading and publishing what changed comes to the same as loading everything, row by row, whatever happens."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from app.errors import AmendmentError, Conflict, PlenaryError, ScheduleError
from app.model import Action, Amendment, Certainty, Event, Kind, Review, ReviewStatus, Schedule, Symbol
from app.schedule.dating import dated
from app.schedule.files import write_file
from app.services import publish, source_scan, sync
from app.services.sync import load_apart
from app.store import Draft, Part, Store, Upload, whole_to_json
from app.store.schema import FOREVER, files, metadata

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
FIRST = date(2016, 1, 1)
COUNT = 9
FORMER = (21, 22)
TIMES = ("2018-05-14/2018-05-16", "2018-03-28", "R/--09-26", "TBD", "GA73", "GA74;R/P1Y", "undated", "../2019-06-30")
GIVEN = {Action.MOVE, Action.EXTEND, Action.CORRECT}
MEETING = Kind.MEETING.value
REVISIONS, INSTRUMENTS = metadata.tables["revisions"].c, metadata.tables["instruments"].c


def symbol(number: int) -> Symbol:
    return Symbol(f"A/RES/70/{number}", "general-assembly", 70)


def uid(number: int, paragraph: int) -> str:
    return f"{symbol(number).slug}.{paragraph}.{MEETING}.1"


def made(random: Random, number: int) -> Schedule:
    """A schedule of some items, which may repeat, replace, move and cancel those of others; seldom what cannot be."""
    named, day = symbol(number), FIRST + timedelta(number * 10)
    earlier = [uid(n, p) for n in range(1, number) for p in (1, 2, 3)]
    anything = [uid(n, p) for n in range(1, COUNT + 2) for p in (1, 2, 3)]

    def other() -> str:
        return random.choice(anything if random.random() < 0.02 or not earlier else earlier)

    events = tuple(
        Event(
            uid(number, paragraph), Kind.MEETING, random.choice(TIMES), Certainty.DECIDED, named.text, day,
            str(random.choice((1, paragraph))), same_as=other() if random.random() < 0.25 and number > 1 else None,
            place=random.choice((None, "New York", "Geneva")), title={"en": f"{random.random()}"},
        )
        for paragraph in (1, 2, 3)
        if random.random() < 0.98
    )  # fmt: skip
    amendments = tuple(
        Amendment(
            other(), (action := random.choice(list(Action))), named.text, day,
            random.choice(TIMES[:4]) if action in GIVEN or random.random() < 0.2 else None,
            paragraph=str(random.choice((1, 2, 3))), evidence=("A/70/PV.1",),
        )
        for _ in range(random.choice((0, 0, 1, 1, 2)) if number > 1 else 0)
    )  # fmt: skip
    reviews = {
        event.uid: Review(random.choice([ReviewStatus.REJECTED, ReviewStatus.CONFIRMED]), "m.k.", day)
        for event in events
        if random.random() < 0.1
    }
    former = random.choice((*FORMER, random.randint(1, COUNT))) if random.random() < 0.15 else None
    sources = {"en": f"{named.slug}.en.txt"} if number % 3 == 0 else {}
    return dated(
        Schedule(
            named,
            day,
            sources=sources,
            events=events,
            amendments=amendments,
            reviews=reviews,
            session=70,
            formerly=(symbol(former).text,) if former else (),
        )
    )


def quiet(schedule: Schedule) -> Schedule:
    """The schedule without anything that it says of others."""
    return replace(
        schedule, events=tuple(replace(item, same_as=None) for item in schedule.events), amendments=(), formerly=()
    )


def proposed(store: Store, schedule: Schedule, name: str) -> int:
    upload = Upload(name, "a.txt", "en", "", None, b"text")
    whole = whole_to_json(replace(schedule, sources={}))
    draft = Draft(name, schedule.symbol.slug, schedule.symbol.text, "en", len(schedule.events), whole, f"text {name}")
    store.proposals.add_many([upload], [draft], NOON)
    with store._database.read() as connection:
        return int(connection.execute(sa.select(sa.func.max(metadata.tables["proposals"].c.id))).scalar_one())


def rows(store: Store) -> dict[str, list[Any]]:
    """Every table whole, but for the files, and for when they were last looked at."""
    found: dict[str, list[Any]] = {}
    with store._database.read() as connection:
        for table in metadata.sorted_tables:
            if table is not files:
                found[table.name] = sorted(map(tuple, connection.execute(sa.select(table))), key=str)
    found["state"] = [(id_, revision, mark.partition(":")[0], at) for id_, revision, mark, at in found["state"]]
    return found


def opened(url: str) -> Store:
    store = Store(url)
    store.migrate()
    return store


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    found = opened(url)
    yield found
    found.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "schedules" / "ga"
    found.mkdir(parents=True)
    return found


def forget(store: Store) -> None:
    """From now on the store does not know what it was loaded from, and is loaded whole."""
    with store._database.write() as connection:
        connection.execute(files.delete())


def outcome(what: Any, *given: Any, **named: Any) -> object:
    try:
        return what(*given, **named)
    except PlenaryError as error:
        return error.line()


@pytest.mark.parametrize("seed", range(int(os.environ.get("LOAD_SEEDS", "4"))))
def test_what_changes_bit_by_bit_is_as_if_all_were_loaded(
    store: Store, folder: Path, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random, twin, now = Random(seed), opened(f"sqlite:///{tmp_path}/twin.sqlite"), NOON
    parts: list[Part | None] = []
    load = Store.load

    def noting(self: Store, *given: Any, **named: Any) -> bool:
        if self is store:
            parts.append(named.get("part"))
        else:
            assert named.get("part") is None
        return load(self, *given, **named)

    monkeypatch.setattr(Store, "load", noting)
    for number in range(1, COUNT + 1):
        write_file(quiet(made(random, number)), folder / f"{symbol(number).slug}.yaml")
    good = 0
    for turn in range(30):
        now += timedelta(hours=1)
        path = folder / f"{symbol(random.randint(1, COUNT)).slug}.yaml"
        number = int(path.stem.rpartition("-")[2])
        before = path.read_bytes() if path.exists() else None
        lot = random.random()
        if lot < 0.4 or turn == 0:
            if lot < 0.04:
                path.unlink(missing_ok=True)
            elif lot < 0.08:
                path.with_suffix(".en.txt").write_text(f"text {turn}", "utf-8")
            elif turn:
                write_file(made(random, number), path)
            said = [outcome(sync.load, at, folder.parent, now) for at in (store, forget(twin) or twin)]
        else:
            chosen = (*range(1, COUNT + 2), *FORMER)
            changed = {random.choice(chosen): turn for _ in range(random.choice((1, 1, 2)))}
            whole = {n: made(random, n) for n in changed}
            ids = [[proposed(at, whole[n], f"{turn}-{n}") for n in changed] for at in (store, twin)]
            assert ids[0] == ids[1]
            if lot > 0.9:  # a file that was not loaded yet is loaded with what is published
                write_file(made(random, number), path)
            forget(twin)
            said = [outcome(publish.publish, at, folder.parent, ids[0], now, by=None) for at in (store, twin)]
        assert said[0] == said[1]
        if isinstance(said[0], str):
            if before is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(before)
        else:
            good += 1
            known = [{path: (a.digest, a.slug, a.texts) for path, a in at.files()[1].items()} for at in (store, twin)]
            assert known[1] in (known[0], {})  # what is loaded already is not noted anew
        assert rows(store) == rows(twin)
    assert good > 10
    assert sum(part is not None for part in parts) > 10
    # And as if everything were loaded for the first time, but for what was known when.
    fresh = opened(f"sqlite:///{tmp_path}/fresh.sqlite")
    with fresh._database.write() as connection:
        for row in rows(store)["publications"]:
            connection.execute(metadata.tables["publications"].insert().values(row))
    sync.load(fresh, folder.parent, now)
    sync.load(store, folder.parent, now)
    for query in (
        sa.select(REVISIONS.uid, REVISIONS.place, REVISIONS.digest).where(REVISIONS.recorded_to == FOREVER),
        sa.select(INSTRUMENTS.slug, INSTRUMENTS.schedule, INSTRUMENTS.counts, INSTRUMENTS.languages).where(
            INSTRUMENTS.withdrawn.is_(None)
        ),
        sa.select(metadata.tables["texts"]),
    ):
        answers = []
        for at in (store, fresh):
            with at._database.read() as connection:
                answers.append(sorted(map(tuple, connection.execute(query))))
        assert answers[0] == answers[1]
    fresh.close()
    twin.close()


def settled(folder: Path) -> None:
    """The files are as old as files are that nobody is writing."""
    for path in folder.rglob("*.*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def test_only_what_changed_and_what_has_to_do_with_it_is_read(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plain(number: int, **more: Any) -> Schedule:
        day = FIRST + timedelta(number)
        event = Event(uid(number, 1), Kind.MEETING, "2018-03-28", Certainty.DECIDED, symbol(number).text, day, "1")
        return replace(Schedule(symbol(number), day, events=(event,)), **more)

    for number in range(1, 9):
        write_file(plain(number), folder / f"{symbol(number).slug}.yaml")
    moving = (Amendment(uid(1, 1), Action.MOVE, symbol(9).text, FIRST, "2018-05-10"),)
    write_file(plain(9, amendments=moving), folder / f"{symbol(9).slug}.yaml")
    assert sync.load(store, folder.parent, NOON)
    read: list[str] = []
    reader = source_scan.read_file
    monkeypatch.setattr(source_scan, "read_file", lambda path: (read.append(path.stem), reader(path))[1])
    changed = plain(1, title={"en": "Another title"})
    write_file(changed, folder / f"{symbol(1).slug}.yaml")
    assert sync.load(store, folder.parent, NOON + timedelta(1))
    assert sorted(read) == [symbol(1).slug, symbol(9).slug]
    assert [item.instrument for item in store.history(uid(1, 1))] == [symbol(1).text, symbol(9).text]
    read.clear()
    number = proposed(store, plain(3, title={"en": "Published"}), "published")
    assert publish.publish(store, folder.parent, [number], NOON + timedelta(2), by=None) == [symbol(3).slug]
    assert read == [symbol(3).slug]
    # Touched, and the same as before: nothing is read as a schedule, and it is known by its looks from now on.
    read.clear()
    (folder / f"{symbol(5).slug}.yaml").touch()
    assert not sync.load(store, folder.parent, NOON + timedelta(3))
    _, noted = store.files()
    assert (read, noted[f"ga/{symbol(5).slug}.yaml"].slug) == ([], symbol(5).slug)


def test_store_of_another_version_is_reloaded_whole(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        write_file(quiet(made(Random(number), number)), folder / f"{symbol(number).slug}.yaml")
    sync.load(store, folder.parent, NOON)
    monkeypatch.setattr(source_scan, "__version__", "0.0.0")
    read: list[str] = []
    reader = source_scan.read_file
    monkeypatch.setattr(source_scan, "read_file", lambda path: (read.append(path.stem), reader(path))[1])
    assert not sync.load(store, folder.parent, NOON + timedelta(1))
    assert sorted(read) == [symbol(1).slug, symbol(2).slug]


def test_second_file_of_one_instrument_is_refused(store: Store, folder: Path) -> None:
    for number in (1, 2):
        write_file(quiet(made(Random(number), number)), folder / f"{symbol(number).slug}.yaml")
    sync.load(store, folder.parent, NOON)
    write_file(made(Random(1), 1), folder / "z.yaml")
    with pytest.raises(ScheduleError) as error:
        sync.load(store, folder.parent, NOON + timedelta(1))
    assert error.value.where == f"{folder / symbol(1).slug}.yaml, {folder / 'z.yaml'}"


def test_circular_replacements_are_refused_at_any_length(store: Store, folder: Path) -> None:
    def replacing(number: int, other: int) -> Schedule:
        event = Event(uid(number, 1), Kind.MEETING, "TBD", Certainty.UNDECIDED, symbol(number).text, FIRST, "1")
        change = Amendment(uid(other, 1), Action.REPLACE, symbol(number).text, FIRST, paragraph="1")
        return Schedule(symbol(number), FIRST, events=(event,), amendments=(change,) if other else ())

    for number, other in ((1, 2), (2, 3), (3, 4), (4, 0)):
        write_file(replacing(number, other), folder / f"{symbol(number).slug}.yaml")
    sync.load(store, folder.parent, NOON)
    write_file(replacing(4, 1), folder / f"{symbol(4).slug}.yaml")
    with pytest.raises(AmendmentError) as error:
        sync.load(store, folder.parent, NOON + timedelta(1))
    forget(store)
    with pytest.raises(AmendmentError) as whole:
        sync.load(store, folder.parent, NOON + timedelta(1))
    assert error.value.line() == whole.value.line()
    assert error.value.what == "the amendments form a cycle"


def test_a_part_that_was_taken_of_another_state_is_not_written(store: Store, folder: Path) -> None:
    write_file(made(Random(1), 1), folder / f"{symbol(1).slug}.yaml")
    sync.load(store, folder.parent, NOON)
    before = rows(store)
    with pytest.raises(Conflict):
        store.load([], {}, fingerprint="x", recorded=NOON, part=Part(frozenset({symbol(1).slug}), frozenset(), "other"))
    assert rows(store) == before


def test_a_load_in_a_process_of_its_own_notes_the_same(folder: Path, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        write_file(quiet(made(Random(number), number)), folder / f"{symbol(number).slug}.yaml")
    settled(folder)
    here, there = f"sqlite:///{tmp_path}/here.sqlite", f"sqlite:///{tmp_path}/there.sqlite"
    stores = opened(here), opened(there)
    assert sync.load(stores[0], folder.parent, NOON)
    assert load_apart(there, folder.parent)
    noted = [{path: (a.digest, a.slug, a.texts) for path, a in at.files()[1].items()} for at in stores]
    assert noted[0] == noted[1]
    assert json.dumps(sorted(stores[0].files()[1])) == json.dumps(
        sorted(f"ga/{path.name}" for path in folder.iterdir())
    )
    for store in stores:
        store.close()
