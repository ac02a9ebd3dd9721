"""Rules found by reading texts of all four bodies, on sample paragraphs of our own: what counts, what does not."""

from dataclasses import replace
from datetime import date

import pytest

from app.documents.parser import read_text
from app.model import Language
from app.schedule.pipeline import derive
from tests.obligations.sample import dated, instrument, schedule

COUNCIL = "S/RES/3901 (2035)"

PARAGRAPHS = [
    # a day without a year: of something that is to be done, the next such day
    (
        "Requests the Secretary-General to keep it informed every 90 days, with the next report due by 31 August;",
        COUNCIL,
        [("report", "R/P90D"), ("report", "../2036-08-31")],
    ),
    ("Decides to hold a hearing on the afternoon of 4 October;", "A/RES/90/7", [("meeting", "2036-10-04")]),
    ("Decides to convene a seminar in Geneva from 9 to 13 June;", "A/RES/90/7", [("meeting", "2036-06-09/2036-06-13")]),
    ("Welcomes the reports of the keepers (24 October);", "A/RES/90/7", []),
    ("Takes note of the adoption of the programme on 10 February;", "A/RES/90/7", []),
    # the day of each year says more than that it is yearly
    (
        "Invites all States to observe the International Day of Lighthouses annually, on the first Saturday of July;",
        "A/RES/90/7",
        [("observance", "R/FREQ=YEARLY;BYMONTH=7;BYDAY=1SA")],
    ),
    # what is said to happen in the year of the adoption, at an Assembly named by its number, or every year
    (
        "Welcomes the intention of the Secretary-General to hold a meeting on lamps on the margins of the 91st General "
        "Assembly of the United Nations;",
        COUNCIL,
        [("meeting", "GA91")],
    ),
    (
        "Requests the Secretary-General to visit the harbour, later this year;",
        COUNCIL,
        [("deadline", "../2035-12-31")],
    ),
    (
        "Looks forward to receiving the annual report of the Secretary-General on lamps;",
        COUNCIL,
        [("report", "R/P1Y")],
    ),
    ("Welcomes the efforts made, notably the 2050 Coast’s Lamp Strategy, and commends them;", COUNCIL, []),
    # what is created for a period that ends, or from a day on
    (
        "Requests the Secretary-General to create, for a period expiring on 28 July 2036, a group of keepers;",
        COUNCIL,
        [("mandate", "../2036-07-28")],
    ),
    (
        "Decides to establish the Office beginning on 16 October 2036 and for an initial period of 12 months;",
        COUNCIL,
        [("mandate", "2036-10-16+P12M")],
    ),
    # a session that goes on is ahead of what is to be done during it
    ("Decides to consider the question of lamps during its ninetieth session;", "A/RES/90/7", [("agenda", "GA90")]),
    # years in a list are all times, and a rate beside them is none
    (
        "Decides that the Group shall meet in 2036, 2037 and 2038 for two sessions per year;",
        "A/RES/90/7",
        [("meeting", "2036"), ("meeting", "2037"), ("meeting", "2038")],
    ),
    ("Requests a review of posts that have been vacant for 24 months or longer;", "A/RES/90/7", []),
    ("Requests the Committee to hold, within 12 months, a meeting on lamps;", COUNCIL, [("meeting", "adoption+P12M")]),
    # lengths that are only adjectives, lengths that last, lengths that end
    ("Decides to maintain the framework for the ten-year lighthouse programme;", "A/RES/90/7", []),
    (
        "Decides to extend the mandate of the Mission for a further six-month period;",
        COUNCIL,
        [("mandate", "adoption+P6M")],
    ),
    (
        "Decides to review the mandate of the Team after a period of two years;",
        COUNCIL,
        [("review", "adoption+P2Y")],
    ),
    (
        "Requests the Secretary-General to create for an initial period of 13 months a group of experts;",
        COUNCIL,
        [("mandate", "adoption+P13M")],
    ),
    (
        "Appoints the following persons as members of the Board for a four-year term beginning on 1 January 2036;",
        "A/RES/90/7",
        [("period", "2036-01-01+P4Y")],
    ),
    # words of a title do nothing
    (
        "Decides to convene the 2038 United Nations Conference to Support the Implementation of the Lighthouse Goals "
        "in Lisbon, in June 2038, to support the keepers of lighthouses;",
        "A/RES/90/7",
        [("meeting", "2038-06"), ("meeting", "2038")],
    ),
    ("Takes note of the programme (Safe Coasts for 2040) and asks that it be continued;", "A/RES/90/7", []),
    ("Reaffirms Council resolution 2036/14 and the requests in resolutions 2034/12 and 2037/22;", "A/RES/90/7", []),
    ("Welcomes the implementation of Agenda 2063 and of the Coast Vision 2045;", "A/RES/90/7", []),
    # what was decided earlier is recalled, what is put off is held on the day named
    (
        "Notes that it had decided to postpone the conference to a period in 2037, and decides to convene it in 2038;",
        "A/RES/90/7",
        [("meeting", "2038")],
    ),
    (
        "Decides to postpone the organizational meeting of the conference to 10 May 2036;",
        "A/RES/90/7",
        [("meeting", "2036-05-10")],
    ),
    # frequencies
    (
        "Requests the Secretary-General to continue to report on the outcome of the Coast Conference every 60 days;",
        COUNCIL,
        [("report", "R/P60D")],
    ),
    ("Calls for regular annual meetings of the keepers of lighthouses;", "A/RES/90/7", [("meeting", "R/P1Y")]),
    ("Supports the holding of an annual briefing by the League;", COUNCIL, [("report", "R/P1Y")]),
    ("Welcomes the annual meetings of the keepers of lighthouses;", "A/RES/90/7", []),
    # sessions: the one that is said, the one that is held, the one that is past
    (
        "Decides that, at its ninetieth session, in 2046, the Commission on the Status of Women should review it;",
        "E/RES/2036/4",
        [("review", "CSW90")],
    ),
    (
        "Requests the Secretary-General to report to the General Assembly at the main part of its ninety-second "
        "session, in 2037;",
        "A/RES/90/7",
        [("report", "GA92/main")],
    ),
    (
        "Decides that the first session of the Conference of the Parties shall be held by the end of 2037;",
        "A/RES/90/7",
        [("meeting", "../2037-12-31")],
    ),
    (
        "Welcomes the increase of the budget of the Scientific Committee decided after the eighty-ninth session of "
        "the General Assembly;",
        "A/RES/90/7",
        [],
    ),
    (
        "Requests him to submit a draft to the Working Group on the Right to Development at its fortieth session;",
        "A/HRC/RES/90/2",
        [("report", "WGRTD40")],
    ),
    # aims foretold are no aims
    ("Notes with concern the estimates that by 2040 most coasts will need lighthouses to be built;", "A/RES/90/7", []),
    # what is held with somebody is no meeting
    (
        "Decides to maintain the Panel, in consultation with the Committee, until 15 December 2036;",
        COUNCIL,
        [("mandate", "../2036-12-15")],
    ),
    (
        "Decides to hold a meeting of keepers during the second half of 2035;",
        "A/RES/90/7",
        [("meeting", "2035-07/2035-12")],
    ),
]


