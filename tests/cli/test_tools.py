"""``plenary tag`` and ``plenary lint``: single lines and single files."""

import io
import json
from pathlib import Path

import pytest

from tests.cli.command_line import SEED, run

pytestmark = pytest.mark.usefixtures("own_store")


def test_tag_answers_a_line_for_a_line(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "Decides to meet on 14 May 2018.\nNothing.\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8"))
    code, out, err = run(capfd, "tag", "--lang", "en")
    assert (code, err) == (0, "")
    assert [json.loads(line) for line in out.splitlines()] == [
        [{"text": "14 May 2018", "start": 19, "end": 30, "type": "DATE", "value": "2018-05-14"}],
        [],
    ]


def test_lint_passes_our_own_and_names_what_is_wrong_in_another(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    call = ("derive", str(SEED), "--lang", "zh", "--format", "ics")
    good, bad = tmp_path / "good.ics", tmp_path / "bad.ics"
    good.write_bytes(run(capfd, *call)[1].encode())
    assert run(capfd, "lint", str(good)) == (0, "", f"{good}: 0 findings\n")
    bad.write_bytes(good.read_bytes().replace(b"METHOD:PUBLISH\r\n", b"METHOD:PUBLISH\n", 1))
    code, out, err = run(capfd, "lint", str(bad))
    assert (code, err) == (1, f"{bad}: 1 findings\n")
    assert out.startswith(f"{bad}:5: crlf: ")
    assert run(capfd, "lint", "ftp://example.org/a.ics") == (
        2,
        "",
        "plenary: invalid web address: ftp://example.org/a.ics: use an address that begins with https://\n",
    )
