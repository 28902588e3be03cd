# SPDX-License-Identifier: AGPL-3.0-or-later
"""The project's settings over a data folder made for this test process alone."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="goodoffices-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

from goodoffices.config.folder import create_folder  # noqa: E402

create_folder(_folder / "data", kind="testing")
os.environ["GOODOFFICES_DATA"] = str(_folder / "data")
os.environ.setdefault("GOODOFFICES_ARGON2_TIME", "1")
os.environ.setdefault("GOODOFFICES_ARGON2_MEMORY_KIB", "64")
os.environ.setdefault("GOODOFFICES_ARGON2_LANES", "1")
# Playwright leaves its event loop running in a process that drove a browser; what comes next there is no async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ.setdefault("GOODOFFICES_STAFF_HOSTS", "localhost,testserver")

from goodoffices.config.settings import *  # noqa: E402,F403

LOGGING = {"version": 1, "disable_existing_loggers": False}
