# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make test`: everything on the embedded store, then the store tests on PostgreSQL; ends with pytest's own line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALONE = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "--last-failed", "--last-failed-no-failures=none"]
LAST_FAILED = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"
TESTS_FAILED = 1
MOST_ASKED_AGAIN = 12
ROOM = 4 * 1024**3
# Two workers share two cores: threads of a numeric library on top would only wait for one another.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal"]


@contextmanager
def quick_folder() -> Iterator[str]:
    """Give a folder for what the tests write, in memory where there is room: thousands of small stores are synced."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= ROOM
    with tempfile.TemporaryDirectory(prefix="goodoffices-", dir=memory if roomy else None) as folder:
        # The database server runs as another user and has to get through.
        Path(folder).chmod(0o711)
        yield folder


def run(command: list[str], title: str, folder: str) -> int:
    """Run one part; gives its exit code."""
    print(f"== {title}", flush=True)
    started = time.monotonic()
    env = {**os.environ, "PYTHONDEVMODE": "", "TMPDIR": folder, **ONE_THREAD}
    code = subprocess.run(command, cwd=ROOT, check=False, env=env).returncode
    print(f"== {title}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return code


def must_pass(code: int) -> None:
    """Stop at the first part that fails."""
    if code:
        raise SystemExit(code)


def main() -> None:
    with quick_folder() as folder:
        run_parts(folder)


def run_parts(folder: str) -> None:
    """Run all parts, one after the other.

    A few tests that fail beside four thousand others on two busy cores are asked once more, alone and in order: what
    passes then hangs on time or on what ran before it, which is said loudly and is a fault to be mended; what fails
    again fails.
    """
    cluster = [sys.executable, "-m", "tests.pg_cluster"]
    must_pass(run([*cluster, *PYTEST, "-m", "store"], "The store tests on PostgreSQL", folder))
    fuzzing = [sys.executable, "bench/fuzz_readers.py", "--seconds", "60"]
    must_pass(run(fuzzing, "60 seconds of fuzzing the readers", folder))
    LAST_FAILED.unlink(missing_ok=True)
    code = run(PYTEST, "Everything on the embedded store", folder)
    if code == TESTS_FAILED and 0 < len(failed()) <= MOST_ASKED_AGAIN:
        names = "\n".join(f"   {name}" for name in failed())
        print(f"== FAILED among the others, asked once more alone:\n{names}", flush=True)
        code = run(ALONE, "Those that failed, alone", folder)
    must_pass(code)


def failed() -> list[str]:
    """Give the tests that failed in the last run, as pytest keeps them."""
    return sorted(json.loads(LAST_FAILED.read_text("utf-8"))) if LAST_FAILED.exists() else []


if __name__ == "__main__":
    main()
