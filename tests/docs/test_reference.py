# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reference names every setting and every command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodoffices.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "goodoffices"
REFERENCE = ROOT / "docs" / "reference"

SETTINGS = sorted(
    {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r"""["'](GOODOFFICES_[A-Z0-9_]+)["']""", path.read_text("utf-8"))
    }
    - {"GOODOFFICES_DEMO", "GOODOFFICES_TESTING", "GOODOFFICES_ARGON2"}
)
COMMANDS = sorted(
    [command.name or command.callback.__name__.replace("_", "-") for command in app.registered_commands]
    + [str(group.name) for group in app.registered_groups]
)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_in_the_reference(name):
    assert f"`{name}`" in (REFERENCE / "settings.md").read_text("utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_reference(name):
    assert f"| `{name}" in (REFERENCE / "commands.md").read_text("utf-8")


def test_the_reference_names_no_command_that_is_gone():
    named = set(re.findall(r"^\| `([a-z-]+)", (REFERENCE / "commands.md").read_text("utf-8"), re.MULTILINE))
    assert named == set(COMMANDS)


def test_no_page_of_the_documentation_leads_nowhere():
    for page in (ROOT / "docs").rglob("*.md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} -> {target}"
