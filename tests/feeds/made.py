"""A small calendar made by hand: every way in which an event can stand in a feed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from app.feeds import FORMATS, Feed, FeedOptions, FragmentCache, InstrumentInfo
from app.model import Action, Certainty, Event, Kind, Milestone, Revision, Status, Step

SYMBOL = "A/RES/72/251"
ADOPTED = date(2017, 12, 24)
ABOUT = InstrumentInfo(
    title={
        "en": "Follow-up to the 2013 high-level meeting of the General Assembly on nuclear disarmament",
        "zh": "2013年核裁军问题大会高级别会议的后续行动",
        "ar": "متابعة الاجتماع الرفيع المستوى للجمعية العامة المعني بنزع السلاح النووي لعام 2013",
    },
    evidence=("A/72/PV.76",),
)


def event(uid: str, kind: Kind, when: str, certainty: Certainty, **more: object) -> Event:
    fields = {"instrument": SYMBOL, "decided": ADOPTED, **more}
    return Event(uid=f"A-RES-72-251.{uid}", kind=kind, when=when, certainty=certainty, **fields)  # type: ignore[arg-type]  # fields of the dataclass by name


CONFERENCE = event(
    "5.meeting.1",
    Kind.MEETING,
    "2018-05-14/2018-05-16",
    Certainty.DECIDED,
    paragraph="5",
    start=date(2018, 5, 14),
    end=date(2018, 5, 16),
    place="New York",
    bearer="general-assembly",
    subject={
        "en": "United Nations high-level international conference on nuclear disarmament",
        "zh": "联合国核裁军问题高级别国际会议",
    },
    quote={"zh": "决定于2018年5月14日至16日在纽约召开一次联合国核裁军问题高级别国际会议"},
    rule="day.range",
    proof=(Step("day.range", {"start": "2018-05-14", "end": "2018-05-16"}),),
)
POSTPONED = replace(
    CONFERENCE,
    when="TBD",
    certainty=Certainty.UNDECIDED,
    status=Status.POSTPONED,
    start=None,
    end=None,
    proof=(),
    decided=date(2018, 4, 26),
    revision=1,
    revised_by="A/DEC/72/556",
)
PLENARY = event(
    "16.meeting.1",
    Kind.MEETING,
    "R/--09-26",
    Certainty.DECIDED,
    paragraph="16",
    start=date(2018, 9, 26),
    end=date(2018, 9, 26),
    recurrence="FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=26",
    bearer="president-of-the-general-assembly",
    place="new-york",
)
REPORT = event(
    "20.report.1",
    Kind.REPORT,
    "GA73",
    Certainty.WINDOW,
    paragraph="20",
    start=date(2018, 9, 18),
    end=date(2019, 9, 16),
    bearer="secretary-general",
    addressees=("general-assembly", "conference-on-disarmament"),
    milestones=(
        Milestone(
            "provisional-agenda", date(2018, 7, 20), Certainty.DERIVED, arithmetic="60 days before 18 September 2018"
        ),
    ),
)
HOSTILE = event(
    "21.deadline.1",
    Kind.DEADLINE,
    "../2019-06-30",
    Certainty.DECIDED,
    paragraph="21",
    end=date(2019, 6, 30),
    title={"en": "=cmd()|'/C calc'!A0\r\nX-EVIL:1\u2028<script>alert(1)</script>; , \\ \x00"},
    note="]]>",
    quote={"en": 'no later than 30 June 2019\r\nEND:VEVENT\r\n"<&>'},
)
FROM = event("8.mandate.1", Kind.MANDATE, "2020-01-01/..", Certainty.DECIDED, paragraph="8", start=date(2020, 1, 1))
UNDATED = event("7.obligation.1", Kind.OBLIGATION, "undated", Certainty.UNDATED, paragraph="7")


def first(event: Event) -> Revision:
    return Revision(event, 0, ADOPTED, SYMBOL, None)


HISTORIES: dict[str, tuple[Revision, ...]] = {
    CONFERENCE.uid: (
        first(CONFERENCE),
        Revision(POSTPONED, 1, date(2018, 4, 26), "A/DEC/72/556", Action.POSTPONE),
    ),
    **{made.uid: (first(made),) for made in (PLENARY, REPORT, HOSTILE, FROM, UNDATED)},
}
REVISIONS = tuple(history[-1] for history in HISTORIES.values())


class Made:
    """The records of the calendar; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def history(self, uid: str) -> Sequence[Revision]:
        return HISTORIES[uid]

    def about(self, instrument: str) -> InstrumentInfo:
        assert instrument == SYMBOL
        self.asked += 1
        return ABOUT


SHOWN = sum(revision.event.kind is not Kind.OBLIGATION for revision in REVISIONS)
"""Obligations without a date go into no feed."""


def feed(extension: str = "ics", choice: FeedOptions | None = None) -> Feed:
    return Feed(
        name="resolution/A-RES-72-251",
        title="A/RES/72/251",
        description="What A/RES/72/251 schedules.",
        address=f"https://calendar.example/feeds/resolution/A-RES-72-251.{extension}",
        home="https://calendar.example/resolutions/A-RES-72-251",
        base="https://calendar.example",
        options=choice or FeedOptions(),
        filename="A-RES-72-251",
    )


CHOICES = {
    "plain": FeedOptions(),
    "zh": FeedOptions(language="zh"),
    "ar": FeedOptions(language="ar"),
    "todo": FeedOptions(shape="todo", milestones=True, windows="span", alarm=timedelta(days=7), cancelled="mark"),
}


def render(extension: str, choice: FeedOptions | None = None) -> bytes:
    return FragmentCache(1 << 20).render(FORMATS[extension], feed(extension, choice), REVISIONS, Made())


def write_golden(folder: Path) -> None:
    """Writes the golden files anew, for a reviewer to read their difference: ``python -m tests.feeds.made``."""
    for extension in FORMATS:
        (folder / f"plain.{extension}").write_bytes(render(extension))
    for name, choice in CHOICES.items():
        (folder / f"{name}.ics").write_bytes(render("ics", choice))


if __name__ == "__main__":
    write_golden(Path(__file__).parent / "golden")
