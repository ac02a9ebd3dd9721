"""The words around times: relations, anchors and citations."""

import pytest

from app.timex.grammar import grammar
from app.timex.modifiers import anchor_of, around, cites, modifier_of, settle_relation
from app.timex.values import shape_of

ENGLISH = grammar("en")


def test_around_gives_the_words_on_both_sides() -> None:
    assert around(ENGLISH, "by 3 May 2027 at the latest", 3, 13) == ("by ", " at the latest")
    assert around(ENGLISH, "3 May 2027", 0, 10) == ("", "")


@pytest.mark.parametrize(
    ("before", "modifier"), [("no later than ", "by"), ("by ", "by"), ("before ", "before"), ("lamps ", ""), ("", "")]
)
def test_modifier_is_that_of_the_words_before(before: str, modifier: str) -> None:
    assert modifier_of(ENGLISH, before, "") == modifier


def test_settle_relation_takes_own_words_first() -> None:
    assert settle_relation("before", "", "", shape_of("2027-05"), ends=True) == "by"
    assert settle_relation("before", "", "", shape_of("2027-05"), ends=False) == "before"
    assert settle_relation("before", "until", "", shape_of("2027-05"), ends=False) == "until"


def test_cites_a_day_of_an_instrument_only() -> None:
    assert cites(ENGLISH, "recalling its resolution of ", "", session=False)
    assert not cites(ENGLISH, "decides to meet on ", "", session=False)


def test_anchor_is_adoption_where_the_words_name_it() -> None:
    assert anchor_of(ENGLISH, "within ", " of the adoption of the present resolution") == "adoption"
    assert anchor_of(ENGLISH, "within ", " of the opening of the harbour") == ""
