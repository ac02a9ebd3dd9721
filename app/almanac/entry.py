"""Reading of the almanac's YAML: strings, lists and mappings, typed key by key, unknown keys refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path

from app.errors import AlmanacError
from app.yaml_document import load_yaml


class Entry:
    """A mapping of a YAML file, read key by key; ``done`` refuses the keys nobody asked for."""

    def __init__(self, where: str, value: object) -> None:
        if not isinstance(value, dict):
            raise AlmanacError("a mapping is expected", where=where, hint="indent its keys below it")
        self.where = where
        self._values = dict(value)

    def _fail(self, key: str, what: str) -> AlmanacError:
        return AlmanacError(f"{key}: {what}", where=self.where, hint="see the comment at the top of the file")

    def text(self, key: str, default: str | None = None) -> str:
        """Return the words of ``key``; it is required unless there is a default."""
        value = self._values.pop(key, default)
        if not isinstance(value, str) or (not value and default is None):
            raise self._fail(key, "words are expected")
        return value

    def number(self, key: str, default: int | None = None) -> int:
        """Return the number of ``key``; it is required unless there is a default."""
        value = self._values.pop(key, None)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.isascii() or not value.isdigit():
            raise self._fail(key, "a number is expected")
        return int(value)

    def day(self, key: str) -> date | None:
        """Return the day of ``key``, None where it is absent."""
        value = self._values.pop(key, None)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise self._fail(key, "a day is expected, as in 2018-09-18") from error

    def must_day(self, key: str) -> date:
        """Return the day of ``key``, which is required."""
        day = self.day(key)
        if day is None:
            raise self._fail(key, "a day is expected, as in 2018-09-18")
        return day

    def texts(self, key: str) -> Sequence[str]:
        """Return the list of words of ``key``."""
        value = self._values.pop(key, None)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._fail(key, "a list is expected")
        return [str(item) for item in value]

    def entries(self, key: str, *, optional: bool = False) -> Sequence[Entry]:
        """Return the list of mappings of ``key``; empty where absent and ``optional``."""
        value = self._values.pop(key, [] if optional else None)
        if not isinstance(value, list):
            raise self._fail(key, "a list is expected")
        return [Entry(f"{self.where}: {key} {number}", item) for number, item in enumerate(value, 1)]

    def entry(self, key: str) -> Entry:
        """Return the mapping of ``key``."""
        return Entry(f"{self.where}: {key}", self._values.pop(key, None))

    def done(self) -> None:
        """Raise AlmanacError if a key is left that was not read."""
        if self._values:
            raise AlmanacError(
                f"unknown key {next(iter(self._values))!r}", where=self.where, hint="mend the spelling or drop it"
            )


def read_any(directory: Path | Traversable, name: str) -> object:
    """Return a file's value, every scalar a string.

    Raises AlmanacError for YAML that cannot be read.

    >>> from importlib import resources
    >>> len(read_any(resources.files("app.almanac"), "observances.yaml")) > 200
    True
    """
    try:
        data = directory.joinpath(name).read_bytes()
    except OSError as error:
        raise AlmanacError(" ".join(str(error).split()), where=name, hint="add the file") from error
    return load_yaml(data, name, AlmanacError)


def read_yaml(directory: Path | Traversable, name: str) -> Mapping[str, object]:
    """Return a file's mapping. Raises AlmanacError for any other value.

    >>> from importlib import resources
    >>> "general-assembly" in read_yaml(resources.files("app.almanac"), "sessions.yaml")
    True
    """
    value = read_any(directory, name)
    if not isinstance(value, dict):
        raise AlmanacError("a mapping is expected", where=name, hint="keys at the left margin")
    return value
