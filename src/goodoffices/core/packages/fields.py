# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading one object of a case: every field is asked for by name and type, and none may be left unread."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from goodoffices.core.packages.errors import BadCase

MOST = 1_000_000  # beyond this a solver's tolerances could change an answer

_NOTHING = object()


class Fields:
    """One object of the input with the words that say where it stands.

    Args:
        value: what the file has there.
        where: place of the object, for error messages.
        known: the field names that may stand in it.

    Raises:
        BadCase: it is no object, or has a field that nobody reads.
    """

    def __init__(self, value: Any, where: Mapping[str, Any], known: Iterable[str]) -> None:
        self.where = dict(where)
        if not isinstance(value, Mapping):
            raise BadCase("This is not an object.", where=self.where, hint='Write it as {"field": value, ...}.')
        self._value = value
        names = tuple(known)
        for key in value:
            if key not in names:
                near = difflib.get_close_matches(str(key), names, 1)
                hint = f'Did you mean "{near[0]}"?' if near else f"Fields known here: {', '.join(sorted(names))}."
                raise self.wrong(str(key), "is not a field known here.", hint)

    def wrong(self, field: str, problem: str, hint: str) -> BadCase:
        """Make the error for one field."""
        return BadCase(f'The field "{field}" {problem}', where=self.where | {"field": field}, hint=hint)

    def get(self, field: str, default: Any = _NOTHING) -> Any:
        """Give the raw value."""
        found = self._value.get(field, default)
        if found is _NOTHING:
            raise self.wrong(field, "is missing.", "Add it.")
        return found

    def text(self, field: str, default: Any = _NOTHING) -> str:
        """Give a non-empty text."""
        found = self.get(field, default)
        if found is default:
            return str(found)
        if not isinstance(found, str) or not found.strip():
            raise self.wrong(field, "is not a text, or is empty.", "Write a text in quotes.")
        return found

    def whole(self, field: str, least: int, default: Any = _NOTHING) -> int:
        """Give a whole number between ``least`` and MOST."""
        found = self.get(field, default)
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= MOST:
            raise self.wrong(field, "is not a number that can be used.", f"Write a whole number, {least} to {MOST}.")
        return found

    def flag(self, field: str, default: Any = _NOTHING) -> int:
        """Give 0 or 1 (also written false or true)."""
        found = self.get(field, default)
        if not isinstance(found, int) or found not in (0, 1):
            raise self.wrong(field, "is neither 0 nor 1.", "Write 0 or 1.")
        return int(found)

    def word(self, field: str, known: tuple[str, ...], default: str) -> str:
        """Give one of some known words."""
        found = self.get(field, default)
        if found not in known:
            raise self.wrong(field, "is not a word known here.", f"Write one of: {', '.join(known)}.")
        return str(found)

    def items(self, field: str) -> list[Any]:
        """Give a list; one that is absent or null is empty."""
        found = self.get(field, None)
        if found is None:
            return []
        if not isinstance(found, list | tuple):
            raise self.wrong(field, "is not a list.", "Write it as [...].")
        return list(found)

    def number_of(self, field: str, value: Any) -> Fraction:
        """Read one stated number exactly; it may have decimals, not a sign."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal | float | Fraction):
            raise self.wrong(field, "holds something that is no number.", "Write numbers without quotes.")
        if isinstance(value, float | Decimal) and not Decimal(value).is_finite():
            raise self.wrong(field, "holds something that is no number.", "Write a finite number.")
        found = Fraction(value if not isinstance(value, float) else repr(value))
        if found < 0:
            raise self.wrong(field, "holds a number below 0.", "Write what is given under give, and got under get.")
        return found
