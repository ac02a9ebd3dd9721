"""Tools for single lines and single files: ``tag`` and ``lint``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.app import cli
from app.feeds import lint as lint_bytes
from app.fetch import fetch
from app.services import derive


@cli.command()
def tag(
    lang: Annotated[str, typer.Option("--lang", help="Language of the lines: ar en es fr ru zh.")],
    lexicons: Annotated[Path | None, typer.Option(help="Folder of lexicon files, for a language of your own.")] = None,
) -> None:
    """Tag the time expressions of each input line.

    Prints one JSON array for each line of standard input.

    Examples:

      echo 'at its seventy-third session, on 14 May 2018' | plenary tag --lang en
    """
    from app.timex import tag as tag_text  # noqa: PLC0415  # large, and no other command needs it

    language = lang if lexicons is not None else derive.language_of(lang)
    for line in sys.stdin.buffer:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        found = [
            {
                "text": item.text,
                "start": item.start,
                "end": item.end,
                "type": item.type.value,
                "value": item.value,
            }
            for item in tag_text(text, language, lexicons)
        ]
        typer.echo(json.dumps(found, ensure_ascii=False))


@cli.command()
def lint(
    place: Annotated[str, typer.Argument(help="A calendar file, an address of one, or - for standard input.")],
) -> None:
    """Check a calendar for interoperability faults.

    Exit code 1 if there are findings.

    Examples:

      plenary lint calendar.ics

      plenary lint https://example.org/calendar.ics
    """
    if place == "-":
        data = sys.stdin.buffer.read()
    elif "://" in place:
        data = fetch(place)
    else:
        data = derive.read_path(Path(place))
    findings = lint_bytes(data)
    for finding in findings:
        typer.echo(f"{place}:{finding}")
    typer.echo(f"{place}: {len(findings)} findings", err=True)
    if findings:
        raise typer.Exit(1)
