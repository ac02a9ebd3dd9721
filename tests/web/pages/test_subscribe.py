"""The page of a choice as a feed."""

from collections.abc import Callable

import httpx
from lxml import etree

from app.web.pages.subscribe import qr


def test_qr_is_one_drawing_that_depends_on_the_address() -> None:
    drawn = [qr(f"webcal://calendar.example/{name}.ics") for name in ("a", "b", "a")]
    assert (drawn[0] == drawn[2], drawn[0] == drawn[1]) == (True, False)
    assert etree.fromstring(drawn[0]).tag == "svg"


def test_qr_hostile_address_is_no_markup() -> None:
    assert "<script" not in qr("webcal://x/<script>evil()</script>")


def test_subscribe_names_the_feed_of_the_choice(get: Callable[..., httpx.Response]) -> None:
    answer = get("/subscribe?kind=report")
    assert (answer.status_code, "/feeds/all.ics?kind=report" in answer.text) == (200, True)


def test_subscribe_unknown_parameter_is_refused(get: Callable[..., httpx.Response]) -> None:
    assert get("/subscribe?colour=red").status_code == 400
