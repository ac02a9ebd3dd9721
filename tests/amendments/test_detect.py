"""What a text does to events of earlier instruments, read and proposed."""

from datetime import date
from pathlib import Path

import pytest

from app.amendments.detect import LookupKeys, extract_keys
from app.documents import parse_symbol
from app.documents import read as read_text
from app.model import LANGUAGES, Action, Language, Proposal
from app.schedule.files import read_file
from app.schedule.review import merge, published
from app.schedule.yaml_format import read
from app.schedule.yaml_writer import write
from app.services.derive import derive_bytes, derive_path
from app.services.history_source import FolderHistorySource

ROOT = Path(__file__).parents[2]
SCHEDULES = ROOT / "schedules"
CORPUS = ROOT / "tests" / "corpus" / "amend"

EARLIER = """\
symbol: A/RES/90/7
adopted: 2035-10-03
body: general-assembly
session: 90

items:
- uid: A-RES-90-7.3.meeting.1
  paragraph: 3
  kind: meeting
  when: 2036-06-02/2036-06-06
  certainty: decided
  subject:
    en: World Forum on River Basins

- uid: A-RES-90-7.4.meeting.1
  paragraph: 4
  kind: meeting
  when: 2036-03-12
  certainty: decided
  subject:
    en: preparatory session of the World Forum on River Basins

- uid: A-RES-90-7.5.meeting.1
  paragraph: 5
  kind: meeting
  when: 2036-09-24
  certainty: decided
  subject:
    en: high-level dialogue on glaciers

- uid: A-RES-90-7.9.mandate.1
  paragraph: 9
  kind: mandate
  when: ../2036-01-31
  certainty: decided
  subject:
    en: Panel of Experts on Hydrology
"""


def amendments_of(proposals: tuple[Proposal, ...]) -> list[tuple[str, str, str | None]]:
    return sorted((item.amendment.target, item.amendment.action.value, item.amendment.when) for item in proposals)


