"""The inside of a reading process: it opens no files and knows no secrets."""

from pathlib import Path

import pytest

from app.documents import sandbox


def test_a_reader_opens_no_files_and_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.close()
    monkeypatch.setenv("PLENARY_DATABASE_URL", "postgresql://someone:secret@localhost/plenary")
    with sandbox.get_pool().acquire() as cell:
        environment = Path(f"/proc/{cell.process.pid}/environ")
        if environment.exists():
            assert b"secret" not in environment.read_bytes()
