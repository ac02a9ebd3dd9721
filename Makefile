# Everything a newcomer needs: python3 with venv, make, and the package index.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help venv serve test lint format bench bench-http bench-load shots fuzz faults audit messages lock clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/.run: run.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.run dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r dev.lock
	@touch $@

venv: .venv/.dev ## .venv with everything to run and test, .venv/bin/plenary among it

serve: .venv/.run ## the service on http://127.0.0.1:8000 (HOST= and PORT= change it)
	$(BIN)/plenary serve --host $(HOST) --port $(PORT)

test: .venv/.dev ## all tests that need neither quiet nor much time
	$(BIN)/pytest -n auto --dist loadgroup

lint: .venv/.dev ## ruff, mypy strict, the layers of packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: .venv/.dev ## let ruff write the code's layout
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/.dev ## the tables of tests/bench (wants quiet)
	$(BIN)/pytest -q -s -p no:xdist -m bench tests/bench

shots: .venv/.dev ## screenshots of every page below var/shots (wants chromium: tests/browser/install)
	$(BIN)/python -m tests.browser.shots var/shots

bench-http: .venv/.dev ## feeds beside nginx and Radicale (five minutes of quiet, two processors; ROUNDS=)
	$(BIN)/python -m tests.bench.http $(ROUNDS)

bench-load: .venv/.dev ## a minute of mixed load: four workers on PostgreSQL beside nginx (wants quiet; BENCH_SECONDS=)
	$(BIN)/python -m tests.bench.load

fuzz: .venv/.dev ## the entry points for strangers under atheris and schemathesis, for FUZZ_SECONDS (300)
	$(BIN)/python -m tests.fuzz.run

faults: .venv/.dev ## what is done to a running service, what was seen, how it recovers
	$(BIN)/python -m tests.faults.run

audit: .venv/.dev ## known vulnerabilities of what is locked (asks an advisory service), doubtful code
	$(BIN)/pytest -q -n 0 tests/test_security.py
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r run.lock

messages: .venv/.dev ## the catalogues of the five other languages brought up to date with code and templates
	@mkdir -p var
	$(BIN)/pybabel --quiet extract --mapping pyproject.toml --no-default-keywords --keywords gettext --keywords ngettext:1,2 --keywords gettext_noop --keywords message --keywords t --keywords tn:1,2 --no-location --omit-header --width 120 --output var/plenary.pot app
	@for file in app/languages/*/messages.po; do \
	  language=$$(basename $$(dirname $$file)); \
	  $(BIN)/pybabel --quiet update --locale $$language --input-file var/plenary.pot --output-file $$file --no-fuzzy-matching --ignore-obsolete --width 120 || exit 1; \
	done

lock: .venv/.dev ## run.lock and dev.lock anew, with hashes, from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --no-annotate --no-header --generate-hashes --upgrade pyproject.toml --group build -o run.lock
	$(BIN)/uv pip compile --quiet --universal --no-annotate --no-header --generate-hashes --upgrade pyproject.toml --group build --extra dev --constraints run.lock -o dev.lock

clean: ## remove what was made here
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache var
