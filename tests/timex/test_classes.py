"""Classes of time expressions in six languages: value, relation, part and doubt of each."""

import pytest

from app.timex import tag

Said = tuple[str, str, str, str]
"""Value, relation, part, doubt."""


def said(text: str, language: str) -> list[Said]:
    return [(x.value, x.modifier, x.part, x.doubt) for x in tag(text, language)]


BOUNDS = [
    ("en", "to report before 2028", ("2028", "before", "", "")),
    ("en", "not before 1 March 2028", ("2028-03-01", "not-before", "", "")),
    ("en", "no earlier than 1 March 2028", ("2028-03-01", "not-before", "", "")),
    ("en", "shall not be convened before March 2028", ("2028-03", "not-before", "", "")),
    ("en", "should not enter into force until 1 July 2027", ("2027-07-01", "not-before", "", "")),
    ("en", "after March 2028", ("2028-03", "after", "", "")),
    ("en", "up to but not including 1 July 2027", ("2027-07-01", "until-excluding", "", "")),
    ("en", "up to the day preceding 1 April 2027", ("2027-04-01", "until-excluding", "", "")),
    ("en", "shall not later than 3 May 2027 submit", ("2027-05-03", "by", "", "")),
    ("fr", "avant 2028", ("2028", "before", "", "")),
    ("fr", "au plus tôt le 1er mars 2028", ("2028-03-01", "not-before", "", "")),
    ("fr", "ne se tiendra pas avant mars 2028", ("2028-03", "not-before", "", "")),
    ("fr", "après mars 2028", ("2028-03", "after", "", "")),
    ("fr", "jusqu'au 30 juin 2027 exclu", ("2027-06-30", "until-excluding", "", "")),
    ("fr", "jusqu'au 30 juin 2027 inclus", ("2027-06-30", "until", "", "")),
    ("es", "antes de marzo de 2028", ("2028-03", "before", "", "")),
    ("es", "no antes del 1 de marzo de 2028", ("2028-03-01", "not-before", "", "")),
    ("es", "no se celebrará antes del 10 de enero de 2027", ("2027-01-10", "not-before", "", "")),
    ("es", "después de marzo de 2028", ("2028-03", "after", "", "")),
    ("es", "hasta el 30 de junio de 2027 inclusive", ("2027-06-30", "until", "", "")),
    ("ru", "до 2028 года", ("2028", "before", "", "")),
    ("ru", "до марта 2028 года", ("2028-03", "before", "", "")),
    ("ru", "до 31 декабря 2026 года", ("2026-12-31", "by", "", "")),
    ("ru", "не ранее 1 марта 2028 года", ("2028-03-01", "not-before", "", "")),
    ("ru", "не будет проводиться до марта 2028 года", ("2028-03", "not-before", "", "")),
    ("ru", "после марта 2028 года", ("2028-03", "after", "", "")),
    ("ar", "قبل آذار/مارس 2028", ("2028-03", "before", "", "")),
    ("ar", "تقرر ألا يعقد المؤتمر قبل 10 كانون الثاني/يناير 2027", ("2027-01-10", "not-before", "", "")),
    ("ar", "بعد آذار/مارس 2028", ("2028-03", "after", "", "")),
    ("zh", "在2028年之前", ("2028", "before", "", "")),
    ("zh", "2028年3月前", ("2028-03", "before", "", "")),
    ("zh", "在2027年6月30日之前", ("2027-06-30", "by", "", "")),
    ("zh", "不早于2028年3月1日", ("2028-03-01", "not-before", "", "")),
    ("zh", "不得在2027年1月10日之前举行", ("2027-01-10", "not-before", "", "")),
    ("zh", "不迟于2027年1月10日", ("2027-01-10", "by", "", "")),
    ("zh", "2028年3月之后", ("2028-03", "after", "", "")),
]

SESSION_ENDS = [
    ("en", "by the end of the seventy-ninth session", ("session:79", "by", "end", "")),
    ("en", "before the end of its current session", ("session:current", "by", "end", "")),
    ("en", "at the close of its eighty-first session", ("session:81", "", "end", "")),
    ("en", "until the end of its eighty-first session", ("session:81", "until", "end", "")),
    ("en", "prior to the opening of its eighty-second session", ("session:82", "before", "", "")),
    ("fr", "avant la fin de sa quatre-vingt-unième session", ("session:81", "by", "end", "")),
    ("fr", "d'ici à la fin de sa prochaine session", ("session:next", "by", "end", "")),
    ("es", "antes del final de su octogésimo primer período de sesiones", ("session:81", "by", "end", "")),
    ("es", "antes de la clausura del octogésimo primer período de sesiones", ("session:81", "by", "end", "")),
    ("ru", "к концу восемьдесят первой сессии", ("session:81", "by", "end", "")),
    ("ru", "до окончания своей восемьдесят первой сессии", ("session:81", "by", "end", "")),
    ("ar", "بحلول نهاية دورتها الحادية والثمانين", ("session:81", "by", "end", "")),
    ("ar", "قبل نهاية دورتها الحادية والثمانين", ("session:81", "by", "end", "")),
    ("zh", "在大会第八十一届会议结束前", ("session:81", "by", "end", "")),
    ("zh", "第八十一届会议闭幕之前", ("session:81", "by", "end", "")),
    ("zh", "第八十二届会议开幕前", ("session:82", "by", "", "")),
]

