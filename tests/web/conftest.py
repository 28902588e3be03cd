# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draw the kitchen sink without stores, accounts or doors: only what the kit itself brings."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from tests.web.kit import settings as kit_settings

REPOSITORY = Path(__file__).resolve().parents[2]
_OURS = ("MIDDLEWARE", "MESSAGE_STORAGE", "TEMPLATES", "ROOT_URLCONF", "FORM_RENDERER")


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> None:
    subprocess.run([sys.executable, REPOSITORY / "tools" / "compile_messages.py"], check=True)


@pytest.fixture
def kit(settings) -> Iterator[Client]:
    """A client of the kitchen sink."""
    for name in _OURS:
        setattr(settings, name, getattr(kit_settings, name))
    settings.ALLOWED_HOSTS = ["*"]
    settings.LANGUAGE_COOKIE_NAME = "kit-language"
    settings.LANGUAGE_COOKIE_SECURE = False
    with translation.override("en"):
        yield Client(raise_request_exception=True)
