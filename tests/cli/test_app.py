"""The root command: help, version, and the list of commands."""

import re
from collections.abc import Iterator

import click
import pytest
import typer

from app import __version__
from app.cli.run import cli, run

ROOT = typer.main.get_command(cli)


def commands(command: click.Command, path: str = "plenary") -> Iterator[tuple[str, click.Command]]:
    """Every command below ``command`` with its path."""
    for name, child in getattr(command, "commands", {}).items():
        yield f"{path} {name}", child
        yield from commands(child, f"{path} {name}")


def call(*arguments: str) -> int:
    with pytest.raises(SystemExit) as caught:
        run(arguments)
    return int(str(caught.value.code))


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_bare_call_and_help_print_help(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    assert call(*arguments) == 0
    written = capsys.readouterr()
    assert written.out.startswith("Usage: plenary [OPTIONS] COMMAND [ARGS]...")
    assert written.err == ""


@pytest.mark.parametrize("arguments", [("--version",), ("version",)])
def test_version_is_printed(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    assert call(*arguments) == 0
    assert capsys.readouterr().out == f"plenary {__version__}\n"


def test_help_lines_are_short_imperatives() -> None:
    lines = {path: (command.help or "").partition("\n")[0] for path, command in commands(ROOT)}
    assert len(lines) > 20
    wrong = {
        path: line
        for path, line in lines.items()
        if not re.fullmatch(r"[A-Z][a-z]+ [^.]{3,}\.", line) or line.split()[0].endswith("s")
    }
    assert wrong == {}


def test_help_lines_fit_in_80_columns(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for arguments in (("--help",), ("token", "--help"), ("db", "--help")):
        call(*arguments)
        listed = capsys.readouterr().out.partition("Commands:")[2]
        assert listed
        assert "..." not in listed
