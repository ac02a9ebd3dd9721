"""Load the registry from its YAML files, checked and typed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from app.errors import AlmanacError
from app.yaml_document import Node

FOLDER: Final = Path(__file__).parent
LISTS: Final = ("actors", "places", "references")
"""Files with an entry for each slug; bodies have a file each."""
COUNTS: Final = ("dated", "thirds", "years", "numbered", "named", "parts", "none")
"""How a body counts its sessions; README.md explains them."""
_ENTITY: Final = ("names", "forms")
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "bodies": (*_ENTITY, "short_name", "symbols", "duty_station", "token", "sessions"),
    "actors": _ENTITY,
    "places": (*_ENTITY, "timezone", "coordinates"),
    "references": _ENTITY,
}
_SESSION_NUMBERS: Final = ("number", "year", "since", "month")
_VERSION: Final = 1
"""Version of the layout of the cache file; raise it when the checked data changes its form."""


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity that texts name, with names and recognised forms by language.

    A name is ``name | of the name | to the name`` or the name alone; a form is a pattern of the phrase dialect.
    """

    slug: str
    names: Mapping[str, str]
    forms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SessionCount:
    """How a body counts its sessions, with the source.

    For ``numbered`` bodies session ``number`` met in ``year``, ``since`` is the first year of the unbroken count and
    ``month`` the usual month (1 to 12); 0 where not given.
    """

    count: str
    source: str
    number: int = 0
    year: int = 0
    since: int = 0
    month: int = 0


@dataclass(frozen=True, slots=True)
class Body(Entity):
    """A body, with the token of its session names (``GA``) and the start of its symbols."""

    token: str = ""
    short_name: str = ""
    symbols: tuple[str, ...] = ()
    duty_station: str = ""
    sessions: SessionCount | None = None


@dataclass(frozen=True, slots=True)
class Place(Entity):
    """A place, with IANA time zone and latitude and longitude in degrees (WGS 84)."""

    timezone: str = ""
    coordinates: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """All entities by slug, in the order of their files."""

    bodies: Mapping[str, Body] = field(default_factory=dict)
    actors: Mapping[str, Entity] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    references: Mapping[str, Entity] = field(default_factory=dict)

    def entities(self) -> Iterator[Entity]:
        """Yield every entity; a slug that is both actor and body comes twice."""
        for group in (self.actors, self.bodies, self.references, self.places):
            yield from group.values()

    def forms(self, section: str, language: str) -> dict[str, tuple[str, ...]]:
        """Return the forms of a section in ``language`` by slug; bodies include references."""
        groups: Mapping[str, tuple[Mapping[str, Entity], ...]] = {
            "actors": (self.actors,), "bodies": (self.bodies, self.references), "places": (self.places,),
        }  # fmt: skip
        return {
            slug: entity.forms[language]
            for group in groups[section]
            for slug, entity in group.items()
            if language in entity.forms
        }

    def members(self, short_name: str) -> tuple[str, ...]:
        """Return the slugs of the bodies that ``short_name`` ("the-council") may stand for."""
        return tuple(slug for slug, body in self.bodies.items() if body.short_name == short_name)

    def body_of_token(self, token: str) -> Body | None:
        """Return the body whose sessions carry ``token`` (``GA``), None for an unknown token."""
        return next((body for body in self.bodies.values() if body.token == token), None) if token else None


@cache
def registry() -> Registry:
    """Return the registry of the package. Raises AlmanacError with file, line and key."""
    return read_registry(FOLDER)


def read_registry(folder: Path) -> Registry:
    """Return the registry in ``folder``. Raises AlmanacError with file, line and key.

    Checked data is kept in ``__pycache__/registry.json`` beside the files, as Python keeps bytecode: reading 70 files
    of YAML takes 0.1 seconds, the cache 5 milliseconds.
    """
    paths = [*sorted((folder / "bodies").glob("*.yaml")), *(folder / f"{name}.yaml" for name in LISTS)]
    stamp = [_VERSION, *([path.name, info.st_size, info.st_mtime_ns] for path in paths if (info := path.stat()))]
    kept = folder / "__pycache__" / "registry.json"
    with suppress(OSError, ValueError, TypeError, KeyError):
        data = json.loads(kept.read_text("utf-8"))
        if data["stamp"] == stamp:
            return _build(data["groups"])
    groups: dict[str, dict[str, Any]] = {"bodies": {}}
    for path in paths:
        root = Node.parse(path.read_text("utf-8"), str(path), AlmanacError)
        if path.parent.name == "bodies":
            groups["bodies"][path.stem] = _entry(root, "bodies")
        else:
            groups[path.stem] = {slug: _entry(node, path.stem) for slug, node in root.mapping().items()}
    _check(groups, folder)
    with suppress(OSError):
        kept.parent.mkdir(exist_ok=True)
        draft = kept.with_suffix(".tmp")
        draft.write_text(json.dumps({"stamp": stamp, "groups": groups}, ensure_ascii=False), "utf-8")
        draft.replace(kept)
    return _build(groups)


