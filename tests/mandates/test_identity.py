"""Whose mandate an item is: names, organs with a country, cited paragraphs; never a generic noun alone."""

from __future__ import annotations

from datetime import date

import pytest

from app.documents import read
from app.mandates import Identity, Key, identify, identify_modifications
from app.schedule.pipeline import derive

HEAD = """Resolution 3901 (2035)

Adopted by the Security Council at its 9901st meeting, on 14 March 2035

The Security Council,

Recalling its resolution 3801 (2033) and the situation in Lebanon, and its decision in resolution 3700 (2032) to
authorise the African Union Mission in Graustark (AMIGRA),

"""


def identities(operative: str) -> list[Identity]:
    resolution = read((HEAD + operative).encode(), "en", name="S-RES-3901-2035.en.txt")
    found = identify(resolution, derive(resolution).events, {})
    return list(found.values())


@pytest.mark.parametrize(
    ("operative", "subject", "keys"),
    [
        (
            "1. Decides to extend the mandate of the United Nations Observer Mission in Ruritania (UNOMR) until "
            "31 March 2036;\n",
            "mission",
            (Key("name", "unomr"), Key("paragraph", "3901:1")),
        ),
        (
            "1. Expresses its full support for the United Nations Observer Mission in Ruritania (UNOMR), and decides "
            "to extend its mandate until 31 March 2036;\n",
            "mission",
            (Key("name", "unomr"), Key("paragraph", "3901:1")),
        ),
        (
            "1. Decides to extend until 31 March 2036 the mandate of the Panel of Experts as set out in paragraph 7 of "
            "resolution 3801 (2033);\n",
            "organ",
            (Key("organ", "panel-of-experts:LB"), Key("paragraph", "3801:7"), Key("paragraph", "3901:1")),
        ),
        (
            "1. Decides to renew until 31 March 2036 the measures imposed by paragraphs 3 and 5 of resolution 3801 "
            "(2033), reaffirms the provisions of paragraphs 8 and 9 of resolution 3801 (2033);\n",
            "measures",
            (Key("paragraph", "3801:3"), Key("paragraph", "3801:5"), Key("paragraph", "3901:1")),
        ),
        (
            "1. Decides to extend the authorizations as set out in resolution 3802 (2033) until 31 March 2036;\n",
            "authorizations",
            (Key("resolution", "3802"), Key("paragraph", "3901:1")),
        ),
    ],
)
def test_identify_reads_names_organs_and_citations(operative: str, subject: str, keys: tuple[Key, ...]) -> None:
    found = identities(operative)
    assert [(item.subject, item.keys) for item in found] == [(subject, keys)]


def test_identify_finds_the_mission_a_cited_resolution_made() -> None:
    found = identities(
        "1. Recalls paragraph 22 of resolution 3700 (2032), and extends its authorisations until 31 March 2036;\n"
    )
    assert [(item.acronym, item.keys[0]) for item in found] == [("amigra", Key("name", "amigra"))]


def test_identify_modifications_lists_changes_without_an_end() -> None:
    operative = (
        "1. Decides that the mandate of the United Nations Observer Mission in Ruritania (UNOMR) shall also include "
        "monitoring the ceasefire;\n\n2. Calls upon all parties to support the mandate of UNOMR;\n"
    )
    resolution = read((HEAD + operative).encode(), "en", name="S-RES-3901-2035.en.txt")
    found = identify_modifications(resolution, derive(resolution).events, {})
    assert [(paragraph, item.acronym) for paragraph, item in found] == [("1", "unomr")]
    assert resolution.adopted == date(2035, 3, 14)
