"""The store of the settings: its tables are made, and it is closed."""

import pytest

from app.cli.stores import open_loaded_store, open_store

pytestmark = pytest.mark.usefixtures("own_store")


def test_open_store_has_tables_and_no_schedules() -> None:
    with open_store() as store:
        assert (store.revision(), store.instruments().items) == (0, ())


def test_open_loaded_store_has_the_schedules_of_the_settings() -> None:
    with open_loaded_store() as store:
        assert store.revision() == 1
        assert store.instrument("A-RES-72-251") is not None


def test_open_store_is_closed_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[object] = []
    monkeypatch.setattr("app.store.Store.close", lambda self: closed.append(self))  # noqa: PLW0108  # bound to the store
    with pytest.raises(ZeroDivisionError), open_store() as store:
        1 / 0  # noqa: B018  # any error of a command
    assert closed == [store]
