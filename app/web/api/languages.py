"""The six official languages over the API."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.i18n import LANGUAGE_NAMES
from app.model import LANGUAGES
from app.web.api.params import NoParameters
from app.web.api.responses import describe, json_response
from app.web.api.service_schemas import LanguageList

router: Final = APIRouter(prefix="/api/v1", tags=["almanac"])


@router.get("/languages", summary="List languages", responses=describe(LanguageList))
def list_languages(_query: Annotated[NoParameters, Query()]) -> Response:
    """List the official languages, each with its name in itself."""
    return json_response({"items": [{"language": code, "name": LANGUAGE_NAMES[code]} for code in LANGUAGES]})
