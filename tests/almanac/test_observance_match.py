"""Items of instruments that are observances of the almanac."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.almanac import almanac
from app.almanac.observance_match import match_observance, observance_uid
from app.model import Certainty, Event, Kind, TitleSlots, Topic


def item(title: dict[str, str], month: int = 9, day: int = 26) -> Event:
    return Event(
        uid="A-RES-90-1.4.observance.1",
        kind=Kind.OBSERVANCE,
        when=f"R/--{month:02}-{day:02}",
        certainty=Certainty.DECIDED,
        instrument="A/RES/90/1",
        decided=date(2035, 12, 1),
        start=date(2036, month, day),
        end=date(2036, month, day),
        recurrence=f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}",
        title=title,
    )


NUCLEAR = "observance.international-day-for-the-total-elimination-of-nuclear-weapons"


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_match_observance_by_day_and_name_in_any_language(language: str) -> None:
    wanted = [entry for entry in almanac().observances if entry.kind == "day" and entry.when.startswith("R/--")]
    missed = []
    for entry in wanted:
        month, day = int(entry.when[4:6]), int(entry.when[7:9])
        found = match_observance(item({language: f"1. {entry.names[language]}."}, month, day))
        missed += [entry.slug] if found is not entry else []
    assert len(wanted) > 200
    assert missed == []


def test_match_observance_needs_the_same_day() -> None:
    name = {"en": "International Day for the Total Elimination of Nuclear Weapons"}
    found = match_observance(item(name))
    assert found is not None
    assert observance_uid(found) == NUCLEAR
    assert match_observance(item(name, 9, 27)) is None


def test_match_observance_needs_the_name() -> None:
    assert match_observance(item({"en": "International Day of Amateur Astronomers"})) is None


def test_match_observance_ignores_other_kinds() -> None:
    name = {"en": "meeting on the International Day for the Total Elimination of Nuclear Weapons"}
    assert match_observance(replace(item(name), kind=Kind.MEETING)) is None
    assert match_observance(replace(item(name), recurrence=None)) is None


def test_observance_uid_of_a_movable_day_has_its_year() -> None:
    assert observance_uid(almanac().observances[0], 2031) == "observance.world-braille-day.2031"


def test_match_observance_by_the_words_of_its_slots() -> None:
    facts = replace(item({}), title={}, subject={}, quote={}, clause={})
    day = "International Day for the Total Elimination of Nuclear Weapons"
    words = TitleSlots(act="named", subject=Topic(words={"en": day}))
    names = TitleSlots(act="named", subject=Topic(names=("nuclear-weapons-day",)))
    for slots in (words, names):
        found = match_observance(replace(facts, slots=slots))
        assert found is not None
        assert observance_uid(found) == NUCLEAR
    assert match_observance(facts) is None