@pytest.mark.parametrize(
    ("paragraph", "symbol", "items"),
    PARAGRAPHS,
    ids=[case[0][:60] for case in PARAGRAPHS],
)
def test_a_paragraph(paragraph: str, symbol: str, items: list[tuple[str, str]]) -> None:
    assert dated(paragraph, symbol=symbol) == items


def test_a_day_without_a_year_keeps_the_other_reading() -> None:
    (event,) = [e for e in schedule("Decides to hold a hearing on 4 October;").events if e.when != "undated"]
    assert (event.when, event.alternatives) == ("2036-10-04", ("R/--10-04",))


def test_the_end_of_a_mandate_is_the_day_that_was_said() -> None:
    assert dated(
        "Decides to renew the mandate of the Force for a period of six months, that is, until 31 May 2036;",
        "Requests the Secretary-General to submit at the end of this period a report on the situation;",
        "Requests the Secretary-General to report before the expiry of the mandate;",
        symbol=COUNCIL,
    ) == [("mandate", "../2036-05-31"), ("report", "2036-05-31"), ("report", "../2036-05-31")]


def test_the_end_of_a_mandate_that_no_day_was_said_of() -> None:
    assert dated("Requests the Panel to report to the Committee before the expiry of its mandate;", symbol=COUNCIL) == [
        ("report", "../expiry")
    ]


def test_a_special_session_stands_within_a_regular_one() -> None:
    text = """Human Rights Council
Ninety-first special session

Resolution adopted by the Human Rights Council on 7 February 2036

S-91/1. Situation of lighthouses

The Human Rights Council,

Recalling its earlier resolutions,

1. Requests the High Commissioner to present an oral update to the Council at its ninety-second session, to be \
followed by an interactive dialogue;

2. Decides to remain seized of the matter.
"""
    found = derive(read_text(text, "en", name="A_HRC_RES_S-91_1.txt"))
    items = [(event.kind.value, event.when) for event in found.events if event.when != "undated"]
    assert found.adopted == date(2036, 2, 7)
    assert items == [("report", "HRC92"), ("meeting", "HRC92")]


