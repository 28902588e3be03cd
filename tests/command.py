# SPDX-License-Identifier: AGPL-3.0-or-later
"""Run `goodoffices` commands as processes of their own: real settings, real store, real exit codes and signals.

They are forked from a server that has loaded the heavy libraries but nothing of Django's settings, so that a
command costs a fraction of a second instead of several.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

HEAVY = [
    "cryptography.hazmat.primitives.kdf.argon2",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "environ",
    "goodoffices.cli.importing",
    "goodoffices.cli.main",
    "goodoffices.config.folder",
    "goodoffices.core.linkage",
    "goodoffices.intake.reading",
    "django.contrib.auth.hashers",
    "django.core.management",
    "django.core.serializers.json",
    "django.db.backends.sqlite3.base",
    "django.db.migrations.executor",
    "django.db.models.sql.compiler",
    "django.forms",
    "django.http",
    "django.middleware.cache",
    "django.shortcuts",
    "django.template.loader",
    "django.test",
    "pydantic",
    "sqlcipher3",
    "typer._adapters",
]
SECONDS = 90
CHEAP = {"GOODOFFICES_ARGON2_TIME": "1", "GOODOFFICES_ARGON2_MEMORY_KIB": "64", "GOODOFFICES_ARGON2_LANES": "1"}

_server = multiprocessing.get_context("forkserver")
_server.set_forkserver_preload(HEAVY)


@dataclass(frozen=True)
class Done:
    """How a command ended; ``code`` is negative where a signal ended it."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Running:
    """A command under way."""

    process: BaseProcess
    folder: Path

    def end(self, seconds: float = SECONDS) -> Done:
        """Wait for its end."""
        self.process.join(seconds)
        in_time = self.process.exitcode is not None
        if not in_time:
            self.process.kill()
            self.process.join()
        out, err = ((self.folder / name).read_text("utf-8") for name in ("out", "err"))
        shutil.rmtree(self.folder)
        if not in_time:
            raise TimeoutError(f"not done in {seconds} s: {err}")
        return Done(int(self.process.exitcode or 0), out, err)


def start(*arguments: object, env: Mapping[str, str] | None = None, stdin: str = "") -> Running:
    """Start a command; the stores' addresses of this process's environment are not handed on."""
    return call(_command, *map(str, arguments), env=env, stdin=stdin)


def call(
    function: Callable[..., None], *arguments: object, env: Mapping[str, str] | None = None, stdin: str = ""
) -> Running:
    """Start a module's function in a process of its own, as `start` does a command."""
    folder = Path(tempfile.mkdtemp(prefix="goodoffices-command-"))
    for name, text in (("in", stdin), ("out", ""), ("err", "")):
        (folder / name).write_text(text, "utf-8")
    process = _server.Process(target=_enter, args=(function, arguments, environment(env), str(folder)))
    process.start()
    return Running(process, folder)


def goodoffices(*arguments: object, env: Mapping[str, str] | None = None, stdin: str = "") -> Done:
    """Run a command to its end."""
    return start(*arguments, env=env, stdin=stdin).end()


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give this process's environment without our settings and devices, with ``more``."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GOODOFFICES_", "DJANGO_"))}
    return {**own, **CHEAP, **(more or {})}


def _enter(function: Callable[..., None], arguments: Sequence[object], environ: dict[str, str], folder: str) -> None:
    """Be the process: runs in the forked child."""
    os.environ.clear()
    os.environ.update(environ)
    for number, name, flags in ((0, "in", os.O_RDONLY), (1, "out", os.O_WRONLY), (2, "err", os.O_WRONLY)):
        opened = os.open(Path(folder) / name, flags | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - the process's own streams
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    function(*arguments)


def _command(*arguments: str) -> None:
    sys.argv = ["goodoffices", *arguments]
    from goodoffices.cli.main import run

    run()
