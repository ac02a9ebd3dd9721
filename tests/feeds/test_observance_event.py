"""Observances of the almanac that instruments name."""

from dataclasses import replace
from datetime import date

from app.feeds.observance_event import ObservanceEvent, join_observances
from app.feeds.sample import SAMPLE_REVISION
from app.model import Certainty, Event, Kind, Revision

DAY = Event(
    "A-RES-80-1.1.observance.1",
    Kind.OBSERVANCE,
    "R/--01-04",
    Certainty.DECIDED,
    "A/RES/80/1",
    None,
    paragraph="1",
    recurrence="FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=4",
    title={"en": "Observe World Braille Day"},
)
EARLIER = Revision(DAY, 0, date(2027, 1, 1), "A/RES/80/1", None)
LATER = Revision(
    replace(DAY, uid="A-RES-81-2.3.observance.1", instrument="A/RES/81/2", paragraph="3"),
    0,
    date(2028, 1, 1),
    "A/RES/81/2",
    None,
)


def test_join_observances_shows_the_earliest_once() -> None:
    (joined,) = join_observances([LATER, SAMPLE_REVISION, EARLIER][::2])
    assert isinstance(joined.event, ObservanceEvent)
    assert (joined.event.uid, joined.event.public_uid) == (DAY.uid, "observance.world-braille-day")
    assert joined.event.sources == ("A/RES/81/2 ¶3", "A/RES/73/161")


def test_join_observances_keeps_the_others_in_their_order() -> None:
    joined = list(join_observances([EARLIER, SAMPLE_REVISION, LATER]))
    assert [item.event.uid for item in joined] == [DAY.uid, SAMPLE_REVISION.event.uid]


def test_join_observances_without_any_is_the_same_list() -> None:
    given = [SAMPLE_REVISION]
    assert join_observances(given) is given
