"""Events in the words of a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.feeds import InstrumentInfo
from app.model import Event, TitleSlots, Topic
from app.web.pages.event_view import Row, alone
from tests.web.standing import CONFERENCE, ORGANIZATIONAL, PLENARY, REPORT, TITLE

ABOUT = InstrumentInfo(TITLE)
LONG = "Keeping of lamps in the towers of Utopia and on the ships of all States that sail along its coasts at night"


def row(event: Event, language: str = "en") -> Row:
    return Row(alone(event, date(2017, 12, 24)), language, ABOUT)


@pytest.mark.parametrize(
    ("clause", "parts"),
    [
        ({}, ("", "by its ninety-first session", "")),
        ({"fr": "Prie le Secrétaire général"}, ("", "by its ninety-first session", "")),
        ({"en": "Requests a report"}, ("", "by its ninety-first session", "")),
        (
            {"en": "Requests a report\n by its ninety-first session, on lamps"},
            ("Requests a report ", "by its ninety-first session", ", on lamps"),
        ),
    ],
)
def test_clause_surrounds_its_quote(clause: dict[str, str], parts: tuple[str, str, str]) -> None:
    assert row(replace(REPORT, quote={"en": "by its  ninety-first session"}, clause=clause)).clause == parts


def test_clause_without_a_quote_is_empty() -> None:
    assert row(replace(REPORT, quote={}, clause={"en": "Requests a report"})).clause == ("", "", "")


def test_full_title_keeps_the_whole_subject() -> None:
    event = replace(REPORT, slots=TitleSlots("report", Topic({"en": LONG}), actor="secretary-general"))
    assert row(event).full_title == f"{LONG}: SG report (GA73)"
    assert len(row(event).title) <= 80


@pytest.mark.parametrize(
    ("fields", "language", "words"),
    [
        ({}, "en", []),
        ({"target": True}, "en", ["Target"]),
        ({"budget": True}, "fr", ["Exercice budgétaire"]),
        ({"target": True, "budget": True}, "zh", ["目标", "预算期间"]),
    ],
)
def test_marks_name_targets_and_budget_periods(fields: dict[str, bool], language: str, words: list[str]) -> None:
    assert row(replace(CONFERENCE, **fields), language).marks == words  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("today", "language", "words"),
    [
        (date(2020, 1, 1), "en", "falls on a weekend: Saturday, 26 September 2020"),
        (date(2021, 1, 1), "fr", "tombe un week-end : dimanche 26 septembre 2021"),
        (date(2022, 1, 1), "en", ""),  # a Monday
        (date(2020, 9, 27), "zh", "适逢周末：2021年9月26日星期日"),
    ],
)
def test_yearly_day_on_a_weekend_says_so(today: date, language: str, words: str) -> None:
    assert Row(alone(PLENARY, None), language, ABOUT, day=today).weekend == words


def test_single_day_on_a_weekend_says_nothing() -> None:
    saturday = replace(ORGANIZATIONAL, when="2018-03-31", start=date(2018, 3, 31), end=date(2018, 3, 31))
    assert Row(alone(saturday, None), "en", ABOUT, day=date(2018, 1, 1)).weekend == ""
