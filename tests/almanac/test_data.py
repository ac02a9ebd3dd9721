"""The almanac's files: what they hold, and what is refused."""

import shutil
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from app.almanac import Almanac, almanac, parts, session, special_sessions, window
from app.errors import AlmanacError
from app.model import Certainty


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("sessions", "holidays", "observances", "names", "terms"):
        shutil.copy(str(resources.files("app.almanac") / f"{name}.yaml"), tmp_path)
    return tmp_path


def test_the_files_are_read_once() -> None:
    assert almanac() is almanac()


def test_every_line_has_its_source() -> None:
    book = almanac()
    lines = [
        *book.bodies.values(),
        *(line for lines in (*book.rules.values(), *book.cycles.values()) for line in lines),
        *(line for lines in book.openings.values() for line in lines.values()),
        *(line for lines in (*book.special.values(), *book.parts.values()) for line in lines),
        *book.thirds.values(),
        *(day for days in book.holidays.official.values() for day in days),
        *book.holidays.computed,
        *book.observances,
    ]
    assert len(lines) > 350
    assert [line for line in lines if not line.source] == []


def test_a_forecast_gives_way_to_a_date(folder: Path) -> None:
    file = folder / "sessions.yaml"
    before = session("general-assembly", 82, Almanac.read(folder))
    entry = "  - session: 82\n    opens: 2027-09-14\n    source: announced\nhuman-rights-council:"
    file.write_text(file.read_text().replace("human-rights-council:", entry, 1))
    book = Almanac.read(folder)
    after = session("general-assembly", 82, book)
    assert before is not None
    assert after is not None
    assert (before.opens, before.forecast) == (date(2027, 9, 7), True)
    assert (after.opens, after.forecast, after.source) == (date(2027, 9, 14), False, "announced")
    earlier = window("general-assembly", 81, book)
    assert earlier is not None
    assert (earlier.end, earlier.certainty) == (date(2027, 9, 14), Certainty.WINDOW)


@pytest.mark.parametrize(
    ("file", "old", "new", "where"),
    [
        ("sessions.yaml", "opens: 2018-09-18", "opens: 2018-09-31", "sessions.yaml: general-assembly: openings 19"),
        ("sessions.yaml", "tuesday of working week 3 of september", "some tuesday", "almanac"),
        ("sessions.yaml", "sessions: 58-77", "sessions: early", "sessions.yaml: general-assembly: rules 4"),
        ("sessions.yaml", "human-rights-council:", "security-council:", "sessions.yaml: security-council"),
        ("sessions.yaml", "first-year: 1946", "first-year: NO", "sessions.yaml: general-assembly"),
        ("holidays.yaml", "2017-05-29 Memorial", "29 May Memorial", "holidays.yaml: official 1"),
        ("observances.yaml", "R/--01-04", "R/--01-32", "observances.yaml: entry 1"),
        ("observances.yaml", "  kind: day", "  kind: night", "observances.yaml: entry 1"),
        ("observances.yaml", "- name: World Braille Day", "name", "observances.yaml:6"),
        ("names.yaml", "world-braille-day:", "world-brail-day:", "names.yaml"),
        ("names.yaml", "  zh: 世界盲文日", "  cn: 世界盲文日", "names.yaml: world-braille-day"),
        ("terms.yaml", "  zh: 感恩节", "  cn: 感恩节", "terms.yaml: Thanksgiving Day"),
    ],
)
def test_what_does_not_follow_the_form_is_refused(folder: Path, file: str, old: str, new: str, where: str) -> None:
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(AlmanacError) as caught:
        Almanac.read(folder)
    assert caught.value.where == where


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(AlmanacError) as caught:
        Almanac.read(tmp_path)
    assert caught.value.where == "sessions.yaml"


def test_parts_of_the_conference_on_disarmament() -> None:
    starts = {year: parts("conference-on-disarmament", year)[0].start for year in range(2018, 2025)}
    assert starts == {
        2018: date(2018, 1, 22),
        2019: date(2019, 1, 21),
        2020: date(2020, 1, 20),
        2021: date(2021, 1, 18),
        2022: date(2022, 1, 24),
        2023: date(2023, 1, 23),
        2024: date(2024, 1, 22),
    }
    found = parts("conference-on-disarmament", 2024)
    assert [(part.name, part.dated) for part in found] == [
        ("first-part", True), ("second-part", False), ("third-part", False),
    ]  # fmt: skip
    assert found[0].end == date(2024, 3, 29)
    segments = {year: [p.name for p in parts("economic-and-social-council", year)] for year in (2013, 2018, 2020, 2026)}
    later = ["operational-activities-segment", "humanitarian-affairs-segment"]
    assert segments == {
        2013: [],
        2018: [later[0], "integration-segment", later[1], "high-level-segment"],
        2020: [*later, "integration-segment", "high-level-segment"],
        2026: ["coordination-segment", *later, "high-level-segment"],
    }
    assert [part.name for part in parts("first-committee", 2024)] == ["session"]


def test_sessions_with_days_of_their_own() -> None:
    found = window("human-rights-council", 55)
    assert found is not None
    assert (found.start, found.end, found.certainty) == (date(2024, 2, 26), date(2024, 4, 5), Certainty.WINDOW)


def test_special_sessions() -> None:
    found = {item.session: (item.opens, item.closes) for item in special_sessions()}
    assert found["S-26"] == (date(2001, 6, 25), date(2001, 6, 27))
    assert found["ES-11"] == (date(2022, 2, 28), None)
