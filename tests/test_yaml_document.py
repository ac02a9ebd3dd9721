"""The one reader of YAML: strings first, typed afterwards, file, line and path in every error."""

from datetime import date

import pytest

from app.errors import LexiconError, ScheduleError
from app.model import Kind
from app.yaml_document import DEPTH, Node, dump, load_yaml


def test_node_gives_typed_values_with_their_places() -> None:
    keys = Node.parse("day: 2018-03-28\nnumber: -3\nkind: report\nlist:\n- a\n- b\n", "a.yaml").mapping()
    assert (keys["day"].day(), keys["number"].number(), keys["kind"].one_of(Kind)) == (
        date(2018, 3, 28),
        -3,
        Kind.REPORT,
    )
    assert [(item.text(), item.where) for item in keys["list"].items()] == [
        ("a", "a.yaml:5 (list[0])"),
        ("b", "a.yaml:6 (list[1])"),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: [1", "invalid YAML"),
        ("", "the file is empty"),
        ("a: &x 1\nb: *x", "the YAML uses anchors or aliases, or nests too deeply"),
        ("[" * (DEPTH + 1) + "]" * (DEPTH + 1), "the YAML uses anchors or aliases, or nests too deeply"),
        ("[" * 5000, "the YAML uses anchors or aliases, or nests too deeply"),
    ],
)
def test_parse_refuses_what_is_no_plain_document(text: str, what: str) -> None:
    with pytest.raises(ScheduleError) as caught:
        Node.parse(text, "a.yaml")
    assert caught.value.what.startswith(what)
    assert caught.value.where.startswith("a.yaml")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("b: 1", "unknown key 'b': a.yaml:1 (b): use one of a"),
        ("a: 1\na: 2", "duplicate key 'a': a.yaml:2 (a)"),
        ("{}", "the key 'a' is missing: a.yaml:1"),
        ("- 1", "expected a mapping: a.yaml:1"),
    ],
)
def test_mapping_refuses_other_keys(text: str, line: str) -> None:
    with pytest.raises(LexiconError) as caught:
        Node.parse(text, "a.yaml", LexiconError).mapping(("a",), needed=("a",))
    assert str(caught.value) == line


@pytest.mark.parametrize(
    ("read", "text"),
    [("day", "28.3.2018"), ("number", "٣"), ("number", "1.0"), ("text", "[a]"), ("items", "a")],
)
def test_value_of_another_type_is_refused_with_its_place(read: str, text: str) -> None:
    node = Node.parse(f"key: {text}", "a.yaml").mapping()["key"]
    with pytest.raises(ScheduleError) as caught:
        list(getattr(node, read)())
    assert caught.value.where == "a.yaml:1 (key)"


def test_load_yaml_gives_strings_and_names_the_line() -> None:
    assert load_yaml("day: 2018-03-28\nyes: [no, 1]\n", "a.yaml") == {"day": "2018-03-28", "yes": ["no", "1"]}
    with pytest.raises(LexiconError, match=r"invalid YAML \(.+\): a\.yaml:2"):
        load_yaml("a: 1\n b: 2\n", "a.yaml", LexiconError)


def test_dump_is_read_again_as_it_was() -> None:
    value = {"title": {"en": "One: two", "zh": "核裁军"}, "list": ["1", "no", "a\nb"], "empty": ""}
    assert load_yaml(dump(value), "a.yaml") == value
