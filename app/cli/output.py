"""Tables for people on a terminal, tab-separated lines when piped."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app.i18n import explain_proof, format_time, name_of, title, translate_action, translate_certainty
from app.model import Event, Kind, Proposal

if TYPE_CHECKING:
    from rich.progress import Progress


def _terminal() -> bool:
    return sys.stdout.isatty()


def rows(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Print a table on a terminal, tab-separated lines when piped."""
    if not _terminal():
        sys.stdout.writelines("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in (heads, *lines))
        return
    from rich.console import Console  # noqa: PLC0415  # only people on a terminal need it, `serve` does not
    from rich.table import Table  # noqa: PLC0415  # likewise

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in lines:
        table.add_row(*row)
    Console().print(table)


def progress(*, counted: bool = True) -> Progress:
    """Return a progress bar on standard error, visible on terminals only.

    With ``counted`` it shows the number done and the total.
    """
    from rich import progress as bars  # noqa: PLC0415  # as above
    from rich.console import Console  # noqa: PLC0415  # as above

    console = Console(stderr=True)
    columns = (
        bars.TextColumn("{task.description}"), bars.BarColumn(), bars.MofNCompleteColumn(), bars.TimeRemainingColumn()
    )  # fmt: skip
    return bars.Progress(
        *(columns if counted else ()), console=console, disable=not console.is_terminal, transient=not counted
    )


def _who(event: Event, language: str) -> str:
    bearer = name_of(event.bearer, language).name if event.bearer else "–"
    addressees = ", ".join(name_of(slug, language).name for slug in event.addressees)
    return f"{bearer} → {addressees}" if addressees else bearer


def label(event: Event) -> str:
    """Return the paragraph as people cite it, a dash without one."""
    head = f"{event.section}.{event.paragraph}" if event.section and event.paragraph else event.paragraph or "–"
    return " ".join([head, *(f"({letter})" for letter in event.letters)])


def item_rows(events: Iterable[Event], language: str, about: str) -> Iterable[Sequence[str]]:
    """Yield a row of ``ITEM_HEADS`` for each event.

    ``about`` is the title of the instrument in ``language``.
    """
    for event in events:
        proof = explain_proof(event.proof, language) if event.proof else event.arithmetic
        milestones = [
            f"{item.name}: {item.day} ({translate_certainty(item.certainty, language)})"
            for item in event.milestones
            if event.kind is Kind.AGENDA
        ]
        yield (
            label(event),
            event.kind.value,
            event.when,
            _who(event, language),
            format_time(event, language),
            translate_certainty(event.certainty, language),
            event.place or "–",
            title(event, language, about),
            "; ".join([part for part in (proof, *milestones) if part]),
            next((" ".join(quote.split()) for quote in event.quote.values()), ""),
        )


def proposal_rows(proposals: Iterable[Proposal], language: str) -> Iterable[Sequence[str]]:
    """Yield a row of ``PROPOSAL_HEADS`` for each proposed amendment."""
    for number, item in enumerate(proposals, 1):
        amendment = item.amendment
        yield (
            str(number),
            amendment.paragraph or "–",
            f"{translate_action(amendment.action, language)}?" if not item.rejected else "rejected",
            amendment.target,
            item.stands,
            amendment.when or "–",
            ", ".join(item.because),
            item.confidence,
            item.arithmetic or "–",
            next((" ".join(quote.split()) for quote in item.quote.values()), ""),
        )


PROPOSAL_HEADS = (
    *("no", "¶", "proposed", "event", "stands", "new time", "because", "confidence", "arithmetic", "quote"),
)
ITEM_HEADS = ("¶", "kind", "when", "bearer", "resolves to", "certainty", "place", "title", "arithmetic", "quote")
