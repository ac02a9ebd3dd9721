"""Writing what a later instrument does to an event of an earlier one."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.documents import parse_symbol
from app.errors import AmendmentError, NotFound, PlenaryError, UsageError
from app.model import Action, Amendment, Kind, ReviewStatus, Status
from app.schedule.files import read_file, write_file
from app.services.amend import EventFilter, ScheduleFolder
from app.services.check import check
from app.services.derive import derive_path
from app.services.history_source import FolderHistorySource

ROOT = Path(__file__).parents[2]
CONFERENCE, ORGANIZATIONAL = "A-RES-72-251.5.meeting.1", "A-RES-72-251.6.meeting.1"
DECISION = parse_symbol("A/DEC/72/553")
DAY = date(2018, 3, 26)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Schedules of resolution 72/251 alone."""
    home = tmp_path / "ga" / "72"
    home.mkdir(parents=True)
    for name in ("A-RES-72-251.yaml", "A-RES-72-251.zh.txt"):
        shutil.copy(ROOT / "schedules" / "ga" / "72" / name, home / name)
    return tmp_path


def change(action: Action, when: str | None = None, target: str = ORGANIZATIONAL, **more: object) -> Amendment:
    return Amendment(target, action, "", date.min, when, **more)  # type: ignore[arg-type]  # fields by name


def test_new_file_is_written_in_place_and_passes_check(folder: Path) -> None:
    plan = ScheduleFolder(folder).amend(DECISION, [change(Action.MOVE, "2018-05-10")], adopted=DAY, title="Meeting")
    (effect,) = plan.effects
    assert (plan.path, plan.new) == (folder / "ga" / "72" / "A-DEC-72-553.yaml", True)
    assert (effect.before.when, effect.before.arithmetic) == ("2018-03-28", "the text gives 28 March 2018")
    after = effect.after.event
    assert (after.when, after.arithmetic, after.status) == ("2018-05-10", "the text gives 10 May 2018", Status.MOVED)
    assert not plan.path.exists()
    plan.save()
    assert plan.path.read_text(encoding="utf-8") == (
        "symbol: A/DEC/72/553\nadopted: 2018-03-26\nbody: general-assembly\nsession: 72\ntitle:\n  en: Meeting\n\n"
        "amendments:\n- target: A-RES-72-251.6.meeting.1\n  action: move\n  when: 2018-05-10\n"
    )
    assert [item.fails for item in check([folder])] == [False, False]


def test_the_same_action_on_the_same_event_is_updated(folder: Path) -> None:
    ScheduleFolder(folder).amend(DECISION, [change(Action.MOVE, "2018-05-10")], adopted=DAY).save()
    ScheduleFolder(folder).amend(DECISION, [change(Action.CANCEL, target=CONFERENCE)]).save()
    plan = ScheduleFolder(folder).amend(DECISION, [change(Action.MOVE, "2018-05-11", note="corrected")])
    assert [(item.target, item.action, item.when, item.note) for item in plan.schedule.amendments] == [
        (CONFERENCE, Action.CANCEL, None, ""),
        (ORGANIZATIONAL, Action.MOVE, "2018-05-11", "corrected"),
    ]
    assert not plan.new


