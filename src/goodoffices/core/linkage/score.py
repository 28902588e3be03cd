# SPDX-License-Identifier: AGPL-3.0-or-later
"""Score pairs: the one function behind batch, look-up and review.

`score_rows` scores any number of pairs at once; `score_pair` and `rank` are calls of it, so a batch and a
single comparison can't differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from goodoffices.core.linkage.datelevels import BORN
from goodoffices.core.linkage.features import Comparer, Levels
from goodoffices.core.linkage.model import PairModel
from goodoffices.core.linkage.rarity import Rarity, given_token, patronymic_token
from goodoffices.core.linkage.reasons import BLOCKED_CODES, FIELD_LEVELS, Reason
from goodoffices.core.linkage.record import Prepared, Reading
from goodoffices.core.linkage.table import Floats, Ints, Table, table_of
from goodoffices.core.linkage.terms import TERMS

GENERATION = 16
BLOCKS = ("", *BLOCKED_CODES)
_FIELD_OF = {term.name: term.field for term in TERMS}


@dataclass(frozen=True, slots=True)
class PairScore:
    """What the engine says of one pair.

    Attributes:
        probability: that both records are of one person.
        weight_bits: log2 of the odds; the sum of the reasons' bits.
        decision: ``auto``, ``ask`` or ``apart``.
        blocked: why the pair is never joined automatically (`BLOCKED_CODES`), None if nothing forbids it.
    """

    probability: float
    weight_bits: float
    reasons: tuple[Reason, ...]
    decision: str
    blocked: str | None


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of many pairs in columns; `blocked` holds positions in `BLOCKS`."""

    weight: Floats
    probability: Floats
    blocked: Ints
    levels: Levels
    shares: dict[str, Floats]


