# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real browser on a real server over the demo world. The world is built once a run."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from goodoffices.demo import world
from tests.browser.navigators import Cast, Complaints
from tests.browser.serving import built_world, served

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything of this folder as a browser test."""
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built demo world, shared by all workers of the run."""
    base = tmp_path_factory.getbasetemp()
    return built_world(base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base)


@pytest.fixture(scope="session")
def known(built: Path) -> dict[str, Any]:
    """Ids in the built world and who is who."""
    found: dict[str, Any] = json.loads((built / "known.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def shared_site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site for tests that read, or add what disturbs nobody; shared by all of this worker."""
    with served(built, tmp_path_factory.mktemp("shared") / "data") as address:
        yield address


@pytest.fixture
def own_site(built: Path, tmp_path: Path) -> Iterator[str]:
    """A site of one test's own."""
    with served(built, tmp_path / "data") as address:
        yield address


@pytest.fixture
def people_at(browser: Browser) -> Iterator[Callable[..., Cast]]:
    """Open a browser profile on a site; whatever the browser complains of fails the test at its end."""
    opened = []

    def at(origin: str, *, size: dict[str, int] = DESK, expected: tuple[str, ...] = (), **more: Any) -> Cast:
        context = browser.new_context(viewport=size, accept_downloads=True, reduced_motion="reduce", **more)
        complaints = Complaints(origin, expected=expected)
        opened.append((context, complaints))
        return Cast(context, origin, {one.role: one.name for one in world.load_accounts()}, complaints)

    yield at
    for context, _complaints in opened:
        context.close()
    assert [text for _context, complaints in opened for text in complaints.heard] == []
