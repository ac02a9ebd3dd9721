"""Heads and numbering of the other official languages, in the layouts that documents of the four bodies have.

The texts are our own, set as the organization sets its documents: as clean paragraphs, and as the lines of a PDF with
the furniture of its pages between them.
"""

from datetime import date

import pytest

from app.documents.parser import read_text
from app.model import Language, Resolution

HEADS: dict[tuple[Language, str], str] = {
    ("fr", "A/RES/72/951"): """Nations Unies A/RES/72/951

Assemblée générale Distr. générale 12 janvier 2018

Soixante-douzième session

Point 97, b, de l’ordre du jour

Résolution adoptée par l’Assemblée générale le 24 décembre 2017

[ sur la base du rapport de la Première Commission (A/72/409) ]

72/951. Les phares et leurs gardiens

L’Assemblée générale ,
""",
    ("es", "A/RES/72/951"): """Naciones Unidas A/RES/72/951

Asamblea General Distr. general 12 de enero de 2018

Septuagésimo segundo período de sesiones

Tema 97 b) del programa

Resolución aprobada por la Asamblea General el 24 de diciembre de 2017

[sobre la base del informe de la Primera Comisión (A/72/409)]

72/951. Los faros y sus guardianes

La Asamblea General ,
""",
    ("ru", "A/RES/72/951"): """Организация Объединенных Наций A/RES/72/951

Генеральная Ассамблея Distr.: General 12 January 2018

Семьдесят вторая сессия

Пункт 97 b повестки дня

Резолюция, принятая Генеральной Ассамблеей 24 декабря 2017 года

[по докладу Первого комитета (A/72/409)]

72/951. Маяки и их смотрители

Генеральная Ассамблея ,
""",
    ("ar", "A/RES/72/951"): """الأمم المتحدة A/RES/72/951

الجمعية العامة Distr.: General 12 January 2018

الدورة الثانية والسبعون

البند 97 (ب) من جدول الأعمال

قرار اتخذته الجمعية العامة في 24 كانون الأول/ديسمبر 2017

[بناء على تقرير اللجنة الأولى (A/72/409)]

72/951 - المنارات وحراسها

إن الجمعية العامة،
""",
    ("zh", "A/RES/72/951"): """联合国 A/RES/72/951

大 会 Distr.: General 12 January 2018

第七十二届会议

议程项目 97(b)

2017 年 12 月 24 日大会决议

[根据第一委员会的报告(A/72/409)通过]

72/951. 灯塔及其守护人

大会 ，
""",
    ("fr", "S/RES/2901 (2024)"): """Nations Unies S/RES/2901 (2024)

Conseil de sécurité Distr. générale 30 janvier 2024

Résolution 2901 (2024)

Adoptée par le Conseil de sécurité à sa 9539 e séance, le 30 janvier 2024

Le Conseil de sécurité ,
""",
    ("es", "S/RES/2901 (2024)"): """Naciones Unidas S/RES/2901 (2024)

Consejo de Seguridad Distr. general 30 de enero de 2024

Resolución 2901 (2024)

Aprobada por el Consejo de Seguridad en su 9539 ª sesión, celebrada el 30 de enero de 2024

El Consejo de Seguridad ,
""",
    ("ru", "S/RES/2901 (2024)"): """Организация Объединенных Наций S/RES/2901 (2024)

Совет Безопасности Distr.: General 30 January 2024

Резолюция 2901 (2024),

принятая Советом Безопасности на его 9539-м заседании 30 января 2024 года

Совет Безопасности ,
""",
    ("ar", "S/RES/2901 (2024)"): """الأمم المتحدة S/RES/2901 (2024)

مجلس الأمن Distr.: General 30 January 2024

القرار 2901 (2024)

الذي اتخذه مجلس الأمن في جلسته 9539، المعقودة في 30 كانون الثاني/يناير 2024

إن مجلس الأمن،
""",
    ("zh", "S/RES/2901 (2024)"): """联合国 S/RES/2901 (2024)

安全理事会 Distr.: General 30 January 2024

第 2901(2024)号决议

安全理事会 2024 年 1 月 30 日第 9539 次会议通过

安全理事会 ，
""",
    ("fr", "A/HRC/RES/53/96"): """Conseil des droits de l’homme

Cinquante-troisième session

19 juin-14 juillet 2023 Point 3 de l’ordre du jour

Résolution adoptée par le Conseil des droits de l’homme le 12 juillet 2023

53/96. Les droits des gardiens de phare

Le Conseil des droits de l’homme ,
""",
    ("es", "A/HRC/RES/53/96"): """Consejo de Derechos Humanos

53 er período de sesiones

19 de junio a 14 de julio de 2023 Tema 3 de la agenda

Resolución aprobada por el Consejo de Derechos Humanos el 12 de julio de 2023

53/96. Los derechos de los guardianes de faros

El Consejo de Derechos Humanos ,
""",
    ("ru", "A/HRC/RES/53/96"): """Совет по правам человека

Пятьдесят третья сессия

19 июня - 14 июля 2023 года Пункт 3 повестки дня

Резолюция, принятая Советом по правам человека 12 июля 2023 года

53/96. Права смотрителей маяков

Совет по правам человека ,
""",
    ("ar", "A/HRC/RES/53/96"): """مجلس حقوق الإنسان

الدورة الثالثة والخمسون

19 حزيران/يونيه - 14 تموز/يوليه 2023 البند 3 من جدول الأعمال

قرار اعتمده مجلس حقوق الإنسان في 12 تموز/يوليه 2023

53/96- حقوق حراس المنارات

إن مجلس حقوق الإنسان،
""",
    ("zh", "A/HRC/RES/53/96"): """人权理事会

第五十三届会议

2023 年 6 月 19 日至 7 月 14 日 议程项目 3

人权理事会 2023 年 7 月 12 日通过的决议

53/96. 灯塔守护人的权利

人权理事会 ，
""",
    ("fr", "E/RES/2023/93"): """Conseil économique et social Distr. générale 3 août 2023

Session de 2023

Point 19 c) de l’ordre du jour

Résolution adoptée par le Conseil économique et social le 25 juillet 2023

[ sur recommandation de la Commission de statistique (E/2023/24) ]

2023/93. Inventaire des phares

Le Conseil économique et social ,
""",
    ("es", "E/RES/2023/93"): """Consejo Económico y Social Distr. general 3 de agosto de 2023

Período de sesiones de 2023

Tema 19 c) del programa

Resolución aprobada por el Consejo Económico y Social el 25 de julio de 2023

[por recomendación de la Comisión de Estadística (E/2023/24)]

2023/93. Inventario de los faros

El Consejo Económico y Social ,
""",
    ("ru", "E/RES/2023/93"): """Экономический и Социальный Совет Distr.: General 3 August 2023

Сессия 2023 года

Пункт 19 c) повестки дня

Резолюция, принятая Экономическим и Социальным Советом 25 июля 2023 года

[по рекомендации Статистической комиссии (E/2023/24)]

2023/93. Перечень маяков

Экономический и Социальный Совет ,
""",
    ("ar", "E/RES/2023/93"): """المجلس الاقتصادي والاجتماعي Distr.: General 3 August 2023

دورة عام 2023

البند 19 (ج) من جدول الأعمال

قرار اتخذه المجلس الاقتصادي والاجتماعي في 25 تموز/يوليه 2023

[بناء على توصية اللجنة الإحصائية (E/2023/24)]

2023/93 - جرد المنارات

إن المجلس الاقتصادي والاجتماعي،
""",
    ("zh", "E/RES/2023/93"): """经济及社会理事会 Distr.: General 3 August 2023

2023 年届会

议程项目 19(c)

2023 年 7 月 25 日经济及社会理事会通过的决议

[根据统计委员会的建议(E/2023/24)通过]

2023/93. 灯塔清单

经济及社会理事会 ，
""",
}
"""By language and symbol: what stands above the text."""

