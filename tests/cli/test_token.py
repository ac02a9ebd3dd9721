"""``plenary token``: access tokens and the log of what was done with them."""

import json

import pytest

from tests.cli.command_line import run

pytestmark = pytest.mark.usefixtures("own_store")


def test_tokens_are_made_listed_and_revoked(capfd: pytest.CaptureFixture[str]) -> None:
    code, text, _ = run(capfd, "token", "create", "a reviewer", "--scope", "review", "--scope", "propose")
    assert (code, text.startswith("plenary-")) == (0, True)
    _, listed, _ = run(capfd, "token", "list")
    heads, line = (row.split("\t") for row in listed.splitlines())
    assert heads == ["id", "name", "scopes", "created", "expires", "revoked", "last used"]
    assert (line[1], line[2], line[5], line[6]) == ("a reviewer", "propose,review", "–", "–")
    assert text.split("-")[1] == line[0]
    assert run(capfd, "token", "revoke", line[0]) == (0, "", "")
    code, _, error = run(capfd, "token", "revoke", line[0])
    said = f"plenary: no active token '{line[0]}': token: run `plenary token list`\n"
    assert (code, error) == (1, said)
    _, log, _ = run(capfd, "token", "audit", "--format", "json")
    assert [(item["token"], item["action"]) for item in json.loads(log)] == [
        ("operator", "token.revoke"),
        ("operator", "token.create"),
    ]


def test_a_scope_that_is_none(capfd: pytest.CaptureFixture[str]) -> None:
    code, _, error = run(capfd, "token", "create", "x", "--scope", "write")
    assert (code, error) == (2, "plenary: unknown scope 'write': scope: use one of derive, propose, review, admin\n")