@pytest.mark.parametrize("number", ["553", "556"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_decisions_on_72_251_are_proposed_from_each_language(language: Language, number: str) -> None:
    stored = read_file(SCHEDULES / "ga" / "72" / f"A-DEC-72-{number}.yaml")
    found = derive_path(
        CORPUS / f"A-DEC-72-{number}.{language}.txt", language, against=FolderHistorySource(SCHEDULES)
    ).schedule
    assert amendments_of(found.proposals) == sorted(
        (item.target, item.action.value, item.when) for item in stored.amendments
    )
    assert found.adopted == stored.adopted
    assert found.amendments == ()
    text = (CORPUS / f"A-DEC-72-{number}.{language}.txt").read_text(encoding="utf-8")
    assert all(item.quote[language] in text for item in found.proposals)


@pytest.fixture
def folder(tmp_path: Path) -> FolderHistorySource:
    (tmp_path / "A-RES-90-7.yaml").write_text(EARLIER, encoding="utf-8")
    return FolderHistorySource(tmp_path)


def proposed(
    folder: FolderHistorySource, paragraph: str, *, adopted: date = date(2035, 12, 20)
) -> list[tuple[str, str, str | None]]:
    text = f"The General Assembly,\n\nRecalling its resolution 90/7 of 3 October 2035,\n\n1. {paragraph}\n"
    derivation = derive_bytes(text.encode(), "en", symbol=parse_symbol("A/RES/90/99"), adopted=adopted, against=folder)
    return amendments_of(derivation.schedule.proposals)


FORUM, PREPARATORY = "A-RES-90-7.3.meeting.1", "A-RES-90-7.4.meeting.1"
DIALOGUE, PANEL = "A-RES-90-7.5.meeting.1", "A-RES-90-7.9.mandate.1"


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        pytest.param(
            "Decides to postpone the World Forum on River Basins until a date to be decided;",
            [(FORUM, "postpone", "TBD")],
            id="named by its subject alone",
        ),
        pytest.param(
            "Decides to postpone the World Forum on River Basins to 1 to 5 June 2037;",
            [(FORUM, "postpone", "2037-06-01/2037-06-05")],
            id="postponed to days",
        ),
        pytest.param(
            "Decides to reschedule the preparatory session of the World Forum on River Basins to 19 March 2036;",
            [(PREPARATORY, "move", "2036-03-19")],
            id="a name inside another is not meant",
        ),
        pytest.param(
            "Decides that the high-level dialogue on glaciers shall be held on 1 October 2036 instead of"
            " 24 September 2036;",
            [(DIALOGUE, "move", "2036-10-01")],
            id="instead of",
        ),
        pytest.param(
            "Decides to cancel the meeting to be held on 24 September 2036;",
            [(DIALOGUE, "cancel", None)],
            id="named by its day",
        ),
        pytest.param(
            "Decides to extend the mandate of the Panel of Experts on Hydrology until 31 January 2037;",
            [(PANEL, "extend", "../2037-01-31")],
            id="extended to a day",
        ),
        pytest.param(
            "Decides to extend the mandate of the Panel of Experts on Hydrology for a further period of one year;",
            [(PANEL, "extend", "../2037-01-31")],
            id="extended by a length, from the end so far",
        ),
        pytest.param(
            "Decides to extend the mandate of the Panel of Experts on Hydrology for six months, until 31 August 2036;",
            [(PANEL, "extend", "../2036-08-31")],
            id="an explicit end wins",
        ),
        pytest.param(
            "Decides to cancel the high-level dialogue on glaciers and to postpone the World Forum on River Basins"
            " until further notice;",
            [(FORUM, "postpone", "TBD"), (DIALOGUE, "cancel", None)],
            id="two actions in one paragraph",
        ),
        pytest.param("Decides to convene a World Forum on River Basins in June 2040;", [], id="nothing is changed"),
        pytest.param("Notes with regret that the World Forum on River Basins was postponed;", [], id="only noted"),
        pytest.param(
            "Decides to postpone the review of the scale of assessments until a date to be decided;",
            [],
            id="something else is postponed",
        ),
        pytest.param(
            "Decides to reschedule the World Forum on River Basins to 2 to 6 June 2036;",
            [],
            id="what stands already is no change",
        ),
    ],
)
def test_what_is_proposed(
    folder: FolderHistorySource, paragraph: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert proposed(folder, paragraph) == sorted(expected)


def test_a_decision_supersedes_another(tmp_path: Path) -> None:
    (tmp_path / "A-RES-90-7.yaml").write_text(EARLIER, encoding="utf-8")
    found = proposed(
        FolderHistorySource(tmp_path), "Decides that the present resolution supersedes its resolution 90/7;"
    )
    assert found == [(uid, "replace", None) for uid in sorted((FORUM, PREPARATORY, DIALOGUE, PANEL))]


def test_an_event_that_was_postponed_can_be_given_days(tmp_path: Path) -> None:
    (tmp_path / "A-RES-90-7.yaml").write_text(EARLIER, encoding="utf-8")
    (tmp_path / "A-DEC-90-501.yaml").write_text(
        "symbol: A/DEC/90/501\nadopted: 2035-11-01\n\namendments:\n"
        f"- target: {DIALOGUE}\n  action: cancel\n\n- target: {FORUM}\n  action: postpone\n",
        encoding="utf-8",
    )
    folder = FolderHistorySource(tmp_path)
    moved = "Decides to reschedule the World Forum on River Basins to 7 July 2036;"
    assert proposed(folder, moved) == [(FORUM, "move", "2036-07-07")]
    assert proposed(folder, moved, adopted=date(2035, 10, 20)) == [(FORUM, "move", "2036-07-07")]
    back = "Decides to reinstate the high-level dialogue on glaciers;"
    assert proposed(folder, back) == [(DIALOGUE, "reinstate", None)]
    # It had not been cancelled yet, and there was nothing to reinstate.
    assert proposed(folder, back, adopted=date(2035, 10, 20)) == []


def test_nothing_is_proposed_of_a_text_without_its_day(folder: FolderHistorySource) -> None:
    text = "1. Decides to cancel the high-level dialogue on glaciers to be held on 24 September 2036;"
    derivation = derive_bytes(text.encode(), "en", symbol=parse_symbol("A/RES/90/99"), against=folder)
    assert derivation.schedule.proposals == ()


def test_proposals_round_trip_and_are_not_loaded(folder: FolderHistorySource) -> None:
    text = (
        "The General Assembly,\n\nRecalling its resolution 90/7 of 3 October 2035,\n\n1. Decides that the high-level"
        " dialogue on glaciers shall be held on 1 October 2036 instead of 24 September 2036;\n"
    )
    schedule = derive_bytes(
        text.encode(), "en", symbol=parse_symbol("A/RES/90/99"), adopted=date(2035, 12, 20), against=folder
    ).schedule
    (proposal,) = schedule.proposals
    assert proposal.because == ("date", "symbol", "subject")
    assert (proposal.stands, proposal.confidence, proposal.arithmetic) == (
        "2036-09-24",
        "high",
        "the text gives 1 October 2036",
    )
    assert set(proposal.covers) == {event.uid for event in schedule.events}
    again = read(write(schedule), "file")
    assert again.proposals == schedule.proposals
    assert published(again).proposals == ()
    # Confirmed by hand, it is not proposed again; rejected, it stays rejected.
    confirmed = read(write(schedule).replace("proposed_amendments:", "amendments:").partition("  stands:")[0], "file")
    assert confirmed.amendments[0].action is Action.MOVE
    assert merge(confirmed, schedule)[0].proposals == ()
    rejected = read(write(schedule).replace("status: proposed", "status: rejected"), "file")
    assert [item.rejected for item in merge(rejected, schedule)[0].proposals] == [True]


def test_clues_are_numbers_and_days() -> None:
    text = "1. Decides that resolution 2334 (2016), its resolution 90/7 and the day 1 October 2036 are clues;"
    resolution = read_text(text.encode(), "en", name="A-RES-90-99.txt")
    assert extract_keys(resolution) == LookupKeys(frozenset({"2334(2016)", "90/7"}), frozenset({date(2036, 10, 1)}))


MANDATES: dict[str, tuple[str, str, str]] = {
    # Opening; how the Council extended two mandates; how it extends them again, and a third that is nobody's.
    "en": (
        "The Security Council,\n\nRecalling its resolution 3900 (2034),",
        "1. Decides to extend the mandate of the Mission for River Basins until 31 October 2035;\n\n"
        "2. Decides to extend until 31 January 2036 the mandate of the Panel of Experts on Hydrology;",
        "1. Decides to extend the mandate of the Panel of Experts on Hydrology until 31 January 2037;\n\n"
        "2. Decides to extend until 31 October 2036 the mandate of the Mission for River Basins;\n\n"
        "3. Decides to extend the mandate of the Committee on Glaciers until 31 March 2037;",
    ),
    "fr": (
        "Le Conseil de sécurité,\n\nRappelant sa résolution 3900 (2034),",
        "1. Décide de proroger jusqu'au 31 octobre 2035 le mandat de la Mission des bassins fluviaux ;\n\n"
        "2. Décide de renouveler le mandat du Groupe d'experts sur l'hydrologie jusqu'au 31 janvier 2036 ;",
        "1. Décide de renouveler jusqu'au 31 janvier 2037 le mandat du Groupe d'experts sur l'hydrologie ;\n\n"
        "2. Décide de proroger le mandat de la Mission des bassins fluviaux jusqu'au 31 octobre 2036 ;\n\n"
        "3. Décide de proroger le mandat du Comité des glaciers jusqu'au 31 mars 2037 ;",
    ),
    "es": (
        "El Consejo de Seguridad,\n\nRecordando su resolución 3900 (2034),",
        "1. Decide prorrogar hasta el 31 de octubre de 2035 el mandato de la Misión para las Cuencas Fluviales;\n\n"
        "2. Decide prorrogar el mandato del Grupo de Expertos sobre Hidrología hasta el 31 de enero de 2036;",
        "1. Decide renovar el mandato del Grupo de Expertos sobre Hidrología hasta el 31 de enero de 2037;\n\n"
        "2. Decide prorrogar el mandato de la Misión para las Cuencas Fluviales hasta el 31 de octubre de 2036;\n\n"
        "3. Decide prorrogar el mandato del Comité de Glaciares hasta el 31 de marzo de 2037;",
    ),
    "ru": (
        "Совет Безопасности,\n\nссылаясь на свою резолюцию 3900 (2034),",
        "1. постановляет продлить мандат Миссии по речным бассейнам до 31 октября 2035 года;\n\n"
        "2. постановляет продлить до 31 января 2036 года мандат Группы экспертов по гидрологии;",
        "1. постановляет продлить мандат Группы экспертов по гидрологии до 31 января 2037 года;\n\n"
        "2. постановляет продлить мандат Миссии по речным бассейнам до 31 октября 2036 года;\n\n"
        "3. постановляет продлить мандат Комитета по ледникам до 31 марта 2037 года;",
    ),
    "ar": (
        "إن مجلس الأمن،\n\nإذ يشير إلى قراره 3900 (2034)،",
        "1 - يقرر تمديد ولاية بعثة أحواض الأنهار حتى 31 تشرين الأول/أكتوبر 2035؛\n\n"
        "2 - يقرر تمديد ولاية فريق الخبراء المعني بالهيدرولوجيا حتى 31 كانون الثاني/يناير 2036؛",
        "1 - يقرر تجديد ولاية فريق الخبراء المعني بالهيدرولوجيا حتى 31 كانون الثاني/يناير 2037؛\n\n"
        "2 - يقرر تمديد ولاية بعثة أحواض الأنهار حتى 31 تشرين الأول/أكتوبر 2036؛\n\n"
        "3 - يقرر تمديد ولاية لجنة الجليديات حتى 31 آذار/مارس 2037؛",
    ),
    "zh": (
        "安全理事会，\n\n回顾其第3900(2034)号决议，",
        "1. 决定将河流流域特派团的任务期限延长至2035年10月31日；\n\n"
        "2. 决定将水文学专家小组的任务期限延长至2036年1月31日；",
        "1. 决定将水文学专家小组的任务期限延长至2037年1月31日；\n\n"
        "2. 决定将河流流域特派团的任务期限延长至2036年10月31日；\n\n"
        "3. 决定将冰川委员会的任务期限延长至2037年3月31日；",
    ),
}


@pytest.mark.parametrize("recalled", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_mandates_are_extended_by_whose_they_are(language: Language, recalled: bool, tmp_path: Path) -> None:
    opening, first, second = MANDATES[language]
    earlier = derive_bytes(
        f"{opening}\n\n{first}\n".encode(),
        language,
        symbol=parse_symbol("S/RES/3900 (2034)"),
        adopted=date(2034, 10, 30),
    ).schedule
    (tmp_path / "S-RES-3900.yaml").write_text(write(earlier), encoding="utf-8")
    if not recalled:
        opening = opening.replace("3900", "3700")
    found = derive_bytes(
        f"{opening}\n\n{second}\n".encode(),
        language,
        symbol=parse_symbol("S/RES/3950 (2035)"),
        adopted=date(2035, 10, 29),
        against=FolderHistorySource(tmp_path),
    )
    mission, panel = "S-RES-3900-2034.1.mandate.1", "S-RES-3900-2034.2.mandate.1"
    assert amendments_of(found.schedule.proposals) == [
        (mission, "extend", "../2036-10-31"),
        (panel, "extend", "../2037-01-31"),
    ]
    because = ("symbol", "subject") if recalled else ("subject",)
    assert {item.because for item in found.schedule.proposals} == {because}
    assert [item.covers for item in found.schedule.proposals] == [
        ("S-RES-3950-2035.1.mandate.1",),
        ("S-RES-3950-2035.2.mandate.1",),
    ]
    (missed,) = found.schedule.unread[language]
    assert (missed.paragraph, missed.value, missed.reason) == ("3", "extend", "amendment.no-event")
    assert missed.span.of(found.resolution.text) == missed.quote


AGENDA: dict[str, tuple[str, str, str]] = {
    "en": (
        "The General Assembly,",
        "1. Decides to include in the provisional agenda of its seventy-third session the item entitled"
        " “River basins of the world”;",
        "1. Decides to defer consideration of the item entitled “River basins of the world” to its"
        " seventy-fourth session;",
    ),
    "fr": (
        "L'Assemblée générale,",
        "1. Décide d'inscrire à l'ordre du jour provisoire de sa soixante-treizième session la question intitulée"
        " « Bassins fluviaux du monde » ;",
        "1. Décide de reporter à sa soixante-quatorzième session l'examen de la question intitulée"
        " « Bassins fluviaux du monde » ;",
    ),
    "es": (
        "La Asamblea General,",
        "1. Decide incluir en el programa provisional de su septuagésimo tercer período de sesiones el tema titulado"
        " “Cuencas fluviales del mundo”;",
        "1. Decide aplazar hasta su septuagésimo cuarto período de sesiones el examen del tema titulado"
        " “Cuencas fluviales del mundo”;",
    ),
    "ru": (
        "Генеральная Ассамблея,",
        "1. постановляет включить в предварительную повестку дня своей семьдесят третьей сессии пункт, озаглавленный"
        " «Речные бассейны мира»;",
        "1. постановляет отложить рассмотрение пункта, озаглавленного «Речные бассейны мира», до своей семьдесят"
        " четвертой сессии;",
    ),
    "ar": (
        "إن الجمعية العامة،",
        "1 - تقرر أن تدرج في جدول الأعمال المؤقت لدورتها الثالثة والسبعين البند المعنون ”أحواض الأنهار في العالم“؛",
        "1 - تقرر إرجاء النظر في البند المعنون ”أحواض الأنهار في العالم“ إلى دورتها الرابعة والسبعين؛",
    ),
    "zh": (
        "大会，",
        "1. 决定将题为“世界河流流域”的项目列入大会第七十三届会议临时议程；",
        "1. 决定将题为“世界河流流域”的项目推迟到大会第七十四届会议审议；",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_item_of_the_agenda_is_put_off_to_another_session(language: Language, tmp_path: Path) -> None:
    opening, first, second = AGENDA[language]
    earlier = derive_bytes(
        f"{opening}\n\n{first}\n".encode(), language, symbol=parse_symbol("A/RES/72/300"), adopted=date(2018, 6, 30)
    ).schedule
    (tmp_path / "A-RES-72-300.yaml").write_text(write(earlier), encoding="utf-8")
    found = derive_bytes(
        f"{opening}\n\n{second}\n".encode(),
        language,
        symbol=parse_symbol("A/RES/73/400"),
        adopted=date(2018, 12, 22),
        against=FolderHistorySource(tmp_path),
    ).schedule
    assert amendments_of(found.proposals) == [("A-RES-72-300.1.agenda.1", "move", "GA74")]
    assert found.proposals[0].stands == "GA73"
    assert found.proposals[0].covers == tuple(item.uid for item in found.events)
    assert len(found.events) == 1


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (
            "Decides to postpone the review of the scale of assessments until further notice;",
            "postpone amendment.no-event",
        ),
        ("Decides to cancel the symposium on deltas;", "cancel amendment.no-event"),
        ("Decides to extend the mandate of the Panel of Experts on Hydrology;", "extend amendment.no-time"),
        ("Notes with regret that the symposium on deltas was postponed;", ""),
        ("Decides to extend its gratitude to the host country;", ""),
        ("Decides to convene a World Forum on Deltas in June 2040;", ""),
    ],
)
def test_a_change_of_what_is_not_known_does_not_vanish(
    folder: FolderHistorySource, paragraph: str, expected: str
) -> None:
    text = f"The General Assembly,\n\nRecalling its decision 88/3,\n\n1. {paragraph}\n"
    found = derive_bytes(
        text.encode(), "en", symbol=parse_symbol("A/RES/90/99"), adopted=date(2035, 12, 20), against=folder
    )
    missed = [item for item in found.schedule.unread.get("en", ()) if item.reason.startswith("amendment")]
    assert " ".join(f"{item.value} {item.reason}" for item in missed) == expected
    assert all(item.quote == paragraph.rstrip(";") for item in missed)
    assert found.schedule.proposals == ()
