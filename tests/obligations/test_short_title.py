"""What an instrument is about: its title without the act, else names and heads of its text."""

import pytest

from app.documents.parser import read_text
from app.obligations.short_title import calendar_subject, document_topic, shorten_title, topic_of_words


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


def test_topic_of_a_thematic_text_is_no_name_used_once() -> None:
    text = (
        "Resolution 9001 (2035)\n\nThe Security Council,\n\nReaffirming its resolutions on the protection of lamps and"
        " mirrors,\n\n1. Welcomes the work of CTED on lamps;\n\n2. Calls for lamps;\n\n3. Calls for mirrors;\n\n"
        "4. Requests the Secretary-General to report on lamps by 1 May 2036;\n"
    )
    resolution = read_text(text, "en", name="S-RES-9001-2035.txt")
    assert document_topic(resolution).words == {"en": "Lamps and mirrors"}
