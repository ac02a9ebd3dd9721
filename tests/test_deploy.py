"""The files of deployment: what they name exists, and the tools that read them accept them."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.cli.run import cli
from app.settings import Settings
from tests.serving import free_port, running

ROOT = Path(__file__).parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
UNIT = (ROOT / "deploy/plenary.service").read_text("utf-8")
NGINX = (ROOT / "deploy/nginx.conf").read_text("utf-8")


def settings_of(text: str) -> set[str]:
    return set(re.findall(r"PLENARY_([A-Z_]+)", text))


def test_every_setting_that_is_set_exists() -> None:
    named = settings_of((ROOT / "compose.yaml").read_text("utf-8")) | settings_of(UNIT)
    assert named - {name.upper() for name in Settings.model_fields} == set()


def test_compose_names_services_volumes_and_commands_that_exist() -> None:
    services = COMPOSE["services"]
    assert sorted(services) == ["db", "proxy", "web1", "web2", "worker"]
    for name, service in services.items():
        assert ("image" in service) != ("build" in service), name
        for other in service.get("depends_on", ()):
            assert other in services
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert (ROOT / source).exists() if source.startswith("./") else source in COMPOSE["volumes"], volume
    assert services["web1"] == services["web2"]
    commands = {command.name or command.callback.__name__ for command in cli.registered_commands if command.callback}
    assert {"serve"} <= commands
    assert services["worker"]["command"][0] == "plenary"
    assert set(re.findall(r"server (\w+):8000", NGINX)) == {"web1", "web2"}


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    if (nginx := shutil.which("nginx") or shutil.which("/usr/sbin/nginx")) is None:
        pytest.skip("nginx is not on this machine")
    # Names of the compose network are not known here, and the cache lies in a folder of ours.
    text = re.sub(r"web[12]:", "127.0.0.1:", NGINX).replace("/var/cache/nginx", str(tmp_path))
    whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {text} }}"
    (tmp_path / "nginx.conf").write_text(whole)
    done = subprocess.run(
        [nginx, "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False
    )
    assert "test is successful" in done.stderr, done.stderr


def test_client_behind_proxy_is_limited_by_its_own_address(tmp_path: Path) -> None:
    if (nginx := shutil.which("nginx") or shutil.which("/usr/sbin/nginx")) is None:
        pytest.skip("nginx is not on this machine")
    port = free_port()
    with running(tmp_path, (), {"PLENARY_RATE": "3", "PLENARY_PROXIES": "*"}) as service:
        text = re.sub(r"web[12]:8000", f"127.0.0.1:{service.port}", NGINX).replace("/var/cache/nginx", str(tmp_path))
        text = text.replace("listen 8080;", f"listen 127.0.0.1:{port};")
        # Folders of tests are their owner's alone.
        user = "user root; " if os.geteuid() == 0 else ""
        whole = f"{user}daemon off; pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {text} }}"
        (tmp_path / "nginx.conf").write_text(whole)
        proxy = subprocess.Popen([nginx, "-c", str(tmp_path / "nginx.conf")], stderr=subprocess.DEVNULL)
        try:
            limit = time.monotonic() + 20
            while not (heard := _asked(port, "/healthz")) and time.monotonic() < limit:
                time.sleep(0.05)
            assert heard == 200
            # What they say of themselves is not believed: the proxy says who they are.
            said = [_asked(port, "/api/v1/languages", f"192.0.2.{number}") for number in range(5)]
            # Somebody else, whom a proxy that is believed names, has a bucket of their own.
            other = _asked(service.port, "/api/v1/languages", "192.0.2.9")
        finally:
            proxy.terminate()
            proxy.wait(20)
    assert (said, other) == ([200, 200, 200, 429, 429], 200)


@pytest.fixture
def proxied(tmp_path: Path) -> Iterator[int]:
    """A service behind the shipped proxy, by the proxy's port."""
    if (nginx := shutil.which("nginx") or shutil.which("/usr/sbin/nginx")) is None:
        pytest.skip("nginx is not on this machine")
    port = free_port()
    with running(tmp_path, (), {"PLENARY_PROXIES": "*"}) as service:
        text = re.sub(r"web[12]:8000", f"127.0.0.1:{service.port}", NGINX).replace("/var/cache/nginx", str(tmp_path))
        text = text.replace("listen 8080;", f"listen 127.0.0.1:{port};")
        user = "user root; " if os.geteuid() == 0 else ""
        whole = f"{user}daemon off; pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {text} }}"
        (tmp_path / "nginx.conf").write_text(whole)
        proxy = subprocess.Popen([nginx, "-c", str(tmp_path / "nginx.conf")], stderr=subprocess.DEVNULL)
        try:
            limit = time.monotonic() + 20
            while not _asked(port, "/healthz") and time.monotonic() < limit:
                time.sleep(0.05)
            yield port
        finally:
            proxy.terminate()
            proxy.wait(20)


def test_proxy_ambiguous_address_does_not_poison_the_cache(proxied: int) -> None:
    hostile = (
        "/feeds/resolution//A-RES-72-251.ics",
        "/feeds/resolution/a/res/72/251.ics",
        "/feeds//resolution/A-RES-72-251.ics",
        "/feeds/resolution/%2fA-RES-72-251.ics",
        "/feeds/resolution/A-RES-72-251.ics%0d%0aX-Evil:1",
        "/feeds/resolution/a/res/72/251.i%0d%0acs",
    )
    for path in hostile * 2:
        assert _asked(proxied, path) in (301, 404), path
    assert _asked(proxied, "/feeds/resolution/A-RES-72-251.ics") == 200
    assert _asked(proxied, "/healthz") == 200


def test_proxy_query_without_meaning_makes_no_new_key(proxied: int, tmp_path: Path) -> None:
    for number in range(5):
        for query in (
            f"?v={number}",
            f"?lang=fr&v={number}",
            f"?v={number}&lang=fr",
            f"?kind=report&v={number}&lang=fr",
        ):
            assert _asked(proxied, f"/feeds/all.ics{query}") == 200
    time.sleep(0.2)
    kept = [path for path in (tmp_path / "plenary").rglob("*") if path.is_file()]
    assert len(kept) == 3


def _asked(port: int, path: str, forwarded: str = "") -> int:
    """The status of an answer, 0 where nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"X-Forwarded-For": forwarded} if forwarded else {})
        return connection.getresponse().status
    except ConnectionRefusedError:
        return 0
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["plenary.service", "plenary.socket"])
def test_systemd_takes_the_unit(name: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    for unit in ("plenary.service", "plenary.socket"):
        # The program is not installed where the unit has it.
        text = (ROOT / "deploy" / unit).read_text("utf-8").replace("/srv/plenary/.venv/bin/plenary", "/bin/true")
        (tmp_path / unit).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "plenary" in line]
    assert ours == []


def test_unit_reloads_without_stop_and_restricts_service() -> None:
    assert "ExecReload=/bin/kill -HUP $MAINPID" in UNIT
    assert "PLENARY_WORKERS=2" in UNIT
    for wall in ("NoNewPrivileges=true", "ProtectSystem=strict", "CapabilityBoundingSet=\n", "User=plenary"):
        assert wall in UNIT
