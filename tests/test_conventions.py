"""The conventions of the code: names, sizes, layers, and what the tree must not hold."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for path in (ROOT / "app").rglob("*.py") if "migrations/versions" not in path.as_posix())
LONGEST = 420


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_has_a_plain_name_and_a_readable_length(path: Path) -> None:
    assert re.fullmatch(r"__init__|[a-z][a-z0-9]*(_[a-z0-9]+){0,2}", path.stem)
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST
    assert len(path.relative_to(ROOT / "app").parts) <= (4 if "migrations" in path.parts else 3)
    assert path.stem not in {"utils", "helpers", "common", "core", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_asks_the_clock_or_works_at_import_in_the_core(path: Path) -> None:
    room = path.relative_to(ROOT / "app").parts[0]
    if room in {"cli", "web", "services", "store", "fetch"}:
        return
    source = path.read_text("utf-8")
    assert not re.search(r"\b(datetime\.now|date\.today|time\.time)\(", source)


def test_every_swallowed_warning_says_why() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if re.search(r"# (noqa|type: ignore)", line)
        and not re.search(r"# (noqa|type: ignore)[^#(]*(  # \w|\(\w)", line)
    ]
    assert bare == []


def test_no_promise_is_left_in_the_code() -> None:
    pattern = re.compile(r"\b(TODO|FIXME|HACK)\b|raise NotImplementedError")
    assert [path.name for path in MODULES if pattern.search(path.read_text("utf-8"))] == []


def test_importing_the_package_does_no_work() -> None:
    code = (
        "import sys, time, app.services; "
        "from app.languages import lexicon; from app.almanac import almanac; "
        "print(lexicon.cache_info().currsize, almanac.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "0 0\n"


def test_tests_mirror_the_packages() -> None:
    rooms = {path.name for path in (ROOT / "app").iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    mirrored = {path.name.removeprefix("test_").removesuffix(".py") for path in (ROOT / "tests").iterdir()}
    assert rooms - mirrored == set()


def test_every_package_parses_under_the_oldest_python() -> None:
    for path in MODULES:
        ast.parse(path.read_text("utf-8"), feature_version=(3, 11))


def test_the_seed_is_kept_byte_for_byte() -> None:
    seed = ROOT.parent / "shared" / "seeds" / "A-RES-72-251.zh.txt"
    if not seed.exists():
        pytest.skip("the shared folder with the seed is not beside this checkout")
    assert (ROOT / "schedules/ga/72/A-RES-72-251.zh.txt").read_bytes() == seed.read_bytes()


def test_what_is_locked_to_run_is_locked_the_same_to_test() -> None:
    run, dev = (
        dict(re.findall(r"^([a-z0-9._-]+)==([^ ;]+)", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE))
        for name in ("run.lock", "dev.lock")
    )
    assert {name: dev.get(name) for name in run} == run
