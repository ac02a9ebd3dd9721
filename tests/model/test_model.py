"""The nouns: had from one place, with nothing but the standard library; they say where things stand."""

import ast
import sys
from pathlib import Path

import app.model as nouns
from app.model import Paragraph, Reading, Role, Span, Symbol

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


def test_a_reading_knows_where_its_characters_stand() -> None:
    text = "1. Decides\n[page 2]\nto meet"
    reading = Reading("Decides to meet", (0, 8), (3, 20))
    assert reading.span(0, 7).of(text) == "Decides"
    assert reading.span(8, 15) == Span(20, 27)
    assert Span(20, 27).of(text) == "to meet"
    paragraph = Paragraph(Role.OPERATIVE, reading, "7", ("a", "ii"), section="B")
    assert (paragraph.label, paragraph.span) == ("B.7 (a) (ii)", Span(3, 27))


def test_a_symbol_is_an_address_too() -> None:
    assert [Symbol(text, "").slug for text in ("A/RES/72/251", "S/RES/2334 (2016)", "A/C.3/72/L.9")] == [
        "A-RES-72-251",
        "S-RES-2334-2016",
        "A-C-3-72-L-9",
    ]
