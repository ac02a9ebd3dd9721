"""From a document that comes in to what is published, on both databases."""

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import Conflict, DocumentError, NotFound, UsageError
from app.model import Kind
from app.schedule.files import find_schedule_files, read_file
from app.services import check, derive, ingest, publish, review, sync, tokens
from app.store import EventQuery, Store
from tests.jobs import RecordedQueue, run_jobs

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus"
ENGLISH, FRENCH = ((CORPUS / f"A-RES-90-301.{language}.txt").read_bytes() for language in ("en", "fr"))
SLUG = "A-RES-90-301"
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def home_of(folder: Path) -> Path:
    """The one schedule file of the instrument."""
    (found,) = (path for path in find_schedule_files([folder]) if read_file(path).symbol.slug == SLUG)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "schedules"
    made.mkdir()
    return made


def propose(store: Store, data: bytes = ENGLISH, language: str = "en") -> int:
    upload = ingest.build_upload(data, derive.language_of(language), name="", symbol=None, adopted=None)
    job = ingest.submit(store, upload, NOON, RecordedQueue())
    run_jobs(store, NOON)
    done = store.jobs.get(job.id)
    assert done is not None
    assert (done.state, done.error, done.progress) == ("done", {}, 100)
    assert done.document is not None
    number = store.proposals.of_document(done.document)
    assert number is not None
    return number


def uids(store: Store) -> list[str]:
    return [item.event.uid for item in store.events(EventQuery(limit=1000)).items]


def test_publication_as_job_publishes_once(store: Store, folder: Path) -> None:
    token, _ = tokens.create_token(store, "a reviewer", ["review"], NOON)
    queue, number = RecordedQueue(), propose(store)
    job = ingest.submit_publication(store, [number], NOON, queue, by=token)
    assert (job.kind, job.state, queue.ids) == ("publish", "queued", [job.id])
    run_jobs(store, NOON, folder)
    done = store.jobs.get(job.id)
    assert done is not None
    assert (done.state, done.error, store.revision()) == ("done", {}, 1)
    assert (store.audit.entries().items[0].action, store.audit.entries().items[0].name) == ("publish", "a reviewer")
    # A process that died after the transaction leaves the job to another, who finds the work done.
    store.jobs.requeue(job.id, NOON, queue.enqueue)
    run_jobs(store, NOON, folder)
    assert ((store.jobs.get(job.id) or done).state, store.revision()) == ("done", 1)


def test_publication_as_job_keeps_its_conflict(store: Store, folder: Path) -> None:
    number = propose(store)
    review.review(store, number, [], NOON, by=None, reject=True)
    job = ingest.submit_publication(store, [number], NOON, RecordedQueue(), by=None)
    run_jobs(store, NOON, folder)
    failed = store.jobs.get(job.id)
    assert failed is not None
    assert (failed.state, failed.error["what"]) == ("failed", "the proposal is already rejected")


def test_the_same_upload_twice_is_one_document_and_one_job(store: Store) -> None:
    queue = RecordedQueue()
    upload = ingest.build_upload(ENGLISH, "en", name="a.txt", symbol=None, adopted=None)
    first = ingest.submit(store, upload, NOON, queue)
    again = ingest.submit(store, replace(upload, name="b.txt"), NOON + timedelta(1), queue)
    assert (again, queue.ids) == (first, [first.id])
    other = ingest.submit(store, ingest.build_upload(ENGLISH, "fr", name="", symbol=None, adopted=None), NOON, queue)
    assert other.id != first.id


def test_unreadable_document_gives_reason_and_can_be_retried(store: Store) -> None:
    queue = RecordedQueue()
    upload = ingest.build_upload(b"nothing of the kind", "en", name="a.txt", symbol=None, adopted=None)
    job = ingest.submit(store, upload, NOON, queue)
    run_jobs(store, NOON)
    failed = store.jobs.get(job.id)
    assert failed is not None
    assert (failed.state, failed.error["type"], failed.error["where"]) == ("failed", "bad-document", "a.txt")
    assert ingest.submit(store, upload, NOON, queue).state == "queued"
    assert queue.ids == [job.id, job.id]
    with pytest.raises(DocumentError):
        ingest.submit(store, ingest.build_upload(b" ", "en", name="", symbol=None, adopted=None), NOON, queue)


