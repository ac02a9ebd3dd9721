"""Settings of the environment: defaults, values, and the name of a wrong variable."""

from pathlib import Path

import pytest

from app.errors import UsageError
from app.settings import Settings, settings


def test_settings_of_the_environment_have_their_types(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("SCHEDULES", "/srv/schedules"), ("WORKERS", "4"), ("LANGUAGE", "fr"), ("LOG_FORMAT", "json")):
        monkeypatch.setenv(f"PLENARY_{name}", value)
    found = settings()
    assert (found.schedules, found.workers, found.language, found.log_format) == (
        Path("/srv/schedules"),
        4,
        "fr",
        "json",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("WORKERS", "0"), ("WORKERS", "many"), ("LANGUAGE", "xx"), ("LOG_LEVEL", "loud"), ("CACHE_MB", "16385")],
)
def test_settings_name_a_wrong_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"PLENARY_{name}", value)
    with pytest.raises(UsageError) as caught:
        settings()
    assert caught.value.where == f"PLENARY_{name}"
    assert caught.value.hint == "see the table of settings in the README"


def test_servers_are_the_hosts_in_order() -> None:
    assert Settings(fetch_hosts=" a.example, ,b.example:8443 ").servers == ("a.example", "b.example:8443")
    assert Settings(fetch_hosts="").servers == ()
