# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one error shape: what happened, to what, where, and how to mend it."""

from __future__ import annotations

from typing import Any


class GoodOfficesError(Exception):
    """A mistake a person can mend.

    Args:
        message: what happened, a full sentence in English, without the name of a person.
        code: stable identifier that programs read; by default the class's own.
        where: the place of the mistake, for example ``{"file": "list.csv", "row": 42, "field": "dob"}``.
        hint: what to do about it.
    """

    code = "error"

    def __init__(self, message: str, *, code: str = "", where: dict[str, Any] | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.where = dict(where or {})
        self.hint = hint

    def as_dict(self) -> dict[str, Any]:
        """Give the wire form of CONTRACTS part 2: code, message, where, hint."""
        return {"code": self.code, "message": self.message, "where": self.where, "hint": self.hint}
