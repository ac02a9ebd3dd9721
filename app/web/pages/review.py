"""Reviewing on the pages: proposed schedules with their quotes, to be confirmed, corrected, rejected and published."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.errors import NotAllowed, NotFound, PlenaryError, UsageError, message
from app.feeds import InstrumentInfo
from app.i18n import (
    LANGUAGE_NAMES,
    explain_step,
    format_day,
    format_time,
    name_of,
    title,
    translate_action,
    translate_error,
    translate_kind,
    translate_status,
)
from app.i18n.names import slugs
from app.model import Action, Kind, Schedule
from app.services import amendment_review, publish, review
from app.services.derive import language_of
from app.store import ProposalDetail, ProposalSummary, Token
from app.web import auth
from app.web.auth import MARK
from app.web.pages import annotated_text, event_view
from app.web.pages.corrections import MOST_TEXT, slug_of_name
from app.web.pages.page_request import PageContext, read
from app.web.pages.templating import page

router: Final = APIRouter(include_in_schema=False)
SCOPE: Final = "review"
STATES: Final = ("proposed", "reviewed", "published", "rejected")
_LISTED: Final = 50
_SHOWN: Final = 400
_DIGITS: Final = 12
_LONGEST_DIFF: Final = 400
_RULED: Final = 50
_FIELDS: Final = ("said", "kind", "when", "bearer", "place", "note")
_RULINGS: Final = ("ruled", "does", "time", "target", "remark")
_MOST_FIELDS: Final = 8 + _SHOWN * len(_FIELDS) + _RULED * len(_RULINGS)
_OFFERED: Final = tuple(action for action in Action if action is not Action.HOLD)
"""What a proposed amendment can be corrected to in the form; that an event was held needs a record that shows it."""


def _closed(answer: Response) -> Response:
    """Return an answer that no cache keeps: it is for one reader."""
    answer.headers["cache-control"] = "no-store"
    return answer


def _gate(context: PageContext) -> tuple[Token | None, Response | None]:
    """Return the token of who is signed in, and the page that asks to sign in where needed."""
    token = auth.reader(context.request)
    if token is not None and SCOPE in token.scopes:
        return token, None
    back = urlencode(
        {"back": context.request.url.path} | ({"lang": context.language} if _language_in_address(context) else {})
    )
    values = {"signin": f"/signin?{back}", "signed": token is not None}
    return token, _closed(page(context.request, "gate.html", context.language, 403 if token else 401, **values))


def _language_in_address(context: PageContext) -> bool:
    return bool(context.request.query_params.get("lang"))


@router.get("/review")
def proposals(request: Request) -> Response:
    """Return the page of proposals to review and of those reviewed."""
    context = read(request, "state", "next")
    token, closed = _gate(context)
    if closed is not None or token is None:
        return closed or _closed(Response(status_code=401))
    state = context.rest.get("state", "proposed")
    if state not in STATES:
        raise UsageError(
            message("unknown state {state}", state=repr(state[:40])),
            where="state",
            hint=message("use one of {known}", known=", ".join(STATES)),
        )
    found = context.store.proposals.list(state=state, limit=_LISTED, cursor=context.rest.get("next"))
    items = [(item, format_day(item.created.date(), context.language)) for item in found.items]
    return _closed(
        page(
            request, "reviews.html", context.language, items=items, state=state, states=STATES, next=found.next,
            names=LANGUAGE_NAMES, reader=token, mark=auth.csrf_token(request),
        )
    )  # fmt: skip


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise NotFound(
            message("unknown proposal {id}", id=repr(text[:40])), where="address", hint=message("see /review")
        )
    return int(text)


@router.get("/review/published.patch")
def published(request: Request) -> Response:
    """Return everything published that the files lack, as a patch of them."""
    context = read(request)
    _, closed = _gate(context)
    if closed is not None:
        return closed
    folder = request.app.state.settings.schedules
    return _patch(publish.to_patch(publish.pending_export(context.store, folder), folder), "published")


@router.get("/review/{number}.patch")
def patch(request: Request, number: str) -> Response:
    """Return the changes that the proposal would make to the files, as a patch."""
    context = read(request)
    _, closed = _gate(context)
    if closed is not None:
        return closed
    folder = request.app.state.settings.schedules
    files = publish.preview_export(context.store, folder, _number(number), context.now)
    return _patch(publish.to_patch(files, folder), f"proposal-{_number(number)}")


def _patch(text: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}.patch"', "cache-control": "no-store"}
    return Response(text.encode("utf-8", "backslashreplace"), media_type="text/x-diff; charset=utf-8", headers=headers)


@router.get("/review/{number}")
def proposal(request: Request, number: str) -> Response:
    """Return the page of one proposal: marked text, items with their decisions, difference."""
    context = read(request)
    token, closed = _gate(context)
    if closed is not None or token is None:
        return closed or _closed(Response(status_code=401))
    return _shown(context, review.get_proposal(context.store, _number(number)), token)


@router.post("/review/{number}")
async def submit_review(request: Request, number: str) -> Response:
    """Record the decisions of the form; publish or reject the proposal where it asks to."""
    context = await asyncio.to_thread(read, request)
    async with request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=64 * 1024) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
    return await asyncio.to_thread(_work, context, _number(number), fields)


def _work(context: PageContext, number: int, fields: Mapping[str, str]) -> Response:
    token = auth.writer(context.request, fields.get(MARK, ""), SCOPE)
    found = review.get_proposal(context.store, number)
    try:
        schedule, folder = review.proposed_schedule(found), context.request.app.state.settings.schedules
        opinions, rulings = _opinions(schedule, fields, context.language), _ruled(schedule, fields)
        act = fields.get("act", "keep")
        if act not in ("keep", "publish", "reject"):
            raise UsageError(
                message("unknown value {value}", value=repr(act[:60])),
                where="act",
                hint=message("use one of keep, publish, reject"),
            )
        if opinions or rulings or act == "reject":
            review.review(
                context.store, number, opinions, context.now, by=token, reject=act == "reject", rulings=rulings,
                folder=folder,
            )  # fmt: skip
        if act == "publish":
            publish.publish(context.store, folder, [number], context.now, by=token)
    except NotAllowed:
        raise
    except PlenaryError as error:
        return _shown(context, review.get_proposal(context.store, number), token, error, fields)
    query = f"?{urlencode({'lang': context.language})}" if _language_in_address(context) else ""
    return RedirectResponse(f"/review/{number}{query}", 303, headers={"cache-control": "no-store"})


def _opinions(schedule: Schedule, fields: Mapping[str, str], language: str) -> list[review.ReviewDecision]:
    """Return the decisions of the form: changed fields correct an item.

    A note without a decision is ignored.
    """
    found = []
    for number, event in enumerate(schedule.events[:_SHOWN]):
        status = fields.get(f"said-{number}", "")
        if status == "":
            continue
        changes: dict[str, str] = {}
        if status == "corrected":
            before = {
                "kind": event.kind.value,
                "when": event.when,
                "bearer": event.bearer or "",
                "place": event.place or "",
            }
            given = {name: fields.get(f"{name}-{number}", value).strip() for name, value in before.items()}
            given["bearer"] = slug_of_name(given["bearer"], language)
            given["kind"] = _kind_of_name(given["kind"], language)
            changes = {name: value for name, value in given.items() if value != before[name]}
        found.append(review.ReviewDecision(event.uid, status, changes, fields.get(f"note-{number}", "").strip()))
    return found


def _kind_of_name(text: str, language: str) -> str:
    """Return a kind named in ``language``; other text unchanged."""
    return {translate_kind(kind, language).casefold(): kind.value for kind in Kind}.get(text.casefold(), text)


def _ruled(schedule: Schedule, fields: Mapping[str, str]) -> list[review.ReviewDecision]:
    """Return the decisions on proposed amendments; changed fields correct one."""
    found = []
    for number, proposal in enumerate(schedule.proposals[:_RULED]):
        status, amendment = fields.get(f"ruled-{number}", ""), proposal.amendment
        if status == "":
            continue
        changes: dict[str, str] = {}
        if status == "corrected":
            before = {"does": amendment.action.value, "time": amendment.when or "", "target": amendment.target}
            names = {"does": "action", "time": "when", "target": "target"}
            given = {name: fields.get(f"{name}-{number}", value).strip() for name, value in before.items()}
            changes = {names[name]: value for name, value in given.items() if value != before[name]}
        found.append(
            review.ReviewDecision(amendment.target, status, changes, fields.get(f"remark-{number}", "").strip())
        )
    return found


def _rulings(context: PageContext, found: ProposalDetail, fields: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the proposed amendments for the page: event, action, times, reason, quote."""
    language, lines = context.language, []
    folder = context.request.app.state.settings.schedules
    for number, item in enumerate(amendment_review.rulings(context.store, folder, found)[:_RULED]):
        made, effect = item.amendment, item.effect
        standing = effect.before if effect else None
        if standing is None and (known := context.store.event(made.target)):
            standing = known.event
        quote = next(iter(item.proposal.quote.items()), ("", ""))
        lines.append(
            {
                "target": made.target,
                "title": title(standing, language, "") if standing else made.target,
                "known": standing is not None,
                "action": translate_action(made.action, language),
                "status": item.status,
                "by": item.verdict.reviewer if item.verdict else "",
                "before": format_time(standing, language) if standing else item.proposal.stands,
                "after": format_time(effect.after.event, language) if effect else made.when or "",
                "state": translate_status(effect.after.event.status, language) if effect else "",
                "proof": [explain_step(step, language) for step in effect.after.event.proof]
                if effect and made.when
                else [],
                "problem": translate_error(item.problem, language)[0] if item.problem else "",
                "where": item.problem.where if item.problem else "",
                "paragraph": made.paragraph,
                "quote": " ".join(quote[1].split()),
                "quote_language": quote[0],
                "remark": fields.get(f"remark-{number}", made.note),
                "ruled": fields.get(f"ruled-{number}", ""),
                "does": fields.get(f"does-{number}", made.action.value),
                "time": fields.get(f"time-{number}", made.when or ""),
                "uid": fields.get(f"target-{number}", made.target),
            }
        )
    return lines


