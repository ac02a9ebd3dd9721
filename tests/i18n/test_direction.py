"""Direction controls: what is stripped, and isolates closed in a shortened text."""

import pytest

from app.i18n.direction import close_isolates, strip_direction_controls


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("plain", "plain"),
        ("«\u2068whole\u2069»", "«\u2068whole\u2069»"),
        ("«\u2068cut …", "«\u2068cut …\u2069"),
        ("\u2066a \u2067b \u2068c", "\u2066a \u2067b \u2068c\u2069\u2069\u2069"),
        ("end\u2069 of it", "end of it"),
        ("", ""),
    ],
)
def test_close_isolates_balances_a_part(text: str, closed: str) -> None:
    assert close_isolates(text) == closed


def test_closed_isolate_survives_stripping() -> None:
    assert strip_direction_controls(close_isolates("«\u2068cut …")) == "«\u2068cut …\u2069"
    assert strip_direction_controls("«\u2068cut …") == "«cut …"
