# SPDX-License-Identifier: AGPL-3.0-or-later
"""From pairs of rows of a table to levels of agreement: the one definition all doors score by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from goodoffices.core.linkage.datelevels import born_levels, event_levels, take
from goodoffices.core.linkage.fields import category_level, held_level, residence_level, unit_level
from goodoffices.core.linkage.rarity import Rarity
from goodoffices.core.linkage.table import Floats, Ints, Table, Words
from goodoffices.core.names.levels import given_level, patronymic_level, surname_level

SEX = ("missing", "same", "differs_implied", "differs")
FAMILY_2 = ("missing", "same", "different")
READING = ("as_given", "guessed_order", "alias")
SOURCE = ("other_list", "same_list")

_BORN_COARSE = np.array([0, 1, 2, 2, 2, 3, 3, 3, 3, 4, 3, 4, 4, 5, 5])
_SURNAME_COARSE = np.array([0, 1, 1, 1, 2, 2, 2, 3, 3])
_GIVEN_COARSE = np.array([0, 1, 1, 1, 1, 2, 2, 3, 3])
_PATRONYMIC_COARSE = np.array([0, 1, 1, 2, 2, 3])
_PLACE_COARSE = np.array([0, 1, 1, 1, 2, 2])
_EVENT_COARSE = np.array([0, 1, 1, 1, 1, 2, 2, 2])


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels of a batch of pairs, one array a feature; and the reading of each side that fits best."""

    codes: dict[str, Ints]
    values: dict[str, Floats]
    left_reading: Ints
    right_reading: Ints


class Comparer:
    """Compares pairs of rows of one table. Word pairs are compared once per batch."""

    def __init__(self, table: Table, rarity: Rarity) -> None:
        self.table = table
        words = table.words
        self._surname_bits = _bits(words["family"], rarity.surname_bits)
        self._given_bits = _bits(words["given"], rarity.given_bits)
        self._patronymic_bits = _bits(words["patronymic"], rarity.patronymic_bits)
        self._size_bits = float(np.log2(max(rarity.total, 1_000)))
        self._town_share = _bits(words["residence"], rarity.place_share)

    def levels(self, left: Ints, right: Ints) -> Levels:
        """Give the levels of pairs of row numbers."""
        codes, lr, rr = self._names(left, right)
        t = self.table
        codes["born"] = born_levels(take(t.born, left), take(t.born, right))
        codes["event"] = event_levels(take(t.event, left), take(t.event, right))
        for name, level in _FIELDS.items():
            column: Ints = getattr(t, name)
            codes[name] = _distinct(t.words[name], column[left], column[right], level)
        codes["sex"] = self._sex(left, right)
        codes["family_2"] = self._second_surname(left, right, lr, rr)
        codes["source"] = (t.source[left] == t.source[right]).astype(np.int64)
        values = self._rarity(codes, lr, rr, left, right)
        _coarse(codes)
        return Levels(codes, values, lr, rr)

    def _names(self, left: Ints, right: Ints) -> tuple[dict[str, Ints], Ints, Ints]:
        """Compare all readings of both sides and keep, for each pair, those that agree best."""
        t = self.table
        n_left, n_right = t.start[left + 1] - t.start[left], t.start[right + 1] - t.start[right]
        combos = n_left * n_right
        owner = np.repeat(np.arange(len(left)), combos)
        first = np.cumsum(combos) - combos
        k = np.arange(len(owner)) - first[owner]
        lr = t.start[left][owner] + k // n_right[owner]
        rr = t.start[right][owner] + k % n_right[owner]
        codes = {
            "surname": _distinct(t.words["family"], t.family[lr], t.family[rr], surname_level),
            "given": _distinct(t.words["given"], t.given[lr], t.given[rr], given_level),
            "patronymic": _distinct(t.words["patronymic"], t.patronymic[lr], t.patronymic[rr], patronymic_level),
        }
        alias = (t.alias[lr] | t.alias[rr]) > 0
        fit = _SURNAME_FIT[codes["surname"]] + _GIVEN_FIT[codes["given"]] + _PATRONYMIC_FIT[codes["patronymic"]]
        fit = fit - 1.5 * alias
        best = _best_of_each(fit, owner, k, len(left))
        chosen = {name: column[best] for name, column in codes.items()}
        guessed = (n_left > 1) | (n_right > 1)
        chosen["reading"] = np.where(alias[best], 2, np.where(guessed, 1, 0)).astype(np.int64)
        return chosen, lr[best], rr[best]

    def _sex(self, left: Ints, right: Ints) -> Ints:
        t = self.table
        a, b = t.sex[left], t.sex[right]
        stated = (t.sex_stated[left] > 0) & (t.sex_stated[right] > 0)
        differs = np.where(stated, 3, 2)
        return np.where((a == 0) | (b == 0), 0, np.where(a == b, 1, differs)).astype(np.int64)

    def _second_surname(self, left: Ints, right: Ints, lr: Ints, rr: Ints) -> Ints:
        """Compare second surnames; where one side has none, a family name of two words may hold it."""
        t = self.table
        a, b = t.family_2[left], t.family_2[right]
        out = np.zeros(len(left), dtype=np.int64)
        both = (a > 0) & (b > 0)
        if both.any():
            level = _distinct(t.words["family"], a[both], b[both], surname_level)
            out[both] = np.where(level <= 6, 1, 2)
        for second, reading in ((a, rr), (b, lr)):
            rows = np.flatnonzero((second > 0) & ~both)
            texts = t.words["family"].texts
            for row in rows.tolist():
                parts = texts[int(t.family[reading[row]])].split()
                if len(parts) > 1 and surname_level(parts[-1], texts[int(second[row])]) in (1, 2, 3, 5):
                    out[row] = 1
        return out

    def _rarity(self, codes: dict[str, Ints], lr: Ints, rr: Ints, left: Ints, right: Ints) -> dict[str, Floats]:
        t = self.table
        surname = np.minimum(self._surname_bits[t.family[lr]], self._surname_bits[t.family[rr]])
        given = np.minimum(self._given_bits[t.given[lr]], self._given_bits[t.given[rr]])
        father = np.minimum(self._patronymic_bits[t.patronymic[lr]], self._patronymic_bits[t.patronymic[rr]])
        codes["surname_rarity"] = np.digitize(surname, _SURNAME_BINS)
        codes["given_rarity"] = np.digitize(given, _GIVEN_BINS)
        codes["patronymic_rarity"] = np.digitize(father, _PATRONYMIC_BINS)
        share = np.maximum(self._town_share[t.residence[left]], self._town_share[t.residence[right]])
        codes["residence_rarity"] = np.digitize(share, _TOWN_BINS)
        told = np.where((codes["surname"] > 0) & (codes["surname"] <= 6), surname, 0.0)
        told = told + np.where((codes["given"] > 0) & (codes["given"] <= 6), given, 0.0)
        told = told + np.where((codes["patronymic"] > 0) & (codes["patronymic"] <= 2), father, 0.0)
        size = np.full(len(left), self._size_bits)
        # Namesakes matter where the names agree; elsewhere there is nothing they could explain.
        agree = (codes["surname"] > 0) & (codes["surname"] <= 6) & (codes["given"] <= 6)
        namesakes = np.where(agree, np.clip(size - told, -20.0, 14.0), 0.0)
        return {"size": size / 10, "namesakes": namesakes / 10}


