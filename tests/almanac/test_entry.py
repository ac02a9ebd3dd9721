"""Entries of the almanac's files: keys read by type, and errors that name the place."""

from datetime import date
from pathlib import Path

import pytest

from app.almanac.entry import Entry, read_any, read_yaml
from app.errors import AlmanacError


def test_entry_gives_each_key_by_its_type() -> None:
    entry = Entry(
        "a.yaml",
        {"name": "Day", "year": "2018", "day": "2018-09-18", "langs": ["en"], "rows": [{"n": "1"}], "one": {"n": "2"}},
    )
    assert (entry.text("name"), entry.number("year"), entry.must_day("day")) == ("Day", 2018, date(2018, 9, 18))
    assert (entry.texts("langs"), [row.number("n") for row in entry.entries("rows")]) == (["en"], [1])
    assert entry.entry("one").number("n") == 2
    entry.done()


def test_entry_without_optional_keys_has_defaults() -> None:
    entry = Entry("a.yaml", {})
    assert (entry.text("a", ""), entry.number("b", 3), entry.day("c"), entry.entries("d", optional=True)) == (
        "",
        3,
        None,
        [],
    )


@pytest.mark.parametrize(
    ("read", "value", "what"),
    [
        (lambda entry: entry.text("key"), "", "words are expected"),
        (lambda entry: entry.number("key"), "٣", "a number is expected"),
        (lambda entry: entry.number("key"), "-1", "a number is expected"),
        (lambda entry: entry.day("key"), "18.9.2018", "a day is expected, as in 2018-09-18"),
        (lambda entry: entry.must_day("other"), "", "a day is expected, as in 2018-09-18"),
        (lambda entry: entry.texts("key"), "en", "a list is expected"),
        (lambda entry: entry.entries("key"), {}, "a list is expected"),
    ],
)
def test_entry_of_another_type_names_the_key(read: object, value: object, what: str) -> None:
    assert callable(read)
    with pytest.raises(AlmanacError) as caught:
        read(Entry("a.yaml", {"key": value}))
    assert str(caught.value).split(": ")[1:] == [*what.split(": "), "a.yaml", "see the comment at the top of the file"]


def test_entry_with_an_unread_key_or_no_mapping_is_refused() -> None:
    with pytest.raises(AlmanacError, match=r"unknown key 'typo': a\.yaml"):
        Entry("a.yaml", {"typo": "1"}).done()
    with pytest.raises(AlmanacError, match=r"a mapping is expected: a\.yaml: one"):
        Entry("a.yaml", {"one": ["1"]}).entry("one")


def test_read_yaml_gives_strings_and_refuses_lists(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("day: 2018-09-18\nnumber: 3\n", "utf-8")
    (tmp_path / "b.yaml").write_text("- 1\n- yes\n", "utf-8")
    assert read_yaml(tmp_path, "a.yaml") == {"day": "2018-09-18", "number": "3"}
    assert read_any(tmp_path, "b.yaml") == ["1", "yes"]
    with pytest.raises(AlmanacError, match=r"a mapping is expected: b\.yaml"):
        read_yaml(tmp_path, "b.yaml")
    with pytest.raises(AlmanacError, match=r"c\.yaml: add the file"):
        read_any(tmp_path, "c.yaml")
