# SPDX-License-Identifier: AGPL-3.0-or-later
"""The processes of `serve`: the staff site and the worker, started by exec, each handed its keys over a pipe."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

from goodoffices.cli.door import say
from goodoffices.config.folder import handed_keys_json
from goodoffices.core.errors import GoodOfficesError

STAFF_WORKERS = 2
STAFF_THREADS = 4
STOP_SECONDS = 15


def serve(staff_port: int, public_port: int, data: Path) -> int:
    """Run the staff site and the worker until told to stop, or until one of them dies.

    Raises:
        GoodOfficesError: the port is taken.
    """
    _require_free(staff_port)
    children = {
        "staff": _start(["staff", str(staff_port)], data, checkpointer=False),
        "worker": _start(["worker"], data, checkpointer=True),
    }
    stopping = _stop_on_signals()
    say(f"Staff site:  http://localhost:{staff_port}/")
    say(f"Public site: not built yet; http://127.0.0.1:{public_port}/ will carry it.")
    say("Stop with Ctrl+C.")
    code = 0
    while not stopping:
        for name, child in children.items():
            if child.poll() is not None:
                say(f"The {name} process ended by itself with code {child.returncode}; stopping.")
                code = 1
                stopping.append(0)
                break
        time.sleep(0.2)
    for child in children.values():
        child.terminate()
    for child in children.values():
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
    return code


def run_staff(port: int) -> None:
    """Serve the staff site with gunicorn; the key is read before the workers fork, connections are not opened."""
    from gunicorn.app.base import BaseApplication

    from goodoffices.config.folder import store_key

    store_key("casework")

    class StaffSite(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            options: dict[str, Any] = {
                "bind": f"127.0.0.1:{port}",
                "workers": STAFF_WORKERS,
                "threads": STAFF_THREADS,
                "worker_class": "gthread",
                "timeout": 120,
                "accesslog": None,
                "errorlog": "-",
                "loglevel": "warning",
                "limit_request_line": 4094,
                "control_socket_disable": True,
            }
            for name, value in options.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            from goodoffices.config.wsgi import application

            return application

    StaffSite().run()


def run_worker() -> None:
    """Run jobs until told to stop; a job under way is finished first."""
    from goodoffices.access import clock
    from goodoffices.ledger import worker
    from goodoffices.ledger.upkeep import Daily

    stopping = _stop_on_signals()
    name = f"{socket.gethostname()}-{os.getpid()}"
    worker.work(clock=clock.now, worker_id=name, until=lambda: bool(stopping), between=Daily(clock.now()))


def _start(arguments: list[str], data: Path, *, checkpointer: bool) -> subprocess.Popen[bytes]:
    read_end, write_end = os.pipe()
    environment = {
        **os.environ,
        "GOODOFFICES_DATA": str(data),
        "GOODOFFICES_KEY_FD": str(read_end),
        "GOODOFFICES_CHECKPOINTER": str(checkpointer),
    }
    environment.pop("GOODOFFICES_KEY_FILE", None)
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "goodoffices.cli.child", *arguments],
        env=environment,
        pass_fds=(read_end,),
        start_new_session=True,
    )
    os.close(read_end)
    with os.fdopen(write_end, "wb") as pipe:
        pipe.write(handed_keys_json(("casework",)))
    return child


def _stop_on_signals() -> list[int]:
    asked: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return asked


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise GoodOfficesError(
                f"Port {port} is taken.",
                code="port_taken",
                where={"port": port},
                hint="Stop what runs there, or choose another with --staff-port.",
            ) from error
