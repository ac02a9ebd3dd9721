"""Every rule on sample paragraphs of our own, in English and French, in the style of the real ones."""

import pytest

from tests.obligations.sample import dated, schedule

ENGLISH = [
    # sessions: to whom, whose, how many
    (
        "Requests the Secretary-General to submit to the General Assembly at its "
        "ninety-first session a report on lighthouses;",
        [("report", "GA91")],
    ),
    (
        "Requests the Secretary-General to report thereon to the General Assembly "
        "at its ninety-first session and to the Economic and Social Council at its 2037 session;",
        [("report", "GA91"), ("report", "ECOSOC2037")],
    ),
    (
        "Requests the Secretary-General to submit progress reports to the General "
        "Assembly at its ninety-second and ninety-third sessions;",
        [("report", "GA92"), ("report", "GA93")],
    ),
    (
        "Invites the Commission on the Status of Women to consider the matter at its eighty-first session;",
        [("agenda", "CSW81")],
    ),
    (
        "Decides to include in the provisional agenda of its ninety-first session the item entitled “Lighthouses”;",
        [("agenda", "GA91")],
    ),
    ("Decides to continue its consideration of the question at its next session;", [("agenda", "GA91")]),
    (
        "Decides to review the implementation of the present resolution at its ninety-fifth session;",
        [("review", "GA95")],
    ),
    (
        "Requests the Secretary-General to present, before the end of the "
        "ninety-first session of the General Assembly, a strategy for lighthouses;",
        [("report", "../GA91/end")],
    ),
    (
        "Requests the Secretary-General to report at the main part of the "
        "ninety-second session of the General Assembly;",
        [("report", "GA92/main")],
    ),
    ("Decides to convene during its ninety-second session a special meeting on lighthouses;", [("meeting", "GA92")]),
    # past and cited
    (
        "Takes note of the report of the Secretary-General submitted to the General "
        "Assembly at its eighty-ninth session;",
        [],
    ),
    ("Recalls its resolution 88/12 of 4 December 2033 and the conference held in Lisbon from 5 to 7 June 2034;", []),
    ("Notes the reports submitted to the Assembly at its eighty-eighth and ninetieth sessions;", []),
    # days, months, years
    (
        "Decides to convene in Geneva, from 15 to 17 June 2037, a conference on lighthouses;",
        [("meeting", "2037-06-15/2037-06-17")],
    ),
    ("Looks forward to the second forum on lighthouses, to be held in Doha in May 2036;", [("meeting", "2036-05")]),
    ("Decides that the conference shall be held on a date to be decided later;", [("meeting", "TBD")]),
    ("Decides to convene the 2038 Lighthouse Conference in New York;", [("meeting", "2038")]),
    ("Calls upon Member States to complete their inventories by the end of 2038;", [("deadline", "../2038-12-31")]),
    ("Stresses the need to end the darkness of the coasts by 2040;", [("deadline", "../2040-12-31")]),
    ("Requests the Secretary-General to submit a report no later than 30 June 2036;", [("report", "../2036-06-30")]),
    (
        "Requests the Panel of Experts to provide an interim report by 4 May 2036 "
        "and a final report by 1 October 2036;",
        [("report", "../2036-05-04"), ("report", "../2036-10-01")],
    ),
    # observances
    ("Decides to proclaim 26 May of each year International Day of Lighthouses;", [("observance", "R/--05-26")]),
    ("Designates 26 May as an annual International Day of Lighthouses;", [("observance", "R/--05-26")]),
    ("Proclaims the period 2041–2050 the United Nations Decade of Safe Coasts;", [("observance", "2041/2050")]),
    # frequencies
    (
        "Requests the Secretary-General to report to the General Assembly every two "
        "years, starting at its ninety-fourth session;",
        [("report", "GA94;R/P2Y")],
    ),
    ("Decides to consider the question annually, starting at its ninety-first session;", [("agenda", "GA91;R/P1Y")]),
    (
        "Requests the Secretary-General to include in his annual report information on lighthouses;",
        [("report", "R/P1Y")],
    ),
    ("Welcomes the annual report of the Network of Lighthouses;", []),
    (
        "Requests the President of the General Assembly to convene, on 26 September every year, a plenary meeting;",
        [("meeting", "R/--09-26")],
    ),
    # sub-paragraphs stand under their chapeau's verb
]

