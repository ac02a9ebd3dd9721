"""Titles composed from slots: form, length, qualifiers and foreign words, in six languages."""

from datetime import date

import pytest

from app.i18n import TITLE_LENGTH, long_title, title
from app.i18n.direction import close_isolates
from app.i18n.title_composer import format_topic
from app.model import LANGUAGES, Certainty, Event, Kind, TitleSlots, Topic


def event(kind: Kind, when: str, slots: TitleSlots, **more: object) -> Event:
    fields = {"uid": "A-RES-90-1.1", "certainty": Certainty.WINDOW, "instrument": "A/RES/90/1", "decided": None, **more}
    return Event(kind=kind, when=when, slots=slots, **fields)  # type: ignore[arg-type]  # fields by name


FORCE = Topic({}, ("unifil", "lebanon"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "قوة الأمم المتحدة المؤقتة في لبنان (لبنان): انتهاء الولاية"),
        ("en", "UNIFIL (Lebanon): mandate ends"),
        ("es", "FPNUL (Líbano): fin del mandato"),
        ("fr", "FINUL (Liban) : fin du mandat"),
        ("ru", "ВСООНЛ (Ливан): окончание срока действия мандата"),
        ("zh", "联黎部队（黎巴嫩）：任务期限结束"),
    ],
)
def test_title_prints_names_in_each_language(language: str, said: str) -> None:
    assert title(event(Kind.MANDATE, "../2037-08-31", TitleSlots("mandate-ends", FORCE)), language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "«\u2068Lighthouses\u2069»: تقرير الأمين العام (الدورة 91)"),
        ("en", "Lighthouses: SG report (GA91)"),
        ("es", "«Lighthouses»: informe del Secretario General (AG91)"),
        ("fr", "« Lighthouses » : rapport du SG (AG91)"),
        ("ru", "«Lighthouses»: доклад Генерального секретаря (ГА-91)"),
        ("zh", "《Lighthouses》：秘书长的报告（大会第91届会议）"),
    ],
)
def test_title_quotes_words_of_another_language(language: str, said: str) -> None:
    slots = TitleSlots("report", Topic({"en": "Lighthouses"}), actor="secretary-general")
    assert title(event(Kind.REPORT, "GA91", slots), language) == said


@pytest.mark.parametrize(
    ("kind", "when", "slots", "said"),
    [
        (Kind.AGENDA, "GA91", TitleSlots("agenda", Topic({"en": "Lighthouses"})), "Lighthouses: on the GA91 agenda"),
        (Kind.REPORT, "R/P60D", TitleSlots("report", FORCE, actor="secretary-general"),
         "UNIFIL (Lebanon): SG report (every 60 days)"),
        (Kind.REPORT, "GA90;R/P3Y", TitleSlots("report", Topic({"en": "Lamps"})),
         "Lamps: report due (GA90, triennial)"),
        (Kind.DEADLINE, "../2030-12-31", TitleSlots("target", Topic({"en": "ending darkness"}), Topic({"en": "Lamps"})),
         "Ending darkness (Lamps): target year 2030"),
        (Kind.OBSERVANCE, "R/--06-01", TitleSlots("named", Topic({"en": "World Lamp Day"})), "World Lamp Day"),
        (Kind.REPORT, "GA91", TitleSlots("report", Topic({"en": "Lamps"}), theme={"en": "oil prices"}),
         "Lamps: report due on oil prices (GA91)"),
        (Kind.REPORT, "GA91", TitleSlots("report", Topic({"en": "Lamps"}), detail={"en": "¶7"}),
         "Lamps: report due (GA91, ¶7)"),
    ],
)  # fmt: skip
def test_title_follows_the_pattern_of_its_kind(kind: Kind, when: str, slots: TitleSlots, said: str) -> None:
    assert title(event(kind, when, slots, end=date(2030, 12, 31)), "en") == said


def test_title_of_a_reviewer_wins() -> None:
    made = event(Kind.REPORT, "GA91", TitleSlots("report", FORCE), title={"en": "As reviewed"})
    assert title(made, "en") == "As reviewed"
    assert title(made, "fr") == "FINUL (Liban) : rapport (AG91)"


def test_long_title_names_the_instrument() -> None:
    made = event(Kind.REPORT, "GA91", TitleSlots("report", Topic({"en": "Lamps"}), actor="secretary-general"))
    assert long_title(made, "en", "Lamps and oil") == "Lamps: SG report (GA91) (Lamps and oil, A/RES/90/1)"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["Keeping of lamps in towers and on ships " * 6, "灯塔" * 80, "x" * 300])
def test_title_stays_within_its_length(language: str, words: str) -> None:
    slots = TitleSlots("report-comprehensive", Topic({language: words.strip()}), actor="secretary-general")
    assert len(title(event(Kind.REPORT, "GA91;R/P60D", slots), language)) <= TITLE_LENGTH


def test_say_topic_prefers_own_words_to_names() -> None:
    topic = Topic({"en": "The Force"}, ("unifil", "lebanon"))
    assert (format_topic(topic, "en"), format_topic(topic, "fr")) == ("The Force", "FINUL (Liban)")


QUOTED = "Keeping of lamps (and of oil), including those of ships, in the towers of the United Nations in Utopia"
"""Words that are shortened by every means: an addition, brackets, a long name, a cut."""


@pytest.mark.parametrize("room", range(20, 110, 7))
def test_title_of_a_long_quotation_is_closed(room: int) -> None:
    slots = TitleSlots("report-comprehensive", Topic({"en": QUOTED}), Topic({"en": QUOTED}), "secretary-general")
    composed = title(event(Kind.REPORT, "GA91;R/P60D", slots), "ar", limit=room)
    assert composed == close_isolates(composed)
    assert composed.count("«") == composed.count("»")
