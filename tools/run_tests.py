# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make test`: everything on the embedded store, then the store tests on PostgreSQL; ends with pytest's own line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal"]


def run(command: list[str], title: str) -> None:
    """Run one part; stop at the first that fails."""
    print(f"== {title}", flush=True)
    code = subprocess.run(command, cwd=ROOT, check=False, env={**os.environ, "PYTHONDEVMODE": ""}).returncode
    if code:
        raise SystemExit(code)


def main() -> None:
    cluster = [sys.executable, "-m", "tests.pg_cluster"]
    run([*cluster, *PYTEST, "-m", "store"], "The store tests on PostgreSQL")
    run([sys.executable, "bench/fuzz_readers.py", "--seconds", "60"], "60 seconds of fuzzing the readers")
    # In a fixed order: in a random one some tests of processes and browsers step on each other; not yet mended.
    run([*PYTEST, "-p", "no:randomly"], "Everything on the embedded store")


if __name__ == "__main__":
    main()
