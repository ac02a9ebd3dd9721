"""International days, weeks, years and decades."""

import re
from collections import Counter
from datetime import date

import pytest

from app.almanac import almanac, observed, parts, resolve
from app.almanac.session_rows import published_bodies
from app.almanac.sessions import Context

ALL = almanac().observances

BY_SLUG = {item.slug: item for item in ALL}


def days(slug: str, first: int, last: int) -> list[str]:
    spans = BY_SLUG[slug].between(date(first, 1, 1), date(last, 12, 31))
    return [f"{start}" if start == end else f"{start}/{end}" for start, end in spans]


def test_every_observance_has_a_name_of_its_own_and_a_source() -> None:
    assert len(BY_SLUG) == len(ALL)
    assert all(item.source for item in ALL)
    assert Counter(item.kind for item in ALL)["day"] + Counter(item.kind for item in ALL)["week"] == 239


@pytest.mark.parametrize(
    ("slug", "first", "last", "expected"),
    [
        ("international-day-for-the-total-elimination-of-nuclear-weapons", 2018, 2019, ["2018-09-26", "2019-09-26"]),
        ("world-interfaith-harmony-week", 2024, 2024, ["2024-02-01/2024-02-07"]),
        ("world-habitat-day", 2024, 2026, ["2024-10-07", "2025-10-06", "2026-10-05"]),
        ("world-maritime-day", 2025, 2025, ["2025-09-25"]),
        ("world-philosophy-day", 2024, 2024, ["2024-11-21"]),
        ("world-migratory-bird-day", 2025, 2025, ["2025-05-10"]),
        ("world-migratory-bird-day-2", 2025, 2025, ["2025-10-11"]),
        ("world-statistics-day", 2010, 2026, ["2010-10-20", "2015-10-20", "2020-10-20", "2025-10-20"]),
        ("vesak-the-day-of-the-full-moon", 2023, 2025, ["2023-05-05", "2024-05-23", "2025-05-12"]),
        ("international-year-of-glaciers-preservation", 2024, 2026, ["2025-01-01/2025-12-31"]),
        ("united-nations-decade-of-healthy-ageing", 2025, 2025, ["2021-01-01/2030-12-31"]),
    ],
)
def test_days(slug: str, first: int, last: int, expected: list[str]) -> None:
    assert days(slug, first, last) == expected


def test_a_fixed_day_is_the_day_that_its_notation_gives() -> None:
    at = Context(date(2025, 1, 1))
    for item in ALL:
        if item.when.startswith("R/"):
            outcome = resolve(item.when, at)
            assert next(iter(item.between(date(2025, 1, 1), date(2026, 12, 31)))) == (outcome.start, outcome.end)  # type: ignore[union-attr]  # never pending


def test_what_is_observed_in_some_days() -> None:
    found = observed(ALL, date(2024, 9, 26), date(2024, 9, 26))
    assert {item.name for start, end, item in found if start == end} == {
        "International Day for the Total Elimination of Nuclear Weapons",
        "World Maritime Day",
    }


def test_every_name_is_translated_into_five_languages() -> None:
    languages = {"ar", "en", "es", "fr", "ru", "zh"}
    assert [item.slug for item in ALL if set(item.names) != languages or not all(item.names.values())] == []
    scripts = {"ar": "\u0600-\u06ff", "ru": "\u0400-\u04ff", "zh": "\u3400-\u9fff"}
    for language, script in scripts.items():
        assert [item.slug for item in ALL if not re.search(f"[{script}]", item.names[language])] == []
    # The same name is the same in all six, and another in another: nobody's line has slipped.
    english = Counter(item.name.casefold() for item in ALL)
    for language in languages:
        assert sorted(Counter(item.names[language] for item in ALL).values()) == sorted(english.values())


def test_what_was_not_held_against_a_source_is_marked() -> None:
    assert {item.kind for item in ALL if not item.checked} == {"year", "decade"}
    afforestation = next(item for item in ALL if item.resolution == "A/RES/79/283")
    assert (afforestation.when, afforestation.checked) == ("2027/2036", True)
    assert BY_SLUG["united-nations-decade-of-healthy-ageing"].checked is False


def test_years_and_decades_have_their_resolution_and_first_day() -> None:
    years = [item for item in ALL if item.kind == "year"]
    decades = [item for item in ALL if item.kind == "decade"]
    assert [item.slug for item in (*years, *decades) if not item.resolution] == []
    assert (len(years), len(decades)) == (93, 60)
    assert min(item.first for item in years if item.first) == date(1959, 7, 1)
    assert min(item.first for item in decades if item.first) == date(1961, 1, 1)
    assert [item.slug for item in decades if not 3285 <= item.days <= 4019] == []
    assert [item.slug for item in years if item.days not in (365, 366)] == []


def test_holidays_subjects_and_parts_are_in_six_languages() -> None:
    book = almanac()
    said = {holiday.name for holiday in book.holidays.between(date(1998, 1, 1), date(2040, 12, 31))}
    said |= {holiday.name for holiday in book.holidays.without_meetings(date(2024, 1, 1), date(2024, 12, 31))}
    said |= {holiday.name for holiday in book.holidays.floating}
    said |= {special.about for special in book.special["general-assembly"]}
    said |= {part.words for body in book.parts for year in range(2014, 2031) for part in parts(body, year)}
    assert said <= set(book.terms)
    parts_shown = {row.part for body in published_bodies().values() for row in body.sessions}
    assert set(book.terms) - said <= parts_shown
    assert book.say("first regular", "fr") == "première session ordinaire"
    assert book.say("Thanksgiving Day", "zh") == "感恩节"
    assert book.say("Thanksgiving Day", "en") == "Thanksgiving Day"


def test_special_sessions_are_counted_without_gaps() -> None:
    found = [special.session for special in almanac().special["general-assembly"]]
    assert found == [*(f"S-{n}" for n in range(1, 33)), *(f"ES-{n}" for n in range(1, 12))]
