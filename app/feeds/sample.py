"""A sample event and its entry in a feed, for the examples in the docstrings of this package."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.feeds.entry import Entry, Feed, InstrumentInfo, build_entry
from app.feeds.options import FeedOptions
from app.model import Certainty, Event, Kind, Milestone, Revision

SAMPLE_EVENT: Final = Event(
    uid="A-RES-72-251.5.meeting.1",
    kind=Kind.MEETING,
    when="2018-05-14/2018-05-16",
    certainty=Certainty.DECIDED,
    instrument="A/RES/72/251",
    decided=date(2017, 12, 24),
    paragraph="5",
    start=date(2018, 5, 14),
    end=date(2018, 5, 16),
    place="New York",
    subject={"en": "Conference on nuclear disarmament"},
    milestones=(Milestone("documents", date(2018, 4, 2), Certainty.DERIVED, ()),),
)
SAMPLE_REVISION: Final = Revision(SAMPLE_EVENT, 0, date(2017, 12, 24), "A/RES/72/251", None)


class SampleRecords:
    """The records of the sample: one event that nothing has changed."""

    def history(self, uid: str) -> tuple[Revision, ...]:  # noqa: ARG002  # there is one event
        """Return every revision of the event, oldest first."""
        return (SAMPLE_REVISION,)

    def about(self, instrument: str) -> InstrumentInfo:  # noqa: ARG002  # there is one instrument
        """Return what is known of the instrument with that symbol."""
        return InstrumentInfo()


def sample_feed(**options: object) -> Feed:
    """Return the feed of the sample event's instrument with these options.

    >>> sample_feed(language="fr").options.language
    'fr'
    """
    return Feed(
        name="resolution/A-RES-72-251",
        title="72/251 Nuclear disarmament",
        description="What A/RES/72/251 schedules.",
        address="https://localhost/feeds/resolution/A-RES-72-251.ics",
        home="https://docs.un.org/en/A/RES/72/251",
        base="https://localhost",
        options=FeedOptions(**options),  # type: ignore[arg-type]  # fields of the dataclass by name
    )


def sample_entry(**options: object) -> Entry:
    """Return the sample event as a feed with these options shows it.

    >>> sample_entry().event.start
    datetime.date(2018, 5, 14)
    """
    entry = build_entry(SAMPLE_REVISION, sample_feed(**options), SampleRecords())
    if entry is None:
        raise ValueError("these options leave the sample out")
    return entry
