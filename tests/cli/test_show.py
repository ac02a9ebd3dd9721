"""``plenary show``: the schedule of an instrument on a day, and its history."""

import pytest

from tests.cli.command_line import run

pytestmark = pytest.mark.usefixtures("own_store")


@pytest.mark.parametrize(
    ("day", "conference", "organizational"),
    [
        ("2018-03-25", ("2018-05-14/2018-05-16", "scheduled"), ("2018-03-28", "scheduled")),
        ("2018-04-01", ("2018-05-14/2018-05-16", "scheduled"), ("2018-05-10", "moved")),
        ("2018-04-27", ("TBD", "postponed, no date"), ("TBD", "postponed, no date")),
    ],
)
def test_what_stood_on_a_day(
    capfd: pytest.CaptureFixture[str], day: str, conference: tuple[str, str], organizational: tuple[str, str]
) -> None:
    code, out, err = run(capfd, "show", "A/RES/72/251", "--as-of", day)
    rows = {line.split("\t")[-1]: line.split("\t") for line in out.splitlines()}
    assert (code, err) == (0, "")
    assert (rows["A-RES-72-251.5.meeting.1"][2], rows["A-RES-72-251.5.meeting.1"][3]) == conference
    assert (rows["A-RES-72-251.6.meeting.1"][2], rows["A-RES-72-251.6.meeting.1"][3]) == organizational
