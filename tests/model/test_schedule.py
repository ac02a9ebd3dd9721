"""Schedules: whether their dates are in doubt, by the warnings of their document."""

from datetime import date

import pytest

from app.model import Schedule, Symbol
from app.model.document import DocumentWarning, WarningCode

SYMBOL = Symbol("A/RES/72/900", "general-assembly", 72)


def test_schedule_without_warnings_is_not_doubtful() -> None:
    assert not Schedule(SYMBOL, date(2017, 12, 24)).doubtful


@pytest.mark.parametrize("code", WarningCode)
def test_schedule_is_doubtful_as_any_of_its_warnings(code: WarningCode) -> None:
    warnings = (DocumentWarning(WarningCode.LEFT_OUT), DocumentWarning(code, "2"))
    assert Schedule(SYMBOL, None, warnings=warnings).doubtful is DocumentWarning(code).doubtful