_SURNAME_BINS = np.array([6.0, 8.0, 9.5, 11.0, 12.5, 14.0])
_GIVEN_BINS = np.array([4.0, 5.5, 7.5])
_PATRONYMIC_BINS = np.array([5.0])
_TOWN_BINS = np.array([0.004, 0.02])
_SURNAME_FIT = np.array([0.0, 10.0, 9.5, 9.0, 6.0, 6.0, 4.0, 1.0, -4.0])
_GIVEN_FIT = np.array([0.0, 6.0, 5.8, 4.5, 4.5, 2.0, 3.0, 0.0, -4.0])
_PATRONYMIC_FIT = np.array([0.0, 5.0, 5.0, 1.0, 3.0, -3.0])
_FIELDS: dict[str, Callable[[str, str], int]] = {
    "residence": residence_level,
    "place_held": held_level,
    "unit": unit_level,
    "category": category_level,
}


def _bits(words: Words, bits_of: Callable[[str], float]) -> Floats:
    return np.array([bits_of(text) if text else 0.0 for text in words.texts])


def _distinct(words: Words, left: Ints, right: Ints, level: Callable[[str, str], int]) -> Ints:
    """Apply a symmetric level function once to each distinct pair of words."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    out = np.zeros(len(left), dtype=np.int64)
    told = np.flatnonzero(low > 0)
    if not len(told):
        return out
    pairs, back = np.unique(low[told] * len(words.texts) + high[told], return_inverse=True)
    texts = words.texts
    found = [level(texts[a], texts[b]) for a, b in zip(*(p.tolist() for p in divmod(pairs, len(texts))), strict=True)]
    out[told] = np.array(found, dtype=np.int64)[back]
    return out


def _best_of_each(fit: Floats, owner: Ints, k: Ints, size: int) -> Ints:
    """Give, for each owner, the row with the highest fit, the first one of equals."""
    if len(owner) == size:
        return np.arange(size)
    order = np.lexsort((k, -fit, owner))
    starts = np.flatnonzero(np.r_[True, np.diff(owner[order]) > 0])
    return np.asarray(order[starts])


def _coarse(codes: dict[str, Ints]) -> None:
    codes["surname_coarse"] = _SURNAME_COARSE[codes["surname"]]
    codes["given_coarse"] = _GIVEN_COARSE[codes["given"]]
    codes["patronymic_coarse"] = _PATRONYMIC_COARSE[codes["patronymic"]]
    codes["born_coarse"] = _BORN_COARSE[codes["born"]]
    codes["residence_coarse"] = _PLACE_COARSE[codes["residence"]]
    codes["event_coarse"] = _EVENT_COARSE[codes["event"]]