DOUBTS = [
    ("en", "on 31 February 2027", ("2027-02-31", "", "", "day.impossible")),
    ("en", "on 29 February 2027", ("2027-02-29", "", "", "day.impossible")),
    ("en", "from 28 to 31 April 2027", ("2027-04-28/2027-04-31", "", "", "day.impossible")),
    ("en", "on Monday, 9 March 2027", ("2027-03-09", "", "", "weekday.contradicts")),
    ("en", "on Tuesday, 9 March 2027", ("2027-03-09", "", "", "")),
    ("en", "on 3 May2027", ("2027-05-03", "", "", "year.broken")),
    ("en", "on 3 May 2 027", ("2027-05-03", "", "", "year.broken")),
    ("en", "on 3 May 20 27", ("2027-05-03", "", "", "year.broken")),
    ("en", "on 3 May 2O27", ("2027-05-03", "", "", "year.broken")),
    ("en", "of 15 June 1949and", ("1949-06-15", "", "", "year.broken")),
    ("en", "on 3 May 202.", ("XXXX-05-03", "", "", "year.broken")),
    ("en", "in June2027", ("2027-06", "", "", "year.broken")),
    ("en", "on 3May 2027", ("2027-05-03", "", "", "day.glued")),
    ("en", "on 4 March, some 200 people", ("XXXX-03-04", "", "", "")),
    ("en", "by 4/6/2027", ("2027-06-04", "by", "", "date.ambiguous")),
    ("en", "by 23/11/2026", ("2026-11-23", "by", "", "")),
    ("en", "by 31/11/2026", ("2026", "by", "", "day.impossible")),
    ("en", "the fifth Monday of February 2027", ("2027-02", "", "", "day.impossible")),
    ("en", "the week of 30 September", ("XXXX-09-30", "within", "", "week.no-year")),
    ("fr", "le 31 avril 2027", ("2027-04-31", "", "", "day.impossible")),
    ("fr", "le lundi 9 mars 2027", ("2027-03-09", "", "", "weekday.contradicts")),
    ("fr", "le 7 mai2027", ("2027-05-07", "", "", "year.broken")),
    ("es", "el 31 de abril de 2027", ("2027-04-31", "", "", "day.impossible")),
    ("es", "el lunes 4 de mayo de 2027", ("2027-05-04", "", "", "weekday.contradicts")),
    ("es", "el 7 de mayo de2027", ("2027-05-07", "", "", "year.broken")),
    ("ru", "31 апреля 2027 года", ("2027-04-31", "", "", "day.impossible")),
    ("ru", "в понедельник, 9 марта 2027 года", ("2027-03-09", "", "", "weekday.contradicts")),
    ("ru", "3 мая 2 027 года", ("2027-05-03", "", "", "year.broken")),
    ("ar", "في 31 نيسان/أبريل 2027", ("2027-04-31", "", "", "day.impossible")),
    ("ar", "يوم الاثنين 9 آذار/مارس 2027", ("2027-03-09", "", "", "weekday.contradicts")),
    ("ar", "في 3 أيار/مايو 2 027", ("2027-05-03", "", "", "year.broken")),
    ("zh", "2027年二月三十日", ("2027-02-30", "", "", "day.impossible")),
    ("zh", "2027年3月9日（星期一）", ("2027-03-09", "", "", "weekday.contradicts")),
    ("zh", "2 027年5月3日", ("2027-05-03", "", "", "year.broken")),
]

COMPOSED = [
    ("en", "the last day of February 2028", [("2028-02-29", "end", "", "")]),
    ("en", "by the last day of February", [("XXXX-02", "by", "", "")]),
    ("en", "by 15 business days", [("P15WD", "by", "", "")]),
    ("fr", "dans un délai de sept jours ouvrables", [("P7WD", "within", "", "")]),
    ("es", "en un plazo de siete días hábiles", [("P7WD", "within", "", "")]),
    ("ru", "в течение десяти рабочих дней", [("P10WD", "within", "", "")]),
    ("ar", "في غضون عشرة أيام عمل", [("P10WD", "within", "", "")]),
    ("zh", "在10个工作日内", [("P10WD", "within", "", "")]),
    ("en", "the second week of May", [("XXXX-05-08/XXXX-05-14", "within", "", "")]),
    ("en", "by the end of the financial year 2027", [("2027-12-31", "by", "", "")]),
    ("en", "by mid-2027", [("2027-06", "by", "", "")]),
    (
        "en",
        "from 3 to 7 May and from 10 to 14 June 2027",
        [("2027-05-03/2027-05-07", "", "", ""), ("2027-06-10/2027-06-14", "", "", "")],
    ),
    (
        "zh",
        "2027年3月1日至5日和3月15日至19日",
        [("2027-03-01/2027-03-05", "", "", ""), ("2027-03-15/2027-03-19", "", "", "")],
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), BOUNDS)
def test_tag_of_a_bound_gives_its_relation(language: str, text: str, expected: Said) -> None:
    assert said(text, language) == [expected]


@pytest.mark.parametrize(("language", "text", "expected"), SESSION_ENDS)
def test_tag_of_the_end_of_a_session_gives_its_part(language: str, text: str, expected: Said) -> None:
    assert said(text, language) == [expected]


@pytest.mark.parametrize(("language", "text", "expected"), DOUBTS)
def test_tag_of_a_damaged_date_carries_a_doubt(language: str, text: str, expected: Said) -> None:
    assert said(text, language) == [expected]


@pytest.mark.parametrize(("language", "text", "expected"), COMPOSED)
def test_tag_of_composed_times_gives_their_values(language: str, text: str, expected: list[Said]) -> None:
    assert said(text, language) == expected
