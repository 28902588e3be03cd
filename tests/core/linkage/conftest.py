# SPDX-License-Identifier: AGPL-3.0-or-later
"""The evaluation sets, for tests that need them; such a test is skipped where they aren't there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "bench"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of evaluation sets: GOODOFFICES_SHARED_DATA, else ../shared/data beside the project."""
    folder = Path(os.environ.get("GOODOFFICES_SHARED_DATA", str(ROOT.parent / "shared" / "data")))
    if not folder.is_dir():
        pytest.skip("the evaluation sets are not here; set GOODOFFICES_SHARED_DATA to their folder")
    return folder


@pytest.fixture
def need(shared: Path):
    """Give the folder of one evaluation set's parent, or skip if the set is missing."""

    def folder_with(name: str) -> Path:
        if not (shared / name).exists():
            pytest.skip(f"the evaluation set {name} is not here")
        return shared

    return folder_with
