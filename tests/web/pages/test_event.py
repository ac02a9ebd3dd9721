"""The page and the calendar file of one event."""

from collections.abc import Callable

import httpx
import icalendar

from tests.web.standing import REPORT


def test_event_file_holds_that_event_alone(get: Callable[..., httpx.Response]) -> None:
    answer = get(f"/events/{REPORT.uid}.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["UID"]) for event in events] == [REPORT.uid]


def test_event_unknown_uid_is_not_found(get: Callable[..., httpx.Response]) -> None:
    assert [get(f"/events/A-RES-1-1.1.meeting.1{end}").status_code for end in ("", ".ics")] == [404, 404]
