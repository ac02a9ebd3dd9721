"""International days, weeks, years and decades, with the instrument that proclaimed each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from app.almanac.day_rules import MONTHS
from app.almanac.entry import Entry, read_any, read_yaml
from app.almanac.lunar import full_moon
from app.almanac.recurrence import occurrences
from app.errors import AlmanacError
from app.model import LANGUAGES, When

_MOON: Final = re.compile(r"full moon of ([a-z]+)\Z")
_KINDS: Final = frozenset({"day", "week", "year", "decade"})


@dataclass(frozen=True, slots=True)
class Observance:
    """An observance; ``kind`` is day, week, year or decade, ``when`` the notation of its time.

    ``recurrence`` is an RRULE value for what comes by one, else None; ``days`` is how many days it lasts, ``first``
    the day on which a single span, or a recurrence of some years, begins. ``resolution`` is the symbol of the
    instrument that proclaimed it, empty where none of the organization's did; ``source`` says where it is listed.
    """

    slug: str
    name: str
    kind: str
    when: str
    resolution: str
    source: str
    recurrence: str | None
    days: int
    first: date | None = None
    checked: bool = True
    """Whether the source was held against a text, an official notice or the organization's list."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The name by language; English alone where names.yaml has no others."""

    def between(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """Yield the first and last days of its occurrences in a period, in order.

        It holds those that touch ``first`` to ``last`` (inclusive).
        """
        length = timedelta(self.days - 1)
        for day in self._starts(first - length, last):
            yield day, day + length

    def _starts(self, first: date, last: date) -> Iterator[date]:
        if self.recurrence:
            yield from occurrences(self.first or date(first.year, 1, 1), self.recurrence, first, last)
        elif self.first:
            if first <= self.first <= last:
                yield self.first
        else:
            month = MONTHS.index(self.when.rpartition(" ")[2]) + 1
            for year in range(first.year, last.year + 1):
                day = full_moon(year, month)
                if day and first <= day <= last:
                    yield day


def read_observances(directory: Path | Traversable) -> tuple[Observance, ...]:
    """Return the observances of observances.yaml, in the order of the file.

    Raises AlmanacError naming the entry.

    >>> from importlib import resources
    >>> read_observances(resources.files("app.almanac"))[0].name
    'World Braille Day'
    """
    value = read_any(directory, "observances.yaml")
    if not isinstance(value, list):
        raise AlmanacError("a list is expected", where="observances.yaml", hint="begin each entry with a dash")
    names = read_yaml(directory, "names.yaml")
    found: dict[str, Observance] = {}
    for number, item in enumerate(value, 1):
        observance = _observance(Entry(f"observances.yaml: entry {number}", item))
        if observance.slug in found:
            # One name on two days of the year, as World Migratory Bird Day.
            observance = _renamed(observance, found)
        found[observance.slug] = replace(observance, names=_names(observance, names))
    if strange := sorted(set(names) - set(found)):
        raise AlmanacError(f"no observance {strange[0]!r}", where="names.yaml", hint="slugs of observances.yaml")
    return tuple(found.values())


def observed(observances: Iterable[Observance], first: date, last: date) -> list[tuple[date, date, Observance]]:
    """List the first day, last day and observance of what is observed in a period.

    ``first`` and ``last`` are inclusive; the list is in order of days.

    >>> from importlib import resources
    >>> found = observed(read_observances(resources.files("app.almanac")), date(2027, 1, 4), date(2027, 1, 4))
    >>> [(start.isoformat(), item.slug) for start, _, item in found if item.kind == "day"]
    [('2027-01-04', 'world-braille-day')]
    """
    found = [(*span, observance) for observance in observances for span in observance.between(first, last)]
    return sorted(found, key=lambda item: (item[0], item[1], item[2].slug))


def _renamed(observance: Observance, taken: Iterable[str]) -> Observance:
    slugs = set(taken)
    slug = next(name for n in range(2, 100) if (name := f"{observance.slug}-{n}") not in slugs)
    return replace(observance, slug=slug)


def _names(observance: Observance, names: Mapping[str, object]) -> Mapping[str, str]:
    """Return the observance's name by language."""
    held = {"en": observance.name}
    if observance.slug in names:
        entry = Entry(f"names.yaml: {observance.slug}", names[observance.slug])
        held |= {language: text for language in LANGUAGES if language != "en" and (text := entry.text(language, ""))}
        entry.done()
    return held


def _observance(entry: Entry) -> Observance:
    name, kind, when = entry.text("name"), entry.text("kind"), entry.text("when")
    resolution = entry.text("resolution", "")
    source = entry.text("source", "") or resolution
    checked = entry.text("checked", "true")
    entry.done()
    if checked not in ("true", "false"):
        raise AlmanacError(f"{name}: checked is true or false", where=entry.where, hint="leave it out where it is")
    if kind not in _KINDS or not source:
        raise AlmanacError(
            f"{name}: needs a kind and a source", where=entry.where, hint="see the top of observances.yaml"
        )
    try:
        recurrence, days, first = _time(when)
    except ValueError as error:
        raise AlmanacError(f"{name}: not a time: {when!r}", where=entry.where, hint="as in R/--09-26") from error
    slug = "-".join(re.findall(r"[a-z0-9]+", name.lower().replace("'", "")))
    return Observance(slug, name, kind, when, resolution, source, recurrence, days, first, checked == "true")


def _time(notation: str) -> tuple[str | None, int, date | None]:
    """Return the recurrence, length in days and first day of a ``when``."""
    if (match := _MOON.match(notation)) and match[1] in MONTHS:
        return None, 1, None
    when = When.parse(notation)
    repeat, first, last = when.recurrence, when.first_day, when.last_day
    if repeat is None:
        if not when.is_calendar or first is None or last is None:
            raise ValueError(notation)
        return None, (last - first).days + 1, first
    if repeat.count is not None:
        raise ValueError(notation)
    if repeat.yearly is not None and not when.points:
        begins, ends = repeat.yearly
        if not begins.day or not ends.day:
            raise ValueError(notation)
        # 2001 was no leap year: a week across the end of February would be a day longer in one.
        start, end = begins.in_year(2001).first_day, ends.in_year(2001).last_day
        if start is None or end is None or end < start:
            raise ValueError(notation)
        return f"FREQ=YEARLY;BYMONTH={start.month};BYMONTHDAY={start.day}", (end - start).days + 1, None
    if repeat.rule.startswith("FREQ=YEARLY;") and not when.points:
        next(occurrences(date(2000, 1, 1), repeat.rule, date(2000, 1, 1), date(2010, 1, 1)))
        return repeat.rule, 1, None
    if first is not None and first == last and repeat.every is not None and repeat.every.years:
        rule = f"FREQ=YEARLY;INTERVAL={repeat.every.years};BYMONTH={first.month};BYMONTHDAY={first.day}"
        return rule, 1, first
    raise ValueError(notation)
