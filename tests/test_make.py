"""What a newcomer and an image builder type, run in a clean copy of the tree."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHIPPED = ("app", "schedules", "pyproject.toml", "run.lock", "dev.lock", "README.md", "LICENSE", "Makefile")


def copy_tree(folder: Path) -> Path:
    for name in (*SHIPPED, "Dockerfile"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)
    return folder


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answer(url: str, server: subprocess.Popen[bytes], seconds: float) -> bytes:
    limit = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2) as response:
                body = response.read()
                assert isinstance(body, bytes)
                return body
        except OSError:
            assert server.poll() is None, "the service stopped"
            assert time.monotonic() < limit, "the service did not answer in time"
            time.sleep(0.2)


def test_make_serve_needs_nothing_but_python_and_make(tmp_path: Path) -> None:
    folder = copy_tree(tmp_path)
    port = free_port()
    command = ["make", "serve", f"PORT={port}", f"PYTHON={sys.executable}"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        feed = answer(f"http://127.0.0.1:{port}/feeds/resolution/A-RES-72-251.ics", server, 300)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
    assert feed.startswith(b"BEGIN:VCALENDAR\r\n")
    assert feed.count(b"BEGIN:VEVENT") - feed.count(b"RECURRENCE-ID") == 7


def test_dockerfile_commands_install_and_start_service(tmp_path: Path) -> None:
    folder = copy_tree(tmp_path)
    text = (folder / "Dockerfile").read_text("utf-8")
    python = folder / "clean" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(folder / "clean")], check=True)
    installs = re.findall(r"^RUN \.venv/bin/python (-m pip install .*?)(?: \\)?$", text, flags=re.MULTILINE)
    assert len(installs) == 2
    for arguments in installs:
        subprocess.run([str(python), *arguments.split()], cwd=folder, check=True, capture_output=True)
    # The image holds the installed package and schedules/, not the source tree.
    shutil.rmtree(folder / "app")
    start = re.findall(r'"([^"]+)"', re.findall(r"^CMD \[(.*)\]$", text, flags=re.MULTILINE)[-1])
    assert start == ["plenary", "serve", "--host", "0.0.0.0", "--port", "8000"]
    port = free_port()
    program = [str(python.parent / start[0]), *start[1:3], "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(program, cwd=folder)
    try:
        health = answer(f"http://127.0.0.1:{port}/healthz", server, 60)
    finally:
        server.terminate()
        server.wait(20)
    assert b'"ok"' in health
    assert re.search(r"^USER \d+:\d+$", text, flags=re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*/healthz", text, flags=re.MULTILINE)
