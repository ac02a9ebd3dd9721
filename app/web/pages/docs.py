"""The reference of the API, drawn from its OpenAPI description by files of our own."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web.pages.templating import language_of, page
from app.web.server.query_string import read_query

router: Final = APIRouter(include_in_schema=False)


@router.get("/docs")
def show_docs(request: Request) -> Response:
    """Return the page of the API's reference."""
    language = language_of(request)
    read_query(request, "lang", language=language)
    return page(request, "docs.html", language)
