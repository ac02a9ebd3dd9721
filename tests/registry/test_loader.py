import json
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.errors import AlmanacError
from app.languages.phrases import phrases
from app.model import LANGUAGES
from app.registry import Place, SessionCount, registry
from app.registry.loader import FOLDER, read_registry

GEOGRAPHY = """names:
  en: Commission on Tides
forms:
  en: ["Commission on Tides"]
short_name: the-commission
symbols: ["E/CN.90/"]
duty_station: geneva
token: CT
sessions:
  count: numbered
  number: 3
  year: 2036
  since: 2034
  month: 4
  source: E/2036/90
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the registry without its cache."""
    shutil.copytree(FOLDER, tmp_path / "registry", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "registry"


def test_body_file_gives_every_fact(folder: Path) -> None:
    (folder / "bodies" / "commission-on-tides.yaml").write_text(GEOGRAPHY)
    found = read_registry(folder)
    body = found.bodies["commission-on-tides"]
    assert (body.names, body.forms) == ({"en": "Commission on Tides"}, {"en": ("Commission on Tides",)})
    assert (body.token, body.symbols, body.duty_station) == ("CT", ("E/CN.90/",), "geneva")
    assert body.sessions == SessionCount("numbered", "E/2036/90", number=3, year=2036, since=2034, month=4)
    assert found.body_of_token("CT") == body
    assert "commission-on-tides" in found.members("the-commission")
    assert found.forms("bodies", "en")["commission-on-tides"] == ("Commission on Tides",)
    assert "commission-on-tides" not in found.forms("bodies", "fr")


def test_place_has_zone_and_coordinates() -> None:
    geneva = registry().places["geneva"]
    assert isinstance(geneva, Place)
    assert (geneva.timezone, geneva.coordinates) == ("Europe/Zurich", (46.2266, 6.1404))
    assert geneva.names["fr"] == "Genève"


def test_cached_and_fresh_registry_match(folder: Path) -> None:
    fresh = read_registry(folder)
    kept = folder / "__pycache__" / "registry.json"
    assert json.loads(kept.read_text("utf-8"))["groups"]["places"]["geneva"]["timezone"] == "Europe/Zurich"
    assert read_registry(folder) == fresh
    kept.write_text("{")
    assert read_registry(folder) == fresh


def test_changed_file_replaces_the_cache(folder: Path) -> None:
    read_registry(folder)
    path = folder / "places.yaml"
    path.write_text(path.read_text("utf-8").replace("Europe/Zurich", "Europe/Paris"), "utf-8")
    assert read_registry(folder).places["geneva"].timezone == "Europe/Paris"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("token: CT", "tokn: CT", "unknown key 'tokn': {path}:8 (tokn): use one of "),
        ("count: numbered", "count: weekly", "unknown count 'weekly': {path}:10 (sessions.count): use one of dated"),
        ("number: 3", "number: third", "invalid integer 'third': {path}:11 (sessions.number)"),
        ("  source: E/2036/90\n", "", "the key 'source' is missing: {path}:10 (sessions)"),
        ("geneva", "atlantis", "unknown duty_station 'atlantis': {path}: use one of new-york, "),
        ("the-commission", "the-tide", "unknown short_name 'the-tide': {path}: use one of the-council, "),
        ("token: CT\n", "", "token and sessions require each other: {path}: give both or neither"),
        ("token: CT", "token: GA", "duplicate token GA: "),
        ('["E/CN.90/"]', "{a: b}", "expected a list: {path}:6 (symbols)"),
        ("names:", "names: [", "invalid YAML"),
    ],
)
def test_invalid_body_file_is_refused(folder: Path, old: str, new: str, message: str) -> None:
    path = folder / "bodies" / "commission-on-tides.yaml"
    assert old in GEOGRAPHY
    path.write_text(GEOGRAPHY.replace(old, new, 1))
    with pytest.raises(AlmanacError) as caught:
        read_registry(folder)
    assert caught.value.line().startswith(message.format(path=path))


def test_invalid_coordinates_are_refused(folder: Path) -> None:
    path = folder / "places.yaml"
    path.write_text(path.read_text("utf-8").replace("[46.2266, 6.1404]", "[46.2266, east]"), "utf-8")
    with pytest.raises(AlmanacError, match="invalid degrees 'east'"):
        read_registry(folder)
    path.write_text(path.read_text("utf-8").replace("[46.2266, east]", "[46.2266]"), "utf-8")
    with pytest.raises(AlmanacError, match="expected latitude and longitude"):
        read_registry(folder)


def test_every_form_can_be_read() -> None:
    for entity in registry().entities():
        assert set(entity.names) <= set(LANGUAGES)
        assert set(entity.forms) <= set(LANGUAGES)
        assert "en" in entity.names or not entity.names
        for forms in entity.forms.values():
            assert all(phrases(form) for form in forms)


def test_every_place_has_a_zone_and_a_name_in_each_language() -> None:
    for place in registry().places.values():
        assert ZoneInfo(place.timezone).key == place.timezone
        assert set(place.names) == set(LANGUAGES)


def test_symbol_prefixes_belong_to_one_body() -> None:
    symbols = [symbol for body in registry().bodies.values() for symbol in body.symbols]
    assert sorted(symbols) == sorted(set(symbols))
