"""Items that say what another item says."""

import pytest

from app.model import Kind, Obligation, Span
from app.obligations.duplicates import without_less_specific, without_repeated


def item(kind: Kind, when: str, start: int = 0, paragraph: str | None = "1", action: str = "") -> Obligation:
    return Obligation(paragraph, kind, when, Span(start, start + 1), "rule", bearer="secretary-general", action=action)


@pytest.mark.parametrize(
    ("whens", "kept"),
    [
        (["R/--01-27", "R/P1Y"], ["R/--01-27"]),
        (["R/P1Y", "GA91;R/P1Y"], ["GA91;R/P1Y"]),
        (["R/--01-27", "GA91;R/P1Y"], ["R/--01-27"]),
        (["R/P1Y", "R/P2Y"], ["R/P1Y", "R/P2Y"]),
    ],
)
def test_without_less_specific_frequency(whens: list[str], kept: list[str]) -> None:
    assert [one.when for one in without_less_specific([item(Kind.REPORT, when) for when in whens])] == kept


@pytest.mark.parametrize(
    ("items", "kept"),
    [
        ([item(Kind.REPORT, "2037"), item(Kind.REPORT, "2037", 5)], [("report", 0)]),
        ([item(Kind.REPORT, "2037"), item(Kind.MEETING, "2037", 5)], [("report", 0), ("meeting", 5)]),
        ([item(Kind.REPORT, "2037"), item(Kind.DEADLINE, "2037", 5, action="act")], [("report", 0)]),
        ([item(Kind.REPORT, "2037"), item(Kind.OBLIGATION, "undated", 5)], [("report", 0)]),
        (
            [item(Kind.REPORT, "2037", 0, None), item(Kind.REPORT, "2037", 50, None)],
            [("report", 0), ("report", 50)],
        ),
        ([item(Kind.MANDATE, "2037", 0, None), item(Kind.MANDATE, "2037", 50, None)], [("mandate", 0)]),
    ],
)
def test_without_repeated_items(items: list[Obligation], kept: list[tuple[str, int]]) -> None:
    assert [(one.kind.value, one.span.start) for one in without_repeated(items, [0, 40])] == kept