TITLES = {
    "fr": ("Les phares et leurs gardiens", "", "Les droits des gardiens de phare", "Inventaire des phares"),
    "es": ("Los faros y sus guardianes", "", "Los derechos de los guardianes de faros", "Inventario de los faros"),
    "ru": ("Маяки и их смотрители", "", "Права смотрителей маяков", "Перечень маяков"),
    "ar": ("المنارات وحراسها", "", "حقوق حراس المنارات", "جرد المنارات"),
    "zh": ("灯塔及其守护人", "", "灯塔守护人的权利", "灯塔清单"),
}
SYMBOLS = ("A/RES/72/951", "S/RES/2901 (2024)", "A/HRC/RES/53/96", "E/RES/2023/93")
FACTS = {
    "A/RES/72/951": ("general-assembly", 72, date(2017, 12, 24)),
    "S/RES/2901 (2024)": ("security-council", None, date(2024, 1, 30)),
    "A/HRC/RES/53/96": ("human-rights-council", 53, date(2023, 7, 12)),
    "E/RES/2023/93": ("economic-and-social-council", None, date(2023, 7, 25)),
}
"""Body, session, day of adoption."""

BODIES: dict[Language, str] = {
    "fr": """Rappelant sa résolution 70/34 du 7 décembre 2015,

Consciente de l’importance des phares 1 ,

\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_

1 Résolution 70/1.

1. Prie le Secrétaire général d’établir une  liste  des  phares ;

2. Demande aux États :

a) De veiller sur les phares ;

b) De former les gardiens ;

3. Décide de rester saisie de la question.

76 e séance plénière

24 décembre 2017
""",
    "es": """Recordando su resolución 70/34, de 7 de diciembre de 2015,

Consciente de la importancia de los faros 1 ,

\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_

1 Resolución 70/1.

1. Solicita al Secretario General que prepare una  lista  de  los  faros;

2. Exhorta a los Estados a que:

a) Velen por los faros;

b) Formen a los guardianes;

3. Decide seguir ocupándose de la cuestión.

76 ª sesión plenaria

24 de diciembre de 2017
""",
    "ru": """ссылаясь на свою резолюцию 70/34 от 7 декабря 2015 года,

сознавая важность маяков 1 ,

\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_

1 Резолюция 70/1.

1. просит Генерального секретаря подготовить  перечень  маяков;

2. призывает государства:

a) следить за маяками;

b) обучать смотрителей;

3. постановляет продолжать заниматься этим вопросом.

76-е пленарное заседание,

24 декабря 2017 года
""",
    "ar": """إذ تشير إلى قرارها 70/34 المؤرخ 7 كانون الأول/ديسمبر 2015،

وإذ تدرك أهمية المنارات(1)،

\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_

(1) القرار 70/1.

1 - تطلب إلى الأمين العام أن يعد  قائمة  بالمنارات؛

2 - تهيب بالدول:

(أ) أن تعنى بالمنارات؛

(ب) أن تدرب الحراس؛

3 - تقرر أن تبقي المسألة قيد نظرها.

الجلسة العامة 76

24 كانون الأول/ديسمبر 2017
""",
    "zh": """回顾其 2015 年 12 月 7 日第 70/34 号决议，

意识到灯塔的重要性， 1

\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_

1 第 70/1 号决议。

1. 请秘书长编制灯塔清单；

2. 促请各国：

(a) 维护灯塔；

(b) 培训守护人；

3. 决定继续处理此案。

2017 年 12 月 24 日

第 76 次全体会议
""",
}
LANGUAGES: tuple[Language, ...] = ("fr", "es", "ru", "ar", "zh")
NUMBERS = [("1", ()), ("2", ()), ("2", ("a",)), ("2", ("b",)), ("3", ())]


