"""What libical sees of a calendar, and whether it passes its restriction check (RFC 5546); run by Debian's python3."""

import sys
from pathlib import Path

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402  # the version has to be asked for first


def day(time: "ICalGLib.Time") -> str:
    return f"{time.get_year():04}-{time.get_month():02}-{time.get_day():02}"


def main(file: str, first: str, last: str) -> None:
    calendar = ICalGLib.Component.new_from_string(Path(file).read_text("utf-8"))
    if not ICalGLib.restriction_check(calendar):
        sys.exit("libical: the restriction check failed")
    if calendar.count_errors():
        sys.exit(f"libical: {calendar.count_errors()} errors")
    rows = []
    event = calendar.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    while event:
        start, end = event.get_dtstart(), event.get_dtend()
        length = end.subtract(start)
        rule = event.get_first_property(ICalGLib.PropertyKind.RRULE_PROPERTY)
        starts = [start]
        if rule:
            starts, iterator = [], ICalGLib.RecurIterator.new(rule.get_rrule(), start)
            found = iterator.next()
            while found and not found.is_null_time() and day(found) <= last:
                starts.append(found)
                found = iterator.next()
        rows += [
            (event.get_uid(), day(found), day(found.add(length)), event.get_summary())
            for found in starts
            if day(found) <= last and day(found.add(length)) > first
        ]
        event = calendar.get_next_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    print("\n".join("\t".join(row) for row in sorted(rows)))


main(*sys.argv[1:])