def _shown(
    context: PageContext,
    found: ProposalDetail,
    token: Token,
    problem: PlenaryError | None = None,
    fields: Mapping[str, str] | None = None,
) -> Response:
    language, schedule = context.language, review.proposed_schedule(found)
    tongue = language_of(found.language)
    about = InstrumentInfo(schedule.title, schedule.evidence)
    listed = annotated_text.paragraphs(found.text, tongue, found.slug)
    left = 0
    if cut := len(found.text) > MOST_TEXT:
        numbers = {item.paragraph for item in schedule.amendments if item.paragraph}
        listed, left = annotated_text.excerpt(listed, schedule.events, numbers, tongue, MOST_TEXT)
    events = schedule.events[:_SHOWN]
    folder = context.request.app.state.settings.schedules
    what, hint = translate_error(problem, language) if problem else ("", "")
    given = fields or {}
    lines = [
        {
            "row": event_view.Row(event_view.alone(event, schedule.adopted), language, about),
            "review": schedule.reviews.get(event.uid),
            "said": given.get(f"said-{number}", ""),
            "kind": given.get(f"kind-{number}", translate_kind(event.kind, language)),
            "when": given.get(f"when-{number}", event.when),
            "bearer": given.get(f"bearer-{number}", event.bearer or ""),
            "place": given.get(f"place-{number}", event.place or ""),
            "note": given.get(f"note-{number}", ""),
        }
        for number, event in enumerate(events)
    ]
    answer = page(
        context.request,
        "review.html",
        language,
        problem.http_status if problem else 200,
        item=_plain(found),
        name=schedule.title.get(tongue, ""),
        day=format_day(schedule.adopted, language) if schedule.adopted else "",
        lines=lines,
        rulings=_rulings(context, found, given),
        kinds=[translate_kind(kind, language) for kind in Kind],
        actions=[(action.value, translate_action(action, language)) for action in _OFFERED],
        hidden=len(schedule.events) - len(events),
        paragraphs=annotated_text.marked(listed, schedule.events, tongue),
        cut=cut,
        left=left,
        difference=_difference(context, found),
        open=found.state in ("proposed", "reviewed"),
        problem={"what": what, "hint": hint, "where": problem.where} if problem else None,
        actors=[(slug, name_of(slug, language).name) for slug in slugs()],
        reader=token,
        mark=auth.csrf_token(context.request),
        folder=folder.name,
    )
    return _closed(answer)


def _plain(found: ProposalDetail) -> ProposalSummary:
    names = ("id", "document", "slug", "symbol", "language", "state", "items", "created", "changed")
    return ProposalSummary(**{name: getattr(found, name) for name in names})


def _difference(context: PageContext, found: ProposalDetail) -> tuple[list[str], int]:
    """Return the lines of the schedule file's difference, and how many more there are."""
    if found.state not in ("proposed", "reviewed"):
        return [], 0
    folder = context.request.app.state.settings.schedules
    try:
        files = publish.preview_export(context.store, folder, found.id, context.now)
    except PlenaryError as error:
        return [error.line()], 0
    lines = publish.to_patch([file for file in files if file[0].suffix == ".yaml"], folder).split("\n")
    return lines[:_LONGEST_DIFF], max(0, len(lines) - _LONGEST_DIFF)
