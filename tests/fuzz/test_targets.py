"""Every entry point on its seeds, on what fuzzing found before, and on what hypothesis makes, within seconds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, attempt, seeds

# Inputs that once ended otherwise than well or with an error of the tree.
FOUND = {
    "html": [b"<ol start=9\xc2\xb9999><li>1. Decides"],
    "docx": [
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/xordprocessingml/2006/main"><w:body/></w:document>'
    ],
    "choice": [b"alarm=P0D"],
}
SLOW = {"pdf"}  # its reader is a process of its own; tests/text/test_hostile.py gives it every trick


@pytest.mark.parametrize("name", sorted(set(TARGETS) - SLOW))
def test_seeds_and_findings_end_well_or_in_plenary_error(name: str) -> None:
    for data in [*seeds(name), *FOUND.get(name, ()), b"", b"\0", b"\xff" * 100]:
        attempt(name, data)


@pytest.mark.parametrize("name", sorted(set(TARGETS) - SLOW))
def test_any_bytes_end_well_or_with_an_error_of_the_tree(name: str) -> None:
    kept = list(seeds(name))[:20] or [b""]

    @settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(kept), st.integers(0, 5000), st.integers(0, 50), st.binary(max_size=40))
    def mutated(seed: bytes, place: int, gone: int, put: bytes) -> None:
        place = min(place, len(seed))
        attempt(name, (seed[:place] + put + seed[place + gone :])[:4000])

    mutated()


def test_a_damaged_part_of_a_docx_file_is_an_error_of_the_tree() -> None:
    for data in seeds("docx"):
        for place in range(40, min(len(data), 900), 23):
            attempt("docx", data[:place] + b"\xff\xff\xff" + data[place + 3 :])


def test_the_openapi_is_answered_as_it_says() -> None:
    from tests.fuzz.openapi import run

    _, count, failures, _, _, first = run(12, examples=6)
    assert (failures, first) == (0, "")
    assert count > 50
