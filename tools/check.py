# SPDX-License-Identifier: AGPL-3.0-or-later
"""The fast checks, cheapest first; each failure is shown, and the exit code says whether all passed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

STEPS: list[tuple[str, list[str]]] = [
    ("format", [str(BIN / "ruff"), "format", "--check", "-q", "."]),
    ("lint", [str(BIN / "ruff"), "check", "-q", "."]),
    ("imports", [str(BIN / "lint-imports"), "--no-cache"]),
    ("translations", [sys.executable, "tools/check_translations.py"]),
    ("missing migrations", [sys.executable, "tools/check_migrations.py"]),
    ("types", [str(BIN / "mypy")]),
]


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": "/usr/bin:/bin", "GOODOFFICES_DATA": folder, "HOME": str(Path.home())}
        for name, command in STEPS:
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
            print(f"{'ok  ' if done.returncode == 0 else 'FAIL'}  {name}")
            if done.returncode:
                failed.append(name)
                print((done.stdout + done.stderr)[-6000:])
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
