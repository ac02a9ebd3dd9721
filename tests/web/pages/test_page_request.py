"""Cursors of lists that are ordered by day."""

from datetime import date

import pytest

from app.errors import UnknownParameter
from app.web.pages.page_request import read_cursor


def test_read_cursor_gives_day_and_uid() -> None:
    assert read_cursor("2018-05-14~A-RES-72-251.5~1") == (date(2018, 5, 14), "A-RES-72-251.5~1")


@pytest.mark.parametrize("text", ["", "2018-05-14", "soon~a", "2018-02-30~a"])
def test_read_cursor_of_other_form_is_refused(text: str) -> None:
    with pytest.raises(UnknownParameter) as refused:
        read_cursor(text)
    assert refused.value.where == "next"