def _entry(node: Node, group: str) -> dict[str, Any]:
    keys = node.mapping(_KEYS[group])
    entry: dict[str, Any] = {
        "names": {language: value.text() for language, value in keys["names"].mapping().items()}
        if "names" in keys
        else {},
        "forms": {
            language: [form.text() for form in value.items()] for language, value in keys["forms"].mapping().items()
        }
        if "forms" in keys
        else {},
    }
    entry |= {key: keys[key].text() for key in ("short_name", "duty_station", "token", "timezone") if key in keys}
    if "symbols" in keys:
        entry["symbols"] = [item.text() for item in keys["symbols"].items()]
    if "coordinates" in keys:
        degrees = [_degrees(item) for item in keys["coordinates"].items()]
        if len(degrees) != 2:
            raise keys["coordinates"].fail("expected latitude and longitude", "write [46.2266, 6.1404]")
        entry["coordinates"] = degrees
    if "sessions" in keys:
        entry["sessions"] = _sessions(keys["sessions"])
    return entry


def _sessions(node: Node) -> dict[str, Any]:
    keys = node.mapping(("count", "source", *_SESSION_NUMBERS), ("count", "source"))
    count = keys["count"].text()
    if count not in COUNTS:
        raise keys["count"].fail(f"unknown count {count!r}", f"use one of {', '.join(COUNTS)}")
    numbers: dict[str, Any] = {key: keys[key].number() for key in _SESSION_NUMBERS if key in keys}
    return {"count": count, "source": keys["source"].text(), **numbers}


def _degrees(node: Node) -> float:
    try:
        return float(node.text())
    except ValueError as error:
        raise node.fail(f"invalid degrees {node.text()!r}", "write it as 46.2266") from error


def _check(groups: Mapping[str, Mapping[str, Any]], folder: Path) -> None:
    tokens: dict[str, str] = {}
    for slug, body in groups["bodies"].items():
        where = str(folder / "bodies" / f"{slug}.yaml")
        for key, known in (("duty_station", groups["places"]), ("short_name", groups["references"])):
            if key in body and body[key] not in known:
                raise AlmanacError(f"unknown {key} {body[key]!r}", where=where, hint=f"use one of {', '.join(known)}")
        if ("sessions" in body) != ("token" in body):
            raise AlmanacError("token and sessions require each other", where=where, hint="give both or neither")
        if "token" in body and tokens.setdefault(body["token"], slug) != slug:
            raise AlmanacError(f"duplicate token {body['token']}", where=where, hint="give each body its own token")


def _build(groups: Mapping[str, Mapping[str, Any]]) -> Registry:
    def entity(entry: Mapping[str, Any]) -> dict[str, Any]:
        forms = {language: tuple(values) for language, values in entry["forms"].items()}
        return {"names": entry["names"], "forms": forms}

    return Registry(
        bodies={
            slug: Body(
                slug,
                **entity(entry),
                token=entry.get("token", ""),
                short_name=entry.get("short_name", ""),
                symbols=tuple(entry.get("symbols", ())),
                duty_station=entry.get("duty_station", ""),
                sessions=SessionCount(**entry["sessions"]) if "sessions" in entry else None,
            )
            for slug, entry in groups["bodies"].items()
        },
        actors={slug: Entity(slug, **entity(entry)) for slug, entry in groups["actors"].items()},
        places={
            slug: Place(
                slug,
                **entity(entry),
                timezone=entry.get("timezone", ""),
                coordinates=tuple(entry["coordinates"]) if "coordinates" in entry else None,
            )
            for slug, entry in groups["places"].items()
        },
        references={slug: Entity(slug, **entity(entry)) for slug, entry in groups["references"].items()},
    )
