"""``plenary amend`` as people type it, by options alone and on a terminal."""

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.cli import main

ROOT = Path(__file__).parents[2]
MOVE = ("A/DEC/72/553", "--action", "move", "--of", "A/RES/72/251", "--on", "2018-03-28", "--when", "2018-05-10")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "schedules" / "ga" / "72"
    home.mkdir(parents=True)
    shutil.copy(ROOT / "schedules/ga/72/A-RES-72-251.yaml", home)
    monkeypatch.setenv("PLENARY_SCHEDULES", str(tmp_path / "schedules"))
    return tmp_path / "schedules"


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(["amend", *arguments])
    said = capfd.readouterr()
    code = stop.value.code
    assert isinstance(code, int)
    return code, said.out, said.err


def test_old_and_new_are_shown_with_their_arithmetic(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    file = folder / "ga/72/A-DEC-72-553.yaml"
    code, out, err = run(capfd, *MOVE, "--adopted", "2018-03-26", "--dry-run")
    assert (code, err, file.exists()) == (0, "", False)
    assert out.splitlines()[:8] == [
        "A-RES-72-251.6.meeting.1  Nuclear disarmament: organizational meeting",
        "2018-03-26, A/DEC/72/553: moved",
        "\tbefore\tafter",
        "when\t2018-03-28\t2018-05-10",
        "resolves to\t28 March 2018\t10 May 2018",
        "status\tscheduled\tmoved",
        "certainty\tdecided\tdecided",
        "arithmetic\tthe text gives 28 March 2018\tthe text gives 10 May 2018",
    ]
    assert out.splitlines()[8] == f"would write {file}:"
    written = "\n".join(out.splitlines()[9:]) + "\n"
    code, _, err = run(capfd, *MOVE, "--adopted", "2018-03-26")
    assert (code, err) == (0, f"written: {file}\n")
    assert file.read_text(encoding="utf-8") == written


@pytest.mark.parametrize(
    ("language", "heads", "row"),
    [("fr", "\tavant\taprès", "calcul\tle texte indique 28 mars 2018\tle texte indique 10 mai 2018"),
     ("zh", "\t之前\t之后", "推算\t案文给出2018年3月28日\t案文给出2018年5月10日")],
)  # fmt: skip
def test_it_speaks_the_language_of_the_settings(
    capfd: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch, language: str, heads: str,
    row: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("PLENARY_LANGUAGE", language)
    code, out, _ = run(capfd, *MOVE, "--adopted", "2018-03-26", "--dry-run")
    assert (code, out.splitlines()[2], out.splitlines()[7]) == (0, heads, row)
    code, out, _ = run(capfd, *MOVE, "--adopted", "2018-03-26", "--dry-run", "--format", "json")
    assert json.loads(out)["effects"][0]["after"]["arithmetic"] == "the text gives 10 May 2018"


def test_the_answer_as_json(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    _, out, _ = run(capfd, *MOVE, "--adopted", "2018-03-26", "--dry-run", "--format", "json")
    answer = json.loads(out)
    assert (answer["path"], answer["new"], answer["written"]) == (str(folder / "ga/72/A-DEC-72-553.yaml"), True, False)
    (effect,) = answer["effects"]
    assert (effect["before"]["when"], effect["after"]["when"]) == ("2018-03-28", "2018-05-10")


@pytest.mark.parametrize(
    ("arguments", "status", "line"),
    [
        (MOVE, 2, "plenary: the adoption date of A/DEC/72/553 is unknown: --adopted: give the date\n"),
        (
            ("A/DEC/72/553", "--action", "cancel", "--adopted", "2018-03-26"),
            2,
            "plenary: no event was given: --target: give --target, or --of, --paragraph, --subject, --on\n",
        ),
        (
            ("A/DEC/72/553", "--action", "cancel", "--subject", "nuclear conference", "--adopted", "2018-03-26"),
            2,
            "plenary: 2 events match: --target: choose from A-RES-72-251.5.meeting.1, A-RES-72-251.6.meeting.1\n",
        ),
        (
            ("A/DEC/72/553", "--action", "cancel", "--on", "2018-03-28", "--when", "TBD", "--adopted", "2018-03-26"),
            2,
            "plenary: cancel takes no time (when): --when: leave it out\n",
        ),
        (
            ("A/DEC/72/553", "--on", "2018-03-28", "--adopted", "2018-03-26"),
            2,
            "plenary: --action is required: --action: use one of postpone, move, cancel, reinstate, extend, replace,"
            " merge, correct, hold, modify\n",
        ),
        (
            ("A/DEC/72/553", "--action", "hold", "--on", "2018-03-28", "--adopted", "2018-03-29"),
            2,
            'plenary: the status "held" requires evidence: --evidence: give the symbol of a record as evidence\n',
        ),
        (
            ("A/DEC/72/553", "--action", "cancel", "--on", "2018-03-28", "--adopted", "2016-01-01"),
            1,
            "plenary: the amendment was decided on 2016-01-01, before the event itself on 2017-12-24: "
            "A/DEC/72/553 and A/RES/72/251 ¶6:"
            " check the target and the days of adoption\n",
        ),
        (("A/DEC/72/553", "--confirm", "two", "--by", "m.k."), 2, None),
        (("A/DEC/72/553", "--confirm", "all"), 2, None),
        (("A/DEC/72/553", "--confirm", "all", "--reject", "all"), 2, None),
        (("A/DEC/72/553", "--reject", "all"), 1, None),
    ],
)
def test_what_is_missing_or_wrong_is_one_line(
    capfd: pytest.CaptureFixture[str], folder: Path, arguments: tuple[str, ...], status: int, line: str | None
) -> None:
    code, out, err = run(capfd, *arguments)
    assert (code, out) == (status, "")
    assert err == line if line else err.count("\n") == 1
    assert not (folder / "ga/72/A-DEC-72-553.yaml").exists()


def test_on_a_terminal_it_asks_for_what_is_missing(folder: Path) -> None:
    """A real terminal: the questions come one by one, an answer that fits none is asked for again."""
    answers = [
        ("was adopted", "26 March"),
        ("was adopted", "2018-03-26"),
        ("Event: its uid", "nothing of the kind"),
        ("Event: its uid", "nuclear conference"),
        ("Which (number", "2"),
        ("What is done", "shift"),
        ("What is done", "move"),
        ("New time", "2018-05-10"),
        ("Note", "moved to May"),
        ("Write", "y"),
    ]
    terminal, inner = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", "from app.cli import main; main()", "amend", "A/DEC/72/553"],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env={**os.environ, "TERM": "dumb", "COLUMNS": "200"},
    )
    os.close(inner)
    heard, end = "", time.monotonic() + 60
    for question, said in answers:
        seen = ""
        while question not in seen:
            assert time.monotonic() < end, heard
            if select.select([terminal], [], [], 1)[0]:
                seen += os.read(terminal, 4096).decode("utf-8", "replace")
        # Up to the end of the question, so that the next one is not taken for this.
        heard += seen
        os.write(terminal, f"{said}\n".encode())
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        heard += part.decode("utf-8", "replace")
    os.close(terminal)
    assert child.wait(10) == 0, heard
    written = (folder / "ga/72/A-DEC-72-553.yaml").read_text(encoding="utf-8")
    assert written.partition("amendments:\n")[2] == (
        "- target: A-RES-72-251.6.meeting.1\n  action: move\n  when: 2018-05-10\n  note: moved to May\n"
    )
