"""Examples of answers for OpenAPI: one real item, one instrument, one problem."""

from __future__ import annotations

from typing import Any, Final

from app.model import LANGUAGES

ITEM: Final[dict[str, Any]] = {
    "uid": "A-RES-72-251.20.report.1",
    "paragraph": "20",
    "kind": "report",
    "when": "GA73",
    "certainty": "window",
    "status": "scheduled",
    "start": "2018-09-18",
    "end": "2019-09-16",
    "recurrence": None,
    "timezone": "America/New_York",
    "place": None,
    "bearer": "secretary-general",
    "addressees": ["general-assembly", "conference-on-disarmament"],
    "force": "request",
    "action": "report",
    "title": {"en": "Report of the Secretary-General to the General Assembly and to the Conference on Disarmament"},
    "quote": {"zh": "向大会第七十三届会议提出报告"},
    "span": {"zh": [3141, 3155]},
    "rule": "session.at-ordinal",
    "arithmetic": "73rd session: opened on Tuesday of the third week of September 2018",
    "alternatives": [],
    "decided": "2017-12-24",
    "instrument": "A/RES/72/251",
    "revision": 0,
}
INSTRUMENT: Final[dict[str, Any]] = {
    "symbol": "A/RES/72/251",
    "slug": "A-RES-72-251",
    "title": {"en": "Follow-up to the 2013 high-level meeting of the General Assembly on nuclear disarmament"},
    "body": "general-assembly",
    "session": 72,
    "adopted": "2017-12-24",
    "languages": ["zh"],
    "counts": {"meeting": 3, "report": 2},
    "address": "http://localhost:8000/resolutions/A-RES-72-251",
    "feed": "http://localhost:8000/feeds/resolution/A-RES-72-251.ics",
    "document": "https://docs.un.org/en/A/RES/72/251",
}
REVISION: Final[dict[str, Any]] = {
    "revision": 1,
    "decided": "2018-03-26",
    "instrument": "A/DEC/72/553",
    "action": "move",
    "note": "",
    "recorded": "2026-11-24T00:00:00+00:00",
    "event": ITEM,
}
PROBLEM: Final[dict[str, Any]] = {
    "type": "tag:plenary,2026:unknown-parameter",
    "title": "'2018-02-30' is no day",
    "status": 400,
    "detail": "'2018-02-30' is no day: from: write a day as 2018-05-14, a month as 2018-05 or a year as 2018",
    "where": "from",
    "hint": "write a day as 2018-05-14, a month as 2018-05 or a year as 2018",
    "instance": "/api/v1/events",
}
AUDIT: Final[dict[str, Any]] = {
    "moment": "2026-11-24T00:00:00+00:00",
    "token": "0123456789ab",
    "name": "reviewer in Geneva",
    "action": "review",
    "target": "A-RES-72-251",
    "detail": {"items": 3},
}

JOB: Final[dict[str, Any]] = {
    "id": "0123456789abcdef0123456789abcdef",
    "kind": "derive",
    "state": "done",
    "progress": 100,
    "stage": "done",
    "document": 7,
    "proposal": 5,
    "error": None,
    "created": "2026-11-24T00:00:00+00:00",
    "finished": "2026-11-24T00:00:01+00:00",
    "address": "http://localhost:8000/api/v1/jobs/0123456789abcdef0123456789abcdef",
}
STREAM: Final[dict[str, Any]] = {
    "description": "Events named progress, each with the job as JSON",
    "content": {"text/event-stream": {"example": "event: progress\ndata: {…}\n\n"}},
}
PROPOSAL: Final[dict[str, Any]] = {
    "id": 5,
    "document": 7,
    "symbol": "A/RES/72/251",
    "slug": "A-RES-72-251",
    "language": "zh",
    "state": "proposed",
    "count": 14,
    "created": "2026-11-24T00:00:00+00:00",
    "changed": "2026-11-24T00:00:00+00:00",
}
VERDICT: Final[dict[str, Any]] = {
    "uid": "A-RES-72-251.16.meeting.1",
    "status": "corrected",
    "changes": {"when": "R/--09-26"},
    "note": "the text says every year",
    "by": "reviewer in Geneva",
    "moment": "2026-11-24T00:00:00+00:00",
}
RULING: Final[dict[str, Any]] = {
    "target": "A-RES-72-251.6.meeting.1",
    "status": "corrected",
    "changes": {"when": "2018-05-10"},
    "note": "",
    "amendment": {"target": "A-RES-72-251.6.meeting.1", "action": "move", "when": "2018-05-10"},
    "before": None,
    "after": None,
    "problem": None,
    "paragraph": "1",
    "quote": {"en": "Decides to hold the organizational meeting on 10 May 2018"},
    "because": ["subject", "date"],
    "covers": [],
    "confidence": "high",
}
PROPOSAL_WHOLE: Final[dict[str, Any]] = {
    **PROPOSAL,
    "schedule": {"items": [ITEM]},
    "text": "…",
    "amendments": [RULING],
    "reviews": [VERDICT],
}
FORM: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["lang"],
                    "properties": {
                        "file": {"type": "string", "format": "binary", "description": "txt, html, docx or pdf"},
                        "text": {"type": "string", "description": "the text itself, instead of a file"},
                        "lang": {"type": "string", "enum": list(LANGUAGES)},
                        "symbol": {"type": "string", "example": "A/RES/72/251"},
                        "adopted": {"type": "string", "format": "date", "example": "2017-12-24"},
                    },
                }
            }
        },
    }
}
WEBHOOK: Final[dict[str, Any]] = {
    "id": "0123456789ab",
    "address": "https://calendar.example/changed",
    "created": "2026-11-24T00:00:00+00:00",
}
DELIVERY: Final[dict[str, Any]] = {
    "id": 9,
    "revision": 7,
    "state": "delivered",
    "attempts": 1,
    "due": "2026-11-24T00:00:00+00:00",
    "answer": "answered 204",
}
HOOK: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["address"],
                    "properties": {"address": {"type": "string", "example": "https://calendar.example/changed"}},
                }
            }
        },
    }
}
REVIEW: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["proposal"],
                    "properties": {
                        "proposal": {"type": "integer", "example": 5},
                        "publish": {"type": "boolean", "description": "publish it after this"},
                        "reject": {"type": "boolean", "description": "reject the whole"},
                        "items": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["uid", "status"],
                                "properties": {
                                    "uid": {"type": "string"},
                                    "status": {"type": "string", "enum": ["confirmed", "corrected", "rejected"]},
                                    "changes": {"type": "object", "example": {"when": "2018-03-28"}},
                                    "note": {"type": "string"},
                                },
                            },
                        },
                        "amendments": {
                            "type": "array",
                            "description": "of the amendments proposed, by the event that each was proposed for",
                            "items": {
                                "type": "object",
                                "required": ["target", "status"],
                                "properties": {
                                    "target": {"type": "string", "example": "A-RES-72-251.6.meeting.1"},
                                    "status": {"type": "string", "enum": ["confirmed", "corrected", "rejected"]},
                                    "changes": {
                                        "type": "object",
                                        "description": "action, when, target, evidence",
                                        "example": {"action": "move", "when": "2018-05-10"},
                                    },
                                    "note": {"type": "string"},
                                },
                            },
                        },
                    },
                }
            }
        },
    }
}


