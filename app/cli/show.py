"""``plenary show``: the current schedule of an instrument."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from app.cli.app import View, cli
from app.cli.output import label, rows
from app.cli.parsing import day_of, moment_of
from app.cli.stores import open_loaded_store
from app.documents import parse_symbol
from app.errors import NotFound, message
from app.i18n import format_revision, format_time, title, translate_kind, translate_status
from app.model import Event, Revision
from app.schedule.json_format import plain_event, plain_revision
from app.services import derive
from app.store import EventQuery


@cli.command()
def show(
    symbol: Annotated[str, typer.Argument(help="The instrument's symbol, as in A/RES/72/251.")],
    as_of: Annotated[str | None, typer.Option(help="What had been decided by this day.")] = None,
    known_at: Annotated[str | None, typer.Option(help="What the service knew at this moment.")] = None,
    history: Annotated[
        bool, typer.Option("--history", help="Every revision, with the instrument that made it.")
    ] = False,
    lang: Annotated[str, typer.Option("--lang", help="Language of the answer: ar en es fr ru zh.")] = "en",
    format_: Annotated[View, typer.Option("--format", help="How to answer.")] = View.TABLE,
) -> None:
    """Show the schedule of an instrument after amendments.

    Examples:

      plenary show A/RES/72/251

      plenary show A/RES/72/251 --as-of 2018-04-01

      plenary show A/RES/72/251 --history
    """
    language = derive.language_of(lang)
    named = parse_symbol(symbol)
    day, moment = day_of(as_of, "--as-of"), moment_of(known_at, "--known-at")
    with open_loaded_store() as store:
        instrument = store.instrument(store.home(named.slug) or named.slug)
        if instrument is None:
            raise NotFound(
                message("no schedule of {symbol} is stored", symbol=named.text),
                where=symbol,
                hint=message("run `plenary derive` on its text"),
            )
        about = instrument.title.get(language, "")
        if history:
            own = sorted(instrument.schedule.events, key=_in_order)
            uids = [event.uid for event in own if event.same_as is None]
            _histories({uid: store.history(uid, known_at=moment) for uid in uids}, language, format_, about)
            return
        page = store.events(EventQuery(resolution=instrument.slug, as_of=day, known_at=moment, limit=1000))
    events = sorted((revision.event for revision in page.items), key=_in_order)
    if format_ is View.JSON:
        answer = [plain_event(event, language, instrument.title) for event in events]
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    heads = ("¶", "kind", "when", "status", "resolves to", "decided", "by", "title", "uid")
    rows(
        heads,
        [
            (
                label(event),
                translate_kind(event.kind, language),
                event.when,
                translate_status(event.status, language),
                format_time(event, language),
                event.decided.isoformat() if event.decided else "–",
                event.revised_by or event.instrument,
                title(event, language, about),
                event.uid,
            )
            for event in events
        ],
    )


def _in_order(event: Event) -> tuple[str, int, str]:
    return event.section, int(event.paragraph or 0), event.uid


def _histories(found: dict[str, tuple[Revision, ...]], language: str, view: View, about: str) -> None:
    if view is View.JSON:
        answer = {uid: [plain_revision(item, language) for item in revisions] for uid, revisions in found.items()}
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    for uid, revisions in found.items():
        typer.echo(f"{uid}  {title(revisions[0].event, language, about)}")
        for revision in revisions:
            typer.echo(f"  {revision.number}  {format_revision(revision, language)}")
