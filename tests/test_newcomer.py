"""Each row of "Where a newcomer adds …" in docs/architecture.md, done in a scratch copy with its files counted."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
IGNORED = shutil.ignore_patterns("__pycache__", "*.txt")


class Scratch:
    """A copy of the package and the schedules that knows which of its files a change touched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("app", "schedules"):
            shutil.copytree(ROOT / name, folder / name, ignore=IGNORED)
        self._before = self._digests()

    def _digests(self) -> dict[str, str]:
        files = [path for path in self.folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        return {
            path.relative_to(self.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
        }

    def touched(self) -> list[str]:
        """The files that differ from the tree, sorted."""
        return sorted(name for name, digest in self._digests().items() if self._before.get(name) != digest)

    def replace(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text("utf-8")
        assert text.count(old) >= 1
        path.write_text(text.replace(old, new, 1), "utf-8")

    def append(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    def run(self, code: str, given: str = "") -> str:
        """What a Python program prints that imports the copy."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=given, capture_output=True, text=True, check=False, cwd=self.folder, env=environment, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def plenary(self, *arguments: str, given: str = "") -> str:
        """What a command of the copy prints."""
        return self.run(f"from app.cli import main; main({list(arguments)!r})", given)


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    return Scratch(tmp_path)


def test_language_needs_one_folder(scratch: Scratch) -> None:
    folder = scratch.folder / "app" / "languages" / "eo"
    folder.mkdir()
    (folder / "profile.yaml").write_text("language: eo\n")
    (folder / "labels.yaml").write_text("name: Esperanto\nlocale: eo\nday: d MMMM y\n", "utf-8")
    shutil.copy(scratch.folder / "app/languages/en/numbers.yaml", folder)
    (folder / "times.yaml").write_text(
        'rules:\n  - id: day.eo\n    pattern: "la 14a de majo 2018"\n    value: 2018-05-14\n'
        '    examples: {"la 14a de majo 2018": ["2018-05-14"]}\n',
        "utf-8",
    )
    assert scratch.plenary("tag", "--lang", "eo", given="en la 14a de majo 2018\n").count("2018-05-14") == 1
    code = (
        "from datetime import date; from app.i18n import *; from app.model import LANGUAGES, Kind; "
        "print('eo' in LANGUAGES, LANGUAGE_NAMES['eo'], format_day(date(2018, 5, 14), 'eo'), "
        "translate_kind(Kind.REPORT, 'eo'), "
        "name_of('general-assembly', 'eo').name, sep='|')"
    )
    assert scratch.run(code) == "True|Esperanto|14 Majo 2018|Report|General Assembly\n"
    code = "from app.services.language_coverage import *; print(*(x.line() for x in language_coverage()), sep='\\n')"
    assert re.search(r"^eo: \d+ messages, \d+ names, \d+ forms, \d+ rules missing$", scratch.run(code), re.MULTILINE)
    assert {Path(name).parent.as_posix() for name in scratch.touched()} == {"app/languages/eo"}


def test_way_to_write_time_needs_one_entry(scratch: Scratch) -> None:
    scratch.replace(
        "app/languages/es/times.yaml",
        "rules:\n",
        'rules:\n  - id: day.newcomer\n    pattern: "la víspera de mayo de 2018"\n    value: 2018-04-30\n'
        '    examples: {"la víspera de mayo de 2018": ["2018-04-30"]}\n',
    )
    assert "2018-04-30" in scratch.plenary("tag", "--lang", "es", given="en la víspera de mayo de 2018\n")
    assert scratch.touched() == ["app/languages/es/times.yaml"]


@pytest.mark.parametrize(
    ("file", "old", "new", "section", "key", "form"),
    [
        ("app/languages/en/obligations.yaml", '  request: ["', '  request: ["bids", "', "verbs", "request", "bids"),
        ("app/registry/actors.yaml", 'en: ["Secretary-General( of', 'en: ["SecGen", "Secretary-General( of', "actors",
         "secretary-general", "SecGen"),
    ],
)  # fmt: skip
def test_verb_or_form_needs_one_entry(
    scratch: Scratch, file: str, old: str, new: str, section: str, key: str, form: str
) -> None:
    scratch.replace(file, old, new)
    code = f"from app.languages.phrases import deontic; print(deontic('en').sections[{section!r}][{key!r}][0])"
    assert scratch.run(code) == f"{form}\n"
    assert scratch.touched() == [file]


def test_body_needs_one_file(scratch: Scratch) -> None:
    name = "app/registry/bodies/commission-on-tides.yaml"
    (scratch.folder / name).write_text(
        'names:\n  en: Commission on Tides\n  fr: Commission des marées\nforms:\n  en: ["Commission on Tides"]\n'
        "token: TIDES\nsessions:\n  count: numbered\n  number: 3\n  year: 2036\n  since: 2034\n  month: 4\n"
        "  source: E/2036/90\n",
        "utf-8",
    )
    code = (
        "from app.i18n import format_session; from app.almanac import almanac; "
        "from app.languages.phrases import deontic; "
        "print(format_session('TIDES3', 'en'), almanac().body_of('TIDES3'), "
        "deontic('en').sections['bodies']['commission-on-tides'], sep='|')"
    )
    assert scratch.run(code) == (
        "3rd session of the Commission on Tides|commission-on-tides|('Commission on Tides',)\n"
    )
    assert scratch.touched() == [name]


def test_place_needs_one_entry(scratch: Scratch) -> None:
    scratch.append(
        "app/registry/places.yaml",
        'reykjavik:\n  names:\n    en: Reykjavik\n  forms:\n    en: ["Reykjavik"]\n'
        "  timezone: Atlantic/Reykjavik\n  coordinates: [64.1466, -21.9426]\n",
    )
    code = (
        "from app.registry import registry; from app.languages.phrases import deontic; "
        "from app.i18n import translate_place; "
        "place = registry().places['reykjavik']; "
        "print(place.timezone, place.coordinates, deontic('en').sections['places']['reykjavik'], "
        "translate_place('reykjavik', 'fr'))"
    )
    assert scratch.run(code) == "Atlantic/Reykjavik (64.1466, -21.9426) ('Reykjavik',) Reykjavik\n"
    assert scratch.touched() == ["app/registry/places.yaml"]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "answer"),
    [
        (
            "sessions.yaml",
            "human-rights-council:",
            "  - session: 82\n    opens: 2027-09-14\n    source: announced\nhuman-rights-council:",
            "from app.almanac import session; print(session('general-assembly', 82).opens)",
            "2027-09-14",
        ),
        (
            "holidays.yaml",
            "official:\n",
            "official:\n- year: 2040\n  source: ST/IC/2039/1\n  days:\n  - 2040-01-02 New Year's Day\n",
            "from app.almanac import almanac; print(almanac().holidays.official[2040][0].day)",
            "2040-01-02",
        ),
        (
            "observances.yaml",
            "- name: World Braille Day",
            "- name: World Day of Tides\n  kind: day\n  when: R/--07-19\n  resolution: A/RES/90/1\n"
            "- name: World Braille Day",
            "from app.almanac import almanac; print(almanac().observances[0].name)",
            "World Day of Tides",
        ),
    ],
)  # fmt: skip
def test_almanac_entry_needs_one_entry(scratch: Scratch, file: str, old: str, new: str, code: str, answer: str) -> None:
    scratch.replace(f"app/almanac/{file}", old, new)
    assert scratch.run(code) == f"{answer}\n"
    assert scratch.touched() == [f"app/almanac/{file}"]


def test_resolution_needs_one_file(scratch: Scratch) -> None:
    name = "schedules/ga/90/A-RES-90-1.yaml"
    text = "General Assembly\n\nThe General Assembly,\n\n1. Decides to convene a meeting on 14 May 2036.\n"
    written = scratch.plenary(
        "derive",
        "-",
        "--lang",
        "en",
        "--symbol",
        "A/RES/90/1",
        "--adopted",
        "2035-12-20",
        "--format",
        "yaml",
        given=text,
    )
    (scratch.folder / name).parent.mkdir(parents=True)
    without_sources = re.sub(r"(?m)^sources:\n(?:  .*\n)+", "", written)
    (scratch.folder / name).write_text(without_sources, "utf-8")
    assert scratch.touched() == [name]
    assert scratch.plenary("check", name).endswith("0 failed\n")


def test_feed_format_needs_a_module_and_a_line(scratch: Scratch) -> None:
    name = "app/feeds/lines.py"
    (scratch.folder / name).write_text(
        '"""Plain lines, one an event."""\n\nEXTENSION = "txt"\nMEDIA_TYPE = "text/plain; charset=utf-8"\n'
        'SEPARATOR = b"\\n"\n\n\ndef head(feed):\n    return b""\n\n\ndef fragment(entry):\n'
        '    return entry.event.uid.encode()\n\n\ndef tail(feed):\n    return b"\\n"\n'
    )
    registered = "app/feeds/formats.py"
    scratch.replace(registered, "for module in (ics,", "for module in (lines, ics,")
    text = (scratch.folder / registered).read_text("utf-8")
    line = re.search(r"^from app\.feeds import .*$", text, re.MULTILINE)
    assert line
    scratch.replace(registered, line[0], f"{line[0]}\nfrom app.feeds import lines")
    code = "from app.feeds import format_of; print(format_of('txt').media_type)"
    assert scratch.run(code) == "text/plain; charset=utf-8\n"
    assert scratch.touched() == [registered, name]


def test_route_needs_one_function(scratch: Scratch) -> None:
    name = "app/web/api/languages.py"
    scratch.append(
        name,
        '\n\n@router.get("/newcomer", summary="Say hello")\n'
        'def say_hello() -> dict[str, str]:\n    """Say hello."""\n    return {"hello": "world"}\n',
    )
    code = (
        "from app.web.api.languages import router; "
        "print([route.path for route in router.routes if 'newcomer' in route.path])"
    )
    assert scratch.run(code) == "['/api/v1/newcomer']\n"
    assert scratch.touched() == [name]


def test_setting_needs_one_field(scratch: Scratch) -> None:
    scratch.replace(
        "app/settings.py",
        "    database_url: str =",
        '    greeting: str = "hello"\n    """A word."""\n    database_url: str =',
    )
    assert scratch.run("from app.settings import settings; print(settings().greeting)") == "hello\n"
    assert scratch.touched() == ["app/settings.py"]