def test_what_is_proposed_is_no_event_until_it_is_published(store: Store, folder: Path) -> None:
    number = propose(store)
    assert uids(store) == []
    assert [item.state for item in store.proposals.list().items] == ["proposed"]
    assert publish.publish(store, folder, [number], NOON, by=None) == [SLUG]
    derived = review.proposed_schedule(review.get_proposal(store, number)).events
    assert sorted(uids(store)) == sorted(event.uid for event in derived)
    assert (store.revision(), review.get_proposal(store, number).state) == (1, "published")
    assert store.texts(SLUG) == {"en": ENGLISH.decode()}
    # Loading the files again leaves it where it is.
    sync.load(store, folder, NOON + timedelta(1))
    assert (len(uids(store)), store.revision()) == (len(derived), 1)
    with pytest.raises(Conflict):
        publish.publish(store, folder, [number], NOON, by=None)


def test_what_reviewers_say_is_kept_and_published(store: Store, folder: Path) -> None:
    number = propose(store)
    first, second, third, *_ = review.proposed_schedule(review.get_proposal(store, number)).events
    token, _ = tokens.create_token(store, "a reviewer", ["review"], NOON)
    opinions = [
        review.ReviewDecision(
            first.uid, "corrected", {"when": "2036-02-03", "title": {"fr": "Une réunion"}}, "see the record"
        ),
        review.ReviewDecision(second.uid, "rejected", {}),
        review.ReviewDecision(third.uid, "confirmed", {}),
    ]
    after = review.review(store, number, opinions, NOON, by=token)
    schedule = review.proposed_schedule(after)
    said = schedule.reviews[first.uid]
    assert (after.state, said.by, said.on, said.note) == ("reviewed", "a reviewer", NOON.date(), "see the record")
    assert said.was["when"] == first.when
    corrected = next(event for event in schedule.events if event.uid == first.uid)
    assert (corrected.start, corrected.end, corrected.title["fr"]) == (
        date(2036, 2, 3),
        date(2036, 2, 3),
        "Une réunion",
    )
    assert [(item.uid, item.status) for item in store.proposals.decisions(number)] == [
        (item.uid, item.status) for item in opinions
    ]
    publish.publish(store, folder, [number], NOON, by=token)
    assert second.uid not in uids(store)
    stored = store.event(first.uid)
    assert stored is not None
    assert stored.event.start == date(2036, 2, 3)
    assert [(entry.action, entry.name) for entry in store.audit.entries().items[:2]] == [
        ("publish", "a reviewer"),
        ("review", "a reviewer"),
    ]


def test_kind_and_hours_are_corrected_and_published(store: Store, folder: Path) -> None:
    number = propose(store)
    first = next(item for item in review.proposed_schedule(review.get_proposal(store, number)).events if item.start)
    kind = Kind.REPORT if first.kind is not Kind.REPORT else Kind.MEETING
    changes = {"kind": kind.value, "hours": "10:00/13:00"}
    schedule = review.proposed_schedule(
        review.review(store, number, [review.ReviewDecision(first.uid, "corrected", changes)], NOON, by=None)
    )
    corrected = next(event for event in schedule.events if event.uid == first.uid)
    assert (corrected.kind, corrected.hours, corrected.start) == (kind, "10:00/13:00", first.start)
    assert schedule.reviews[first.uid].was["kind"] == first.kind
    publish.publish(store, folder, [number], NOON, by=None)
    stored = store.event(first.uid)
    assert stored is not None
    assert (stored.event.kind, stored.event.hours) == (kind, "10:00/13:00")
    # A file that has it says the same.
    publish.write_export(publish.pending_export(store, folder))
    written = read_file(home_of(folder))
    kept = next(event for event in written.events if event.uid == first.uid)
    assert (kept.kind, kept.hours) == (kind, "10:00/13:00")


