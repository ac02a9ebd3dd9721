"""Query parameters of routes."""

import pytest
from fastapi import Request

from app.errors import UnknownParameter
from app.web.api.params import NoParameters, PageParameters, reject_repeated_parameters


def request(query: str) -> Request:
    return Request({"type": "http", "query_string": query.encode(), "headers": []})


def test_page_parameters_size_has_a_default() -> None:
    assert [PageParameters.model_validate(given).size for given in ({}, {"limit": "7"})] == [100, 7]


@pytest.mark.parametrize("model", [NoParameters, PageParameters])
def test_parameters_unknown_name_is_refused(model: type[NoParameters | PageParameters]) -> None:
    with pytest.raises(UnknownParameter) as refused:
        model.model_validate({"colour": "red"})
    assert refused.value.where == "query"


def test_parameters_for_tracking_are_ignored() -> None:
    assert NoParameters.model_validate({"utm_source": "mail"}) == NoParameters()


def test_reject_repeated_parameters_names_the_one() -> None:
    reject_repeated_parameters(request("kind=report&kind=meeting&limit=1&limit="))
    with pytest.raises(UnknownParameter) as refused:
        reject_repeated_parameters(request("limit=1&limit=2"))
    assert refused.value.where == "limit"