def test_the_council_numbered_its_sessions_once() -> None:
    text = """1819 (LV). Lighthouses

The Economic and Social Council,

Recalling its earlier resolutions,

1. Requests the Board to report its conclusions to the Economic and Social Council at its fifty-seventh session;

2. Decides to consider the matter at its next session.

1878th plenary meeting
9 August 1973
"""
    found = derive(read_text(text, "en", name="E_RES_1819(LV).txt"))
    assert [(event.kind.value, event.when) for event in found.events] == [
        ("report", "ECOSOC57"),
        ("agenda", "ECOSOC56"),
    ]


MORE = [
    # a span that is called a period is one, whatever is reported of it
    (
        "Approves the requirements in the report on the budget for the period from 1 July 2036 to 30 June 2037;",
        "A/RES/90/7",
        [("period", "2036-07-01/2037-06-30")],
    ),
    ("Takes note of the report on cooperation for the period 2031–2035;", "A/RES/90/7", []),
    ("Welcomes the Strategic Plan for Lighthouses 2031–2040 and its targets;", "A/RES/90/7", []),
    # a part of a session is where one reports, and no meeting of its own
    (
        "Requests him to provide options to the Economic and Social Council at the operational activities segment of "
        "its 2037 session;",
        "A/RES/90/7",
        [("report", "ECOSOC2037")],
    ),
    # what is launched, issued, concluded: the thing before says what it is
    ("Decides to prepare the next lighthouse review to be launched in 2037;", "A/RES/90/7", [("review", "2037")]),
    # what is reported on is only spoken of
    (
        "Reiterates its request to the agencies to consolidate their reporting on the implementation of the "
        "quadrennial lighthouse review within their reporting on their plans;",
        "A/RES/90/7",
        [],
    ),
    # a resolution that is carried out is nothing to be achieved: who reports on it does so by then
    (
        "Requests the Director to report on progress in the implementation of the present resolution to the Assembly "
        "of the Keepers no later than in 2038;",
        "A/RES/90/7",
        [("report", "../2038-12-31")],
    ),
    (
        "Invites the Office, within two years of the establishment of the fund, to provide information to the General "
        "Assembly on its status;",
        "A/RES/90/7",
        [("report", "event+P2Y")],
    ),
    (
        "Requests the Office to prepare a study of lamps and to present it to the Human Rights Council at its "
        "ninety-eighth session during an enhanced interactive dialogue;",
        "A/HRC/RES/90/2",
        [("report", "HRC98"), ("meeting", "HRC98")],
    ),
    (
        "Decides to provide funds in line with the report of the Secretary-General every year, starting in 2036;",
        "A/RES/90/7",
        [("deadline", "2036;R/P1Y")],
    ),
]


@pytest.mark.parametrize(("paragraph", "symbol", "items"), MORE, ids=[case[0][:60] for case in MORE])
def test_what_happens(paragraph: str, symbol: str, items: list[tuple[str, str]]) -> None:
    assert dated(paragraph, symbol=symbol) == items


def test_a_wide_heading_belongs_to_no_paragraph() -> None:
    text = """Resolution adopted by the General Assembly on 14 December 2035

90/7. Lighthouses of the coast and their keepers

The General Assembly,

Recalling its earlier resolutions on the lighthouses of the coast and their keepers,


1. Takes note of the report of the Secretary-General on the lighthouses of the
coast and their keepers;


Budget estimates for the financial period from 1 July 2036 to 30 June 2037


2. Decides to continue its consideration of the question at its ninety-first
session, under the item entitled “Lighthouses of the coast and their keepers”.
"""
    read = read_text(text, "en", name="A_RES_90_7.txt")
    assert [(p.number, p.reading.text[:14], p.reading.text[-9:]) for p in read.operative] == [
        ("1", "Takes note of ", " keepers;"),
        ("2", "Decides to con", "keepers”."),
    ]


LATER = [
    ("Requests the Secretary-General to report within 24 hours on the steps taken;", [("report", "adoption+PT24H")]),
    ("Demands that the parties return to the positions occupied at 1650 hours on 22 October 2035;", []),
    (
        "Looks forward to the fortieth session of the World Urban Forum, to be hosted by Lisbon in May 2037;",
        [("meeting", "2037-05")],
    ),
    (
        "Requests the Director, beginning in 2037, to submit an annual report to the Council;",
        [("report", "2037;R/P1Y")],
    ),
]


