"""Session ordinals 1 to 120 in the six languages, in the genders, cases and spellings in use."""

import pytest

from app.timex import tag

EN_UNITS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
EN_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
FR_UNITS = [
    "unième",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
    "treizième",
    "quatorzième",
    "quinzième",
    "seizième",
    "dix-septième",
    "dix-huitième",
    "dix-neuvième",
]
FR_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
ES_UNITS = ["primer", "segundo", "tercer", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno", "décimo"]
ES_TEENS = [
    "undécimo",
    "duodécimo",
    "decimotercer",
    "decimocuarto",
    "decimoquinto",
    "decimosexto",
    "decimoséptimo",
    "decimoctavo",
    "decimonoveno",
]
ES_TENS = {
    20: "vigésimo",
    30: "trigésimo",
    40: "cuadragésimo",
    50: "quincuagésimo",
    60: "sexagésimo",
    70: "septuagésimo",
    80: "octogésimo",
    90: "nonagésimo",
}
RU_UNITS = [
    "первой",
    "второй",
    "третьей",
    "четвёртой",
    "пятой",
    "шестой",
    "седьмой",
    "восьмой",
    "девятой",
    "десятой",
    "одиннадцатой",
    "двенадцатой",
    "тринадцатой",
    "четырнадцатой",
    "пятнадцатой",
    "шестнадцатой",
    "семнадцатой",
    "восемнадцатой",
    "девятнадцатой",
]
RU_TENS = {
    20: "двадцать",
    30: "тридцать",
    40: "сорок",
    50: "пятьдесят",
    60: "шестьдесят",
    70: "семьдесят",
    80: "восемьдесят",
    90: "девяносто",
}
RU_ROUND = {
    20: "двадцатой",
    30: "тридцатой",
    40: "сороковой",
    50: "пятидесятой",
    60: "шестидесятой",
    70: "семидесятой",
    80: "восьмидесятой",
    90: "девяностой",
}
AR_UNITS = [
    "الأولى",
    "الثانية",
    "الثالثة",
    "الرابعة",
    "الخامسة",
    "السادسة",
    "السابعة",
    "الثامنة",
    "التاسعة",
    "العاشرة",
]
AR_FIRST = "الحادية"
AR_TENS = {
    20: "العشرين",
    30: "الثلاثين",
    40: "الأربعين",
    50: "الخمسين",
    60: "الستين",
    70: "السبعين",
    80: "الثمانين",
    90: "التسعين",
}
ZH = "〇一二三四五六七八九"


def english(n: int) -> str:
    if n >= 100:
        return "one hundredth" if n == 100 else f"one hundred and {english(n - 100)}"
    if n < 20:
        return EN_UNITS[n - 1]
    tens = EN_TENS[n // 10 * 10]
    return f"{tens}-{EN_UNITS[n % 10 - 1]}" if n % 10 else f"{tens[:-1]}ieth"


def french(n: int) -> str:
    if n == 1:
        return "première"
    if n >= 100:
        return "centième" if n == 100 else f"cent {french(n - 100) if n > 101 else 'unième'}"
    if n < 20:
        return FR_UNITS[n - 1]
    base = n // 10 * 10 if n < 60 else 60 if n < 80 else 80
    rest = n - base
    if rest == 0:
        return {80: "quatre-vingtième"}.get(base, FR_TENS[base].removesuffix("e") + "ième")
    return (
        f"{FR_TENS[base]} et {FR_UNITS[rest - 1]}"
        if rest in (1, 11) and base < 80
        else f"{FR_TENS[base]}-{FR_UNITS[rest - 1]}"
    )


def spanish(n: int) -> str:
    if n >= 100:
        return "centésimo" if n == 100 else f"centésimo {spanish(n - 100)}"
    if n <= 10:
        return ES_UNITS[n - 1]
    if n < 20:
        return ES_TEENS[n - 11]
    return f"{ES_TENS[n // 10 * 10]} {ES_UNITS[n % 10 - 1]}" if n % 10 else ES_TENS[n]


def russian(n: int) -> str:
    if n >= 100:
        return "сотой" if n == 100 else f"сто {russian(n - 100)}"
    if n < 20:
        return RU_UNITS[n - 1]
    return f"{RU_TENS[n // 10 * 10]} {RU_UNITS[n % 10 - 1]}" if n % 10 else RU_ROUND[n]


def arabic(n: int) -> str:
    if n >= 100:
        return "المائة" if n == 100 else f"{arabic(n - 100)} بعد المائة"
    if n <= 10:
        return AR_UNITS[n - 1]
    unit = AR_FIRST if n % 10 == 1 else AR_UNITS[n % 10 - 1]
    if n < 20:
        return f"{unit} عشرة"
    return f"{unit} و{AR_TENS[n // 10 * 10]}" if n % 10 else AR_TENS[n]


def chinese(n: int) -> str:
    if n >= 100:
        rest = n - 100
        return (
            "一百"
            if not rest
            else f"一百零{ZH[rest]}"
            if rest < 10
            else f"一百{'一' if rest < 20 else ''}{chinese(rest)}"
        )
    tens, unit = divmod(n, 10)
    return f"{ZH[tens] if tens > 1 else ''}{'十' if tens else ''}{ZH[unit] if unit else ''}"


WRITTEN = {
    "en": lambda n: f"at its {english(n)} session",
    "fr": lambda n: f"à sa {french(n)} session",
    "es": lambda n: f"en su {spanish(n)} período de sesiones",
    "ru": lambda n: f"на своей {russian(n)} сессии",
    "ar": lambda n: f"في دورتها {arabic(n)}",
    "zh": lambda n: f"第{chinese(n)}届会议",
}


@pytest.mark.parametrize("language", WRITTEN)
def test_ordinals_to_120(language: str) -> None:
    read = {WRITTEN[language](n): [x.value for x in tag(WRITTEN[language](n), language)] for n in range(1, 121)}
    assert read == {WRITTEN[language](n): [f"session:{n}"] for n in range(1, 121)}


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "the 73rd session", 73),
        ("en", "its seventy\u2011third session", 73),
        ("en", "its seventy- ninth session", 79),
        ("en", "its SEVENTY-THIRD SESSION", 73),
        ("fr", "sa 73e session", 73),
        ("fr", "sa 73 ème session", 73),
        ("fr", "sa cinquante-et-unième session", 51),
        ("fr", "sa soixante-quinzième session", 75),
        ("fr", "sa quatre-vingt-onzième session", 91),
        ("es", "su 65º período de sesiones", 65),
        ("es", "su 65° período de sesiones", 65),
        ("es", "sus sesiones del septuagésimo tercero período de sesiones", 73),
        ("es", "su vigésimo primero período de sesiones", 21),
        ("es", "su decimoprimer período de sesiones", 11),
        ("es", "su décimo séptimo período de sesiones", 17),
        ("ru", "семьдесят третья сессия", 73),
        ("ru", "к семьдесят третьей сессии", 73),
        ("ru", "семьдесят третью сессию", 73),
        ("ru", "73-я сессия", 73),
        ("ar", "الدورة الثالثة والسبعون", 73),
        ("ar", "للدورة الثالثة والسبعين", 73),
        ("ar", "الدورة ٧٣", 73),
        ("ar", "الدورة الـ 73", 73),
        ("ar", "دورته الثالثة عشرة", 13),
        ("zh", "第七十三 届会议", 73),
        ("zh", "第 73 届会议", 73),
        ("zh", "第七三届会议", 73),
        ("zh", "第７３届会议", 73),
    ],
)
def test_spellings(language: str, text: str, number: int) -> None:
    assert [expression.value for expression in tag(text, language)] == [f"session:{number}"]