def answers(
    example: object, *, missing: bool = False, token: bool = False, status: int = 200
) -> dict[int | str, dict[str, Any]]:
    """The answers of a route for OpenAPI: its example, and the problems it may answer instead.

    ``token`` for a route that needs one; ``status`` is that of its good answer.
    """
    problem = {"content": {"application/problem+json": {"example": PROBLEM}}}
    found: dict[int | str, dict[str, Any]] = {
        status: {"description": "The answer", "content": {"application/json": {"example": example}}},
        400: {"description": "A parameter or value that is not known", **problem},
        503: {"description": "The store cannot be read", **problem},
    }
    if token:
        found[401] = {"description": "No token, or one that is not valid", **problem}
        found[403] = {"description": "The token has not the scope", **problem}
        found[429] = {"description": "More requests than are allowed; see Retry-After", **problem}
    if missing:
        found[404] = {"description": "Nothing goes by that name", **problem}
    return found


MEASURE: Final[dict[str, Any]] = {
    "feed": "all",
    "address": "http://localhost:8000/feeds/all.ics",
    "webcal": "webcal://localhost:8000/feeds/all.ics",
    "bytes": 1204113,
    "events": 1466,
    "etag": '"a4508d65184687608582caddb55389ef"',
    "warning": "This feed has 1.2 MB, some programs read 1 MB: subscribe to one feed a year.",
    "parts": [
        {"year": 2018, "address": "http://localhost:8000/feeds/all.ics?to=2018-12-31"},
        {"year": 2019, "address": "http://localhost:8000/feeds/all.ics?from=2019-01-01"},
    ],
}
SUBSCRIPTION: Final[dict[str, Any]] = {
    "id": "hQ0oWm4ZrT3bJx9kVn2cPw",
    "address": "http://localhost:8000/feeds/s/hQ0oWm4ZrT3bJx9kVn2cPw.ics",
    "webcal": "webcal://localhost:8000/feeds/s/hQ0oWm4ZrT3bJx9kVn2cPw.ics",
    "formats": {"ics": "http://localhost:8000/feeds/s/hQ0oWm4ZrT3bJx9kVn2cPw.ics"},
    "name": "Disarmament",
    "feed": "all",
    "choice": {"kind": ["report", "meeting"], "lang": ["zh"]},
    "created": "2026-11-24T12:00:00+00:00",
    "changed": "2026-11-24T12:00:00+00:00",
}

PROPOSED: Final = {
    "proposed_amendments": [
        {
            "target": "A-RES-72-251.6.meeting.1",
            "action": "move",
            "when": "2018-05-10",
            "paragraph": None,
            "stands": "2018-03-28",
            "because": ["date", "symbol"],
            "quote": {"en": "decided that the organizational meeting shall be held on 10 May 2018 instead"},
            "arithmetic": "the text gives 10 May 2018",
            "covers": [],
            "confidence": "high",
            "status": "proposed",
        }
    ]
}
"""What a text would do to events of earlier instruments, for a reviewer to confirm."""
