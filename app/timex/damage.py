"""Dates whose figures are damaged: a broken or glued year, a day glued to its month.

A year that stands beside a date in a damaged form is repaired and marked, so that no other year is ever supplied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.model import CalendarDate, TemporalExpression
from app.timex.grammar import Grammar
from app.timex.values import shape_of

_REACH: Final = 20
"""Characters beside a date in which its year may stand: a connecting word and four figures with blanks."""
_FIGURES: Final = r"(?P<year>[12](?:\s{0,2}[0-9OoIl]){2,3})"
_AFTER: Final = re.compile(
    rf"(?P<gap>[\s,]{{0,3}}(?:(?:de|del|of|عام|سنة|لعام)(?P<blank>\s{{0,2}}))?){_FIGURES}(?P<next>\w?)"
)
_BEFORE: Final = re.compile(rf"(?<![\w.,/]){_FIGURES}\s?年?\s?\Z")
_DAY_BEFORE: Final = re.compile(r"(?<![\w.,/])(?P<day>[0-9]{1,2})\Z")
_LETTERS: Final = str.maketrans("OoIl", "0011")
_CENTURIES: Final = ("18", "19", "20", "21")
_BROKEN: Final = "year.broken"
_GLUED: Final = "day.glued"


def repaired(rules: Grammar, found: Sequence[TemporalExpression], text: str) -> list[TemporalExpression]:
    """Return ``found`` with a doubt on every date beside which figures are damaged.

    The value has the year that the figures make, where they are four.

    >>> from app.timex.grammar import grammar
    >>> from app.timex.tagger import tag
    >>> [(x.value, x.doubt) for x in repaired(grammar("en"), tag("on 3 May 2027", "en"), "on 3 May 2027")]
    [('2027-05-03', '')]
    """
    if not any(shape_of(x.value).precision == "month" or shape_of(x.value).is_yearless for x in found):
        return list(found)
    out: list[TemporalExpression] = []
    for x in found:
        shape = shape_of(x.value)
        if x.doubt or not (shape.is_yearless or shape.precision == "month"):
            out.append(x)
        elif shape.is_yearless:
            found_year = _year_before(text, x.start) if rules.lexicon.year_first else _year_after(text, x.end)
            if found_year is None:
                out.append(x)
                continue
            year, offset = found_year
            first, last = min(x.start, offset), max(x.end, offset)
            out.append(replace(_with_year(x, year), start=first, end=last, text=text[first:last]))
        else:
            out.append(_with_day(x, text) if rules.lexicon.spaced else x)
    return _apart(out)


def _apart(found: Sequence[TemporalExpression]) -> list[TemporalExpression]:
    """Leave out what lies in the figures of a repaired date: "27 years" of "3 May 20 27"."""
    out: list[TemporalExpression] = []
    for x in found:
        while out and x.doubt and out[-1].end > x.start:
            out.pop()
        if not out or out[-1].end <= x.start:
            out.append(x)
    return out


def _year_after(text: str, end: int) -> tuple[str, int] | None:
    """Return the damaged year right after ``end``, in ASCII, and where it ends.

    None without a year, or with a whole one.
    """
    match = _AFTER.match(text, end, end + _REACH)
    if match is None:
        return None
    figures = match["year"]
    year = "".join(figures.translate(_LETTERS).split())
    if not year.startswith(_CENTURIES) or match["next"].isdigit():
        return None
    glued = not match["gap"] or (match["blank"] == "" and not match["gap"].endswith((" ", ",")))
    cut = year.startswith(("20", "19")) and not match["next"] and match["blank"] is None and "," not in match["gap"]
    if len(year) == 3:
        return (year, match.end("year")) if cut else None
    damaged = glued or not figures.isascii() or not figures.isdigit() or bool(match["next"])
    return (year, match.end("year")) if damaged else None


def _year_before(text: str, start: int) -> tuple[str, int] | None:
    """Return the damaged year right before ``start``, and where it begins.

    "2 027年" before "5月3日".
    """
    match = _BEFORE.search(text, max(0, start - _REACH), start)
    if match is None:
        return None
    year = "".join(match["year"].translate(_LETTERS).split())
    return (year, match.start("year")) if year.startswith(_CENTURIES) else None


def _with_year(x: TemporalExpression, year: str) -> TemporalExpression:
    when = x.when
    if len(year) < 4 or when is None:
        return replace(x, doubt=_BROKEN)
    try:
        return replace(x, value=str(when.in_year(int(year))), doubt=_BROKEN)
    except ValueError:
        return replace(x, doubt=_BROKEN)


def _with_day(x: TemporalExpression, text: str) -> TemporalExpression:
    """Give a month the day whose figures are glued to it: "3May 2027"."""
    when = x.when
    month = when.single.base if when is not None and when.single is not None else None
    if not isinstance(month, CalendarDate) or not month.month or month.day:
        return x
    match = _DAY_BEFORE.search(text, max(0, x.start - 3), x.start)
    if match is None or not text[x.start].isalpha():
        return x
    try:
        day = CalendarDate.of(str(month.year), str(month.month), match["day"])
    except ValueError:
        return replace(x, doubt=_GLUED)
    return replace(x, value=str(day), start=x.start - len(match["day"]), text=match["day"] + x.text, doubt=_GLUED)
