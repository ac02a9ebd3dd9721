"""Types of single query parameters."""

from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter

from app.errors import UnknownParameter
from app.model import Kind
from app.web.api.parameter_types import Kinds, one_of, parsed_by


def test_parsed_by_takes_empty_text_as_not_given() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[int | None, parsed_by(int)])
    assert [adapter.validate_python(given) for given in (" 5 ", "  ", 7, None)] == [5, None, 7, None]


def test_one_of_known_values_refuses_another() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[str | None, one_of("order", ("asc", "desc"))])
    assert [adapter.validate_python(given) for given in ("asc", "")] == ["asc", None]
    with pytest.raises(UnknownParameter) as refused:
        adapter.validate_python("sideways")
    assert refused.value.where == "order"


def test_kinds_are_given_repeated_or_by_commas() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Kinds)
    assert sorted(adapter.validate_python(["report,meeting"])) == sorted(adapter.validate_python(["report", "meeting"]))
    assert adapter.validate_python("report") == [Kind.REPORT]
    with pytest.raises(UnknownParameter):
        adapter.validate_python("party")