def facts(found: Resolution) -> tuple[object, ...]:
    return (
        found.symbol.text if found.symbol else None,
        found.body,
        found.session,
        found.adopted,
        "" if found.title_derived else found.title,
        len(found.preamble),
        [(paragraph.number, paragraph.letters) for paragraph in found.operative],
    )


def wanted(language: Language, symbol: str) -> tuple[object, ...]:
    title = TITLES[language][SYMBOLS.index(symbol)]
    return (symbol, *FACTS[symbol], title, 2, NUMBERS)


@pytest.mark.parametrize("symbol", SYMBOLS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_as_clean_paragraphs(language: Language, symbol: str) -> None:
    assert facts(read_text(HEADS[language, symbol] + "\n" + BODIES[language], language)) == wanted(language, symbol)


def printed(text: str, symbol: str) -> str:
    """The same as lines of a page: broken, indented, the next page's header in the middle of a paragraph's list."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if paragraph.startswith("3."):
            lines += ["", "17-23310 2/3", "", f" {symbol}", ""]
        lines.append(f"  {paragraph}" if paragraph else "")
    return "\n".join(lines)


@pytest.mark.parametrize("symbol", SYMBOLS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_as_lines_of_pages(language: Language, symbol: str) -> None:
    text = printed(HEADS[language, symbol] + "\n" + BODIES[language], symbol)
    assert facts(read_text(text, language)) == wanted(language, symbol)


@pytest.mark.parametrize("symbol", SYMBOLS)
@pytest.mark.parametrize("language", ["ar"])
def test_figures_of_their_own_script(language: Language, symbol: str) -> None:
    text = HEADS[language, symbol] + "\n" + BODIES[language]
    text = text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")).replace(
        symbol.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")), symbol
    )
    assert facts(read_text(text, language)) == wanted(language, symbol)


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_chinese_with_broad_signs(symbol: str) -> None:
    text = HEADS["zh", symbol] + "\n" + BODIES["zh"]
    broad = text.replace("\n1. ", "\n１．").replace("2. 促", "２．促").replace("3. 决", "３．决")
    broad = broad.replace("(a)", "（a）").replace("(b)", "（b）").replace("(A/72/409)", "（A/72/409）")
    assert facts(read_text(broad, "zh")) == wanted("zh", symbol)
