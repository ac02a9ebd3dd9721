"""Labels of parts and paths of sub-paragraphs, whatever the script: A and B, (a) (i), 一, ألف."""

from __future__ import annotations

from app.model.symbols import numeral, roman

HAN = {one: n for n, one in enumerate("一二三四五六七八九十", 1)}
_LABELS = {"ألف": "A", "باء": "B", "جيم": "C", "دال": "D", "هاء": "E", **dict(zip("АБВГДЕ", "ABCDEF", strict=True))}


def inner(path: tuple[str, ...], place: int) -> tuple[str, ...] | None:
    """The path of the inner paragraph with this place, where it follows the last."""
    if not path:
        return (numeral(place),) if place == 1 else None
    if len(path) > 1:
        return (path[0], numeral(place)) if roman(path[1]) == place - 1 else None
    if roman(path[0]) == place - 1 and place > 1 and path[0] != "a":
        return (numeral(place),)
    return (path[0], numeral(place)) if place == 1 else None


def latin(place: int) -> str:
    """The letter of a sub-paragraph by its place, a number beyond the alphabet."""
    return chr(96 + place) if 0 < place < 27 else str(place)


def label_of(label: str) -> str:
    """The label of a part as Latin letters: ``باء`` and ``Б`` are B, 二 is II."""
    if all(one in HAN for one in label):
        return numeral(HAN[label[-1]] + (10 if len(label) > 1 and label[0] == "十" else 0)).upper()
    return _LABELS.get(label, label)
