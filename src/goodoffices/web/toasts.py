# SPDX-License-Identifier: AGPL-3.0-or-later
"""Say something after an act: a notice with an undo that stays reachable."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

_UNDO = "undo:"
TONES = frozenset({"", "home", "stop"})


def say(request: HttpRequest, text: str, *, tone: str = "", undo_url: str = "") -> None:
    """Show a notice on the next page.

    Args:
        text: a sentence without the name of a person.
        tone: "" or "home" when all went well, "stop" when it did not.
        undo_url: address that takes the act back by POST; the notice then stays until closed.

    Raises:
        ValueError: a tone the kit doesn't know.
    """
    if tone not in TONES:
        raise ValueError(f"Unknown tone {tone!r}.")
    level = messages.ERROR if tone == "stop" else messages.SUCCESS
    tags = " ".join(part for part in (tone, f"{_UNDO}{undo_url}" if undo_url else "") if part)
    messages.add_message(request, level, text, extra_tags=tags)


def as_toast(message: Any) -> dict[str, str]:
    """Give the fields of ``web/parts/toast.html`` from one of Django's messages."""
    tags = str(getattr(message, "extra_tags", "") or "").split()
    undo = next((tag.removeprefix(_UNDO) for tag in tags if tag.startswith(_UNDO)), "")
    tone = "stop" if getattr(message, "level", 0) >= messages.ERROR else ""
    return {"text": str(message), "tone": tone, "undo_url": undo}
