"""Shortening of titles: abbreviated, cut at the end, or in the middle."""

from collections.abc import Callable

import pytest

from app.i18n import shorten
from app.i18n.direction import close_isolates
from app.i18n.title_acts import title_words
from app.i18n.title_composer import quote_foreign
from app.i18n.title_shortening import cut_end, cut_middle
from app.model import LANGUAGES


def test_shorten_drops_additions_before_it_cuts() -> None:
    assert shorten("Keeping of lamps, including those of ships", 20, "en") == "Keeping of lamps"
    assert shorten("United Nations lamps", 12, "en") == "UN lamps"


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("Towers, lamps and mirrors of all keepers of the sea", 40, "Towers, lamps … all keepers of the sea"),
        ("Painting the towers through norms, rules and principles of keepers", 50, "Painting the towers through norms"),
        ("Fog and other cold, damp or dark weather in Utopia", 30, "Fog and other … in Utopia"),
        (
            "Towers, lamps and keepers: cooperation to protect mirrors in Utopia",
            40,
            "Towers, lamps and keepers … in Utopia",
        ),
    ],
)
def test_shorten_keeps_the_parts_of_a_list(text: str, width: int, short: str) -> None:
    assert shorten(text, width, "en") == short


def test_cut_middle_keeps_the_last_words() -> None:
    assert cut_middle("Assistance to keepers of lamps in the towers of Utopia", 40) == (
        "Assistance to keepers … towers of Utopia"
    )


def test_cut_end_keeps_the_first_words() -> None:
    assert cut_end("Conference of keepers and of those who sail", 30, "en") == "Conference of keepers"


QUOTED = "Keeping of lamps (and of oil), including those of ships, in the towers of the United Nations in Utopia"
"""Words that are shortened by every means: an addition, brackets, a long name, a cut."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shortened", [shorten, cut_end], ids=["shorten", "cut_end"])
def test_shortened_quotation_is_closed(language: str, shortened: Callable[[str, int, str], str]) -> None:
    opening, closing = (mark.strip() for mark in title_words(language).quotes)
    for room in range(12, len(QUOTED)):
        part = shortened(quote_foreign(QUOTED, language), room, language)
        assert part == close_isolates(part)
        assert (part[:1], part[-1:]) == (opening, closing)
        assert shortened is cut_end or len(part) <= room