@pytest.mark.parametrize(
    ("status", "changes", "where"),
    [("right", {}, "status"), ("confirmed", {"when": "TBD"}, "uid"), ("corrected", {}, "uid"),
     ("corrected", {"uid": "x"}, "uid"), ("corrected", {"when": 3}, "uid"), ("corrected", {"title": "x"}, "uid"),
     ("corrected", {"title": {"xx": "x"}}, "lang"), ("corrected", {"note": "x" * 2001}, "uid"),
     ("corrected", {"kind": "party"}, "uid"), ("corrected", {"kind": {"en": "report"}}, "uid"),
     ("corrected", {"hours": "25:00"}, "uid"), ("corrected", {"hours": "10:00\n"}, "uid"),
     ("corrected", {"hours": ["10:00"]}, "uid")],
)  # fmt: skip
def test_what_cannot_be_said_of_an_item(store: Store, status: str, changes: dict[str, object], where: str) -> None:
    number = propose(store)
    uid = review.proposed_schedule(review.get_proposal(store, number)).events[0].uid
    with pytest.raises(UsageError) as error:
        review.review(store, number, [review.ReviewDecision(uid, status, changes)], NOON, by=None)
    assert error.value.where == (uid if where == "uid" else where)
    assert review.get_proposal(store, number).state == "proposed"


def test_items_and_proposals_that_are_none(store: Store) -> None:
    number = propose(store)
    with pytest.raises(NotFound):
        review.review(store, number, [review.ReviewDecision("x", "confirmed", {})], NOON, by=None)
    with pytest.raises(NotFound):
        review.review(store, number + 1, [], NOON, by=None)


def test_a_rejected_proposal_stays_rejected(store: Store, folder: Path) -> None:
    number = propose(store)
    review.review(store, number, [], NOON, by=None, reject=True)
    for attempt in (
        lambda: publish.publish(store, folder, [number], NOON, by=None),
        lambda: review.review(store, number, [], NOON, by=None),
    ):
        with pytest.raises(Conflict):
            attempt()
    assert uids(store) == []


def test_new_language_joins_published_and_keeps_reviews(store: Store, folder: Path) -> None:
    number = propose(store)
    uid = review.proposed_schedule(review.get_proposal(store, number)).events[0].uid
    review.review(store, number, [review.ReviewDecision(uid, "corrected", {"place": "Nairobi"})], NOON, by=None)
    publish.publish(store, folder, [number], NOON, by=None)
    before = uids(store)
    publish.publish(store, folder, [propose(store, FRENCH, "fr")], NOON + timedelta(1), by=None)
    assert uids(store) == before
    stored = store.event(uid)
    assert stored is not None
    assert (stored.event.place, sorted(stored.event.quote)) == ("Nairobi", ["en", "fr"])
    assert sorted(store.texts(SLUG)) == ["en", "fr"]


def test_published_schedule_is_exported_and_files_prevail(store: Store, folder: Path) -> None:
    publish.publish(store, folder, [propose(store)], NOON, by=None)
    before, revision = uids(store), store.revision()
    words = publish.to_patch(publish.pending_export(store, folder), folder)
    (folder.parent / "a.patch").write_text(words, "utf-8")
    subprocess.run(["git", "apply", "a.patch"], cwd=folder.parent, check=True)
    home = home_of(folder)
    assert home.relative_to(folder).as_posix() == f"ga/90/{SLUG}.yaml"
    assert (home.parent / f"{SLUG}.en.txt").read_bytes() == ENGLISH
    assert [(item.path, item.error) for item in check.check([folder]) if item.fails] == []
    assert list(publish.pending_export(store, folder)) == []
    sync.load(store, folder, NOON + timedelta(1))
    assert (uids(store), store.revision()) == (before, revision)
    # From now on who edits the file changes what is shown.
    home.write_text(home.read_text("utf-8").split("\nitems:")[0] + "\n", "utf-8")
    sync.load(store, folder, NOON + timedelta(2))
    assert uids(store) == []


def test_writing_back_is_the_same_as_the_patch(store: Store, folder: Path) -> None:
    publish.publish(store, folder, [propose(store)], NOON, by=None)
    files = list(publish.pending_export(store, folder))
    assert publish.write_export(files) == [path for path, _, _ in files]
    assert [path.read_text("utf-8") for path, _, _ in files] == [then for _, _, then in files]


def test_contradicting_schedule_is_not_published_in_part(store: Store, folder: Path) -> None:
    number = propose(store)
    uid = review.proposed_schedule(review.get_proposal(store, number)).events[0].uid
    review.review(store, number, [review.ReviewDecision(uid, "corrected", {"same_as": uid})], NOON, by=None)
    with pytest.raises(Conflict):
        publish.publish(store, folder, [number], NOON, by=None)
    assert (store.revision(), store.proposals.publications()) == (0, ())
    assert review.get_proposal(store, number).state == "reviewed"