@pytest.mark.parametrize(
    ("changes", "day", "error", "where"),
    [
        ([change(Action.MOVE, "2018-05-10", "A-RES-72-251.66.meeting.1")], DAY, AmendmentError, "A-RES-72-251.66"),
        ([change(Action.MOVE)], DAY, AmendmentError, ORGANIZATIONAL),
        ([change(Action.MOVE, "2018-03-28")], DAY, AmendmentError, ORGANIZATIONAL),
        ([change(Action.MOVE, "2018-05-10"), change(Action.CANCEL)], DAY, AmendmentError, "A/DEC/72/553"),
        ([change(Action.CANCEL)], date(2017, 1, 1), AmendmentError, "A/RES/72/251"),
        ([change(Action.MOVE, "soon")], DAY, PlenaryError, ""),
        ([change(Action.HOLD)], DAY, PlenaryError, "A-DEC-72-553.yaml"),
        ([change(Action.CANCEL)], None, UsageError, "--adopted"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    folder: Path, changes: list[Amendment], day: date | None, error: type[PlenaryError], where: str
) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(error) as caught:
        ScheduleFolder(folder).amend(DECISION, changes, adopted=day).save()
    assert where in caught.value.where
    assert sorted(folder.rglob("*")) == before


def test_two_instruments_of_one_day_are_both_named(folder: Path) -> None:
    ScheduleFolder(folder).amend(DECISION, [change(Action.MOVE, "2018-05-10")], adopted=DAY).save()
    with pytest.raises(AmendmentError) as caught:
        ScheduleFolder(folder).amend(parse_symbol("A/DEC/72/599"), [change(Action.CANCEL)], adopted=DAY)
    assert caught.value.where == "A/DEC/72/553 and A/DEC/72/599"


def test_a_corrigendum_corrects(folder: Path) -> None:
    symbol = parse_symbol("A/RES/72/251/Corr.1")
    plan = ScheduleFolder(folder).amend(symbol, [change(Action.CORRECT, "2018-03-27")], adopted=date(2018, 1, 9))
    assert plan.path.name == "A-RES-72-251-Corr-1.yaml"
    after = plan.effects[0].after
    assert (after.event.when, after.event.status, after.instrument) == (
        "2018-03-27",
        Status.SCHEDULED,
        "A/RES/72/251/Corr.1",
    )
    plan.save()
    assert read_file(plan.path).symbol == symbol


def test_a_meeting_is_noted_as_held_with_its_record(folder: Path) -> None:
    held = change(Action.HOLD, evidence=("A/CONF.300/SR.1",))
    plan = ScheduleFolder(folder).amend(parse_symbol("A/DEC/72/560"), [held], adopted=date(2018, 5, 20))
    assert plan.effects[0].after.event.status is Status.HELD
    plan.save()
    assert read_file(plan.path).amendments[0].evidence == ("A/CONF.300/SR.1",)


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (EventFilter(uid=CONFERENCE), [CONFERENCE]),
        (EventFilter(instrument=parse_symbol("A/RES/72/251"), paragraph="6"), [ORGANIZATIONAL]),
        (EventFilter(on=date(2018, 5, 15)), [CONFERENCE]),
        (EventFilter(subject="organizational NUCLEAR"), [ORGANIZATIONAL]),
        (EventFilter(subject="核裁军问题联合国高级别国际会议"), [CONFERENCE]),
        (EventFilter(kind=Kind.AGENDA), ["A-RES-72-251.22.agenda.1"]),
        (EventFilter(subject="nothing of the kind"), []),
    ],
)
def test_an_event_is_found_by_what_is_known_of_it(folder: Path, sought: EventFilter, found: list[str]) -> None:
    assert [event.uid for event in ScheduleFolder(folder).find(sought)] == found


def test_proposals_are_confirmed_or_rejected(folder: Path, tmp_path: Path) -> None:
    source = ROOT / "tests" / "corpus" / "amend" / "A-DEC-72-553.en.txt"
    schedule = derive_path(source, "en", against=FolderHistorySource(folder)).schedule
    path = folder / "ga" / "72" / "A-DEC-72-553.yaml"
    write_file(schedule, path)
    rejected = ScheduleFolder(folder).reject(DECISION, [])
    assert [item.rejected for item in rejected.schedule.proposals] == [True]
    assert rejected.effects == ()
    with pytest.raises(NotFound):
        ScheduleFolder(folder).confirm(DECISION, [2], by="m.k.", on=date(2026, 11, 25))
    plan = ScheduleFolder(folder).confirm(DECISION, [1], by="m.k.", on=date(2026, 11, 25))
    stored = read_file(ROOT / "schedules" / "ga" / "72" / "A-DEC-72-553.yaml")
    assert [(item.target, item.action, item.when) for item in plan.schedule.amendments] == [
        (item.target, item.action, item.when) for item in stored.amendments
    ]
    assert plan.schedule.proposals == ()
    # The items that said the same are rejected, so that the meeting stands once.
    assert {uid: (review.status, review.by) for uid, review in plan.schedule.reviews.items()} == {
        event.uid: (ReviewStatus.REJECTED, "m.k.") for event in schedule.events
    }
    plan.save()
    with pytest.raises(NotFound):
        ScheduleFolder(folder).confirm(DECISION, [], by="m.k.", on=date(2026, 11, 25))