COUNCIL = [
    ("Decides to extend until 15 November 2036 the mandate of the Mission in Valdora;", [("mandate", "../2036-11-15")]),
    (
        "Decides to extend the mandate of the Mission for a period of six months, until 31 May 2036;",
        [("mandate", "../2036-05-31")],
    ),
    ("Decides to extend the mandate of the Mission for a period of one year;", [("mandate", "adoption+P1Y")]),
    (
        "Decides to renew for a period of 13 months from the date of adoption of "
        "this resolution the mandate of the Panel of Experts;",
        [("mandate", "adoption+P13M")],
    ),
    ("Decides that the mandate of the Team shall end on 31 January 2036;", [("mandate", "2036-01-31")]),
    (
        "Requests the Secretary-General to report to the Council within 30 days of the adoption of this resolution;",
        [("report", "adoption+P30D")],
    ),
    ("Requests the Secretary-General to report to the Security Council every 90 days;", [("report", "R/P90D")]),
    ("Decides to review the measures no later than 15 June 2036;", [("review", "../2036-06-15")]),
    ("Demands that all parties withdraw their forces by 1 March 2036;", [("deadline", "../2036-03-01")]),
    ("Encourages an informal meeting lasting for a period of three days;", []),
]

FRENCH = [
    (
        "Prie le Secrétaire général de présenter à l’Assemblée générale, à sa "
        "quatre-vingt-onzième session, un rapport sur les phares ;",
        [("report", "GA91")],
    ),
    (
        "Décide d’inscrire à l’ordre du jour provisoire de sa quatre-vingt-onzième "
        "session la question intitulée « Phares » ;",
        [("agenda", "GA91")],
    ),
    (
        "Décide de convoquer à Genève, du 15 au 17 juin 2037, une conférence sur les phares ;",
        [("meeting", "2037-06-15/2037-06-17")],
    ),
    ("Décide de proroger jusqu’au 15 novembre 2036 le mandat de la Mission ;", [("mandate", "../2036-11-15")]),
    ("Décide de proroger le mandat du Groupe de travail pour une période d’un an ;", [("mandate", "adoption+P1Y")]),
    ("Prie le Secrétaire général de lui faire rapport tous les 90 jours ;", [("report", "R/P90D")]),
    ("Demande aux États Membres d’achever leurs inventaires d’ici à la fin de 2038 ;", [("deadline", "../2038-12-31")]),
    (
        "Décide de proclamer le 26 mai de chaque année Journée internationale des phares ;",
        [("observance", "R/--05-26")],
    ),
    (
        "Prie le Secrétaire général de faire figurer dans son rapport annuel des informations sur les phares ;",
        [("report", "R/P1Y")],
    ),
    ("Rappelle sa résolution 88/12 du 4 décembre 2033 ;", []),
]


@pytest.mark.parametrize(("paragraph", "items"), ENGLISH, ids=[paragraph[:60] for paragraph, _ in ENGLISH])
def test_a_paragraph_of_the_assembly(paragraph: str, items: list[tuple[str, str]]) -> None:
    assert dated(paragraph) == items


@pytest.mark.parametrize(("paragraph", "items"), COUNCIL, ids=[paragraph[:60] for paragraph, _ in COUNCIL])
def test_a_paragraph_of_the_council(paragraph: str, items: list[tuple[str, str]]) -> None:
    assert dated(paragraph, symbol="S/RES/3901 (2035)") == items


@pytest.mark.parametrize(("paragraph", "items"), FRENCH, ids=[paragraph[:60] for paragraph, _ in FRENCH])
def test_a_paragraph_in_french(paragraph: str, items: list[tuple[str, str]]) -> None:
    assert dated(paragraph, language="fr") == items


