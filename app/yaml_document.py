"""A YAML document as a tree that knows its lines: every value a string, typed afterwards, unknown keys refused.

YAML's own typing is switched off (``NO`` is not false, ``012`` is not 10); errors name file, line and path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import Enum
from typing import Any, TypeVar

import yaml

from app.errors import DataError, Message, ScheduleError, message

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

_MANY = 1000
_WIDTH = 2**31 - 1
"""The longest line in characters that libyaml takes: no value is folded."""
DEPTH = 12
"""How deep a document may nest; a schedule needs six levels."""


def load_yaml(source: str | bytes, file: str, error_type: type[DataError] = ScheduleError) -> Any:
    """Return the YAML ``source`` as mappings, lists and strings. Raises ``error_type``.

    For shipped data whose module checks the values itself; a file from outside is read as a ``Node``.
    """
    try:
        return yaml.load(source, Loader=yaml.CBaseLoader)  # noqa: S506  # CBaseLoader makes strings only, no objects
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}:{mark.line + 1}" if mark else file
        reason = getattr(error, "problem", None) or error
        raise error_type(
            message("invalid YAML ({error})", error=reason), where=where, hint=message("correct that line")
        ) from error


class Node:
    """One value of a document: its place for errors, and typed reading of what is under it."""

    __slots__ = ("_node", "error_type", "file", "path")

    def __init__(
        self, node: yaml.nodes.Node, file: str, path: str, error_type: type[DataError] = ScheduleError
    ) -> None:
        self._node = node
        self.file = file
        self.path = path
        self.error_type = error_type

    @classmethod
    def parse(cls, text: str, file: str, error_type: type[DataError] = ScheduleError) -> Node:
        """Return the root of ``text``. Raises ``error_type`` for invalid YAML or anchors."""
        try:
            # What nests ever deeper overflows the parser's stack, and ends the process: it is looked for without one.
            if sum(map(text.count, ("[", "{", "- -", "? ?"))) > _MANY:
                _shallow(text, file, error_type)
            root = yaml.compose(text, Loader=yaml.CBaseLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f"{file}:{mark.line + 1}" if mark else file
            raise error_type(
                message("invalid YAML ({error})", error=getattr(error, "problem", None) or error),
                where=where,
                hint=message("correct that line"),
            ) from error
        if root is None:
            raise error_type(
                message("the file is empty"), where=file, hint=message("begin the schedule with its symbol")
            )
        _bounded(root, file, error_type)
        return cls(root, file, "", error_type)

    @property
    def where(self) -> str:
        """``file:line`` and the path inside the document."""
        place = f"{self.file}:{self._node.start_mark.line + 1}"
        return f"{place} ({self.path})" if self.path else place

    def fail(self, what: Message | str, hint: Message | str = "") -> DataError:
        """Return an error about this value."""
        return self.error_type(what, where=self.where, hint=hint)

    def text(self) -> str:
        """Return the value as a string."""
        if not isinstance(self._node, yaml.ScalarNode):
            raise self.fail(message("expected a single value"))
        return str(self._node.value)

    def day(self) -> date:
        """Return the value as an ISO day."""
        try:
            return date.fromisoformat(self.text())
        except ValueError as error:
            raise self.fail(
                message("invalid date {text}", text=repr(self.text())), message("write it as 2018-03-28")
            ) from error

    def number(self) -> int:
        """Return the value as an integer."""
        text = self.text()
        if not text.isascii() or not text.lstrip("-").isdigit():
            raise self.fail(message("invalid integer {text}", text=repr(text)))
        return int(text)

    def one_of(self, values: type[E]) -> E:
        """Return the value as a member of an enumeration."""
        try:
            return values(self.text())
        except ValueError as error:
            known = ", ".join(str(member.value) for member in values)
            raise self.fail(
                message("unexpected value {value}", value=repr(self.text())), message("use one of {known}", known=known)
            ) from error

    def items(self) -> Iterator[Node]:
        """Yield the values of a list."""
        if not isinstance(self._node, yaml.SequenceNode):
            raise self.fail(message("expected a list"))
        for place, node in enumerate(self._node.value):
            yield Node(node, self.file, f"{self.path}[{place}]", self.error_type)

    def mapping(self, known: Iterable[str] | None = None, needed: Iterable[str] = ()) -> dict[str, Node]:
        """Return the values of a mapping by key.

        Raises ScheduleError for a key that is not ``known`` (None: any), a doubled key, or one missing of ``needed``.
        """
        if not isinstance(self._node, yaml.MappingNode):
            raise self.fail(message("expected a mapping"))
        allowed = None if known is None else list(known)
        found: dict[str, Node] = {}
        for key, value in self._node.value:
            name = str(key.value)
            node = Node(value, self.file, f"{self.path}.{name}" if self.path else name, self.error_type)
            if allowed is not None and name not in allowed:
                place = Node(key, self.file, node.path, self.error_type)
                raise place.fail(
                    message("unknown key {name}", name=repr(name)),
                    message("use one of {allowed}", allowed=", ".join(allowed)),
                )
            if name in found:
                raise Node(key, self.file, node.path, self.error_type).fail(
                    message("duplicate key {name}", name=repr(name))
                )
            found[name] = node
        for name in needed:
            if name not in found:
                raise self.fail(message("the key {name} is missing", name=repr(name)))
        return found

    def by_language(self, read: Callable[[Node], T], languages: Iterable[str]) -> dict[str, T]:
        """Return a mapping from language to value, each read by ``read``."""
        return {language: read(node) for language, node in self.mapping(languages).items()}


def _shallow(text: str, file: str, error_type: type[DataError]) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH:
            raise error_type(
                message("the YAML uses anchors or aliases, or nests too deeply"),
                where=f"{file}:{event.start_mark.line + 1}" if event.start_mark else file,
                hint=message("write out each value"),
            )


def _bounded(root: yaml.nodes.Node, file: str, error_type: type[DataError]) -> None:
    seen: set[int] = set()
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEPTH or id(node) in seen:
            raise error_type(
                message("the YAML uses anchors or aliases, or nests too deeply"),
                where=f"{file}:{node.start_mark.line + 1}",
                hint=message("write out each value"),
            )
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting.extend((child, depth + 1) for pair in node.value for child in pair)
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend((child, depth + 1) for child in node.value)


class _Dumper(yaml.cyaml.CBaseDumper):
    """Writes mappings, lists and strings only, strings plain wherever YAML can read them back.

    libyaml's emitter: PyYAML's own took more than half of the time from a text to its file.
    """

    def ignore_aliases(self, _data: object) -> bool:
        """No value is written as an alias of another."""
        return True


def _represent_text(dumper: yaml.cyaml.CBaseDumper, text: str) -> yaml.nodes.ScalarNode:
    # Line breaks of a quoted text are part of it: they are written as escapes, so that one value is one line.
    style = '"' if not text.isprintable() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_mapping(dumper: yaml.cyaml.CBaseDumper, mapping: dict[str, object]) -> yaml.nodes.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", mapping.items())


def _represent_list(dumper: yaml.cyaml.CBaseDumper, values: list[object]) -> yaml.nodes.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(dict, _represent_mapping)
_Dumper.add_representer(list, _represent_list)


def dump(value: object) -> str:
    """Return ``value`` as YAML in block style, keys in order, one value a line."""
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH))
