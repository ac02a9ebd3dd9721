"""The examples in the docstrings of the public functions run as they are printed."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize(
    "name", ["model.document", "model.symbols", "documents.scripts", "documents.vocabulary", "documents.identity"]
)
def test_examples_of_docstrings_hold(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(f"app.{name}"))
    assert (failed, tried > 0) == (0, True)
