"""What an instrument was called before: read, kept, and refused where it cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.documents import slug_of
from app.errors import ScheduleError
from app.model import Schedule, Symbol
from app.schedule.review import merge
from app.schedule.symbol_aliases import formers
from app.schedule.yaml_format import read
from app.schedule.yaml_writer import write

FILE = """\
symbol: A/RES/72/251
formerly:
- A/C.3/72/L.9
- A/C.3/72/L.9/Rev.1
"""
OWN = Schedule(symbol=Symbol("A/RES/72/251", "general-assembly"), adopted=None)


def named(symbol: str, *formerly: str) -> Schedule:
    return replace(OWN, symbol=Symbol(symbol, "general-assembly"), formerly=formerly)


def test_symbols_are_read_and_written_as_they_stand() -> None:
    schedule = read(FILE, "a.yaml")
    assert schedule.formerly == ("A/C.3/72/L.9", "A/C.3/72/L.9/Rev.1")
    assert write(schedule) == FILE
    assert slug_of("A/C.3/72/L.9") == "A-C-3-72-L-9"


@pytest.mark.parametrize(
    ("symbol", "what", "hint"),
    [
        ("draft nine", "invalid document symbol 'draft nine'", "write it as A/C.3/72/L.9"),
        ("A/RES/72/251", "A/RES/72/251 is the current symbol", "name an earlier symbol"),
        ("A/C.3/72/L.9", "duplicate symbol A/C.3/72/L.9", "name it once"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(symbol: str, what: str, hint: str) -> None:
    with pytest.raises(ScheduleError) as caught:
        read(FILE + f"- {symbol}\n", "a.yaml")
    assert (caught.value.what, caught.value.where, caught.value.hint) == (what, "a.yaml:5 (formerly[2])", hint)


def test_a_new_derivation_keeps_them() -> None:
    merged, _ = merge(named("A/RES/72/251", "A/C.3/72/L.9"), OWN)
    assert merged.formerly == ("A/C.3/72/L.9",)


def test_a_symbol_belongs_to_one_instrument() -> None:
    whole, sister = named("A/RES/72/251", "A/C.3/72/L.9"), named("A/RES/72/252", "A/RES/72/250")
    assert formers([(whole, "a.yaml"), (sister, "b.yaml")]) == {"A-C-3-72-L-9": whole, "A-RES-72-250": sister}
    with pytest.raises(ScheduleError) as caught:
        formers([(whole, "a.yaml"), (sister, "b.yaml"), (named("A/RES/72/250"), "c.yaml")])
    assert caught.value.line() == (
        "A/RES/72/250 has a schedule of its own: b.yaml: formerly, and c.yaml: remove one of them"
    )
    with pytest.raises(ScheduleError) as caught:
        formers([(whole, "a.yaml"), (named("A/RES/72/252", "A/C.3/72/L.9"), "b.yaml")])
    assert caught.value.line() == (
        "two instruments had the symbol A/C.3/72/L.9: a.yaml and b.yaml: formerly: name it in one of them"
    )
