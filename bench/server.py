# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the measurements of pages share: a testing folder, a signed-in caseworker, the real server, one request."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from pathlib import Path

PORT = 8377


def settle(folder: Path) -> None:
    """Make the folder if it isn't there, and point Django at it."""
    from goodoffices.config.folder import create_folder

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodoffices.config.settings")
    os.environ["GOODOFFICES_DATA"] = str(folder)
    os.environ["GOODOFFICES_STAFF_HOSTS"] = "localhost"
    if not folder.exists():
        create_folder(folder, "testing")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def session() -> str:
    """Sign a caseworker in and give her cookie."""
    from datetime import UTC, datetime

    from django.test import Client

    from goodoffices.access import services
    from goodoffices.access.actors import SYSTEM
    from goodoffices.access.models import User

    now = datetime.now(UTC)
    user = User.objects.filter(email="bench@goodoffices.invalid").first()
    if user is None:
        user = services.create_user(
            email="bench@goodoffices.invalid",
            display_name="Bench",
            passphrase=None,
            language="en",
            actor=SYSTEM,
            now=now,
        )
        services.give_roles(user, ["caseworker"], actor=SYSTEM, now=now)
    client = Client()
    client.force_login(user, backend="goodoffices.access.backends.EmailBackend")
    return f"__Host-session={client.cookies['__Host-session'].value}"


def serve() -> subprocess.Popen[bytes]:
    """Start gunicorn as `serve` does, and wait until it answers."""
    command = [sys.executable, "-m", "gunicorn", "goodoffices.config.wsgi:application"]
    server = subprocess.Popen(
        [*command, "-b", f"127.0.0.1:{PORT}", "-w", "2", "--threads", "4", "--log-level", "error"]
    )
    for _ in range(100):
        try:
            http.client.HTTPConnection("127.0.0.1", PORT, timeout=1).connect()
        except OSError:
            time.sleep(0.1)
        else:
            return server
    raise SystemExit("the server didn't start")


def cpu_seconds(pid: int) -> float:
    """Processor time of the server and its workers: what a busy machine doesn't stretch."""
    import psutil

    server = psutil.Process(pid)
    times = [one.cpu_times() for one in (server, *server.children(recursive=True))]
    return sum(one.user + one.system for one in times)


def at(ordered: list[float], share: float) -> float:
    """The value below which a share of ordered values lies."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def ask(path: str, cookie: str) -> float:
    """Ask for a page; milliseconds to its last byte."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("GET", path, headers={"Host": "localhost", "Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    took = (time.perf_counter() - started) * 1000
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    return took
