# SPDX-License-Identifier: AGPL-3.0-or-later
"""Entry of the child processes that `serve` starts: ``python -m goodoffices.cli.child staff PORT | worker``."""

from __future__ import annotations

import sys

from goodoffices.cli.door import start_django
from goodoffices.cli.processes import run_staff, run_worker

if __name__ == "__main__":
    if sys.argv[1] == "staff":
        run_staff(int(sys.argv[2]))
    else:
        start_django()
        run_worker()
