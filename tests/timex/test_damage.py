"""Dates beside damaged figures: doubtful, with the year that the figures make."""

import pytest

from app.timex import tag
from app.timex.damage import repaired
from app.timex.grammar import grammar


@pytest.mark.parametrize("text", ["on 3 May 2027", "on 3 May", "nothing"])
def test_repaired_leaves_whole_dates_alone(text: str) -> None:
    found = list(tag(text, "en"))
    assert repaired(grammar("en"), found, text) == found
    assert [x.doubt for x in found] in ([""], [])


def test_repaired_date_has_its_year_and_a_doubt() -> None:
    (found,) = tag("on 3 May 20 27.", "en")
    assert found.value == "2027-05-03"
    assert found.doubt != ""
