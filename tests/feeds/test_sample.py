"""The sample that examples show."""

import pytest

from app.feeds.sample import SAMPLE_REVISION, SampleRecords, sample_entry, sample_feed


def test_sample_feed_takes_options_by_name() -> None:
    options = sample_feed(language="zh", milestones=True).options
    assert (options.language, options.milestones) == ("zh", True)
    with pytest.raises(TypeError, match="colour"):
        sample_feed(colour="red")


def test_sample_entry_is_of_the_sample_revision() -> None:
    entry = sample_entry()
    assert (entry.revision, entry.history) == (SAMPLE_REVISION, SampleRecords().history(""))
