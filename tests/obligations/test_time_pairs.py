"""Two neighbouring expressions of one time."""

import pytest

from tests.obligations.sample import resolved


@pytest.mark.parametrize(
    ("text", "times", "rejected"),
    [
        ("Requests a report two months before 30 November 2036;", [("2036-09-30", "offset")], []),
        ("Requests a report six weeks before its ninety-first session;", [("GA91-P6W", "offset")], []),
        ("Decides to extend it for one year from 1 May 2036;", [("2036-05-01+P1Y", "length")], []),
        ("Decides that it lasts from 1 May 2036 until 31 July 2036;", [("2036-05-01/2036-07-31", "date")], []),
        ("Decides to meet annually on 26 September;", [("R/--09-26", "yearly")], []),
        ("Requests a report every two years, starting at its ninety-fourth session;", [("GA94;R/P2Y", "repeat")], []),
        ("Decides to meet at its ninety-first session, in May 2037;", [("GA91", "session")], []),
        ("Decides to extend it for six months until 31 May 2036;", [("../2036-05-31", "by")], ["time.restated"]),
        (
            "Elects him for a three-year term beginning on 1 January 2037 and ending on 31 December 2039;",
            [("2037-01-01/2039-12-31", "date")],
            ["time.restated"],
        ),
        (
            "Decides to meet on 3 May 2036. Requests a report by 30 June 2036;",
            [("2036-05-03", "date"), ("../2036-06-30", "by")],
            [],
        ),
    ],
)
def test_pair_is_one_time_where_its_words_say_so(text: str, times: list[tuple[str, str]], rejected: list[str]) -> None:
    context = resolved(text)
    assert [(time.when, time.shape.value) for time in context.times] == times
    assert [misread.reason for misread in context.misread] == rejected
