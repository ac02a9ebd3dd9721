"""Details of titles, where items of one instrument would share one."""

from dataclasses import replace

from app.i18n import title
from app.model import Certainty, Event, Kind, TitleSlots, Topic
from app.schedule.distinct_titles import with_distinct_titles


def report(paragraph: str, theme: str = "", when: str = "GA91") -> Event:
    slots = TitleSlots("report", Topic({"en": "Rivers"}), theme={"en": theme} if theme else {})
    uid = f"A-RES-90-7.{paragraph}.report.1"
    return Event(uid, Kind.REPORT, when, Certainty.WINDOW, "A/RES/90/7", None, paragraph, slots=slots)


def titles(*events: Event) -> list[str]:
    return [title(event, "en") for event in with_distinct_titles(events, "en")]


def test_titles_that_differ_stay_as_they_are() -> None:
    event = report("1", "their banks")
    other = replace(report("2"), slots=TitleSlots("report", Topic({"en": "Lakes"})))
    assert with_distinct_titles([event, other], "en") == (event, other)


def test_titles_that_clash_get_their_themes() -> None:
    first, second = titles(report("1", "their banks"), report("2", "their sources"))
    assert ("banks" in first, "sources" in second) == (True, True)


def test_titles_that_clash_without_themes_get_their_paragraphs() -> None:
    found = titles(report("1"), report("2"))
    assert len(set(found)) == 2
    assert all(f"¶{number}" in words for number, words in enumerate(found, 1))
