"""``plenary serve``: one process, or several behind one socket that a supervisor renews one by one."""

from __future__ import annotations

import ipaddress
import logging.config
import multiprocessing
import os
import shutil
import socket
import sys
import tempfile
from datetime import UTC, datetime
from typing import Annotated

import typer
import uvicorn

from app import __version__
from app.cli.app import cli
from app.cli.supervisor import GRACE_SECONDS, SILENT_SECONDS, Supervisor
from app.errors import PortInUse, UsageError, message
from app.logging_config import configuration
from app.services import sync
from app.settings import SHARED_METRICS, settings

_BACKLOG = 2048
_FIRST_FD = 3


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes to answer with; PLENARY_WORKERS says it, too.")
    ] = None,
) -> None:
    """Serve feeds, API and pages.

    SIGTERM stops it gracefully; SIGHUP loads the schedules and replaces several workers one by
    one.

    Examples:

      plenary serve

      plenary serve --host 0.0.0.0 --port 8080 --workers 4
    """
    chosen = settings()
    listener = inherited() or listen(host, port)
    if listener.family != socket.AF_UNIX:
        host, port = listener.getsockname()[:2]
    if "base_url" not in chosen.model_fields_set:
        if is_wildcard(host):
            listener.close()
            raise UsageError(
                message("the public address is unknown"),
                where="PLENARY_BASE_URL",
                hint=message("set it to the address under which people reach the service, or use --host with one"),
            )
        # The service reads its settings from the environment, as it does behind any other server.
        os.environ["PLENARY_BASE_URL"] = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    count = workers or chosen.workers
    os.environ["PLENARY_WORKERS"] = str(count)
    _prepare_apart(listener)
    typer.echo(f"Plenary {__version__} on http://{host}:{port}", err=True)
    config = uvicorn.Config(
        # Workers that are renewed look for new schedules themselves.
        "app.web.server.factory:application" if count > 1 else "app.web.server.factory:loaded",
        factory=True,
        http="app.web.server.fast_path:FastPathProtocol",
        ws="none",
        workers=count,
        log_config=configuration(chosen.log_level, chosen.log_format),
        access_log=False,
        server_header=False,
        forwarded_allow_ips=chosen.proxies,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_worker_healthcheck=SILENT_SECONDS,
    )
    if count > 1:
        _several(config, listener)
        return
    server = uvicorn.Server(config)
    server.run(sockets=[listener])
    if not server.started:
        raise typer.Exit(1)


def _several(config: uvicorn.Config, listener: socket.socket) -> None:
    folder = tempfile.mkdtemp(prefix="plenary-metrics-")
    os.environ[SHARED_METRICS] = folder
    try:
        Supervisor(config, sockets=[listener]).run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare_apart(listener: socket.socket) -> None:
    """Brings the store up to date once, before there are workers that would all begin to.

    In a process of its own, because the memory that this takes would otherwise stay with the service. There are no
    threads yet, so that a fork is safe; elsewhere than on Linux, libraries of the system may have some.
    """
    linux = sys.platform == "linux"
    context = multiprocessing.get_context("fork") if linux else multiprocessing.get_context("spawn")
    first = context.Process(target=_prepare, args=(listener,))
    first.start()
    first.join()
    if (first.exitcode or 0) < 0:
        raise sync.process_killed_error(settings().schedules)
    if first.exitcode:
        raise typer.Exit(first.exitcode)


def _prepare(listener: socket.socket) -> None:
    """Migrate and load the store; report errors as the command line does, with exit code 1."""
    # Should the service be killed meanwhile, its port is free for the next.
    listener.close()
    from app.cli.errors import run_guarded  # noqa: PLC0415  # only this process needs it

    logging.config.dictConfig(configuration(settings().log_level, settings().log_format))
    run_guarded(lambda: sync.open_store(settings(), datetime.now(UTC)).close())


def is_wildcard(host: str) -> bool:
    """Return whether a socket listens on every address: none of them can be put into links.

    >>> is_wildcard("0.0.0.0"), is_wildcard("::"), is_wildcard("127.0.0.1")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_unspecified
    except ValueError:
        return False


def inherited() -> socket.socket | None:
    """Return the socket from systemd (``LISTEN_FDS``, sd_listen_fds(3)), None without one.

    Raises UsageError where there are several.
    """
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return None
    count = os.environ.pop("LISTEN_FDS", "0")
    os.environ.pop("LISTEN_PID")
    if count != "1":
        raise UsageError(
            message("expected one socket from systemd, got {count}", count=count),
            where="LISTEN_FDS",
            hint=message("configure one ListenStream="),
        )
    return socket.socket(fileno=_FIRST_FD)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket, so that a port in use is found before anything starts.

    Who connects while the service starts waits instead of being refused.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise PortInUse(
            message("cannot listen ({error})", error=error.strerror or error),
            where=f"{host}:{port}",
            hint=message("choose another with --port"),
        ) from error
    return listener
