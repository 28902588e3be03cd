# SPDX-License-Identifier: AGPL-3.0-or-later
"""A testing folder made once by the command itself, and a copy of it for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import Done, goodoffices

ERROR_KEYS = {"code", "message", "where", "hint"}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What `init --testing` answered."""
    folder = tmp_path_factory.mktemp("cli") / "data"
    done = goodoffices("init", "--testing", "--json", "--data", folder)
    assert done.code == 0, done.err
    answer: dict[str, str] = done.json
    return answer


@pytest.fixture(scope="session")
def prepared(made: dict[str, str]) -> Path:
    """A testing folder with migrated stores; not to be written to."""
    return Path(made["data"])


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A testing folder of the test's own."""
    return Path(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def run(data: Path) -> Callable[..., Done]:
    """Run a command on the test's folder."""

    def run_command(*arguments: object, **more: object) -> Done:
        return goodoffices(*arguments, "--data", data, **more)  # type: ignore[arg-type]

    return run_command


@pytest.fixture
def refused() -> Callable[..., dict[str, object]]:
    """Check that a command refused in the one shape of errors, with exit code 2 and nothing but the error said."""

    def check(done: Done, code: str = "", exit_code: int = 2) -> dict[str, object]:
        assert done.code == exit_code, done.err
        assert set(done.json) == {"error"}
        error: dict[str, object] = done.json["error"]
        assert set(error) == ERROR_KEYS
        assert isinstance(error["where"], dict)
        assert isinstance(error["message"], str)
        assert error["message"]
        assert done.err.splitlines()[-1] == done.out.strip()
        assert "Traceback" not in done.err
        if code:
            assert error["code"] == code
        return error

    return check
