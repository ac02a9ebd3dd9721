from dataclasses import replace
from datetime import date

import pytest

from app.errors import ScheduleError
from app.model import Certainty, Event, Kind, Schedule, Span, Symbol
from app.schedule.translations import Disagreement, unite

SYMBOL = Symbol("A/RES/90/1", "general-assembly", session=90)


def event(language: str, paragraph: str, when: str, ordinal: int = 1) -> Event:
    return Event(
        uid=f"A-RES-90-1.{paragraph}.meeting.{ordinal}",
        kind=Kind.MEETING,
        when=when,
        certainty=Certainty.DECIDED,
        instrument="A/RES/90/1",
        decided=date(2035, 10, 1),
        paragraph=paragraph,
        quote={language: f"{language} {when}"},
        span={language: Span(10, 20)},
    )


def schedule(language: str, *events: Event) -> Schedule:
    return Schedule(
        symbol=SYMBOL,
        adopted=date(2035, 10, 1),
        title={language: f"title {language}"},
        sources={language: f"{language}.txt"},
        events=events,
    )


def test_unite_agreeing_texts_keeps_quotes_of_each() -> None:
    united, disagreements = unite(
        {
            "zh": schedule("zh", event("zh", "3", "2036-01-05"), event("zh", "4", "GA91")),
            "en": schedule("en", event("en", "3", "2036-01-05"), event("en", "4", "GA91")),
        }
    )
    assert disagreements == []
    assert united == Schedule(
        symbol=SYMBOL,
        adopted=date(2035, 10, 1),
        title={"en": "title en", "zh": "title zh"},
        sources={"en": "en.txt", "zh": "zh.txt"},
        events=tuple(
            replace(
                event("en", paragraph, when),
                quote={"en": f"en {when}", "zh": f"zh {when}"},
                span={"en": Span(10, 20), "zh": Span(10, 20)},
            )
            for paragraph, when in (("3", "2036-01-05"), ("4", "GA91"))
        ),
    )


def test_unite_keeps_a_minority_day_as_alternative() -> None:
    united, disagreements = unite(
        {
            "en": schedule("en", event("en", "3", "2036-01-05")),
            "fr": schedule("fr", event("fr", "3", "2036-01-06")),
            "ru": schedule("ru", event("ru", "3", "2036-01-05")),
        }
    )
    assert [(item.uid, item.when, item.alternatives, item.confidence) for item in united.events] == [
        ("A-RES-90-1.3.meeting.1", "2036-01-05", ("2036-01-06",), "low")
    ]
    assert disagreements == [
        Disagreement("A-RES-90-1.3.meeting.1", {"en": "2036-01-05", "fr": "2036-01-06", "ru": "2036-01-05"})
    ]
    assert disagreements[0].line() == (
        "A-RES-90-1.3.meeting.1: translations disagree: en 2036-01-05, fr 2036-01-06, ru 2036-01-05"
    )


def test_the_majority_leads_whatever_the_order_of_languages() -> None:
    united, _ = unite(
        {
            "en": schedule("en", event("en", "3", "2036-01-06")),
            "es": schedule("es", event("es", "3", "2036-01-05")),
            "ar": schedule("ar", event("ar", "3", "2036-01-05")),
        }
    )
    assert [(item.when, item.alternatives) for item in united.events] == [("2036-01-05", ("2036-01-06",))]


def test_two_items_of_a_paragraph_keep_apart_in_any_order() -> None:
    united, disagreements = unite(
        {
            "en": schedule("en", event("en", "3", "2036", 1), event("en", "3", "2037", 2)),
            "ar": schedule("ar", event("ar", "3", "2037", 1), event("ar", "3", "2036", 2)),
        }
    )
    assert disagreements == []
    assert [(item.uid, item.when, item.quote) for item in united.events] == [
        ("A-RES-90-1.3.meeting.1", "2036", {"en": "en 2036", "ar": "ar 2036"}),
        ("A-RES-90-1.3.meeting.2", "2037", {"en": "en 2037", "ar": "ar 2037"}),
    ]


def test_an_item_that_one_language_lacks_is_kept_and_told() -> None:
    united, disagreements = unite(
        {"en": schedule("en", event("en", "3", "2036")), "fr": schedule("fr")},
    )
    assert [item.when for item in united.events] == ["2036"]
    assert disagreements == [Disagreement("A-RES-90-1.3.meeting.1", {"en": "2036", "fr": ""})]


def test_texts_of_two_instruments_are_refused() -> None:
    other = replace(schedule("fr"), symbol=Symbol("A/RES/90/2", "general-assembly", session=90))
    with pytest.raises(ScheduleError) as caught:
        unite({"en": schedule("en"), "fr": other})
    assert caught.value.line() == "the symbol A/RES/90/2 differs from A/RES/90/1: fr: give texts of one instrument only"
