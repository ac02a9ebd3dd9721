"""``plenary amend``: an amendment of an event, written to the schedule file."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from app.cli.app import View, cli
from app.cli.output import label, rows
from app.cli.parsing import day_of, symbol_of
from app.documents import parse_symbol
from app.errors import PlenaryError, UsageError, message
from app.i18n import (
    explain_proof,
    format_time,
    gettext,
    gettext_noop,
    title,
    translate_action,
    translate_certainty,
    translate_error,
    translate_status,
)
from app.model import Action, Amendment, Event, Kind, Language, Symbol
from app.services import amend as amend_service
from app.settings import settings

_LISTED = 8


def _tongue() -> Language:
    """Return the language of prompts and answers, from the settings."""
    return settings().language


def _say(words: str, **facts: object) -> str:
    return gettext(words, _tongue(), **facts)


@cli.command()
def amend(
    symbol: Annotated[str, typer.Argument(help="The instrument that changes something, as in A/DEC/72/553.")],
    action: Annotated[Action | None, typer.Option(help="What it does.")] = None,
    target: Annotated[str | None, typer.Option(help="The event's uid; else it is looked for by what follows.")] = None,
    of: Annotated[str | None, typer.Option(help="The instrument that decided on the event.")] = None,
    paragraph: Annotated[str | None, typer.Option(help="The event's paragraph in it.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="The event's kind.")] = None,
    subject: Annotated[str, typer.Option(help="Words of the event's subject, title or quote.")] = "",
    on: Annotated[str | None, typer.Option(help="A day that the event has, or had.")] = None,
    when: Annotated[str | None, typer.Option(help="The new time: 2018-05-10, 2018-05-14/2018-05-16, TBD …")] = None,
    by_paragraph: Annotated[str | None, typer.Option(help="The paragraph that changes it.")] = None,
    note: Annotated[str, typer.Option(help="What was done, in a few words.")] = "",
    evidence: Annotated[list[str] | None, typer.Option(help="A record that shows it; may be repeated.")] = None,
    adopted: Annotated[str | None, typer.Option(help="The day of adoption, for an instrument without a file.")] = None,
    heading: Annotated[str, typer.Option("--title", help="The instrument's English title, for a new file.")] = "",
    confirm: Annotated[str | None, typer.Option(help="Proposed amendments to confirm: all, or 1,2 …")] = None,
    reject: Annotated[str | None, typer.Option(help="Proposed amendments to reject: all, or 1,2 …")] = None,
    by: Annotated[str | None, typer.Option(help="Who confirms.")] = None,
    schedules: Annotated[Path | None, typer.Option(help="Folder of the schedule files; the settings' folder.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the file that would be written.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    format_: Annotated[View, typer.Option("--format", help="How to answer.")] = View.TABLE,
) -> None:
    """Record what an instrument does to an event.

    On a terminal, asks for what is missing.

    Examples:

      plenary amend A/DEC/72/553 --action move --of A/RES/72/251 --on 2018-03-28 --when 2018-05-10 --dry-run

      plenary amend A/DEC/72/556 --confirm all --by m.k.

      plenary amend A/RES/80/1
    """
    named = parse_symbol(symbol)
    register = amend_service.ScheduleFolder(schedules or settings().schedules)
    asking = sys.stdin.isatty() and sys.stdout.isatty()
    if confirm is not None and reject is not None:
        raise UsageError(
            message("--confirm and --reject exclude each other"),
            where="--reject",
            hint=message("run them one after the other"),
        )
    if reject is not None:
        plan = register.reject(named, _numbers(reject, "--reject"))
    elif confirm is not None:
        who = by or (typer.prompt(_say(gettext_noop("Who confirms"))) if asking else None)
        if not who:
            raise UsageError(
                message("--by is required with --confirm"), where="--by", hint=message("give a name or initials")
            )
        plan = register.confirm(named, _numbers(confirm, "--confirm"), by=who, on=_today())
    else:
        day = day_of(adopted, "--adopted")
        known = register.schedule(named)
        if day is None and (known is None or known.adopted is None):
            day = _asked_day(named) if asking else None
        sought = amend_service.EventFilter(target, symbol_of(of, "--of"), paragraph, kind, subject, day_of(on, "--on"))
        event = _event(register, sought, asking=asking)
        chosen = action or _asked_action(asking=asking)
        plan = register.amend(
            named,
            [
                Amendment(
                    target=event.uid,
                    action=chosen,
                    instrument=named.text,
                    decided=day or _today(),  # the job puts the day of adoption here
                    when=_when(chosen, when, event, asking=asking),
                    paragraph=by_paragraph,
                    note=note or _asked_note(asking=asking),
                    evidence=_evidence(chosen, evidence or [], asking=asking),
                )
            ],
            adopted=day,
            title=heading,
        )
    _show(plan, format_, dry_run=dry_run)
    if dry_run:
        return
    if asking and not yes and not typer.confirm(_say(gettext_noop("Write {path}?"), path=plan.path), default=True):
        raise typer.Abort
    plan.save()
    typer.echo(_say(gettext_noop("written: {path}"), path=plan.path), err=True)


def _asked_note(*, asking: bool) -> str:
    return str(typer.prompt(_say(gettext_noop("Note")), default="", show_default=False)) if asking else ""


def _today() -> date:
    return datetime.now(UTC).date()


def _numbers(text: str, option: str) -> list[int]:
    """Return the numbers of ``1,3``, none for ``all``. Raises UsageError."""
    if text == "all":
        return []
    parts = text.split(",")
    if not all(part.strip().isascii() and part.strip().isdigit() for part in parts):
        raise UsageError(
            message("invalid list of numbers {text}", text=repr(text)),
            where=option,
            hint=message("write all, or numbers such as 1,2"),
        )
    return [int(part) for part in parts]


# --- what is missing ------------------------------------------------------------------------------------------------


def _asked_day(symbol: Symbol) -> date:
    while True:
        try:
            asked = _say(gettext_noop("Day on which {symbol} was adopted (2018-03-26)"), symbol=symbol.text)
            found = day_of(typer.prompt(asked), "--adopted")
        except UsageError as error:
            what, hint = translate_error(error, _tongue())
            typer.echo(": ".join(part for part in (what, error.where, hint) if part), err=True)
        else:
            assert found is not None  # noqa: S101  # a text was given
            return found


def _event(register: amend_service.ScheduleFolder, sought: amend_service.EventFilter, *, asking: bool) -> Event:
    """Return the one matching event; on a terminal, let the user choose. Raises UsageError."""
    while True:
        found = [] if sought == amend_service.EventFilter() else register.find(sought)
        if len(found) == 1:
            return found[0]
        if not asking:
            if sought == amend_service.EventFilter():
                hint = message("give --target, or --of, --paragraph, --subject, --on")
                raise UsageError(message("no event was given"), where="--target", hint=hint)
            uids = ", ".join(event.uid for event in found[:_LISTED])
            listed = message("choose from {known}", known=uids) if uids else message("run `plenary show SYMBOL`")
            raise UsageError(message("{found} events match", found=len(found)), where="--target", hint=listed)
        if found:
            lines = [(str(n), *_listed(event)) for n, event in enumerate(found[:_LISTED], 1)]
            heads = (gettext_noop("no"), "¶", gettext_noop("event"), gettext_noop("title"), gettext_noop("stands"))
            rows([_say(head) for head in heads], lines)
            answer = typer.prompt(_say(gettext_noop("Which (number, or other words of its subject)")))
            if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= min(len(found), _LISTED):
                return found[int(answer) - 1]
        else:
            if sought != amend_service.EventFilter():
                typer.echo(_say(gettext_noop("no event fits")), err=True)
            asked = gettext_noop("Event: its uid, its instrument's symbol, a day, or words of its subject")
            answer = typer.prompt(_say(asked))
        sought = _sought(answer)


def _sought(answer: str) -> amend_service.EventFilter:
    """Return a filter for what was typed: a UID, a day, a symbol or words."""
    answer = answer.strip()
    if answer.count(".") >= 3 and " " not in answer:  # instrument, paragraph, kind, ordinal
        return amend_service.EventFilter(uid=answer)
    try:
        return amend_service.EventFilter(on=day_of(answer, "--on"))
    except UsageError:
        pass
    try:
        return amend_service.EventFilter(instrument=parse_symbol(answer))
    except PlenaryError:
        return amend_service.EventFilter(subject=answer)


def _listed(event: Event) -> tuple[str, str, str, str]:
    return label(event), event.uid, title(event, _tongue(), ""), format_time(event, _tongue())


def _asked_action(*, asking: bool) -> Action:
    known = ", ".join(item.value for item in Action)
    if not asking:
        raise UsageError(
            message("--action is required"), where="--action", hint=message("use one of {known}", known=known)
        )
    asked = _say(gettext_noop("What is done ({known})"), known=known)
    while (answer := typer.prompt(asked).strip()) not in {item.value for item in Action}:
        typer.echo(_say(gettext_noop("use one of {known}"), known=known), err=True)
    return Action(answer)


def _when(action: Action, when: str | None, event: Event, *, asking: bool) -> str | None:
    """Return the new time of an action that needs one. Raises UsageError."""
    if action in amend_service.TIMELESS:
        if when is not None:
            raise UsageError(
                message("{action} takes no time (when)", action=action.value),
                where="--when",
                hint=message("leave it out"),
            )
        return None
    if when is None and asking:
        must = action in amend_service.TIMED
        answer = typer.prompt(
            _say(gettext_noop("New time (now {when})"), when=event.when),
            default="" if not must else None,
            show_default=False,
        ).strip()
        return answer or None
    return when


def _evidence(action: Action, evidence: list[str], *, asking: bool) -> tuple[str, ...]:
    if action is Action.HOLD and not evidence:
        if not asking:
            hint = message("give the symbol of a record as evidence")
            raise UsageError(message('the status "held" requires evidence'), where="--evidence", hint=hint)
        evidence = [typer.prompt(_say(gettext_noop("Record that shows it (A/72/PV.80)")))]
    return tuple(evidence)


# --- the answer -----------------------------------------------------------------------------------------------------


def _show(plan: amend_service.ScheduleEdit, view: View, *, dry_run: bool) -> None:
    if view is View.JSON:
        answer = {
            "path": str(plan.path),
            "new": plan.new,
            "written": not dry_run,
            "effects": [
                {
                    "target": effect.amendment.target,
                    "action": effect.amendment.action.value,
                    "decided": effect.amendment.decided.isoformat(),
                    "revision": effect.after.number,
                    "before": _state(effect.before, "en"),
                    "after": _state(effect.after.event, "en"),
                }
                for effect in plan.effects
            ],
            "file": plan.text,
        }
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    for effect in plan.effects:
        before, after = _state(effect.before, _tongue()), _state(effect.after.event, _tongue())
        done = translate_action(effect.amendment.action, _tongue())
        typer.echo(f"{effect.amendment.target}  {title(effect.before, _tongue(), '')}")
        typer.echo(f"{effect.amendment.decided}, {effect.amendment.instrument}: {done}")
        heads = ("", _say(gettext_noop("before")), _say(gettext_noop("after")))
        rows(heads, [(_say(_STATE[key]), str(before[key] or "–"), str(after[key] or "–")) for key in before])
    if dry_run:
        typer.echo(_say(gettext_noop("would write {path}:"), path=plan.path))
        typer.echo(plan.text, nl=False)


_STATE: Final = {
    "when": gettext_noop("when"),
    "resolves to": gettext_noop("resolves to"),
    "status": gettext_noop("status"),
    "certainty": gettext_noop("certainty"),
    "arithmetic": gettext_noop("arithmetic"),
}
"""The names of what is shown of an event's state; in JSON they are English."""


def _state(event: Event, tongue: Language) -> dict[str, str | None]:
    return {
        "when": event.when,
        "resolves to": format_time(event, tongue),
        "status": translate_status(event.status, tongue),
        "certainty": translate_certainty(event.certainty, tongue),
        "arithmetic": (explain_proof(event.proof, tongue) if event.proof else event.arithmetic) or None,
    }
