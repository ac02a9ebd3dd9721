"""Fragments are rendered once a revision, within limits, and one that fails costs only itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import NotFound
from app.feeds import FORMATS, FeedOptions, FragmentCache, format_of
from tests.feeds import made


def test_render_twice_looks_up_no_records() -> None:
    fragments, records = FragmentCache(1 << 20), made.Made()
    first = fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    asked = records.asked
    assert fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records) == first
    assert (asked, records.asked) == (made.SHOWN, made.SHOWN)


def test_render_one_change_writes_one_event() -> None:
    fragments, records = FragmentCache(1 << 20), made.Made()
    fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    changed = replace(made.REVISIONS[1], event=replace(made.PLENARY, title={"en": "Another title"}))
    revisions = (made.REVISIONS[0], changed, *made.REVISIONS[2:])
    asked = records.asked
    again = fragments.render(FORMATS["ics"], made.feed(), revisions, records)
    assert records.asked == asked + 1
    assert again == FragmentCache(1 << 20).render(FORMATS["ics"], made.feed(), revisions, made.Made())
    assert b"Another title" in again


def test_fragment_cache_separates_options() -> None:
    fragments = FragmentCache(1 << 20)
    english = fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, made.Made())
    chinese = fragments.render(
        FORMATS["ics"], made.feed("ics", FeedOptions(language="zh")), made.REVISIONS, made.Made()
    )
    assert english != chinese
    assert fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, made.Made()) == english


def test_fragment_cache_stays_within_its_limit() -> None:
    fragments = FragmentCache(6000)
    whole = FragmentCache(1 << 20).render(FORMATS["ics"], made.feed(), made.REVISIONS, made.Made())
    for language in ("ar", "en", "zh"):
        fragments.render(FORMATS["csv"], made.feed("csv", FeedOptions(language=language)), made.REVISIONS, made.Made())
        assert fragments.size <= 6000
    assert fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, made.Made()) == whole
    assert fragments.size <= 6000


def test_forget_all_renders_everything_again() -> None:
    fragments, records = FragmentCache(1 << 20), made.Made()
    fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    fragments.forget()
    assert fragments.size == 0
    fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    assert records.asked == 2 * made.SHOWN


def test_render_no_events_gives_a_calendar() -> None:
    data = FragmentCache(0).render(FORMATS["ics"], made.feed(), (), made.Made())
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")


def test_format_of_unknown_extension_names_the_known() -> None:
    with pytest.raises(NotFound) as caught:
        format_of("xls")
    assert caught.value.hint == "use one of the formats .ics, .jcal, .json, .atom, .csv"


def test_forget_one_event_renders_it_again() -> None:
    fragments, records = FragmentCache(1 << 20), made.Made()
    fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    fragments.forget(made.PLENARY.uid)
    fragments.render(FORMATS["ics"], made.feed(), made.REVISIONS, records)
    assert records.asked == made.SHOWN + 1


def test_fragment_cache_counts_empty_sets() -> None:
    fragments = FragmentCache(16_384)
    for days in range(1, 60):
        choice = FeedOptions(alarm=timedelta(days=days))
        fragments.render(FORMATS["ics"], made.feed("ics", choice), (), made.Made())
    # Two thirds of the limit are for fragments; an empty set counts 1,024 bytes.
    assert len(fragments._sets) == 10


@pytest.mark.parametrize("extension", FORMATS)
def test_render_unwritable_event_leaves_out_only_that_event(extension: str) -> None:
    fragments = FragmentCache(1 << 20)
    broken = replace(made.REVISIONS[1], event=replace(made.PLENARY, milestones=(None,), subject=None))  # type: ignore[arg-type]  # a fault of any kind
    revisions = (made.REVISIONS[0], broken, *made.REVISIONS[2:])
    data = fragments.render(FORMATS[extension], made.feed(extension), revisions, made.Made())
    without = (made.REVISIONS[0], *made.REVISIONS[2:])
    assert data == FragmentCache(1 << 20).render(FORMATS[extension], made.feed(extension), without, made.Made())
    assert set(fragments.unwritable) == {made.PLENARY.uid}
    assert fragments.unwritable[made.PLENARY.uid].startswith(f"{extension}: ")
    fragments.forget(made.PLENARY.uid)
    assert fragments.unwritable == {}


def test_render_stops_at_a_checkpoint_that_raises() -> None:
    def stop() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        FragmentCache(1 << 20).render(FORMATS["ics"], made.feed(), made.REVISIONS, made.Made(), stop)
