"""What later instruments did: the case of resolution 72/251 day by day, each action, each error."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AmendmentError
from app.model import Action, Amendment, Certainty, Event, Kind, Revision, Schedule, Status, Symbol
from app.schedule.dating import dated
from app.schedule.history import UNKNOWN_DAY, as_of, histories, is_reaffirmation

CONFERENCE = "A-RES-72-251.5.meeting.1"
ORGANIZATIONAL = "A-RES-72-251.6.meeting.1"
PLENARY = "A-RES-72-251.16.meeting.1"


def schedule(
    symbol: str,
    adopted: date | None,
    items: tuple[tuple[str, str] | tuple[str, str, str], ...] = (),
    amendments: tuple[tuple[str, Action] | tuple[str, Action, str], ...] = (),
    kind: Kind = Kind.MEETING,
) -> Schedule:
    """A dated schedule: items are (paragraph, when[, same_as]), amendments (target, action[, when])."""
    named = Symbol(symbol, "general-assembly", int(symbol.split("/")[2]))
    events = tuple(
        Event(
            uid=f"{named.slug}.{item[0]}.{kind.value}.1",
            kind=kind,
            when=item[1],
            certainty=Certainty.DECIDED,
            instrument=symbol,
            decided=adopted,
            paragraph=item[0],
            same_as=item[2] if len(item) == 3 else None,
        )
        for item in items
    )
    changes = tuple(
        Amendment(item[0], item[1], symbol, adopted or UNKNOWN_DAY, item[2] if len(item) == 3 else None)
        for item in amendments
    )
    return dated(Schedule(named, adopted, events=events, amendments=changes))


def family() -> list[Schedule]:
    """The resolution of 2017, the two decisions of 2018, and the yearly resolutions that repeat its events."""
    yearly = [(73, 40, date(2018, 12, 5)), (74, 54, date(2019, 12, 12)), (75, 45, date(2020, 12, 7))]
    return [
        schedule(
            "A/RES/72/251",
            date(2017, 12, 24),
            (("5", "2018-05-14/2018-05-16"), ("6", "2018-03-28"), ("16", "R/--09-26")),
        ),
        schedule("A/DEC/72/553", date(2018, 3, 26), (), ((ORGANIZATIONAL, Action.MOVE, "2018-05-10"),)),
        schedule(
            "A/DEC/72/556", date(2018, 4, 26), (), ((ORGANIZATIONAL, Action.POSTPONE), (CONFERENCE, Action.POSTPONE))
        ),
        *(
            schedule(f"A/RES/{session}/{number}", day, (("5", "TBD", CONFERENCE), ("9", "R/--09-26", PLENARY)))
            for session, number, day in yearly
        ),
    ]


def stood(history: tuple[Revision, ...], day: date) -> tuple[object, ...] | None:
    found = as_of(history, day)
    if found is None:
        return None
    event = found.event
    return event.uid, event.status, event.start, event.end, event.revision, event.revised_by


def test_every_day_of_the_case_of_72_251() -> None:
    """The table by hand: what stood on each day from 20 December 2017 to 31 December 2018."""
    found = histories(family())
    conference = {
        date(2017, 12, 20): None,
        date(2017, 12, 24): (CONFERENCE, Status.SCHEDULED, date(2018, 5, 14), date(2018, 5, 16), 0, None),
        date(2018, 4, 26): (CONFERENCE, Status.POSTPONED, None, None, 1, "A/DEC/72/556"),
    }
    organizational = {
        date(2017, 12, 20): None,
        date(2017, 12, 24): (ORGANIZATIONAL, Status.SCHEDULED, date(2018, 3, 28), date(2018, 3, 28), 0, None),
        date(2018, 3, 26): (ORGANIZATIONAL, Status.MOVED, date(2018, 5, 10), date(2018, 5, 10), 1, "A/DEC/72/553"),
        date(2018, 4, 26): (ORGANIZATIONAL, Status.POSTPONED, None, None, 2, "A/DEC/72/556"),
    }
    plenary = {
        date(2017, 12, 20): None,
        date(2017, 12, 24): (PLENARY, Status.SCHEDULED, date(2018, 9, 26), date(2018, 9, 26), 0, None),
    }
    for uid, table in ((CONFERENCE, conference), (ORGANIZATIONAL, organizational), (PLENARY, plenary)):
        day, expected = date(2017, 12, 20), None
        while day <= date(2018, 12, 31):
            expected = table.get(day, expected)
            assert stood(found[uid], day) == expected, (uid, day)
            day += timedelta(1)


def test_histories_keep_reaffirmations_without_numbers() -> None:
    found = histories(family())
    assert [(item.number, item.instrument, is_reaffirmation(item)) for item in found[CONFERENCE]] == [
        (0, "A/RES/72/251", False),
        (1, "A/DEC/72/556", False),
        (1, "A/RES/73/40", True),
        (1, "A/RES/74/54", True),
        (1, "A/RES/75/45", True),
    ]
    assert [item.number for item in found[PLENARY]] == [0, 0, 0, 0]
    assert as_of(found[PLENARY], date(2030, 1, 1)) == found[PLENARY][0]


def test_histories_supersede_a_repeating_item() -> None:
    item = histories(family())["A-RES-74-54.9.meeting.1"]
    assert [(entry.event.status, entry.event.same_as) for entry in item] == [(Status.SUPERSEDED, PLENARY)]


def test_a_repetition_of_a_repetition_goes_back_to_the_first() -> None:
    first, *rest = family()
    chain = schedule("A/RES/76/36", date(2021, 12, 6), (("9", "R/--09-26", "A-RES-75-45.9.meeting.1"),))
    found = histories([chain, first, *rest])
    assert found["A-RES-76-36.9.meeting.1"][0].event.same_as == PLENARY
    assert found[PLENARY][-1].instrument == "A/RES/76/36"


def test_a_repetition_with_a_date_dates_the_event_again() -> None:
    later = schedule("A/RES/76/36", date(2021, 12, 6), (("5", "2022-05-02/2022-05-04", CONFERENCE),))
    last = histories([*family(), later])[CONFERENCE][-1]
    assert (last.number, last.action, last.event.status) == (2, Action.MERGE, Status.MOVED)
    assert (last.event.start, last.event.revised_by) == (date(2022, 5, 2), "A/RES/76/36")


MANDATE = "A-RES-70-1.2.mandate.1"
MEETING = "A-RES-70-1.2.meeting.1"


@pytest.mark.parametrize(
    ("action", "when", "kind", "first", "expected"),
    [
        (Action.MOVE, "2016-03-04", Kind.MEETING, "2016-02-01", (Status.MOVED, date(2016, 3, 4), date(2016, 3, 4))),
        (Action.MOVE, "2016-03-04", Kind.MEETING, "TBD", (Status.SCHEDULED, date(2016, 3, 4), date(2016, 3, 4))),
        (Action.POSTPONE, "2016-03", Kind.MEETING, "2016-02-01", (Status.MOVED, date(2016, 3, 1), date(2016, 3, 31))),
        (Action.POSTPONE, None, Kind.MEETING, "2016-02-01", (Status.POSTPONED, None, None)),
        (Action.CANCEL, None, Kind.MEETING, "2016-02-01", (Status.CANCELLED, date(2016, 2, 1), date(2016, 2, 1))),
        (Action.REPLACE, None, Kind.MEETING, "2016-02-01", (Status.SUPERSEDED, date(2016, 2, 1), date(2016, 2, 1))),
        (Action.MERGE, None, Kind.MEETING, "2016-02-01", (Status.SUPERSEDED, date(2016, 2, 1), date(2016, 2, 1))),
        (Action.CORRECT, "2016-02", Kind.MEETING, "2016-03", (Status.SCHEDULED, date(2016, 2, 1), date(2016, 2, 29))),
        (Action.HOLD, None, Kind.MEETING, "2016-02-01", (Status.HELD, date(2016, 2, 1), date(2016, 2, 1))),
        (Action.HOLD, "2016-02-03", Kind.MEETING, "2016-02-01", (Status.HELD, date(2016, 2, 3), date(2016, 2, 3))),
        (Action.EXTEND, "../2018-12-31", Kind.MANDATE, "../2016-12-31", (Status.SCHEDULED, None, date(2018, 12, 31))),
        (
            Action.EXTEND,
            "../2018-12-31",
            Kind.MANDATE,
            "2016-01-01+P1Y",
            (Status.SCHEDULED, date(2016, 1, 1), date(2018, 12, 31)),
        ),
        (
            Action.EXTEND,
            "adoption+P1Y",
            Kind.MANDATE,
            "adoption+P1Y",
            (Status.SCHEDULED, date(2017, 1, 15), date(2017, 1, 15)),
        ),
        (Action.MOVE, "session:next", Kind.MEETING, "GA70", (Status.MOVED, date(2016, 9, 13), date(2017, 9, 11))),
    ],
)  # fmt: skip
def test_actions(
    action: Action, when: str | None, kind: Kind, first: str, expected: tuple[Status, date | None, date | None]
) -> None:
    uid = f"A-RES-70-1.2.{kind.value}.1"
    own = schedule("A/RES/70/1", date(2015, 9, 25), (("2", first),), kind=kind)
    other = schedule("A/RES/70/20", date(2016, 1, 15), (), ((uid, action) if when is None else (uid, action, when),))
    last = histories([own, other])[uid][-1]
    assert (last.event.status, last.event.start, last.event.end) == expected
    assert (last.number, last.event.revision, last.decided, last.event.decided) == (
        1, 1, date(2016, 1, 15), date(2016, 1, 15),
    )  # fmt: skip


def test_a_chain_of_extensions_is_one_event_with_its_ends() -> None:
    own = schedule("A/RES/70/1", date(2015, 9, 25), (("2", "2016-01-01/2016-12-31"),), kind=Kind.MANDATE)
    more = [
        schedule("A/RES/71/1", date(2016, 11, 1), (), ((MANDATE, Action.EXTEND, "../2017-12-31"),)),
        schedule("A/RES/72/1", date(2017, 11, 1), (), ((MANDATE, Action.EXTEND, "../2018-12-31"),)),
    ]
    history = histories([own, *more])[MANDATE]
    assert [(item.number, item.event.start, item.event.end) for item in history] == [
        (0, date(2016, 1, 1), date(2016, 12, 31)),
        (1, date(2016, 1, 1), date(2017, 12, 31)),
        (2, date(2016, 1, 1), date(2018, 12, 31)),
    ]
    assert [item.day for item in history[2].event.milestones] == [date(2018, 12, 1)]


def test_reinstated_the_event_stands_as_before_it_went() -> None:
    own = schedule("A/RES/70/1", date(2015, 9, 25), (("2", "2016-05-01"),))
    cancel = schedule("A/RES/70/2", date(2016, 1, 1), (), ((MEETING, Action.CANCEL),))
    again = schedule("A/RES/70/3", date(2016, 2, 1), (), ((MEETING, Action.REINSTATE),))
    history = histories([own, cancel, again])[MEETING]
    assert [(item.event.status, item.event.start) for item in history] == [
        (Status.SCHEDULED, date(2016, 5, 1)),
        (Status.CANCELLED, date(2016, 5, 1)),
        (Status.SCHEDULED, date(2016, 5, 1)),
    ]


def test_postponed_twice_without_date_is_one_change() -> None:
    own = schedule("A/RES/70/1", date(2015, 9, 25), (("2", "2016-05-01"),))
    twice = [
        schedule(f"A/RES/70/{n}", date(2016, n, 1), (), ((MEETING, Action.POSTPONE),)) for n in (2, 3)
    ]  # fmt: skip
    assert [item.number for item in histories([own, *twice])[MEETING]] == [0, 1, 1]


def test_an_instrument_without_its_day_stood_from_the_beginning() -> None:
    history = histories([schedule("A/RES/70/1", None, (("2", "2016-05-01"),))])[MEETING]
    assert history[0].decided == UNKNOWN_DAY
    assert as_of(history, date(1946, 1, 1)) == history[0]


# --- errors ---------------------------------------------------------------------------------------------------------


def fails(*schedules: Schedule) -> AmendmentError:
    with pytest.raises(AmendmentError) as caught:
        histories(schedules)
    return caught.value


OWN = schedule("A/RES/70/1", date(2015, 9, 25), (("2", "2016-05-01"),))


def test_what_does_not_exist_cannot_be_amended() -> None:
    error = fails(OWN, schedule("A/RES/70/2", date(2016, 1, 1), (), (("A-RES-70-1.3.meeting.1", Action.CANCEL),)))
    assert (error.what, error.where, error.hint) == (
        "the event does not exist",
        "A/RES/70/2 and A-RES-70-1.3.meeting.1",
        "did you mean A-RES-70-1.2.meeting.1?",
    )


def test_what_does_not_exist_cannot_be_repeated() -> None:
    error = fails(schedule("A/RES/71/1", date(2016, 11, 1), (("4", "TBD", MEETING),)))
    assert (error.what, error.where) == ("the event does not exist", f"A/RES/71/1 ¶4 and {MEETING}")


def test_two_instruments_of_one_day_that_contradict_each_other() -> None:
    error = fails(
        OWN,
        schedule("A/RES/70/2", date(2016, 1, 1), (), ((MEETING, Action.CANCEL),)),
        schedule("A/RES/70/3", date(2016, 1, 1), (), ((MEETING, Action.MOVE, "2016-06-01"),)),
    )
    assert error.what == "two decisions of 2016-01-01 contradict each other on A-RES-70-1.2.meeting.1"
    assert error.where == "A/RES/70/2 and A/RES/70/3"


def test_two_instruments_of_one_day_that_agree() -> None:
    found = histories([
        OWN,
        schedule("A/RES/70/2", date(2016, 1, 1), (), ((MEETING, Action.MOVE, "2016-06-01"),)),
        schedule("A/RES/70/3", date(2016, 1, 1), (), ((MEETING, Action.MOVE, "2016-06-01"),)),
    ])  # fmt: skip
    assert [item.number for item in found[MEETING]] == [0, 1, 1]


def test_an_amendment_older_than_its_event() -> None:
    error = fails(OWN, schedule("A/RES/69/9", date(2015, 1, 1), (), ((MEETING, Action.CANCEL),)))
    assert error.what == "the amendment was decided on 2015-01-01, before the event itself on 2015-09-25"
    assert error.where == "A/RES/69/9 and A/RES/70/1 ¶2"


def test_items_that_repeat_each_other() -> None:
    error = fails(
        schedule("A/RES/70/1", date(2015, 9, 25), (("2", "TBD", "A-RES-71-1.4.meeting.1"),)),
        schedule("A/RES/71/1", date(2016, 11, 1), (("4", "TBD", MEETING),)),
    )
    assert error.where == "A/RES/70/1 ¶2 and A/RES/71/1 ¶4"


def test_events_that_replace_each_other() -> None:
    day = date(2016, 11, 1)
    two = [schedule(f"A/RES/70/{n}", day, (("2", "2017-05-01"),)) for n in (5, 6)]
    two = [
        replace(
            one,
            amendments=(Amendment(other.events[0].uid, Action.REPLACE, one.symbol.text, day, paragraph="2"),),
        )
        for one, other in zip(two, reversed(two), strict=True)
    ]  # fmt: skip
    error = fails(*two)
    assert error.what == "the amendments form a cycle"
    assert error.where == "A/RES/70/6 ¶2 and A/RES/70/5"


def test_a_move_needs_a_time() -> None:
    error = fails(OWN, schedule("A/RES/70/2", date(2016, 1, 1), (), ((MEETING, Action.MOVE),)))
    assert error.what == "move requires a time (when)"


def test_one_uid_is_one_event() -> None:
    other = replace(OWN, symbol=Symbol("A/RES/70/1 A", "general-assembly", 70))
    assert fails(OWN, other).what == f"two events share the uid {MEETING}"


@given(st.permutations(family()))
def test_the_order_of_loading_does_not_matter(schedules: list[Schedule]) -> None:
    assert histories(schedules) == histories(family())


def test_the_order_of_the_result_is_that_of_the_uids() -> None:
    for order in permutations(family()[:3]):
        assert list(histories(order)) == sorted([CONFERENCE, ORGANIZATIONAL, PLENARY])
