"""``plenary check``: files that hold, and differences that nobody reviewed."""

from pathlib import Path

import pytest

from tests.cli.command_line import SEED, run

pytestmark = pytest.mark.usefixtures("own_store")


def test_the_schedules_of_the_tree_pass_their_check(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "check")
    assert (code, out, err) == (0, "11 schedule files, 1 re-derived from their texts, 0 failed\n", "")


def test_check_fails_on_a_difference_that_no_review_explains(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "schedules"
    folder.mkdir()
    (folder / SEED.name).write_bytes(SEED.read_bytes())
    file = folder / "A-RES-72-251.yaml"
    good = (SEED.parent / "A-RES-72-251.yaml").read_text("utf-8")
    assert good.count("  when: 2018-03-28\n") == 1
    file.write_text(good.replace("  when: 2018-03-28\n", "  when: 2018-03-29\n"), "utf-8")
    code, out, err = run(capfd, "check", str(file))
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        f"{file}: differs: A-RES-72-251.6.meeting.1 when: the file has 2018-03-29, derived 2018-03-28",
        "1 schedule files, 1 re-derived from their texts, 1 failed",
    ]
