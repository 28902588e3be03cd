# SPDX-License-Identifier: AGPL-3.0-or-later
"""`compare-names`: two names in any script. Pure: no store, no set-up."""

from __future__ import annotations

from typing import Any

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.names import compare_names


def compare(first: str, second: str, sex: str | None = None) -> dict[str, Any]:
    """Compare two names.

    Returns:
        ``verdict`` same, possible or different; ``weight_bits``; ``reasons`` with their share and both values.

    Raises:
        GoodOfficesError: a name is empty, or the sex is neither f nor m.
    """
    if not first.strip() or not second.strip():
        raise GoodOfficesError("A name is empty.", code="empty_name", hint="Give two names, in quotes.")
    if sex not in (None, "f", "m"):
        raise GoodOfficesError(f'"{sex}" is no sex this command knows.', code="bad_sex", hint="Write --sex f or m.")
    found = compare_names(first, second, sex)
    return {
        "verdict": found.verdict,
        "weight_bits": round(found.weight_bits, 3),
        "reasons": [
            {"code": one.code, "field": one.field, "bits": round(one.bits, 3), "left": one.left, "right": one.right}
            for one in found.reasons
            if one.bits or not one.code.endswith("_missing")
        ],
    }
