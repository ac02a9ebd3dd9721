"""What an instrument is about: its title without the act, else names and heads of its text."""

import pytest

from app.obligations.short_title import calendar_subject, shorten_title, topic_of_words


@pytest.mark.parametrize(
    ("language", "title", "short"),
    [
        ("en", "Implementation of the Lamp Convention", "Lamp Convention"),
        ("en", "Promotion of lamps in all their towers, including those at sea", "Lamps in all their towers"),
        ("en", "Situation of human rights in Utopia", "Utopia"),
        ("en", "Question of Utopia", "Utopia"),
        ("en", "Cooperation between the United Nations and the League of Lamps", "League of Lamps"),
        ("en", "Report of the Committee on Lamps on the work of its third session", "Committee on Lamps"),
        ("en", "Financing of the United Nations Interim Force in Lebanon", "UNIFIL"),
        ("fr", "Application de la Convention sur les phares", "Convention sur les phares"),
        ("es", "Financiación de la Fuerza de Faros", "Fuerza de Faros"),
        ("ru", "Последующая деятельность в связи с маяками", "Маяками"),
        ("zh", "灯塔问题的后续行动", "灯塔"),
        ("ar", "متابعة المنارات", "المنارات"),
    ],
)
def test_shorten_title_strips_the_act(language: str, title: str, short: str) -> None:
    assert shorten_title(title, language) == short


def test_topic_of_words_takes_names_of_the_tables() -> None:
    assert topic_of_words("UNFICYP", "en").names == ("unficyp", "cyprus")
    assert topic_of_words("keepers of lamps", "en").words == {"en": "Keepers of lamps"}


def test_calendar_subject_puts_the_topic_first() -> None:
    title = "Follow-up to the 2013 high-level meeting of the General Assembly on nuclear disarmament"
    assert calendar_subject(title, "en") == "Nuclear disarmament: 2013 high-level meeting"
