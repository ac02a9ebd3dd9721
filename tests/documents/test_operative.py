import pytest

from app.documents import has_operative_words, read
from app.errors import DocumentError
from app.model import Language

ACTS: list[tuple[Language, str]] = [
    ("en", "“The Security Council welcomes the truce.\n\n“It asks nobody for more.”"),
    ("en", "The Council, deeply moved by the flood, requests a report by 3 May 2027."),
    ("en", "The Subsidiary Body for Examples (SBE) agreed to meet in June 2027."),
    ("en", "The Committee decided to hold a day of discussion on 3 May 2027."),
    ("en", "Decides to hold a workshop in June 2027;\n\nRequests a report by 1 March 2028."),
    ("en", "We, the Ministers, gathered at the harbour,\n\nWe reaffirm our promise.\n\nWe decide to meet in 2027."),
    ("fr", "« Le Conseil de sécurité se félicite de la trêve. »"),
    ("fr", "Le Comité a décidé de tenir une réunion le 3 mai 2027."),
    ("fr", "Nous, Ministres,\n\nRéaffirmons notre promesse.\n\nDécidons de nous réunir en 2027."),
    ("es", "“El Consejo de Seguridad acoge con beneplácito la tregua.”"),
    ("es", "El Comité decidió celebrar una reunión el 3 de mayo de 2027."),
    ("es", "Nosotros, los Ministros,\n\nReafirmamos nuestra promesa.\n\nDecidimos reunirnos en 2027."),
    ("ru", "«Совет Безопасности приветствует перемирие»."),
    ("ru", "Комитет постановил провести совещание 3 мая 2027 года."),
    ("ru", "Мы, министры, подтверждаем свое обещание."),
    ("zh", "“安全理事会欢迎停战。”"),
    ("zh", "委员会决定于2027年5月3日举行会议。"),
    ("zh", "我们，各国部长，重申我们的承诺。"),
    ("ar", "”يرحب مجلس الأمن بالهدنة.“"),
    ("ar", "قررت اللجنة عقد اجتماع في 3 أيار/مايو 2027."),
    ("ar", "نحن الوزراء،\n\nنؤكد من جديد وعدنا."),
]
PROSE: list[tuple[Language, str]] = [
    ("en", "The harbour is open.\n\nShips leave at noon on 3 May 2027."),
    ("en", "Minutes of the garden club: tea was served on 3 May 2027."),
    ("fr", "Le port est ouvert.\n\nLes bateaux partent le 3 mai 2027."),
    ("es", "El puerto está abierto.\n\nLos barcos salen el 3 de mayo de 2027."),
    ("ru", "Порт открыт.\n\nСуда уходят 3 мая 2027 года."),
    ("zh", "港口开放。\n\n船于2027年5月3日离港。"),
    ("ar", "الميناء مفتوح.\n\nالسفن في الميناء يوم 3 أيار/مايو 2027."),
]


@pytest.mark.parametrize(("language", "text"), ACTS)
def test_unnumbered_acts_are_operative_in_each_language(language: Language, text: str) -> None:
    resolution = read(text.encode(), language)
    assert has_operative_words(resolution)
    assert (resolution.symbol, resolution.preamble) == (None, ())
    assert "UNKNOWN_SYMBOL" in [warning.code.name for warning in resolution.warnings]


@pytest.mark.parametrize(("language", "text"), PROSE)
def test_prose_without_acts_is_no_instrument(language: Language, text: str) -> None:
    try:
        resolution = read(text.encode(), language)
    except DocumentError:
        return
    assert not has_operative_words(resolution)


def test_act_in_another_language_is_no_instrument() -> None:
    assert not has_operative_words(read("委员会决定于2027年5月3日举行会议。".encode(), "en"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On 4 December 2020, in connection with the Council’s consideration of the item entitled “Peace”:"),
        ("fr", "Le 4 décembre 2020, dans le cadre de l’examen de la question intitulée « La paix » :"),
        ("es", "El 4 de diciembre de 2020, en relación con el examen del tema titulado “La paz”:"),
        ("ru", "4 декабря 2020 года в связи с рассмотрением пункта, озаглавленного «Мир»:"),
        ("zh", "2020年12月4日，安全理事会主席就题为“和平”的项目发表声明："),
        ("ar", "في 4 كانون الأول/ديسمبر 2020، وفي سياق نظر المجلس في البند المعنون ”السلام“:"),
    ],
)
def test_statement_issued_without_meeting_has_its_day(language: Language, text: str) -> None:
    resolution = read(text.encode(), language, name="S-PRST-2020-99.txt")
    assert (str(resolution.adopted), resolution.meeting) == ("2020-12-04", None)


def test_decision_of_the_environment_assembly_is_no_resolution() -> None:
    text = "UNEP/EA.4/DEC.2\n\nDecision 4/2. Agenda\n\nThe United Nations Environment Assembly\n\n1. Decides to meet;"
    resolution = read(text.encode(), "en")
    assert resolution.symbol is not None
    assert resolution.symbol.text.upper() == "UNEP/EA.4/DEC.2"
