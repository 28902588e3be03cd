# SPDX-License-Identifier: AGPL-3.0-or-later
"""`serve` and `worker`: they start, answer on loopback only, and stop with all their children."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import psutil
import pytest

from tests.cli.lists import write_list
from tests.command import environment

START_SECONDS = 60
STOP_SECONDS = 15


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def started(*words):
    """A command as its own process group of processes; whatever is left of it is ended."""
    process = subprocess.Popen(
        [sys.executable, "-m", "goodoffices.cli.main", *map(str, words)],
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    family = []
    try:
        yield process, family
    finally:
        for one in [*family, psutil.Process(process.pid)] if process.poll() is None else family:
            if one.is_running():
                one.kill()
        process.communicate()


def get(port, path, host="localhost"):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as link:
        link.request("GET", path, headers={"Host": f"{host}:{port}"})
        answer = link.getresponse()
        return answer, answer.read().decode()


def wait_for(port, process):
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, process.stderr.read()
        try:
            return get(port, "/sign-in/")
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the staff site doesn't answer")


@pytest.mark.slow
def test_the_staff_site_answers_and_all_processes_stop_when_told(data):
    port = free_port()
    with started("serve", "--data", data, "--staff-port", port) as (process, family):
        answer, body = wait_for(port, process)
        family += psutil.Process(process.pid).children(recursive=True)
        assert answer.status == 200
        assert "<form" in body
        assert answer.getheader("Content-Security-Policy")
        assert answer.getheader("Cache-Control") == "no-store"
        assert get(port, "/people/")[0].status in {302, 303, 401}
        assert get(port, "/sign-in/", host="elsewhere.example")[0].status == 400
        listening = {one.laddr.ip for child in family for one in child.net_connections() if one.status == "LISTEN"}
        assert listening == {"127.0.0.1"}
        commands = [" ".join(child.cmdline()) for child in family]
        assert any("goodoffices.cli.child staff" in line for line in commands)
        assert any("goodoffices.cli.child worker" in line for line in commands)
        # Keys go over a pipe: no process shows one in its environment or arguments.
        secret = (data / "demo.key").read_text().strip()
        assert not any(secret in str(child.environ()) + str(child.cmdline()) for child in family)
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=STOP_SECONDS)[1]
        assert process.returncode == 0
        _, alive = psutil.wait_procs(family, timeout=1)
        assert not alive
        assert f"http://localhost:{port}/" in said
        assert "Public site: not built yet" in said


@pytest.mark.slow
def test_when_one_process_dies_the_others_stop_with_it(data):
    port = free_port()
    with started("serve", "--data", data, "--staff-port", port) as (process, family):
        wait_for(port, process)
        family += psutil.Process(process.pid).children(recursive=True)
        worker = next(child for child in family if "worker" in child.cmdline()[-1])
        os.kill(worker.pid, signal.SIGKILL)
        said = process.communicate(timeout=STOP_SECONDS)[1]
        assert process.returncode == 1
        assert "The worker process ended by itself" in said
        _, alive = psutil.wait_procs(family, timeout=1)
        assert not alive


def test_a_port_that_is_taken_is_told_plainly(run, refused):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        error = refused(run("serve", "--staff-port", port, "--json"), "port_taken")
    assert error["where"] == {"port": port}
    assert "--staff-port" in error["hint"]


@pytest.mark.slow
def test_the_worker_takes_up_what_waits_and_stops_at_ctrl_c(run, data, tmp_path):
    rows = (
        "1;Ковилянко Андрій Петрович;03.05.1985;ч;Колонія 188",
        "2;Ковылянко Андрей Петрович;03.05.1985;ч;Колония 188",
    )
    assert run("import", write_list(tmp_path, rows), "--source", "families", "--yes").code == 0
    before = run("verify-audit", "--json").json["entries"]
    with started("worker", "--data", data) as (process, _family):
        until = time.monotonic() + START_SECONDS
        while run("verify-audit", "--json").json["entries"] == before and time.monotonic() < until:
            time.sleep(1)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=STOP_SECONDS)[1]
        assert process.returncode == 0, said
        assert "Traceback" not in said
    done = run("verify-audit", "--json").json
    assert done["ok"] is True
    assert done["entries"] > before
