# SPDX-License-Identifier: AGPL-3.0-or-later
"""Serve a copy of the demo folder through the real `goodoffices serve`, worker included; it stops with the test run."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD_SECONDS = 400
START_SECONDS = 90
STOP_SECONDS = 30


def built_world(shared: Path) -> Path:
    """Give the folder that holds the built demo world; whichever process of the run comes first builds it."""
    home = shared / "browser-world"
    with (shared / "browser-world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "known.json").exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            _run([sys.executable, "tools/compile_messages.py"], timeout=60)
            _run([sys.executable, "-m", "tests.browser.world", str(home / "data")], timeout=BUILD_SECONDS)
    return home


@contextmanager
def served(built: Path, own: Path) -> Iterator[str]:
    """Serve a copy of the built folder on a free port.

    Yields:
        The address of the staff site, without a slash at its end.
    """
    shutil.copytree(built / "data", own)
    own.chmod(0o700)
    with serving(own) as address:
        yield address


@contextmanager
def serving(own: Path) -> Iterator[str]:
    """Serve a data folder on a free port; the same yield."""
    port, other = _free_port(), _free_port()
    command = [sys.executable, "-m", "goodoffices.cli.main", "--data", str(own), "serve"]
    log = own.with_suffix(".log")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--staff-port", str(port), "--public-port", str(other)],
            cwd=ROOT,
            env=clean_environment(),
            stdout=out,
            stderr=out,
        )
    address = f"http://localhost:{port}"
    try:
        _wait(address, process, log)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def clean_environment() -> dict[str, str]:
    """Give this process's environment without what the tests of other kinds set for themselves."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GOODOFFICES_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept


def _run(command: list[str], *, timeout: int) -> None:
    done = subprocess.run(
        command, cwd=ROOT, env=clean_environment(), capture_output=True, text=True, timeout=timeout, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}:\n{log.read_text()[-4000:]}")
        try:
            with urllib.request.urlopen(address + "/sign-in/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"the server did not answer within {START_SECONDS} s:\n{log.read_text()[-4000:]}")
