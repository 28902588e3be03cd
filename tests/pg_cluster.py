# SPDX-License-Identifier: AGPL-3.0-or-later
"""Run a command against a PostgreSQL cluster made for it alone: ``python -m tests.pg_cluster COMMAND...``.

The cluster lives in a temporary folder, listens on a unix socket only, and is gone afterwards. Where the store
URLs of CONTRACTS part 1 are given already, they are used instead.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STORES = ("casework", "mission", "public")
URL = "GOODOFFICES_{}_DATABASE_URL"


def server_binaries() -> Path | None:
    """Find the newest server's folder, Debian's layout first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    return Path(named).resolve().parent if named else None


@contextmanager
def cluster() -> Iterator[dict[str, str]]:
    """Start a cluster; gives the environment that points the stores at it."""
    binaries = server_binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL's server isn't installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="goodoffices-pg-"))
    user = _owner(folder)
    try:
        _as(user, [binaries / "initdb", "-D", folder / "data", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=60"
        _as(user, [binaries / "pg_ctl", "-D", folder / "data", "-w", "-o", options, "-l", folder / "log", "start"])
        _as(user, [binaries / "createuser", "-h", folder, "-s", "goodoffices"], check=False)
        for store in STORES:
            _as(user, [binaries / "createdb", "-h", folder, "-O", "goodoffices", f"go_{store}"])
        yield {URL.format(store.upper()): f"postgresql://goodoffices@/go_{store}?host={folder}" for store in STORES}
    finally:
        _as(user, [binaries / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: hand the folder to its own user."""
    if os.geteuid() != 0:
        return None
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return "postgres"


def _as(user: str | None, command: list[object], check: bool = True) -> None:
    words = [str(word) for word in command]
    if user:
        words = ["runuser", "-u", user, "--", *words]
    done = subprocess.run(words, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if check and done.returncode:
        raise SystemExit(f"{words[-1]}: {done.stderr.decode(errors='replace')}")


def main() -> int:
    if os.environ.get(URL.format("CASEWORK")):
        return subprocess.run(sys.argv[1:], check=False).returncode
    with cluster() as environment:
        return subprocess.run(sys.argv[1:], env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
