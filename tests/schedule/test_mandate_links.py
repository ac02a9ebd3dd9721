"""Linking of mandates across schedules, and the history that follows."""

from __future__ import annotations

from datetime import date

from app.documents import read
from app.mandates import identify, identify_modifications
from app.model import Action, Schedule
from app.schedule.history import histories
from app.schedule.mandate_links import MandateReading, link_mandates
from app.schedule.pipeline import derive

HEAD = """Resolution {number} ({year})

Adopted by the Security Council at its {meeting}th meeting, on {day} {year}

The Security Council,

Recalling its previous resolutions,

"""


def reading(number: int, day: str, year: int, operative: str) -> tuple[Schedule, MandateReading]:
    text = HEAD.format(number=number, year=year, meeting=number + 6000, day=day) + operative
    resolution = read(text.encode(), "en", name=f"S-RES-{number}-{year}.en.txt")
    schedule = derive(resolution)
    changes = tuple(identify_modifications(resolution, schedule.events, {}))
    return schedule, MandateReading(identify(resolution, schedule.events, {}), changes)


FIRST = reading(
    3901,
    "14 March",
    2035,
    "1. Decides to establish the United Nations Observer Mission in Ruritania (UNOMR) for a period of twelve months "
    "from the date of adoption of this resolution;\n",
)
AGAIN = reading(
    3950,
    "12 March",
    2036,
    "1. Decides to extend the mandate of the United Nations Observer Mission in Ruritania (UNOMR) for a period of "
    "twelve months from the date of adoption of this resolution;\n",
)
CHANGE = reading(
    3920,
    "1 June",
    2035,
    "1. Decides that the mandate of the United Nations Observer Mission in Ruritania (UNOMR) shall also include "
    "monitoring the ceasefire;\n",
)
UID = "S-RES-3901-2035.1.mandate.1"


def test_link_mandates_keeps_the_order_of_schedules() -> None:
    linked = link_mandates([AGAIN, FIRST, CHANGE])
    assert [schedule.symbol.slug for schedule in linked] == ["S-RES-3950-2036", "S-RES-3901-2035", "S-RES-3920-2035"]
    assert [[event.same_as for event in schedule.events] for schedule in linked] == [[UID], [None], []]
    assert [(item.target, item.action) for item in linked[2].amendments] == [(UID, Action.MODIFY)]


def test_linked_mandate_gets_each_texts_own_end() -> None:
    history = histories(link_mandates([FIRST, CHANGE, AGAIN]))[UID]
    assert [(item.instrument, item.event.end, item.event.status.value) for item in history] == [
        ("S/RES/3901 (2035)", date(2036, 3, 14), "scheduled"),
        ("S/RES/3920 (2035)", date(2036, 3, 14), "scheduled"),
        ("S/RES/3950 (2036)", date(2037, 3, 12), "scheduled"),
    ]
