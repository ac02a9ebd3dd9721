"""Fuzzes one entry point with atheris (libFuzzer): ``python -m tests.fuzz.one NAME [libFuzzer's options]``."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["app"]):
    from tests.fuzz import targets


def main() -> None:
    name = sys.argv.pop(1)
    # Lexicons, catalogues and the almanac are read before the clock of the first input runs.
    for seed in targets.seeds(name):
        targets.attempt(name, seed)
    atheris.Setup(sys.argv, lambda data: targets.attempt(name, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