@pytest.mark.parametrize(("paragraph", "items"), LATER, ids=[case[0][:60] for case in LATER])
def test_a_paragraph_of_the_council(paragraph: str, items: list[tuple[str, str]]) -> None:
    assert dated(paragraph, symbol=COUNCIL) == items


RELATIVE = [
    (
        "Decides to hold a seminar in Geneva during the second half of the present year;",
        COUNCIL,
        [("meeting", "2035-07/2035-12")],
    ),
    (
        "Requests the Secretary-General to submit a report by the end of the current year;",
        COUNCIL,
        [("report", "../2035-12-31")],
    ),
    ("Requests him to give his views on the appointment of a president for a term of seven years;", "A/RES/90/7", []),
    ("Requests him to prepare the annual day of discussion;", "A/RES/90/7", []),
    (
        "Confirms that the functions of the Authority shall end upon the creation in December of a new government;",
        COUNCIL,
        [("mandate", "2035-12")],
    ),
]


@pytest.mark.parametrize(("paragraph", "symbol", "items"), RELATIVE, ids=[case[0][:60] for case in RELATIVE])
def test_a_time_that_the_adoption_tells(paragraph: str, symbol: str, items: list[tuple[str, str]]) -> None:
    assert dated(paragraph, symbol=symbol) == items


@pytest.mark.parametrize(
    ("language", "symbol", "paragraph", "items"),
    [
        # a mandate from a session on, an act beyond a conjunction, an indefinite report, the first session of a body
        (
            "en",
            "A/HRC/RES/90/2",
            "Decides to extend it for a further period of three years, from the end of its ninety-first session;",
            [("mandate", "HRC91+P3Y")],
        ),
        (
            "en",
            COUNCIL,
            "Decides that it shall be reduced as of 1 February 2036 and shall cease its work by 30 September 2036;",
            [("mandate", "2036-02-01/.."), ("mandate", "../2036-09-30")],
        ),
        (
            "es",
            COUNCIL,
            "Decide que se reduzca a partir del 1 de febrero de 2036 y cese sus operaciones a más tardar el 30 de "
            "septiembre de 2036;",
            [("mandate", "2036-02-01/.."), ("mandate", "../2036-09-30")],
        ),
        (
            "es",
            "A/HRC/RES/90/2",
            "Solicita que presente su primer informe al Consejo en su 93º período de sesiones y, a partir de "
            "entonces, un informe anual;",
            [("report", "HRC93"), ("report", "R/P1Y")],
        ),
        (
            "en",
            "A/RES/90/7",
            "Decides to establish a Preparatory Committee, which shall hold its first session in March 2036;",
            [("meeting", "2036-03")],
        ),
        ("es", COUNCIL, "Le solicita que, seis semanas antes de que expire el mandato, presente un informe;", None),
        # a length in one clause, a last day in the next
        (
            "zh",
            COUNCIL,
            "决定将专家小组的任务期限再延长十二个月，请专家小组至迟于2036年9月15日提交中期报告；",
            [("mandate", "adoption+P12M"), ("report", "../2036-09-15")],
        ),
        (
            "en",
            COUNCIL,
            "Decides to extend it for twelve months, and requests a report by 15 September 2036;",
            [("mandate", "adoption+P12M"), ("report", "../2036-09-15")],
        ),
        # a denied act, a length that counts from the adoption, and one that counts from an event
        ("zh", "A/RES/90/7", "决定不在2036年召开审查会议；", []),
        ("zh", COUNCIL, "请秘书长在120天内提出报告；", [("report", "adoption+P120D")]),
    ],
)
def test_paragraph_in_its_language(
    language: Language, symbol: str, paragraph: str, items: list[tuple[str, str]] | None
) -> None:
    found = dated(paragraph, symbol=symbol, language=language)
    if items is None:
        assert [when for _, when in found] == ["expiry-P6W"]
    else:
        assert found == items


def test_session_of_the_body_in_the_title() -> None:
    text = instrument("又决定委员会第四十六届会议审议灯塔问题；", symbol="E/RES/2036/4", language="zh")
    items = derive(replace(text, title="预防犯罪和刑事司法委员会的工作安排")).events
    assert [(item.kind.value, item.when) for item in items if item.when != "undated"] == [("agenda", "CCPCJ46")]
