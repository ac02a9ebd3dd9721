"""The slots of titles: what is empty, and how the readings of two languages join."""

import pytest

from app.model.title import TitleSlots, Topic


@pytest.mark.parametrize(
    ("topic", "printed"), [(Topic(), False), (Topic({"en": "Peace"}), True), (Topic(names=("unifil",)), True)]
)
def test_topic_is_true_where_there_is_something_to_print(topic: Topic, printed: bool) -> None:
    assert bool(topic) is printed


def test_merged_slots_keep_own_words_and_add_others() -> None:
    own = TitleSlots("report", Topic({"en": "Peace"}), actor="secretary-general", detail={"en": "a"}, ordinal=2)
    other = TitleSlots(
        "meeting",
        Topic({"en": "War", "fr": "Paix"}, ("lebanon",)),
        Topic({"fr": "Liban"}),
        phrase={"fr": "présenter"},
        theme={"fr": "la paix"},
        detail={"en": "b", "fr": "c"},
    )
    assert own.merged(other) == TitleSlots(
        "report",
        Topic({"fr": "Paix", "en": "Peace"}, ("lebanon",)),
        Topic({"fr": "Liban"}),
        "secretary-general",
        {"fr": "présenter"},
        {"fr": "la paix"},
        {"en": "a", "fr": "c"},
        2,
    )


def test_merged_with_nothing_is_the_same() -> None:
    slots = TitleSlots("report")
    assert slots.merged(None) is slots
