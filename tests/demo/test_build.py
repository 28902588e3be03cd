# SPDX-License-Identifier: AGPL-3.0-or-later
"""The committed demo world is what its tool makes, byte for byte, whatever the hash seed or folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from goodoffices.demo.world import WORLD

TOOL = Path(__file__).resolve().parents[2] / "tools" / "build_demo_world.py"
BY_HAND = {"README.md"}


def test_running_the_tool_again_gives_the_committed_bytes(tmp_path):
    environment = {**os.environ, "PYTHONHASHSEED": "20261121"}
    subprocess.run([sys.executable, str(TOOL), "--out", str(tmp_path)], check=True, env=environment, timeout=60)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in WORLD.iterdir() if path.name not in BY_HAND}
    assert sorted(built) == sorted(committed)
    assert [name for name in built if built[name] != committed[name]] == []


def test_workbooks_hold_no_clock_time_and_no_compression():
    for path in WORLD.glob("*.xlsx"):
        with zipfile.ZipFile(path) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