def probability_of(weight_bits: Floats) -> Floats:
    """Turn weights in bits into probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(weight_bits, -60.0, 60.0))))


def score_rows(comparer: Comparer, left: Ints, right: Ints, model: PairModel, deduplicated: Ints) -> Scores:
    """Score pairs of rows of the comparer's table.

    Args:
        deduplicated: 1 for each source id of the table that names nobody twice.
    """
    levels = comparer.levels(left, right)
    shares = model.shares(levels)
    weight = np.zeros(len(left))
    for share in shares.values():
        weight = weight + share
    blocked = _blocked(comparer.table, levels, left, right, deduplicated)
    return Scores(weight, probability_of(weight), blocked, levels, shares)


def _blocked(table: Table, levels: Levels, left: Ints, right: Ints, deduplicated: Ints) -> Ints:
    codes = levels.codes
    out = np.zeros(len(left), dtype=np.int64)
    born = codes["born"]
    far = (born == BORN.index("different")) | (born == BORN.index("generation_apart"))
    out[far & (table.born.vague[left] + table.born.vague[right] == 0)] = BLOCKS.index("born_conflict")
    out[codes["sex"] == 3] = BLOCKS.index("sex_conflict")
    other = (codes["surname_coarse"] == 3) & (codes["given_coarse"] >= 2)
    out[other] = BLOCKS.index("name_conflict")
    surname_fits = (codes["surname_coarse"] == 1) | (codes["surname_coarse"] == 2)
    sibling = surname_fits & (codes["given_coarse"] == 3)
    out[sibling] = BLOCKS.index("sibling_suspected")
    same_name = surname_fits & (codes["given_coarse"] == 1)
    # Whatever the level: 1955 and 1985 may be one digit mistyped, or a father and his son.
    years = (table.born.year[left], table.born.year[right])
    told = (years[0] > 0) & (years[1] > 0) & (table.born.vague[left] + table.born.vague[right] == 0)
    out[same_name & told & (np.abs(years[0] - years[1]) >= GENERATION)] = BLOCKS.index("father_son_suspected")
    nameless = (codes["surname_coarse"] == 0) & (codes["given_coarse"] == 0)
    out[nameless] = BLOCKS.index("no_name")
    listed = (table.source[left] == table.source[right]) & (deduplicated[table.source[left]] > 0)
    out[listed] = BLOCKS.index("same_deduplicated_list")
    return out


def decision_of(probability: float, blocked: str | None, model: PairModel) -> str:
    """Give the band a pair falls into; a blocked pair is asked about at most."""
    if blocked in ("same_deduplicated_list", "judged_different", "no_name"):
        return "apart"
    if probability >= model.auto and blocked is None:
        return "auto"
    return "ask" if probability >= model.ask else "apart"


def score_pair(
    left: Prepared,
    right: Prepared,
    model: PairModel,
    rarity: Rarity | None = None,
    same_source_deduplicated: bool = False,
) -> PairScore:
    """Score one pair. Symmetric up to the sides of the reasons.

    Args:
        rarity: counts of the store or run; the shipped counts by default.
        same_source_deduplicated: the list both come from names nobody twice.
    """
    table = table_of((left, right))
    comparer = Comparer(table, rarity or Rarity())
    flags = np.full(len(table.words["source"].texts), int(same_source_deduplicated))
    scores = score_rows(comparer, np.array([0]), np.array([1]), model, flags)
    return pair_score(scores, 0, left, right, model, table)


def rank(
    query: Prepared,
    candidates: Sequence[Prepared],
    model: PairModel,
    rarity: Rarity | None = None,
) -> Iterator[tuple[int, PairScore]]:
    """Rank candidates for a query: (index of the candidate, score), the likeliest first.

    Reasons are put together as they are asked for: most readers stop after a few.
    """
    if not candidates:
        return
    table = table_of((query, *candidates))
    rows = np.arange(1, len(candidates) + 1)
    comparer = Comparer(table, rarity or Rarity())
    flags = np.zeros(len(table.words["source"].texts), dtype=np.int64)
    scores = score_rows(comparer, np.zeros(len(rows), dtype=np.int64), rows, model, flags)
    for i in np.lexsort((rows, -scores.weight)).tolist():
        yield i, pair_score(scores, i, query, candidates[i], model, table)


def pair_score(scores: Scores, row: int, left: Prepared, right: Prepared, model: PairModel, table: Table) -> PairScore:
    """Give one row of `Scores` as a `PairScore` with its reasons."""
    blocked = BLOCKS[int(scores.blocked[row])] or None
    probability = float(scores.probability[row])
    return PairScore(
        probability=probability,
        weight_bits=float(scores.weight[row]),
        reasons=reasons_of(scores, row, left, right, table),
        decision=decision_of(probability, blocked, model),
        blocked=blocked,
    )


def reasons_of(scores: Scores, row: int, left: Prepared, right: Prepared, table: Table) -> tuple[Reason, ...]:
    """Give the shares of one row as reasons, the heaviest first; fields nobody speaks of are left out."""
    bits: dict[str, float] = {}
    for name, share in scores.shares.items():
        field = _FIELD_OF.get(name, name)
        bits[field] = bits.get(field, 0.0) + float(share[row])
    readings = (
        left.readings[_reading_at(table, int(scores.levels.left_reading[row]))],
        right.readings[_reading_at(table, int(scores.levels.right_reading[row]))],
    )
    found = [_reason(field, value, scores.levels, row, left, right, readings) for field, value in bits.items()]
    kept = [reason for reason in found if abs(reason.bits) > 1e-12 or not reason.code.endswith("_missing")]
    return tuple(sorted(kept, key=lambda reason: (-abs(reason.bits), reason.code)))


def _reading_at(table: Table, row: int) -> int:
    owner = int(np.searchsorted(table.start, row, side="right")) - 1
    return row - int(table.start[owner])


def _reason(
    field: str, bits: float, levels: Levels, row: int, left: Prepared, right: Prepared,
    readings: tuple[Reading, Reading],
) -> Reason:  # fmt: skip
    if field in FIELD_LEVELS:
        code = f"{field}_{FIELD_LEVELS[field][int(levels.codes[field][row])]}"
        return Reason(code, field, bits, *_values(field, left, right, readings))
    if field == "reading":
        return Reason(
            f"reading_{('as_given', 'guessed_order', 'alias')[int(levels.codes[field][row])]}",
            field,
            bits,
            "",
            "",
        )
    if field == "source":
        same = int(levels.codes["source"][row])
        return Reason("source_same_list" if same else "source_other_list", field, bits, "", "")
    if field == "namesakes":
        return Reason("namesakes_few" if bits >= 0 else "namesakes_many", field, bits, "", "")
    if field == "together":
        return Reason(_together(levels, row, readings), field, bits, "", "")
    return Reason("prior", "prior", bits, "", "")


def _together(levels: Levels, row: int, readings: tuple[Reading, Reading]) -> str:
    """Name the family patterns the joint term exists for."""
    codes = levels.codes
    if int(codes["surname_coarse"][row]) not in (1, 2):
        return "together"
    a, b = readings
    fathers = {patronymic_token(a.patronymic), patronymic_token(b.patronymic)} - {""}
    names = (given_token(a.given), given_token(b.given))
    if int(codes["given_coarse"][row]) == 3:
        if names[0] == patronymic_token(b.patronymic) or names[1] == patronymic_token(a.patronymic):
            return "father_son_suspected"
        return "sibling_suspected" if len(fathers) == 1 and int(codes["patronymic"][row]) in (1, 2) else "together"
    return "together"


def _values(field: str, left: Prepared, right: Prepared, readings: tuple[Reading, Reading]) -> tuple[str, str]:
    if field in ("surname", "given", "patronymic"):
        name = "family" if field == "surname" else field
        return getattr(readings[0], name), getattr(readings[1], name)
    source = {"born": "dob", "event": "event_date", "family_2": "family_name_2"}.get(field, field)
    return getattr(left.record, source) or "", getattr(right.record, source) or ""
