"""``plenary token``: access tokens and the audit log."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from app.cli.app import View, cli
from app.cli.output import rows
from app.cli.stores import open_store
from app.services import tokens

token = typer.Typer(no_args_is_help=True, help="Manage access tokens.", rich_markup_mode=None)
cli.add_typer(token, name="token")


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else "–"


@token.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose it is, or what it is for.")],
    scope: Annotated[list[str], typer.Option("--scope", help="What it allows: derive, propose, review, admin.")],
    days: Annotated[int, typer.Option(help="Days until it expires; 0 for never.")] = 365,
) -> None:
    """Create a token and print it once.

    Examples:

      plenary token create "reviewer in Geneva" --scope review --days 90
    """
    with open_store() as store:
        _, text = tokens.create_token(store, name, scope, datetime.now(UTC), days=days or None)
    typer.echo(text)


@token.command("list")
def list_(
    format_: Annotated[View, typer.Option("--format", help="How to answer.")] = View.TABLE,
) -> None:
    """List tokens without their secrets.

    Examples:

      plenary token list
    """
    with open_store() as store:
        found = store.tokens.all()
    heads = ("id", "name", "scopes", "created", "expires", "revoked", "last used")
    lines = [
        (
            item.id,
            item.name,
            ",".join(sorted(item.scopes)),
            *(_moment(moment) for moment in (item.created, item.expires, item.revoked, item.used)),
        )
        for item in found
    ]
    if format_ is View.JSON:
        typer.echo(json.dumps([dict(zip(heads, line, strict=True)) for line in lines], ensure_ascii=False, indent=2))
    else:
        rows(heads, lines)


@token.command()
def revoke(id_: Annotated[str, typer.Argument(metavar="ID", help="The token's id, as `token list` shows it.")]) -> None:
    """Revoke a token and its sessions.

    Examples:

      plenary token revoke 0123456789ab
    """
    with open_store() as store:
        tokens.revoke_token(store, id_, datetime.now(UTC))


@token.command()
def audit(
    limit: Annotated[int, typer.Option(min=1, max=10000, help="How many lines.")] = 100,
    format_: Annotated[View, typer.Option("--format", help="How to answer.")] = View.TABLE,
) -> None:
    """Show the newest lines of the audit log.

    Examples:

      plenary token audit --limit 20
    """
    with open_store() as store:
        found = store.audit.entries(limit).items
    heads = ("moment", "token", "name", "action", "target", "detail")
    lines = [
        (
            _moment(item.moment),
            item.token or "operator",
            item.name,
            item.action,
            item.target,
            json.dumps(dict(item.detail), ensure_ascii=False),
        )
        for item in found
    ]
    if format_ is View.JSON:
        typer.echo(json.dumps([dict(zip(heads, line, strict=True)) for line in lines], ensure_ascii=False, indent=2))
    else:
        rows(heads, lines)
