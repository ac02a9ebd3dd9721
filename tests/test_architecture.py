"""docs/architecture.md and docs/glossary.md against the tree."""

import importlib
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
WALK = re.findall(r"^\| (\d+) \| `([\w.]+):(\w+)` \|", ARCHITECTURE, re.MULTILINE)


def test_walk_has_at_most_twenty_stations() -> None:
    assert [number for number, _, _ in WALK] == [str(number) for number in range(1, len(WALK) + 1)]
    assert 15 <= len(WALK) <= 20


def test_functions_of_the_walk_exist() -> None:
    missing = [
        f"{module}:{name}" for _, module, name in WALK if not hasattr(importlib.import_module(module), name)
    ]  # fmt: skip
    assert missing == []


def test_packages_are_listed() -> None:
    folders = {
        path.name for path in (ROOT / "app").iterdir() if path.is_dir() and any(path.glob("*.py"))
    }  # fmt: skip
    table = ARCHITECTURE.partition("## Packages")[2].partition("##")[0]
    assert folders == set(re.findall(r"`app/(\w+)/`", table))


def test_layers_match_the_import_linter() -> None:
    drawn = ARCHITECTURE.partition("```\n")[2].partition("```")[0].splitlines()
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    layers = settings.partition("layers = [\n")[2].partition("]")[0]
    assert drawn == re.findall(r'"([^"]+)"', layers)


def test_glossary_terms_are_unique_and_explained() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", GLOSSARY, re.MULTILINE)
    terms = [term for term, meaning in rows if term not in ("term", "---") and meaning != "---"]
    assert len(terms) > 50
    assert sorted(terms) == sorted(set(terms))


def test_links_of_the_documents_lead_somewhere() -> None:
    for page in [*(ROOT / "docs").glob("*.md"), *(ROOT / "app").rglob("README.md")]:
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
