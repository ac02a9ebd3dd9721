from datetime import date

import pytest

from app.i18n import format_day, format_days, format_month_day

MAY_14, MAY_16 = date(2018, 5, 14), date(2018, 5, 16)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "14-16 أيار/مايو 2018"),
        ("en", "14–16 May 2018"),
        ("es", "14 a 16 de mayo de 2018"),
        ("fr", "14–16 mai 2018"),
        ("ru", "14–16 мая 2018\u202fг."),
        ("zh", "2018年5月14日至16日"),
    ],
)
def test_days_of_one_month(language: str, said: str) -> None:
    assert format_days(MAY_14, MAY_16, language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "18 أيلول/سبتمبر 2018 – 16 أيلول/سبتمبر 2019"),
        ("en", "18 September 2018 – 16 September 2019"),
        ("es", "18 de septiembre de 2018 – 16 de septiembre de 2019"),
        ("fr", "18 septembre 2018 – 16 septembre 2019"),
        ("ru", "18 сентября 2018\u202fг. – 16 сентября 2019\u202fг."),
        ("zh", "2018年9月18日至2019年9月16日"),
    ],
)
def test_days_over_years(language: str, said: str) -> None:
    assert format_days(date(2018, 9, 18), date(2019, 9, 16), language) == said


def test_one_day_is_said_once() -> None:
    assert format_days(MAY_14, MAY_14, "en") == "14 May 2018"


def test_the_first_of_a_month_in_french() -> None:
    assert format_day(date(2018, 10, 1), "fr") == "1er octobre 2018"
    assert format_month_day(date(2018, 10, 1), "fr") == "1er octobre"
    assert format_day(date(2018, 10, 1), "fr", weekday=True) == "lundi 1er octobre 2018"


def test_a_day_of_every_year() -> None:
    assert [format_month_day(date(2018, 9, 26), language) for language in ("ar", "en", "es", "fr", "ru", "zh")] == [
        "26 أيلول/سبتمبر",
        "26 September",
        "26 de septiembre",
        "26 septembre",
        "26 сентября",
        "9月26日",
    ]
