"""The conventions of the code: names, sizes, layers, and what the tree must not hold."""

import ast
import doctest
import importlib
import io
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for path in (ROOT / "app").rglob("*.py") if "migrations/versions" not in path.as_posix())
LONGEST = 420
LONG_MODULES: dict[str, str] = {}
"""Modules that grew beyond the bound; take each off when it is split."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_has_a_plain_name_and_a_readable_length(path: Path) -> None:
    assert re.fullmatch(r"__init__|[a-z][a-z0-9]*(_[a-z0-9]+){0,2}", path.stem)
    too_long = len(path.read_text("utf-8").splitlines()) > LONGEST
    assert too_long == (path.relative_to(ROOT).as_posix() in LONG_MODULES)
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


# --- words, lengths, examples: with the packages that are still to be converted ------------------------------------

BANNED = re.compile(
    r"\b(house|rooms?|desks?|kitchen|shel(?:f|ves)|heralds?|crews?|told|said|stirred|anew|is none|that is no|who asks"
    r"|what stands)\b",
    re.IGNORECASE,
)
PACKAGES = sorted({path.relative_to(ROOT / "app").parts[0].removesuffix(".py") for path in MODULES})
PENDING_WORDS: dict[str, str] = {}
PENDING_LENGTHS: dict[str, str] = {}
PENDING_EXAMPLES: dict[str, str] = {}
PENDING_TESTS: dict[str, str] = {}
DOCUMENTED = ("model", "timex", "obligations", "almanac", "schedule", "feeds")
"""Packages whose public functions have an example that runs."""
LONGEST_FUNCTION = 50
LONGEST_SUMMARY = 88
LONGEST_TEST = 60


def modules_of(package: str) -> list[Path]:
    """The modules of a package, or the one module of that name."""
    return [path for path in MODULES if path.relative_to(ROOT / "app").parts[0].removesuffix(".py") == package]


def banned(path: Path) -> list[str]:
    """The banned words in names, comments and docstrings of a module, with their lines."""
    found = []
    for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
        prose = token.type == tokenize.COMMENT or (token.type == tokenize.STRING and token.string.startswith('"""'))
        text = token.string if prose else token.string.replace("_", " ") if token.type == tokenize.NAME else ""
        found += [f"{path.relative_to(ROOT)}:{token.start[0]}: {match[0]}" for match in BANNED.finditer(text)]
    return found


def lengths(path: Path) -> list[str]:
    """The functions with bodies over 50 lines, and the summaries over 88 characters."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        summary = (ast.get_docstring(node) or "").partition("\n")[0]
        if len(summary) > LONGEST_SUMMARY:
            found.append(f"{path.relative_to(ROOT)}:{node.lineno}: summary of {len(summary)} characters")
        first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
        lines = (node.end_lineno or node.lineno) - first.lineno + 1
        if not isinstance(node, ast.ClassDef) and lines > LONGEST_FUNCTION:
            found.append(f"{path.relative_to(ROOT)}:{node.lineno}: body of {lines} lines")
    return found


def without_example(path: Path) -> list[str]:
    """The public functions of a module whose docstring has no example."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and ">>>" not in (ast.get_docstring(node) or "")
    ]


def long_names(folder: Path) -> list[str]:
    """The tests of a folder whose names are too long."""
    return [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted(folder.rglob("test_*.py"))
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
        if len(name) > LONGEST_TEST
    ]


PENDING_MIRROR = {
    "services", "web",
}  # fmt: skip
"""Packages whose tests are still being sorted into a file for each module."""


def holds_only_data(path: Path) -> bool:
    """Whether a module has no public function, and no class of it a public method."""
    for node in ast.parse(path.read_text("utf-8")).body:
        for member in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef) and not member.name.startswith("_"):
                return False
    return True


def untested(package: str) -> list[str]:
    """The modules of a package without a test file of their name."""
    return [
        path.relative_to(ROOT).as_posix()
        for path in modules_of(package)
        if path.name != "__init__.py"
        and "migrations" not in path.parts
        and not (ROOT / "tests" / path.relative_to(ROOT / "app").parent / f"test_{path.name}").exists()
        and not holds_only_data(path)
    ]


@pytest.mark.parametrize("package", [name for name in PACKAGES if name not in PENDING_MIRROR])
def test_every_module_has_a_test_file_of_its_name(package: str) -> None:
    assert untested(package) == []


@pytest.mark.parametrize("package", [name for name in PACKAGES if name not in PENDING_WORDS])
def test_names_and_prose_hold_no_banned_word(package: str) -> None:
    assert [line for path in modules_of(package) for line in banned(path)] == []


@pytest.mark.parametrize("package", [name for name in PACKAGES if name not in PENDING_LENGTHS])
def test_functions_and_summaries_are_short(package: str) -> None:
    assert [line for path in modules_of(package) for line in lengths(path)] == []


@pytest.mark.parametrize("package", [name for name in DOCUMENTED if name not in PENDING_EXAMPLES])
def test_public_functions_have_an_example(package: str) -> None:
    assert [line for path in modules_of(package) for line in without_example(path)] == []


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if ">>> " in path.read_text("utf-8")],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_examples_run(path: Path) -> None:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    done = doctest.testmod(importlib.import_module(name))
    assert done.attempted > 0
    assert done.failed == 0


@pytest.mark.parametrize(
    "folder",
    [path.name for path in sorted((ROOT / "tests").iterdir()) if path.is_dir() and path.name not in PENDING_TESTS],
)
def test_names_of_tests_are_short(folder: str) -> None:
    assert long_names(ROOT / "tests" / folder) == []


def test_pending_packages_still_have_work() -> None:
    done = [name for name in PENDING_WORDS if not any(banned(path) for path in modules_of(name))]
    done += [name for name in PENDING_LENGTHS if not any(lengths(path) for path in modules_of(name))]
    done += [name for name in PENDING_EXAMPLES if not any(without_example(path) for path in modules_of(name))]
    done += [name for name in PENDING_TESTS if not long_names(ROOT / "tests" / name)]
    done += [name for name in sorted(PENDING_MIRROR) if not untested(name)]
    assert done == [], "take these off the lists"


def test_yaml_is_read_by_one_module() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if re.search(r"yaml\.(load|compose|parse|scan|safe_load)\b", path.read_text("utf-8"))
    ]
    assert readers == ["app/yaml_document.py"]


NOTATION = re.compile(r"\\d\{4\}\)?(?:\(\?:)?-|XXXX-|session:\(|R/\(|\\\.\\\./|--\(")
"""Pieces of a regular expression that parses the notation of times."""


def test_no_other_module_parses_the_notation_of_times() -> None:
    found = {
        path.relative_to(ROOT / "app").as_posix()
        for path in MODULES
        if path.parent.name != "model"
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"\bre2?\.|\br\"", line) and NOTATION.search(line)
    }
    assert found == set(), "parse a time with When or CalendarDate"
