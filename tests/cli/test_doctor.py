"""``plenary doctor``: findings as lines and as JSON, and an exit code."""

import json

import pytest

from tests.cli.command_line import run

pytestmark = pytest.mark.usefixtures("own_store")


def test_doctor_without_tables_fails(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "doctor")
    assert (code, err) == (1, "")
    assert out.splitlines()[:2] == [
        "database: ok: the database answers",
        "tables: wrong: there are no tables yet: run `plenary db migrate`, or start the service",
    ]


def test_doctor_as_json_has_the_lines_of_the_table(capfd: pytest.CaptureFixture[str]) -> None:
    run(capfd, "load")
    _, table, _ = run(capfd, "doctor")
    code, out, _ = run(capfd, "doctor", "--format", "json")
    found = json.loads(out)
    assert code == int(not all(item["good"] for item in found))
    assert [line.partition(":")[0] for line in table.splitlines()] == [item["check"] for item in found]
    assert {key for item in found for key in item} == {"check", "good", "text", "do"}


def test_doctor_mend_refuses_a_whole_database(capfd: pytest.CaptureFixture[str]) -> None:
    run(capfd, "load")
    code, out, err = run(capfd, "doctor", "--mend")
    assert (code, out, err.count("\n")) == (1, "", 1)
