# SPDX-License-Identifier: AGPL-3.0-or-later
"""Know a row again: exact hash, stable key, and the pairing of an updated list with the earlier one.

Rule (DESIGN part 3): exact hash first, then key columns; what is left goes to the linkage engine. A key that
occurs twice on a side pairs nothing, because a wrong pair would give one person's facts to another.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from goodoffices.intake.reading.cleaning import clean_text
from goodoffices.intake.reading.synonyms import fold

# What tells two people on one list apart, when the list gives no number of its own.
KEY_TARGETS = (
    "name",
    "family_name",
    "given_name",
    "patronymic",
    "family_name_2",
    "dob",
    "birth_year",
    "birth_place",
)
_NAME_TARGETS = ("name", "family_name", "given_name")


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """A row as pairing needs it: its number, exact hash and key ("" = none)."""

    number: int
    exact: str
    key: str


@dataclass(frozen=True, slots=True)
class RowPair:
    """An earlier row and the new row that continues it."""

    old: int
    new: int
    how: Literal["exact", "key"]


@dataclass(frozen=True, slots=True)
class Pairing:
    """The outcome: pairs by row number, and what is left on each side in list order."""

    pairs: tuple[RowPair, ...]
    old_left: tuple[int, ...]
    new_left: tuple[int, ...]


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    """Fold a header once, not once a row."""
    return fold(name)


def row_hash(header: Sequence[str], cells: Sequence[str]) -> str:
    """Hash what a row says: its filled cells with their headers, in any column order; 64 hex digits.

    Leave out columns that say nothing about the person, such as the day of the list's own last edit, or each
    edition changes every row.
    """
    filled = sorted((_folded(name), cell.strip()) for name, cell in zip(header, cells, strict=False) if cell.strip())
    digest = hashlib.sha256()
    for part in (part for pair in filled for part in pair):
        raw = part.encode("utf-8", errors="surrogatepass")
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()


def row_key(values: Mapping[str, str | None], key_targets: Sequence[str] = KEY_TARGETS) -> str:
    """Give the stable key of a row: its own number, else a hash of who it speaks of, else "".

    Args:
        values: target -> text (as said or normalised, but the same way for both editions of a list).
    """
    number = _plain(values.get("record_id"))
    if number:
        return f"id:{number}"
    parts = [(target, _plain(values.get(target))) for target in key_targets]
    if not any(text for target, text in parts if target in _NAME_TARGETS or target not in KEY_TARGETS):
        return ""
    joined = "\x1f".join(f"{target}={text.casefold()}" for target, text in parts if text)
    return "h:" + hashlib.sha256(joined.encode("utf-8", errors="surrogatepass")).hexdigest()


def _plain(text: str | None) -> str:
    return clean_text(text)[0] if text else ""


def pair_rows(old: Iterable[KeyedRow], new: Iterable[KeyedRow]) -> Pairing:
    """Pair the rows of an updated list with the earlier ones, each at most once.

    Rows that are equal to the letter are paired in list order; keys pair only where they are unique on both
    sides among what is left.
    """
    old_rows, new_rows = list(old), list(new)
    waiting: defaultdict[str, deque[KeyedRow]] = defaultdict(deque)
    for row in old_rows:
        waiting[row.exact].append(row)
    pairs: list[RowPair] = []
    new_rest: list[KeyedRow] = []
    for row in new_rows:
        if waiting[row.exact]:
            pairs.append(RowPair(waiting[row.exact].popleft().number, row.number, "exact"))
        else:
            new_rest.append(row)
    paired_old = {pair.old for pair in pairs}
    old_rest = [row for row in old_rows if row.number not in paired_old]
    by_key = _unique(old_rest)
    pairs += [RowPair(by_key[key].number, row.number, "key") for key, row in _unique(new_rest).items() if key in by_key]
    done_old, done_new = {pair.old for pair in pairs}, {pair.new for pair in pairs}
    return Pairing(
        pairs=tuple(sorted(pairs, key=lambda pair: pair.new)),
        old_left=tuple(row.number for row in old_rows if row.number not in done_old),
        new_left=tuple(row.number for row in new_rows if row.number not in done_new),
    )


def _unique(rows: Sequence[KeyedRow]) -> dict[str, KeyedRow]:
    """Give key -> row for the keys that stand once."""
    found: dict[str, KeyedRow] = {}
    repeated: set[str] = set()
    for row in rows:
        if row.key in found:
            repeated.add(row.key)
        elif row.key:
            found[row.key] = row
    return {key: row for key, row in found.items() if key not in repeated}
