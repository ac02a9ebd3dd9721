"""Times of day of meetings: told where one sentence gives one day and its hours, in a place whose zone is known."""

import pytest

from app.i18n.titles import format_time
from app.model import Language
from app.schedule.translations import unite
from tests.obligations.sample import schedule

DAY = "2036-05-14"
SAID: dict[Language, str] = {
    "en": "Decides to hold a high-level meeting on lighthouses in Geneva on 14 May 2036, from 10 a.m. to 1 p.m.;",
    "fr": "Décide de tenir une réunion de haut niveau à Genève le 14 mai 2036, de 10 heures à 13 heures ;",
    "es": "Decide celebrar una reunión de alto nivel sobre los faros en Ginebra el 14 de mayo de 2036, de las 10.00 "
    "a las 13.00 horas;",
    "ru": "постановляет провести заседание высокого уровня по маякам в Женеве 14 мая 2036 года с 10 ч. 00 м. "
    "до 13 ч. 00 м.;",
    "zh": "决定于2036年5月14日上午10时至下午1时在日内瓦举行一次灯塔问题高级别会议；",
    "ar": "تقرر عقد اجتماع رفيع المستوى بشأن المنارات في جنيف في 14 أيار/مايو 2036 من الساعة 10/00 إلى الساعة 13/00؛",
}
WORDS: dict[Language, str] = {
    "en": "from 10 a.m. to 1 p.m.",
    "fr": "de 10 heures à 13 heures",
    "es": "de las 10.00 a las 13.00 horas",
    "ru": "с 10 ч. 00 м. до 13 ч. 00 м.",
    "zh": "上午10时至下午1时",
    "ar": "من الساعة 10/00 إلى الساعة 13/00",
}


@pytest.mark.parametrize("language", SAID)
def test_every_language_gives_the_hours_and_quotes_their_words(language: Language) -> None:
    (event,) = schedule(SAID[language], language=language).events
    assert (event.kind.value, event.when, event.hours, event.timezone) == (
        "meeting",
        DAY,
        "10:00/13:00",
        "Europe/Zurich",
    )
    assert WORDS[language] in event.quote[language]
    assert format_time(event, "en") == "14 May 2036, 10:00–13:00 (Zurich time)"


def hours(*paragraphs: str) -> list[tuple[str, str]]:
    return [(event.when, event.hours) for event in schedule(*paragraphs).events if event.kind.value == "meeting"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Decides to meet in New York at 10 a.m. on 14 May 2036;", [(DAY, "10:00")]),
        # Several, of one day.
        (
            "Decides to meet in New York on 14 May 2036, from 10 a.m. to 1 p.m. and from 3 to 6 p.m.;",
            [(DAY, "")],
        ),
        # Of two days.
        (
            "Decides to meet in New York on 14 May 2036 and on 16 May 2036, from 10 a.m. to 1 p.m.;",
            [(DAY, ""), ("2036-05-16", "")],
        ),
        # Of another sentence, and of something else.
        (
            "Decides to meet in New York on 14 May 2036; the panel will last from 10 a.m. to 1 p.m.;",
            [(DAY, "")],
        ),
        # Of a place whose zone is not known, or of none.
        ("Decides to hold a meeting in Atlantis on 14 May 2036, from 10 a.m. to 1 p.m.;", [(DAY, "")]),
        # Several days: nobody says that it goes on through the night.
        (
            "Decides to meet in New York from 14 to 16 May 2036, from 10 a.m. to 1 p.m.;",
            [("2036-05-14/2036-05-16", "")],
        ),
    ],
)
def test_what_is_not_certain_is_not_told(text: str, found: list[tuple[str, str]]) -> None:
    assert hours(text) == found


def test_translations_that_differ_tell_no_hours() -> None:
    read = {language: schedule(SAID[language], language=language) for language in ("en", "fr")}
    assert [event.hours for event in unite(read)[0].events] == ["10:00/13:00"]
    read["fr"] = schedule(SAID["fr"].replace("13 heures", "12 heures"), language="fr")
    assert [(event.when, event.hours) for event in unite(read)[0].events] == [(DAY, "")]
