"""Values of filters are known, or answered with the nearest known ones."""

from __future__ import annotations

import pytest

from app.errors import UnknownParameter
from app.feeds import FeedOptions
from app.services.filters import check_filters
from app.store import Store
from tests.web.standing import SCHEDULES, load


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (FeedOptions(actors=("secretary-generall",)), "use one of secretary-general"),
        (FeedOptions(bodies=("xyz",)), "use one of /api/v1/bodies"),
        (FeedOptions(topics=("nuclear-disarmamant",)), "use one of nuclear-disarmament"),
    ],
)
def test_check_filters_suggests_the_nearest(store: Store, options: FeedOptions, hint: str) -> None:
    load(store, SCHEDULES, "made")
    with pytest.raises(UnknownParameter) as caught:
        check_filters(store, options)
    assert caught.value.hint.startswith(hint)


def test_check_filters_passes_known_values(store: Store) -> None:
    load(store, SCHEDULES, "made")
    known = FeedOptions(
        actors=("conference-on-disarmament",), bearers=("secretary-general",), bodies=("general-assembly",),
        topics=("nuclear-disarmament", "2013-high-level-meeting"),
    )  # fmt: skip
    check_filters(store, known)
