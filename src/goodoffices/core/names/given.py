# SPDX-License-Identifier: AGPL-3.0-or-later
"""Given names: one canonical id for Олександр, Александр, Oleksandr, Саша and Сашко."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from goodoffices.core.names.patronymic import patronymic_root
from goodoffices.core.names.tables import name_tables


@lru_cache(maxsize=200_000)
def given_ids(folded: str) -> tuple[str, ...]:
    """Give the canonical ids a folded given name may stand for; an unknown word stands for itself."""
    return name_tables().given.get(folded) or (folded,)


def is_given(folded: str) -> bool:
    """Tell whether a folded word is common as a given name (full, everyday or in a case)."""
    tables = name_tables()
    if folded in tables.full:
        return True
    return any(tables.counts.get(name, 0) >= 400 for name in tables.given.get(folded, ()))


@lru_cache(maxsize=1)
def _common_forms() -> dict[int, tuple[str, ...]]:
    by_length: dict[int, list[str]] = {}
    for form in sorted(name_tables().full):
        by_length.setdefault(len(form), []).append(form)
    return {length: tuple(forms) for length, forms in by_length.items()}


@lru_cache(maxsize=100_000)
def near_given(folded: str) -> tuple[str, ...]:
    """Give the ids of common given names one typing error away, for words of five letters and more."""
    if len(folded) < 5:
        return ()
    found: list[str] = []
    for length in (len(folded), len(folded) + 1, len(folded) - 1):
        for form in _common_forms().get(length, ()):
            if len(form) >= 5 and OSA.distance(folded, form, score_cutoff=1) <= 1:
                found.extend(given_ids(form))
    return tuple(dict.fromkeys(found))[:3]


@lru_cache(maxsize=200_000)
def patronymic_id(folded: str) -> str:
    """Give the canonical id of the father's name, the bare root if unknown, or an empty string.

    An initial such as ``o`` or an abbreviation gives that letter.
    """
    if len(folded) <= 2:
        return folded[:1]
    root = patronymic_root(folded)
    return name_tables().patronymic.get(root, root) if root else ""


@lru_cache(maxsize=200_000)
def is_patronymic(folded: str) -> bool:
    """Tell whether a word is a patronymic of a father's name the tables know (Мицкевич is not)."""
    root = patronymic_root(folded)
    return bool(root) and root in name_tables().patronymic


def given_sex(folded: str) -> str | None:
    """Give the sex a given name implies, None when it serves both or is unknown."""
    if folded not in name_tables().full:
        return None
    sexes = {name_tables().sex.get(name, "u") for name in name_tables().given.get(folded, ())}
    return sexes.pop() if len(sexes) == 1 and sexes <= {"m", "f"} else None
