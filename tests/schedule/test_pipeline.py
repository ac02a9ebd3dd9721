"""The stages composed: the seed's table as whole values, names of items, and what any text gives."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.parser import read_text
from app.model import (
    LANGUAGES,
    UNKNOWN_SYMBOL,
    Certainty,
    DocumentWarning,
    Language,
    Review,
    ReviewStatus,
    Span,
    WarningCode,
)
from app.schedule import yaml_format, yaml_writer
from app.schedule.dating import dated
from app.schedule.pipeline import derive
from tests.obligations.sample import instrument, schedule

SEED = Path(__file__).parents[2] / "schedules" / "ga" / "72" / "A-RES-72-251.zh.txt"
SG, GA, CD = "secretary-general", "general-assembly", "conference-on-disarmament"
WINDOW = (date(2018, 9, 18), date(2019, 9, 16))
YEARLY = "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26"

TABLE = [
    (
        "5",
        "meeting",
        "2018-05-14/2018-05-16",
        "decided",
        date(2018, 5, 14),
        date(2018, 5, 16),
        None,
        GA,
        (),
        "New York",
    ),
    ("6", "meeting", "2018-03-28", "decided", date(2018, 3, 28), date(2018, 3, 28), None, GA, (), "New York"),
    ("7", "obligation", "undated", "undated", None, None, None, SG, (), None),
    ("10", "obligation", "undated", "undated", None, None, None, SG, (), None),
    ("11", "obligation", "undated", "undated", None, None, None, SG, (), None),
    ("12", "obligation", "undated", "undated", None, None, None, SG, (), None),
    ("13", "obligation", "undated", "undated", None, None, None, SG, (), None),
    ("14", "observance", "R/--09-26", "decided", date(2018, 9, 26), date(2018, 9, 26), YEARLY, None, (), None),
    (
        *("16", "meeting", "R/--09-26", "decided", date(2018, 9, 26), date(2018, 9, 26), YEARLY),
        *("president-of-the-general-assembly", (), None),
    ),
    ("18", "obligation", "undated", "undated", None, None, None, SG, (), None),
    ("19", "obligation", "undated", "undated", None, None, None, "member-states", (), None),
    ("20", "report", "GA73", "window", *WINDOW, None, SG, (GA, CD), None),
    ("21", "report", "GA73", "window", *WINDOW, None, SG, (GA,), None),
    ("22", "agenda", "GA73", "window", *WINDOW, None, GA, (), None),
]


@pytest.fixture(scope="module")
def seed_text() -> str:
    if not SEED.exists():
        pytest.skip("the seed is not in the tree yet")
    return SEED.read_text("utf-8")


def test_the_seed_gives_its_table(seed_text: str) -> None:
    found = derive(read_text(seed_text, "zh"))
    assert [
        (e.paragraph, e.kind, e.when, e.certainty, e.start, e.end, e.recurrence, e.bearer, e.addressees, e.place)
        for e in found.events
    ] == TABLE
    assert found.unread == {}


def test_derive_quotes_the_text_and_names_rules(seed_text: str) -> None:
    found = derive(read_text(seed_text, "zh"))
    for event in found.events:
        assert event.span["zh"].of(seed_text) == event.quote["zh"]
        assert event.rule
        assert event.force
        assert event.instrument == "A/RES/72/251"
        assert event.decided == date(2017, 12, 24)


def test_derive_dates_the_provisional_agenda(seed_text: str) -> None:
    agenda = derive(read_text(seed_text, "zh")).events[-1]
    assert date(2018, 7, 20) in [milestone.day for milestone in agenda.milestones]


def test_derive_gives_uids_by_paragraph_kind_and_ordinal() -> None:
    found = schedule(
        "Decides to convene a conference from 15 to 17 June 2037 and a preparatory meeting on 12 March 2037;",
        "Requests the Secretary-General to report to the General Assembly at its ninety-first session;",
    )
    assert [(event.uid, event.when) for event in found.events] == [
        ("A-RES-90-7.1.meeting.2", "2037-06-15/2037-06-17"),
        ("A-RES-90-7.1.meeting.1", "2037-03-12"),
        ("A-RES-90-7.2.report.1", "GA91"),
    ]


def test_sections_are_part_of_the_name() -> None:
    resolution = instrument("Decides to convene a meeting on 12 March 2037;")
    part = replace(resolution, operative=(replace(resolution.operative[0], section="B"),))
    assert [event.uid for event in derive(part).events] == ["A-RES-90-7.B.1.meeting.1"]


def test_derive_leaves_a_time_without_arithmetic_unread() -> None:
    found = schedule(
        "Requests the Secretary-General to report to the General Assembly within three and a half months of the "
        "adoption of the present resolution;",
        "Requests the Secretary-General to report to the General Assembly at its ninety-first session;",
    )
    assert [(item.paragraph, item.kind, item.when) for item in found.events] == [("2", "report", "GA91")]
    assert [(item.paragraph, item.value, item.reason) for item in found.unread["en"]] == [
        ("1", "adoption+P3.5M", "no-arithmetic")
    ]


def test_derive_without_symbol_is_filed_under_none() -> None:
    found = derive(replace(instrument("Decides to convene a meeting on 12 March 2037;"), symbol=None))
    assert found.symbol == UNKNOWN_SYMBOL
    assert [(event.uid, event.start) for event in found.events] == [("unknown.1.meeting.1", date(2037, 3, 12))]


@pytest.mark.parametrize("code", list(WarningCode))
def test_derive_with_doubt_decides_no_date(code: WarningCode) -> None:
    warning = DocumentWarning(code, "1")
    read = replace(instrument("Decides to convene a meeting on 12 March 2037;"), warnings=(warning,))
    (event,) = derive(read).events
    certain = (Certainty.DECIDED, date(2037, 3, 12), "medium")
    doubtful = (Certainty.UNDECIDED, None, "low")
    assert (event.certainty, event.start, event.confidence) == (doubtful if warning.doubtful else certain)
    assert derive(read).warnings == (warning,)


def test_dated_with_doubt_keeps_reviewed_dates() -> None:
    read = instrument("Decides to meet on 12 March 2037;", "Decides to meet on 13 March 2037;")
    doubt = DocumentWarning(WarningCode.READING_ORDER, "2")
    first, second = (event.uid for event in derive(read).events)
    review = Review(ReviewStatus.CONFIRMED, by="a reviewer", on=date(2037, 1, 1))
    found = dated(replace(derive(read), warnings=(doubt,), reviews={second: review}))
    assert [(event.uid, event.start) for event in found.events] == [(first, None), (second, date(2037, 3, 13))]


def test_derive_joined_word_lowers_confidence() -> None:
    read = instrument("Decides to convene a meeting on 12 March 2037;")
    place = read.text.index("March")
    found = derive(replace(read, repairs=(Span(place, place + 5),)))
    assert [event.confidence for event in found.events] == ["low"]
    assert found.warnings == (DocumentWarning(WarningCode.REPAIRED_WORD, "March"),)


def test_derive_part_adopted_on_another_day_counts_from_it() -> None:
    read = instrument("Requests the Secretary-General to report within thirty days of the adoption of this resolution;")
    first = replace(read.operative[0], section="A")
    second = replace(read.operative[0], section="B")
    adopted = read.adopted
    assert adopted
    later = adopted + timedelta(days=10)
    found = derive(replace(read, operative=(first, second), part_adopted={"B": later}))
    assert [(event.end, event.decided) for event in found.events] == [
        (adopted + timedelta(days=30), adopted),
        (later + timedelta(days=30), later),
    ]
    assert dated(yaml_format.read(yaml_writer.write(found), "a.yaml")).events == found.events


def test_derive_without_adoption_leaves_out_past_times() -> None:
    resolution = replace(
        instrument("Notes the meeting of 5 May 2030;", "Decides to convene a meeting on 12 March 2037;"), adopted=None
    )
    assert [event.when for event in derive(resolution).events] == ["2037-03-12"]


PIECES = st.sampled_from(
    [
        *(
            "Requests the Secretary-General ",
            "to submit ",
            "a report ",
            "to the General Assembly ",
            "at its ninety-first session",
        ),
        *(
            ", ",
            "; ",
            "and ",
            "by 30 June 2036 ",
            "every year ",
            "starting at its next session",
            "within 60 days ",
            "annual ",
        ),
        *(
            "向大会第七十三届会议提出报告",
            "决定",
            "2036 年 5 月",
            "à sa session",
            "не позднее ",
            "\u200f",
            "(a) ",
            "of adoption",
            "0",
        ),
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), min_size=1, max_size=12), st.sampled_from(LANGUAGES))
def test_derive_of_any_paragraph_is_stable_and_quotes_it(pieces: list[str], language: Language) -> None:
    text = "".join(pieces).strip() or "x"
    resolution = instrument(text.replace("\n", " "), language=language)
    found = derive(resolution)
    assert found == derive(resolution)
    for event in found.events:
        assert event.span[language].of(resolution.text) == event.quote[language]
        assert event.quote[language]
    for unread in found.unread.get(language, ()):
        assert unread.span.of(resolution.text) == unread.quote
    assert len({event.uid for event in found.events}) == len(found.events)
