"""Time zones as calendar programs need them: a VTIMEZONE with one RRULE each way, taken from the tz database.

Lists of RDATE, as icalendar writes them, are misread by Outlook and end in 2038. The database ends each zone with a
POSIX rule for all years to come (RFC 8536, 3.3: ``EST5EDT,M3.2.0,M11.1.0``), which says the same as an RRULE does.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_NAME: Final = r"(<[^>]{1,12}>|[A-Za-z]{3,6})([+-]?\d{1,2})(?::(\d{2}))?"
_CHANGE: Final = r",M(\d{1,2})\.([1-5])\.([0-6])(?:/(-?\d{1,3}))?"
_RULE: Final = re.compile(f"{_NAME}(?:(<[^>]{{1,12}}>|[A-Za-z]{{3,6}})({_CHANGE})({_CHANGE}))?")
_DAYS: Final = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
# The year from which the rules of our zones hold; any earlier one would do where they are older.
_SINCE: Final = 2007


@cache
def timezone(zone: str) -> Timezone | None:
    """Return the VTIMEZONE of a zone; None for a rule that two RRULEs cannot express.

    >>> [part.name for part in timezone("America/New_York").subcomponents]
    ['STANDARD', 'DAYLIGHT']
    """
    match = _RULE.fullmatch(_footer(zone))
    if match is None:
        return None
    offset = _offset(match[2], match[3])
    found = Timezone()
    found.add("TZID", zone)
    if match[4] is None:
        found.add_component(_part(TimezoneStandard(), match[1], offset, offset, None))
        return found
    saving = offset + timedelta(hours=1)
    begins = [int(part or 2) for part in match.group(6, 7, 8, 9)]
    ends = [int(part or 2) for part in match.group(11, 12, 13, 14)]
    begins[2], ends[2] = int(match[8]), int(match[13])
    if not all(0 <= hour <= 23 for hour in (begins[3], ends[3])):
        return None
    found.add_component(_part(TimezoneStandard(), match[1], saving, offset, ends))
    found.add_component(_part(TimezoneDaylight(), match[4], offset, saving, begins))
    return found


def matches_database(zone: str, moment: datetime) -> bool:
    """Return whether the VTIMEZONE gives a local time the offset of the tz database.

    Rules before the present ones are not in the VTIMEZONE.

    >>> [matches_database("Europe/Vienna", datetime(year, 6, 1, 10)) for year in (2018, 1990)]
    [True, False]
    """
    made = timezone(zone)
    if made is None or moment.year < _SINCE:
        return False
    return bool(made.to_tz().utcoffset(moment) == ZoneInfo(zone).utcoffset(moment))


def _footer(zone: str) -> str:
    """Return the POSIX rule at the end of a zone's file, or an empty string."""
    *folders, name = zone.split("/")
    place = resources.files("tzdata").joinpath("zoneinfo", *folders, name)
    return place.read_bytes().rsplit(b"\n", 2)[-2].decode("ascii") if place.is_file() else ""


def _offset(hours: str, minutes: str | None) -> timedelta:
    # POSIX counts west of Greenwich as positive.
    sign = 1 if hours.startswith("-") else -1
    return sign * timedelta(hours=abs(int(hours)), minutes=int(minutes or 0))


def _part(
    part: TimezoneStandard | TimezoneDaylight, name: str, before: timedelta, after: timedelta, change: list[int] | None
) -> TimezoneStandard | TimezoneDaylight:
    if change is None:
        part.add("DTSTART", datetime(1970, 1, 1))  # noqa: DTZ001  # local, as RFC 5545 has it
    else:
        month, week, day, hour = change
        which = -1 if week == 5 else week
        part.add("DTSTART", _nth(_SINCE, month, which, day, hour))
        part.add("RRULE", vRecur.from_ical(f"FREQ=YEARLY;BYMONTH={month};BYDAY={which}{_DAYS[day]}"))
    part.add("TZOFFSETFROM", before)
    part.add("TZOFFSETTO", after)
    part.add("TZNAME", name.strip("<>"))
    return part


def _nth(year: int, month: int, which: int, day: int, hour: int) -> datetime:
    """Return the local time of a change.

    It is on the ``which``-th such weekday (Sunday 0) of a month, -1 the last.
    """
    if which > 0:
        first = datetime(year, month, 1, hour)  # noqa: DTZ001  # local, as RFC 5545 has it
        return first + timedelta(days=(day - first.isoweekday()) % 7 + 7 * (which - 1))
    last = datetime(year + month // 12, month % 12 + 1, 1, hour) - timedelta(days=1)  # noqa: DTZ001  # local
    return last - timedelta(days=(last.isoweekday() - day) % 7)
