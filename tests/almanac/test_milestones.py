"""Days that rules derive from an item."""

from datetime import date

import pytest

from app.almanac import milestones
from app.model import Certainty, Event, Kind, Milestone, Status, Step


def event(kind: Kind, when: str, **more: object) -> Event:
    fields: dict[str, object] = {
        "uid": "A-RES-72-251.22.agenda.1",
        "certainty": Certainty.WINDOW,
        "instrument": "A/RES/72/251",
        "decided": date(2017, 12, 24),
        **more,
    }
    return Event(kind=kind, when=when, **fields)  # type: ignore[arg-type]  # fields by name


def on(start: date, end: date) -> dict[str, object]:
    return {"start": start, "end": end, "certainty": Certainty.DECIDED}


def named(found: tuple[Milestone, ...]) -> list[tuple[str, str, Certainty]]:
    return [(item.name, item.day.isoformat(), item.certainty) for item in found]


DERIVED, FORECAST = Certainty.DERIVED, Certainty.FORECAST


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            event(Kind.AGENDA, "GA73"),
            [
                ("provisional-agenda", "2018-07-20", DERIVED),
                ("supplementary-items", "2018-08-19", DERIVED),
                ("supplementary-list", "2018-08-29", DERIVED),
            ],
        ),
        (
            event(Kind.REPORT, "../GA82"),
            [("document-submission", "2027-06-29", FORECAST), ("document-issue", "2027-07-27", FORECAST)],
        ),
        (
            event(Kind.MEETING, "2018-05-14/2018-05-16", **on(date(2018, 5, 14), date(2018, 5, 16))),
            [("document-submission", "2018-03-05", DERIVED), ("document-issue", "2018-04-02", DERIVED)],
        ),
        (
            event(Kind.MEETING, "2018-02-14", **on(date(2018, 2, 14), date(2018, 2, 14))),
            [("document-issue", "2018-01-03", DERIVED)],
        ),
        (
            event(Kind.MANDATE, "../2019-06-30", end=date(2019, 6, 30), certainty=Certainty.DECIDED),
            [("before-expiry", "2019-05-31", DERIVED)],
        ),
        (event(Kind.AGENDA, "CSW63"), []),
        (event(Kind.AGENDA, "HRC57"), []),
        (event(Kind.DEADLINE, "2019-06-30", start=date(2019, 6, 30)), []),
        (event(Kind.AGENDA, "GA73", status=Status.CANCELLED), []),
        (event(Kind.AGENDA, "GA60"), []),
    ],
)  # fmt: skip
def test_milestones(item: Event, expected: list[tuple[str, str, Certainty]]) -> None:
    assert named(milestones(item)) == expected


def test_the_proof_of_a_milestone() -> None:
    first = milestones(event(Kind.AGENDA, "GA73"))[0]
    facts = {
        "name": "provisional-agenda", "from": "2018-09-18", "duration": "P60D", "day": "2018-07-20",
        "rule": "rule 12", "body": "general-assembly", "session": "73",
    }  # fmt: skip
    assert first.proof == (Step("milestone.before", facts),)
