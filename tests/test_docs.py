"""Every command of the README runs as it stands there, and its tables are complete."""

import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.services import sync
from app.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [line[2:] for block in BLOCKS for line in block.splitlines() if line.startswith("$ ")]
ELSEWHERE = {
    "make serve": "test_make.py runs it in a clean copy",
    "make test": "it is what runs this test",
}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("docs")
    url = f"sqlite:///{folder}/plenary.sqlite"
    # The README's reader has started the service once before the commands that look at its store.
    sync.open_store(Settings(database_url=url, schedules=ROOT / "schedules"), datetime.now(UTC)).close()
    return {**os.environ, "PLENARY_DATABASE_URL": url, "PLENARY_SCHEDULES": str(ROOT / "schedules")}


@pytest.fixture(scope="module")
def port(environment: dict[str, str]) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    command = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", str(number)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)
    try:
        for _ in range(1200):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{number}/healthz", timeout=2):
                    break
            except OSError:
                assert server.poll() is None
                time.sleep(0.05)
        yield number
    finally:
        server.terminate()
        server.wait(10)


def test_there_are_commands_for_every_purpose() -> None:
    assert len(COMMANDS) == len(set(COMMANDS)) >= 13


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith("curl")])
def test_a_command_that_asks_the_service(command: str, port: int, environment: dict[str, str]) -> None:
    arguments = shlex.split(command.replace("localhost:8000", f"127.0.0.1:{port}"))
    done = subprocess.run([*arguments, "--fail"], capture_output=True, env=environment, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith((b"BEGIN:VCALENDAR\r\n", b'{"'))


OURS = [line for line in COMMANDS if line.startswith(".venv/bin/plenary")]
WRITING = [line for line in OURS if "var/" in line]
"""Those that write files, and those that go on from what they wrote: run in their order."""


def run_command(command: str, environment: dict[str, str]) -> None:
    line = [sys.executable, "-c", "from app.cli import main; main()", *shlex.split(command)[1:]]
    done = subprocess.run(line, capture_output=True, cwd=ROOT, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


@pytest.mark.parametrize("command", [line for line in OURS if line not in WRITING])
def test_a_command_of_the_command_line(command: str, environment: dict[str, str]) -> None:
    run_command(command, environment)


def test_commands_that_write_files(environment: dict[str, str], tmp_path: Path) -> None:
    assert WRITING
    store = {**environment, "PLENARY_DATABASE_URL": f"sqlite:///{tmp_path}/plenary.sqlite"}
    run_command(".venv/bin/plenary show A/RES/72/251", store)
    for command in WRITING:
        run_command(command.replace("var/", f"{tmp_path}/"), store)


def test_no_other_commands() -> None:
    rest = [line for line in COMMANDS if not line.startswith(("curl", ".venv/bin/plenary"))]
    assert rest == list(ELSEWHERE)


def test_every_setting_has_its_row() -> None:
    rows = re.findall(r"^\| `PLENARY_([A-Z_]+)` \|", README, flags=re.MULTILINE)
    assert sorted(rows) == sorted(name.upper() for name in Settings.model_fields)


def test_every_dependency_has_its_reason() -> None:
    table = README.split("## What it is made of")[1].split("##")[0]
    named = re.findall(r"[a-z0-9-]+", " ".join(row.split("|")[1] for row in table.splitlines() if row.count("|") == 3))
    declared = re.findall(
        r'^  "([a-z0-9-]+)(?:\[[a-z,]+\])?>=', (ROOT / "pyproject.toml").read_text("utf-8"), flags=re.MULTILINE
    )
    project = declared[: declared.index("uvloop") + 1]
    assert sorted(set(named) - {"package", "---"}) == sorted(project)


def test_every_link_of_the_tree_leads_somewhere() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)]+)\)", document.read_text("utf-8")):
            if not link.startswith(("http", "#")):
                assert (document.parent / link.split("#")[0]).exists(), f"{document.name}: {link}"
