"""The nouns: had from one place, with nothing but the standard library; they say where things stand."""

import ast
import sys
from pathlib import Path

import app.model as nouns

ROOM = Path(nouns.__file__).parent

PARTS = {
    path.stem: ast.parse(path.read_text("utf-8"))
    for path in ROOM.glob("*.py")
    if path.stem not in {"__init__", "symbols"}
}


def test_model_exports_every_noun() -> None:
    made = set()
    for tree in PARTS.values():
        # What only the type checker sees otherwise stands within a condition.
        inner = [[node] if not isinstance(node, ast.If) else [*node.body, *node.orelse] for node in tree.body]
        for node in [one for group in inner for one in group]:
            if isinstance(node, ast.ClassDef):
                made.add(node.name)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                assert isinstance(target, ast.Name)
                made.add(target.id)
    assert {name for name in made if not name.startswith("_")} == set(nouns.__all__)


def test_nouns_need_the_standard_library_alone() -> None:
    asked = {
        node.module or ""
        for tree in PARTS.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("app.model.")
    }
    assert {name.partition(".")[0] for name in asked} - sys.stdlib_module_names == set()
