"""Proposed amendments confirmed, corrected and rejected by reviewers, up to what stands and what lies in the files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.documents import parse_symbol
from app.errors import AlmanacError, AmendmentError, Conflict, NotFound, PlenaryError, UsageError
from app.model import Action, ReviewStatus
from app.services import amend, amendment_review, derive, history_source, ingest, publish, sync
from app.services import review as review_service
from app.store import Store
from tests.jobs import RecordedQueue, run_jobs

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
CONFERENCE, ORGANIZATIONAL = "A-RES-72-251.5.meeting.1", "A-RES-72-251.6.meeting.1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "schedules" / "ga" / "72"
    home.mkdir(parents=True)
    for name in ("A-RES-72-251.yaml", "A-RES-72-251.zh.txt"):
        shutil.copy(ROOT / "schedules" / "ga" / "72" / name, home)
    return tmp_path / "schedules"


@pytest.fixture
def store(url: str, folder: Path) -> Iterator[Store]:
    made = Store(url)
    made.migrate()
    sync.load(made, folder, NOON)
    yield made
    made.close()


def sample(number: int, language: str = "en") -> tuple[str, bytes]:
    name = f"A-DEC-72-{number}.{language}.txt"
    return name, (ROOT / "tests" / "corpus" / "amend" / name).read_bytes()


def propose(store: Store, number: int, language: str = "en", symbol: str = "") -> int:
    name, data = sample(number, language)
    named = parse_symbol(symbol) if symbol else None
    upload = ingest.build_upload(data, derive.language_of(language), name=name, symbol=named, adopted=None)
    job = ingest.submit(store, upload, NOON, RecordedQueue())
    run_jobs(store, NOON)
    done = store.jobs.get(job.id)
    assert done is not None
    assert done.document is not None
    found = store.proposals.of_document(done.document)
    assert found is not None
    return found


def say(store: Store, folder: Path, id_: int, *rulings: review_service.ReviewDecision, at: datetime = NOON) -> None:
    review_service.review(store, id_, [], at, by=None, rulings=rulings, folder=folder)


def stands(store: Store, uid: str) -> tuple[str, str, str | None]:
    found = store.event(uid)
    assert found is not None
    return found.event.when, found.event.status, found.event.revised_by


def test_what_is_confirmed_is_what_the_command_line_writes(store: Store, folder: Path, tmp_path: Path) -> None:
    """The same text, confirmed by ``plenary amend --confirm`` in a folder of files, and by a reviewer in the store."""
    number = propose(store, 556)
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    name, data = sample(556)
    (other / "ga/72" / name).write_bytes(data)
    list(
        derive.derive_many(
            [other / "ga/72" / name], "en", other / "ga/72", "yaml", against=history_source.FolderHistorySource(other)
        )
    )
    symbol = parse_symbol("A/DEC/72/556")
    amend.ScheduleFolder(other).confirm(symbol, [], by="operator", on=NOON.date()).save()
    say(
        store,
        folder,
        number,
        *(review_service.ReviewDecision(uid, "confirmed", {}) for uid in (CONFERENCE, ORGANIZATIONAL)),
    )
    preview_export = {path.name: then for path, _, then in publish.preview_export(store, folder, number, NOON)}
    publish.publish(store, folder, [number], NOON + timedelta(1), by=None)
    assert stands(store, CONFERENCE) == ("TBD", "postponed", "A/DEC/72/556")
    assert stands(store, ORGANIZATIONAL) == ("TBD", "postponed", "A/DEC/72/556")
    written = {path.name: then for path, _, then in publish.pending_export(store, folder)}
    assert written == preview_export == {
        "A-DEC-72-556.yaml": (other / "ga/72/A-DEC-72-556.yaml").read_text("utf-8"),
        name: data.decode(),
    }  # fmt: skip
    # In the files it says the same.
    publish.write_export(publish.pending_export(store, folder))
    assert not sync.load(store, folder, NOON + timedelta(2))


def test_one_may_be_confirmed_and_another_rejected(store: Store, folder: Path) -> None:
    number = propose(store, 556)
    say(
        store,
        folder,
        number,
        review_service.ReviewDecision(CONFERENCE, "confirmed", {}),
        review_service.ReviewDecision(ORGANIZATIONAL, "rejected", {}),
    )
    publish.publish(store, folder, [number], NOON + timedelta(1), by=None)
    assert stands(store, CONFERENCE) == ("TBD", "postponed", "A/DEC/72/556")
    assert stands(store, ORGANIZATIONAL) == ("2018-03-28", "scheduled", None)
    ((_, _, text),) = [item for item in publish.pending_export(store, folder) if item[0].suffix == ".yaml"]
    assert text.partition("\namendments:\n")[2].split("\n\n")[0] == (
        f"- target: {CONFERENCE}\n  action: postpone\n  when: TBD"
    )
    assert text.rstrip().endswith("status: rejected")


def test_what_is_corrected_counts_and_the_last_word_counts(store: Store, folder: Path) -> None:
    number = propose(store, 553)
    first = review_service.ReviewDecision(ORGANIZATIONAL, "corrected", {"when": "2018-05-11"}, "one day later")
    say(store, folder, number, first)
    (item,) = amendment_review.rulings(store, folder, review_service.get_proposal(store, number))
    assert item.effect is not None
    assert (item.status, item.effect.before.when, item.effect.after.event.when, item.effect.after.note) == (
        "corrected", "2018-03-28", "2018-05-11", "one day later",
    )  # fmt: skip
    schedule = review_service.proposed_schedule(review_service.get_proposal(store, number))
    covered = [schedule.reviews[uid] for uid in schedule.proposals[0].covers]
    assert [(review.status, review.by) for review in covered] == [(ReviewStatus.REJECTED, "operator")] * 2
    # Rejected, and what it had covered is to be reviewed again.
    say(store, folder, number, review_service.ReviewDecision(ORGANIZATIONAL, "rejected", {}))
    schedule = review_service.proposed_schedule(review_service.get_proposal(store, number))
    assert (schedule.amendments, schedule.reviews, schedule.proposals[0].rejected) == ((), {}, True)
    moved = {"action": "cancel", "when": "", "target": CONFERENCE}
    say(store, folder, number, review_service.ReviewDecision(ORGANIZATIONAL, "corrected", moved))
    publish.publish(store, folder, [number], NOON + timedelta(1), by=None)
    assert stands(store, ORGANIZATIONAL) == ("2018-03-28", "scheduled", None)
    assert stands(store, CONFERENCE) == ("2018-05-14/2018-05-16", "cancelled", "A/DEC/72/553")


def test_undecided_amendment_stays_proposed_without_effect(store: Store, folder: Path) -> None:
    number = propose(store, 553)
    publish.publish(store, folder, [number], NOON + timedelta(1), by=None)
    assert stands(store, ORGANIZATIONAL) == ("2018-03-28", "scheduled", None)
    ((_, _, text),) = [item for item in publish.pending_export(store, folder) if item[0].suffix == ".yaml"]
    assert ("\namendments:" in text, text.rstrip().endswith("status: proposed")) == (False, True)


def test_another_language_confirms_over_what_is_published(store: Store, folder: Path) -> None:
    """What is confirmed joins what the instrument has, which is not dropped, nor said twice."""
    publish.publish(store, folder, [propose(store, 556)], NOON + timedelta(1), by=None)
    for turn, language in enumerate(("fr", "zh"), 2):
        number = propose(store, 556, language)
        say(store, folder, number, review_service.ReviewDecision(CONFERENCE, "confirmed", {}))
        publish.publish(store, folder, [number], NOON + timedelta(turn), by=None)
    number = propose(store, 556, "es")
    say(store, folder, number, review_service.ReviewDecision(ORGANIZATIONAL, "confirmed", {}))
    publish.publish(store, folder, [number], NOON + timedelta(5), by=None)
    (item,) = store.proposals.publications()
    schedule = review_service.proposed_schedule(
        replace(review_service.get_proposal(store, number), schedule=item.schedule)
    )
    assert [(change.target, change.action) for change in schedule.amendments] == [
        (CONFERENCE, Action.POSTPONE), (ORGANIZATIONAL, Action.POSTPONE),
    ]  # fmt: skip
    assert schedule.proposals == ()
    assert len(store.history(CONFERENCE)) == 2


def test_contradicting_amendment_conflicts_and_is_not_stored(store: Store, folder: Path) -> None:
    number = propose(store, 553)
    say(store, folder, number, review_service.ReviewDecision(ORGANIZATIONAL, "confirmed", {}))
    publish.publish(store, folder, [number], NOON + timedelta(1), by=None)
    other = propose(store, 553, symbol="A/DEC/72/554")
    late = review_service.ReviewDecision(ORGANIZATIONAL, "corrected", {"when": "2018-05-12"})
    with pytest.raises(Conflict) as error:
        say(store, folder, other, late)
    assert (error.value.what, error.value.where, error.value.hint) == (
        f"two decisions of 2018-03-26 contradict each other on {ORGANIZATIONAL}",
        "A/DEC/72/553 and A/DEC/72/554",
        "keep the one in force at the end of the day",
    )
    assert review_service.get_proposal(store, other).state == "proposed"
    assert store.proposals.decisions(other) == ()
    # Said before the other was published, it is found when it is published itself.
    review_service.review(store, other, [], NOON, by=None, rulings=[late])
    revision = store.revision()
    with pytest.raises(Conflict):
        publish.publish(store, folder, [other], NOON + timedelta(2), by=None)
    assert (store.revision(), review_service.get_proposal(store, other).state) == (revision, "reviewed")


@pytest.mark.parametrize(
    ("target", "status", "changes", "error", "where"),
    [("A-RES-72-251.16.meeting.1", "confirmed", {}, NotFound, "target"),
     (ORGANIZATIONAL, "right", {}, UsageError, "status"),
     (ORGANIZATIONAL, "corrected", {}, UsageError, ORGANIZATIONAL),
     (ORGANIZATIONAL, "confirmed", {"when": "TBD"}, UsageError, ORGANIZATIONAL),
     (ORGANIZATIONAL, "corrected", {"action": "shift"}, UsageError, ORGANIZATIONAL),
     (ORGANIZATIONAL, "corrected", {"action": "hold"}, UsageError, ORGANIZATIONAL),
     (ORGANIZATIONAL, "corrected", {"action": "cancel", "when": "2018-05-12"}, UsageError, ORGANIZATIONAL),
     (ORGANIZATIONAL, "corrected", {"when": ""}, UsageError, ORGANIZATIONAL),
     (ORGANIZATIONAL, "corrected", {"when": 3}, UsageError, ORGANIZATIONAL),
     (ORGANIZATIONAL, "corrected", {"when": "soon"}, AlmanacError, None),
     (ORGANIZATIONAL, "corrected", {"paragraph": "1"}, UsageError, ORGANIZATIONAL),
     (ORGANIZATIONAL, "corrected", {"target": ""}, UsageError, ORGANIZATIONAL),
     (ORGANIZATIONAL, "corrected", {"target": "A-RES-72-251.99.meeting.1"}, AmendmentError,
      "A-RES-72-251.99.meeting.1"),
     (ORGANIZATIONAL, "corrected", {"when": "2018-03-28"}, Conflict, f"A/DEC/72/553 and {ORGANIZATIONAL}")],
)  # fmt: skip
def test_what_cannot_be_said_of_an_amendment(
    store: Store, folder: Path, target: str, status: str, changes: dict[str, object], error: type[PlenaryError],
    where: str | None,
) -> None:  # fmt: skip
    number = propose(store, 553)
    with pytest.raises(error) as raised:
        say(store, folder, number, review_service.ReviewDecision(target, status, changes))
    if where is not None:
        assert raised.value.where == where
    assert (review_service.get_proposal(store, number).state, store.proposals.decisions(number)) == ("proposed", ())


def test_that_an_event_was_held_needs_its_record(store: Store, folder: Path) -> None:
    number = propose(store, 553)
    held = {"action": "hold", "when": "2018-05-10", "evidence": ["A/72/PV.80"]}
    say(store, folder, number, review_service.ReviewDecision(ORGANIZATIONAL, "corrected", held))
    publish.publish(store, folder, [number], NOON + timedelta(1), by=None)
    assert stands(store, ORGANIZATIONAL) == ("2018-05-10", "held", "A/DEC/72/553")
    found = store.history(ORGANIZATIONAL)[-1]
    assert (found.action, found.decided) == (Action.HOLD, date(2018, 3, 26))