def test_a_sub_paragraph_stands_under_the_verb_of_its_chapeau() -> None:
    found = schedule(
        "Requests the Secretary-General:",
        "(a) To submit to the General Assembly at its ninety-first session a report on lighthouses;",
        "(b) To publish by 30 June 2036 a list of lighthouses;",
    )
    assert [(e.letters, e.kind, e.when, e.bearer, e.force) for e in found.events] == [
        (("a",), "report", "GA91", "secretary-general", "request"),
        (("b",), "deadline", "../2036-06-30", "secretary-general", "request"),
    ]


def test_the_council_s_its_is_the_adopting_council() -> None:
    paragraph = (
        "Requests the High Commissioner to present to the Council at its "
        "ninety-third session an oral update, to be followed by an interactive dialogue;"
    )
    assert dated(paragraph, symbol="A/HRC/RES/90/2") == [("report", "HRC93"), ("meeting", "HRC93")]


def test_year_names_session_of_yearly_body() -> None:
    paragraph = "Requests the Secretary-General to submit to the Council at its 2037 session a report on lighthouses;"
    assert dated(paragraph, symbol="E/RES/2036/4") == [("report", "ECOSOC2037")]


def test_who_bears_who_is_told_and_where() -> None:
    found = schedule(
        "Requests the Secretary-General to report to the General Assembly at its "
        "ninety-first session, and to transmit the report to the Conference on Disarmament;",
        "Decides to convene in New York on 28 March 2037 a one-day meeting;",
        "Requests the President of the General Assembly to convene a panel discussion in Geneva in May 2036;",
    )
    assert [(e.bearer, e.addressees, e.place, e.action) for e in found.events] == [
        ("secretary-general", ("general-assembly", "conference-on-disarmament"), None, "report"),
        ("general-assembly", (), "New York", "convene"),
        ("president-of-the-general-assembly", (), "Geneva", "convene"),
    ]


def test_what_is_seen_and_cannot_be_placed_is_listed() -> None:
    found = schedule(
        "Invites the Lighthouse Network to discuss the matter at its four hundredth session and its annual plans;"
    )
    assert [(item.value, item.reason) for item in found.unread["en"]] == [("R/P1Y", "repeat.in-a-name")]


@pytest.mark.parametrize(
    ("paragraph", "asked"),
    [
        ("Requests the Secretary-General to give wide publicity to the present resolution;", ["secretary-general"]),
        (
            "Encourages Member States to light their coasts, and requests the Secretary-General to assist them;",
            ["secretary-general"],
        ),
        ("Urges Member States and civil society to light the coasts;", ["member-states"]),
        ("Calls for the urgent lighting of the coasts;", []),
        ("Decides that the conference shall be open to all;", []),
        ("Expresses its appreciation to Member States that light their coasts;", []),
        (
            "Requests the Secretary-General to submit a report by 30 June 2036, and "
            "requests the Secretary-General to assist;",
            [],
        ),
    ],
)
def test_who_is_asked_without_a_time(paragraph: str, asked: list[str]) -> None:
    found = schedule(paragraph)
    assert [event.bearer for event in found.events if event.when == "undated"] == asked


def test_what_an_item_is_about() -> None:
    found = schedule(
        "Decides to convene in Geneva, from 15 to 17 June 2037, the second International Conference on Lighthouses;",
        "Decides to proclaim 26 May of each year International Day of Lighthouses, in order to honour their keepers;",
        "Decides to include in the provisional agenda of its ninety-first session, under the item entitled “Oceans”, "
        "the sub-item entitled “Safety of coasts”;",
        "Requests the Secretary-General to organize a meeting in May 2036;",
    )
    assert [dict(event.subject) for event in found.events] == [
        {"en": "International Conference on Lighthouses"},
        {"en": "International Day of Lighthouses"},
        {"en": "Safety of coasts"},
        {},
    ]


def test_frequency_and_start_in_one_clause_are_one_time() -> None:
    paragraph = (
        "Requests the Secretary-General to brief the General Assembly, from its ninety-second session on, "
        "on the state of lighthouses on a yearly basis;"
    )
    assert dated(paragraph) == [("report", "GA92;R/P1Y")]


def test_an_annual_report_that_is_to_be_submitted_counts() -> None:
    assert dated("Decides that the group shall submit an annual progress report to the General Assembly;") == [
        ("report", "R/P1Y")
    ]
