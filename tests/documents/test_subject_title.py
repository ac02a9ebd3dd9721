import pytest

from app.documents.parser import read_text
from app.documents.subject_title import derived_title, statement_title
from app.documents.vocabulary import load_vocabulary
from app.model import Language


@pytest.mark.parametrize(
    ("language", "preamble", "operative", "title"),
    [
        (
            "en",
            "Recalling its previous resolutions and statements of its President on the situation in Lumaria,",
            "Decides to extend the mandate of UNSML until 3 June 2037;",
            "The situation in Lumaria: mandate of UNSML",
        ),
        (
            "en",
            "Reaffirming its resolutions 1540 (2004) on the proliferation of nuclear, chemical and biological weapons,",
            "Calls upon States to act;",
            "The proliferation of nuclear, chemical and biological weapons",
        ),
        (
            "en",
            "Recalling its resolution 2990 of 29 June 2035 and all previous resolutions concerning Lumaria, "
            "in particular resolution 2991 (2036),",
            "Calls upon all parties to talk;",
            "Lumaria",
        ),
        (
            "en",
            "Reaffirming its primary responsibility for the maintenance of international peace and security,",
            "Urges all parties to search for the missing; and to report;",
            "Urges all parties to search for the missing",
        ),
        (
            "fr",
            "Rappelant ses résolutions et les déclarations de son Président sur la situation en Lumarie,",
            "Demande aux parties de négocier ;",
            "La situation en Lumarie",
        ),
        (
            "es",
            "Recordando sus resoluciones anteriores sobre la situación en Lumaria, en particular la 2990 (2035),",
            "Exhorta a las partes a negociar;",
            "La situación en Lumaria",
        ),
        (
            "ru",
            "ссылаясь на свои предыдущие резолюции о положении в Лумарии,",
            "призывает стороны вести переговоры;",
            "Положение в Лумарии",
        ),
        ("zh", "回顾其以往关于卢马利亚局势的所有决议，", "促请各方谈判；", "卢马利亚局势"),
        (
            "ar",
            "إذ يشير إلى قراراته السابقة بشأن الحالة في لوماريا، وبخاصة القرار 2990،",
            "يدعو الأطراف؛",
            "الحالة في لوماريا",
        ),
    ],
)
def test_derived_title_names_the_subject(language: Language, preamble: str, operative: str, title: str) -> None:
    assert derived_title([preamble], [operative], load_vocabulary(language)) == title


@pytest.mark.parametrize(
    ("language", "opening", "title"),
    [
        ("en", "of the item entitled “Peace on the coast”, the President", "Peace on the coast"),
        ("fr", "la question intitulée « La paix sur la côte », la Présidente", "La paix sur la côte"),
        ("es", "del tema titulado “La paz en la costa”, la Presidencia", "La paz en la costa"),
        ("ru", "пункта, озаглавленного «Мир на побережье», Председатель", "Мир на побережье"),
        ("zh", "题为“海岸和平”的项目", "海岸和平"),
        ("ar", "في البند المعنون ”السلام على الساحل“:", "السلام على الساحل"),
    ],
)
def test_statement_title_is_the_item(language: Language, opening: str, title: str) -> None:
    assert statement_title(opening, load_vocabulary(language)) == title


def test_read_text_marks_a_derived_title() -> None:
    text = (
        "Resolution 2991 (2036)\n\nAdopted by the Security Council at its 9990th meeting, on\n\n30 June 2036\n\n"
        "Security Council,\n\nRecalling all its resolutions on Lumaria,\n\n1. Calls for talks.\n"
    )
    read = read_text(text, "en")
    assert (read.title, read.title_derived, str(read.adopted)) == ("Lumaria", True, "2036-06-30")
    titled = read_text(
        "91/17. Lights\n\nThe General Assembly,\n\nRecalling all its resolutions on Lumaria,\n\n1. Calls for talks.\n",
        "en",
    )
    assert (titled.title, titled.title_derived) == ("Lights", False)
