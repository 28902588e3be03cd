# SPDX-License-Identifier: AGPL-3.0-or-later
"""Patronymics: recognise one in folded letters and take it back to the root of the father's name."""

from __future__ import annotations

import re
from functools import lru_cache

_MALE = re.compile("(?:[oea]v|)i[qc](?:a|u|om|em|i|e)?$")
_FEMALE = re.compile("(?:[oeia]v|au|iniq|iq)n(?:a|i|u|oi|ou|e)$")
_VOWELS = "aeiou"


@lru_cache(maxsize=200_000)
def patronymic_root(folded: str) -> str:
    """Give the root of the father's name, or an empty string if the word can't be a patronymic.

    >>> patronymic_root("sergeviq"), patronymic_root("sergivna"), patronymic_root("kovalq")
    ('serg', 'serg', '')
    """
    found = _FEMALE.search(folded) or _MALE.search(folded)
    if not found or found.start() < 2:
        return ""
    root = folded[: found.start()].rstrip(_VOWELS)
    return root if len(root) >= 2 else folded[: found.start()]


@lru_cache(maxsize=200_000)
def patronymic_sex(folded: str) -> str | None:
    """Give ``f`` or ``m`` as the ending says, None if the word is no patronymic."""
    if not patronymic_root(folded):
        return None
    return "f" if _FEMALE.search(folded) else "m"
