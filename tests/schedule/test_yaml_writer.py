"""The text of schedule files: empty fields left out, a blank line between items."""

from datetime import date

from app.model import Certainty, Event, Kind, Schedule, Symbol
from app.schedule.yaml_format import read
from app.schedule.yaml_writer import write

SYMBOL = Symbol("A/RES/90/7", "general-assembly", 90)


def test_write_of_a_bare_schedule_is_its_symbol() -> None:
    assert write(Schedule(SYMBOL, None)) == "symbol: A/RES/90/7\n"


def test_write_of_items_is_read_again() -> None:
    items = tuple(
        Event(
            f"A-RES-90-7.{n}.report.1",
            Kind.REPORT,
            f"2036-03-0{n}",
            Certainty.DECIDED,
            SYMBOL.text,
            date(2035, 10, 3),
            str(n),
        )
        for n in (1, 2)
    )
    text = write(Schedule(SYMBOL, date(2035, 10, 3), title={"en": "Rivers: banks"}, events=items))
    assert text.startswith("symbol: A/RES/90/7\nadopted: 2035-10-03\n")
    assert "\n\n- uid: A-RES-90-7.2.report.1\n" in text
    assert [event.uid for event in read(text, "a.yaml").events] == [event.uid for event in items]
    assert write(read(text, "a.yaml")) == text
