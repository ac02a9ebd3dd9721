"""The real service: its edge against raw sockets, its stop and its renewal under load."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command_line import run
from tests.serving import FEED, PROGRAM, ROOT, Load, Service, running, talk

GET = f"GET {FEED} HTTP/1.1\r\nHost: a\r\n"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running(tmp_path_factory.mktemp("serve"), settings={"PLENARY_LOG_FORMAT": "json"}) as made:
        yield made


def statuses(heard: bytes) -> list[int]:
    return [int(part[:3]) for part in heard.split(b"HTTP/1.1 ")[1:]]


# What follows a request that two readers could end at two places: it must never be answered as a request of its own.
HIDDEN = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
POST = "POST /api/v1/derive HTTP/1.1\r\nHost: a\r\n"
SMUGGLED = {
    "CL.TE": f"{POST}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{HIDDEN}",
    "TE.CL": f"{POST}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n{HIDDEN}\r\n0\r\n\r\n",
    "TE.TE": f"{POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: cow\r\n\r\n0\r\n\r\n{HIDDEN}",
    "TE with a tab": f"{POST}Transfer-Encoding:\tchunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n{HIDDEN}",
    "TE with a space before the colon": f"{POST}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{HIDDEN}",
    "two lengths": f"{POST}Content-Length: 0\r\nContent-Length: 36\r\n\r\n{HIDDEN}",
    "a list of lengths": f"{POST}Content-Length: 0, 36\r\n\r\n{HIDDEN}",
    "a signed length": f"{POST}Content-Length: +0\r\n\r\n{HIDDEN}",
    "a length that is none": f"{POST}Content-Length: 0x0\r\n\r\n{HIDDEN}",
    "a negative length": f"{POST}Content-Length: -1\r\n\r\n{HIDDEN}",
    "a folded header": f"{GET}X: a\r\n Content-Length: 36\r\n\r\n{HIDDEN}",
    "a folded first header": f"GET {FEED} HTTP/1.1\r\n Host: a\r\n\r\n{HIDDEN}",
    "a header without a name": f"{GET}: a\r\n\r\n{HIDDEN}",
    "NUL in a header": f"{GET}X: a\0b\r\n\r\n{HIDDEN}",
    "a bare CR": f"{GET}X: a\rContent-Length: 36\r\n\r\n{HIDDEN}",
    "a chunk size that is none": f"{POST}Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n{HIDDEN}",
    "a chunk size beyond 64 bits": f"{POST}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff1\r\n\r\n{HIDDEN}",
    "HTTP/0.9": f"GET {FEED}\r\n\r\n{HIDDEN}",
    "a space in the target": f"GET {FEED} x HTTP/1.1\r\nHost: a\r\n\r\n{HIDDEN}",
    "two hosts": f"GET {FEED} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "no host": f"GET {FEED} HTTP/1.1\r\n\r\n",
}


@pytest.mark.parametrize("name", SMUGGLED)
def test_ambiguous_request_is_rejected(name: str, service: Service) -> None:
    heard = talk(service.port, SMUGGLED[name].encode("latin-1"), patience=0.7)
    assert b"/smuggled" not in heard
    # Refused, or, where the framing is clear all the same, answered once and the connection ended.
    assert len(statuses(heard)) <= 1 or statuses(heard)[1:] == [400], heard
    service.get("/healthz")


def test_bare_line_feeds_end_lines_and_hide_nothing(service: Service) -> None:
    heard = talk(service.port, f"GET {FEED} HTTP/1.1\nHost: a\nConnection: close\n\n".encode(), patience=2)
    assert statuses(heard) in ([200], [400])


def test_a_head_beyond_its_bound_is_refused(service: Service) -> None:
    for head in (f"{GET}X: {'a' * 200_000}\r\n\r\n", f"GET /{'a' * 200_000} HTTP/1.1\r\nHost: a\r\n\r\n"):
        assert statuses(talk(service.port, head.encode(), patience=2)) in ([400], [431], [])
    assert statuses(talk(service.port, (GET + "".join(f"X{n}: a\r\n" for n in range(20_000))).encode())) in ([400], [])
    service.get("/healthz")


PATHS = {
    "/feeds/%2e%2e/%2e%2e/etc/passwd.ics": 404,
    "/feeds/../../etc/passwd.ics": 404,
    "/feeds/resolution/..%2f..%2fetc%2fpasswd.ics": 404,
    "/feeds/resolution/A-RES-72-251%00.ics": 404,
    "/feeds/resolution/A-RES-72-251.ics%00.txt": 404,
    "/feeds/resolution/%EF%BC%8E%EF%BC%8E.ics": 404,
    "/feeds/resolution/%ff%fe.ics": 404,
    "/feeds/resolution/A%0d%0aX-Evil:1.ics": 404,
    "/feeds/resolution/a%0d%0aset-cookie:a/res/72/251.ics": 404,
    f"/feeds/resolution/{'A' * 5000}.ics": 404,
    "/static/../main.py": 404,
    "/static/%2e%2e/main.py": 404,
    "/static/..%2fmain.py": 404,
    "/static/%2fetc%2fpasswd": 404,
    "/resolutions/..%2f..%2f": 404,
    "/resolutions/%00": 404,
    f"/resolutions/{'A' * 5000}": 404,
    "/events/%0d%0aX-Evil:1": 404,
    "/api/v1/resolutions/%2e%2e": 404,
    "/api/v1/events/%00": 404,
    "//evil.example/feeds/all.ics": 404,
}


@pytest.mark.parametrize("path", PATHS)
def test_tricks_in_paths_lead_nowhere(path: str, service: Service) -> None:
    heard = talk(service.port, f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    head = heard.partition(b"\r\n\r\n")[0].lower()
    assert statuses(heard) == [PATHS[path]]
    assert b"\r\nx-evil" not in head
    assert b"\r\nset-cookie" not in head
    assert b"root:" not in heard


def told(port: int, path: str, more: bytes = b"", method: bytes = b"GET", body: bytes = b"") -> bytes:
    """What is answered to who asks for ``evil.example``."""
    head = b"%s %s HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n" % (method, path.encode())
    return talk(port, head + more + b"Content-Length: %d\r\n\r\n" % len(body) + body)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/calendar/", 308), ("/resolutions/A-RES-72-251/", 308), ("//evil.example/", 404), ("/signin", 200),
     ("/feeds/all.ics", 200), ("/feeds/resolution/a/res/72/251.ics", 301), ("/openapi.json", 200), ("/nothing", 404),
     ("/api/v1/feeds", 200), ("/subscribe", 200)],
)  # fmt: skip
def test_the_host_that_was_asked_is_led_to_nowhere(path: str, status: int, service: Service) -> None:
    forwarded = b"X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n"
    heard = told(service.port, path, forwarded)
    assert statuses(heard) == [status]
    location = re.search(rb"\r\nlocation: (\S+)", heard)
    # An address that begins with one slash is on the host that was asked, whichever it is.
    assert location is None or re.match(rb"/[^/]", location[1])
    assert b"://evil.example" not in heard


@pytest.mark.parametrize("tag", ["*", '"', "W/", '""', ", ".join(f'"{number}"' for number in range(5000)), '"\xff"'])
@pytest.mark.parametrize("path", ["/feeds/none.ics", "/events/none", "/api/v1/events/none"])
def test_a_tag_of_any_kind_makes_nothing_that_is_not_there(tag: str, path: str, service: Service) -> None:
    assert statuses(told(service.port, path, b"If-None-Match: " + tag.encode("latin-1") + b"\r\n")) == [404]


def test_the_body_of_a_question_that_needs_none_is_not_read(service: Service) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa">' + b"".join(
        b'<!ENTITY a%d "&a%d;&a%d;">' % (number, number - 1, number - 1) for number in range(1, 40)
    )
    begun = time.monotonic()
    bodies = [bomb + b"]><a>&a39;</a>", b"<a>" * 20_000, b""]
    heard = [told(service.port, "/feeds/all.ics", b"Depth: 0\r\n", b"PROPFIND", body) for body in bodies]
    assert [item[:13] for item in heard] == [b"HTTP/1.1 207 "] * 3
    assert len({item.partition(b"\r\n\r\n")[2] for item in heard}) == 1
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("path", ["/api/v1/derive", "/try", "/signin", "/signout"])
@pytest.mark.parametrize("name", ['name="a"', 'name="a"; filename="b"'])
def test_a_form_of_many_parts_is_refused(path: str, name: str, service: Service) -> None:
    part = f"--b\r\nContent-Disposition: form-data; {name}\r\n\r\nx\r\n".encode()
    head = b"Content-Type: multipart/form-data; boundary=b\r\nAccept: application/json\r\n"
    heard = told(service.port, path, head, b"POST", part * 20_000 + b"--b--\r\n")
    assert statuses(heard) == [400]
    assert b"/openapi.json" in heard


def test_logs_are_json_lines_without_anything_personal(service: Service) -> None:
    service.get("/calendar?q=whatIamLookingFor")
    with pytest.raises(OSError, match="404"):
        service.get("/feeds/s/aSecretAddress.ics")
    lines = service.log.read_text().splitlines()
    assert {type(json.loads(line)) for line in lines[1:]} == {dict}  # the first is the command's own
    for personal in ("whatIamLookingFor", "aSecretAddress", "127.0.0.1:", "urllib"):
        assert personal not in "\n".join(lines[1:])


def test_slow_heads_do_not_keep_connections(tmp_path: Path) -> None:
    quick = (
        "from app.cli import main; from app.web.server import request_limits as edge; "
        "edge._SECONDS = (float('inf'), 0.5, 0.5); main()"
    )
    with running(tmp_path, command=(*PROGRAM[:2], quick)) as service:
        begun = time.monotonic()
        for parts in ([b""], [b"GET / HT"], [GET[:9].encode(), *[b"x"] * 20], [GET.encode(), *[b"X: a\r\n"] * 20]):
            assert statuses(talk(service.port, *parts, pause=0.1)) == []
        # A second request on a connection is held to the same.
        service.get(FEED)
        heard = talk(service.port, f"{GET}\r\n".encode(), *[b"G"] * 20, pause=0.1)
        assert statuses(heard) == [200]
        heard = talk(service.port, f"{POST}Content-Length: 100\r\n\r\n".encode(), *[b"a"] * 30, pause=0.1)
        assert 200 not in statuses(heard)
        assert time.monotonic() - begun < 20
        service.get("/healthz")


def test_stop_finishes_running_and_new_connections(tmp_path: Path) -> None:
    with running(tmp_path) as service:
        service.get(FEED)
        idle = socket.create_connection(("127.0.0.1", service.port), timeout=10)
        time.sleep(0.2)
        service.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        idle.sendall(f"{GET}\r\n".encode())
        heard = b""
        while more := idle.recv(65536):
            heard += more
        assert statuses(heard) == [200]
        assert b"\r\nconnection: close\r\n" in heard
        assert service.process.wait(20) == -signal.SIGTERM


def test_workers_are_renewed_under_load_without_losing_a_request(tmp_path: Path) -> None:
    with running(tmp_path, ["--workers", "2"]) as service:
        limit = time.monotonic() + 60
        while len(service.workers()) < 2 and time.monotonic() < limit:
            time.sleep(0.1)
        before = set(service.workers())
        assert len(before) == 2
        with Load(service.port) as load:
            time.sleep(0.5)
            service.process.send_signal(signal.SIGHUP)
            while before & set(service.workers()) and time.monotonic() < limit:
                time.sleep(0.2)
            time.sleep(0.5)
        assert not before & set(service.workers())
        assert load.failures == []
        assert set(load.statuses) == {200}
        assert len(load.statuses) > 50
        metrics = service.get("/metrics").decode()
        assert 'plenary_requests_total{method="GET",route="/feeds/resolution/{slug}",status="200"}' in metrics
        service.process.terminate()
        assert service.process.wait(30) == 0


def two_workers(service: Service, limit: float, gone: int = 0) -> list[int]:
    """The workers, once there are two and ``gone`` is none of them; as they are at ``limit`` (monotonic)."""
    while (gone in service.workers() or len(service.workers()) < 2) and time.monotonic() < limit:
        time.sleep(0.1)
    return service.workers()


def test_a_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    with running(tmp_path, ["--workers", "2"]) as service:
        limit = time.monotonic() + 60
        victim = two_workers(service, limit)[0]
        os.kill(victim, signal.SIGKILL)
        assert len(two_workers(service, limit, gone=victim)) == 2
        service.get(FEED)


def test_worker_killed_during_request_is_replaced(tmp_path: Path) -> None:
    with running(tmp_path, ["--workers", "2"]) as service:
        limit = time.monotonic() + 60
        victim = two_workers(service, limit)[0]
        os.kill(victim, signal.SIGSTOP)
        time.sleep(1.5)
        killed = time.monotonic()
        os.kill(victim, signal.SIGKILL)
        assert len(two_workers(service, limit, gone=victim)) == 2
        assert time.monotonic() - killed < 10
        service.get(FEED)


def test_a_socket_that_systemd_hands_over_is_listened_on(tmp_path: Path) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    # What systemd does: the socket as descriptor 3, its number and the process it is for in the environment.
    code = (
        "import os, sys; os.dup2(int(sys.argv[1]), 3); os.set_inheritable(3, True)\n"
        "os.environ |= {'LISTEN_FDS': '1', 'LISTEN_PID': str(os.getpid())}\n"
        "from app.cli import main; main(['serve', '--port', '1'])"
    )
    environment = {
        **os.environ,
        "PLENARY_DATABASE_URL": f"sqlite:///{tmp_path}/plenary.sqlite",
        "PLENARY_SCHEDULES": str(ROOT / "schedules"),
    }
    process = subprocess.Popen(
        [PROGRAM[0], "-c", code, str(listener.fileno())], cwd=ROOT, env=environment, pass_fds=[listener.fileno()],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        # Connected before the service listens: it waits in the socket's queue and is answered.
        assert statuses(talk(port, f"{GET}Connection: close\r\n\r\n".encode(), patience=60)) == [200]
    finally:
        process.terminate()
        process.wait(20)
        listener.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_serve_wildcard_without_base_url_refuses(host: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PLENARY_BASE_URL"}
    environment |= {"PLENARY_DATABASE_URL": f"sqlite:///{tmp_path}/plenary.sqlite"}
    command = [*PROGRAM, "serve", "--host", host, "--port", "0"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "PLENARY_BASE_URL" in done.stderr) == (2, True)


@pytest.mark.usefixtures("own_store")
def test_a_port_in_use_is_said_before_anything_starts(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = run(capfd, "serve", "--port", str(port))
    assert (code, out) == (2, "")
    assert err == f"plenary: cannot listen (Address already in use): 127.0.0.1:{port}: choose another with --port\n"
