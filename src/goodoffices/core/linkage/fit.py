# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fit a model: by labelled pairs (penalised logistic regression) or on the input alone (EM).

Sources: Fellegi & Sunter 1969; Winkler 1988 for expectation-maximisation; docs/explanation/linkage.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goodoffices.core.linkage.features import Levels
from goodoffices.core.linkage.model import Model
from goodoffices.core.linkage.reasons import FIELD_LEVELS
from goodoffices.core.linkage.table import Bools, Floats, Ints
from goodoffices.core.linkage.terms import SIZES, TERMS, Term

PENALTY = {"prior": 0.0, "size": 0.01, "together": 0.6, "context": 0.6, "namesakes": 0.2}
_NO_FIELD = ("prior", "together", "namesakes", "reading", "source")
SAME, OTHER = 1, 3
LN2 = float(np.log(2.0))


@dataclass(frozen=True, slots=True)
class Coded:
    """Pairs coded for fitting: one array of codes and one of factors (or None) a term, and the term list."""

    terms: tuple[Term, ...]
    codes: tuple[Ints, ...]
    factors: tuple[Floats | None, ...]

    def __len__(self) -> int:
        return len(self.codes[0])


def coded(parts: Sequence[Levels], terms: tuple[Term, ...] = TERMS) -> Coded:
    """Code the levels of several batches for fitting."""
    return Coded(
        terms,
        tuple(np.concatenate([term.codes(part) for part in parts]) for term in terms),
        tuple(np.concatenate([part.values[term.value] for part in parts]) if term.value else None for term in terms),
    )


def silent(term: Term) -> Bools:
    """True for the weights that stay 0: a field nobody speaks of says nothing."""
    if term.field in _NO_FIELD:
        return np.zeros(term.size, dtype=np.bool_)
    return np.asarray(np.arange(term.size) < term.size // SIZES[term.levels[0]])


def limits(term: Term) -> list[tuple[float | None, float | None]]:
    """Bounds of a term's weights: missing is 0, the same never speaks against, a difference never for."""
    if term.name == "together":
        return [_joint_limit(code) for code in np.ndindex(*(SIZES[name] for name in term.levels))]
    if term.field in _NO_FIELD:
        return [(None, None)] * term.size
    names = FIELD_LEVELS[term.field]
    each = term.size // len(names)
    return [_limit(name) for name in names for _ in range(each)]


def _joint_limit(code: tuple[int, ...]) -> tuple[float | None, float | None]:
    """Where the given names differ, or the surnames without one given name, nothing joint speaks for a match."""
    surname, given = code[0], code[1]
    return (None, 0.0) if given == OTHER or (surname == OTHER and given != SAME) else (None, None)


def _limit(level: str) -> tuple[float | None, float | None]:
    if level == "missing":
        return 0.0, 0.0
    if level.startswith("same") and level != "same_year_other_day":
        return 0.0, None
    return (
        (None, 0.0)
        if level in ("loosely_alike", "different", "generation_apart") or level.startswith("differs")
        else (None, None)
    )


def fit_labelled(
    batches: Sequence[tuple[Coded, Floats]], version: str, start: Model | None = None, steps: int = 150
) -> Model:
    """Fit weights to pairs whose truth is known.

    Args:
        batches: coded pairs with the probability (0 to 1) that each is a match.
        start: weights to shrink towards; zeros by default.
    """
    terms = batches[0][0].terms
    starts = np.cumsum([0, *(term.size for term in terms)])
    penalty = np.concatenate([np.full(term.size, PENALTY.get(term.name, 0.3)) for term in terms])
    bounds = [limit for term in terms for limit in limits(term)]
    centre = np.zeros(int(starts[-1]))
    if start is not None:
        known = [start.weights.get(term.name, np.zeros(term.size)) for term in terms]
        centre = np.concatenate(known) * LN2

    def loss(beta: Floats) -> tuple[float, Floats]:
        total, gradient = 0.0, np.zeros_like(beta)
        for batch, match in batches:
            value, slope = _loss(batch, match, beta, starts)
            total += value
            gradient += slope
        off = beta - centre
        gradient += 2 * penalty * off
        return total + float(np.sum(penalty * off**2)), gradient

    # Imported here: only who fits a model should wait a second for scipy.
    from scipy.optimize import minimize

    first = centre.copy()
    if start is None:
        first[0] = -3.0
    found = minimize(loss, first, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": steps, "maxcor": 20})
    tables = {t.name: np.asarray(found.x[s : s + t.size] / LN2) for t, s in zip(terms, starts, strict=False)}
    return Model(version=version, weights=tables)


def _loss(batch: Coded, match: Floats, beta: Floats, starts: Ints) -> tuple[float, Floats]:
    eta = np.zeros(len(match))
    for code, factor, start in zip(batch.codes, batch.factors, starts, strict=False):
        share = beta[start + code]
        eta += share if factor is None else share * factor
    residual = 1 / (1 + np.exp(-eta)) - match
    gradient = np.zeros_like(beta)
    for term, code, factor, start in zip(batch.terms, batch.codes, batch.factors, starts, strict=False):
        weights = residual if factor is None else residual * factor
        gradient[start : start + term.size] += np.bincount(code, weights=weights, minlength=term.size)
    return float(np.sum(np.logaddexp(0, eta) - match * eta)), gradient


EM_TERMS = tuple(term for term in TERMS if term.field not in _NO_FIELD)
# What is believed of agreement before anything is seen: share of matches and of others at each coarse
# standing (agrees, nearly, differs). Only the starting point of the estimation.
_START = {"agree": (0.80, 0.10), "near": (0.12, 0.10), "differ": (0.08, 0.80)}
_AGREES = {
    "surname": (1, 2, 3), "given": (1, 2, 3), "patronymic": (1, 2), "born": (1, 2, 3), "sex": (1,),
    "residence": (1, 2), "place_held": (1,), "unit": (1,), "category": (1,), "event": (1, 2), "family_2": (1,),
}  # fmt: skip
_NEARLY = {
    "surname": (4, 5, 6), "given": (4, 5, 6), "patronymic": (3, 4), "born": (4, 5, 6, 7, 8, 9, 10),
    "residence": (3, 4), "place_held": (2,), "event": (3, 4, 5),
}  # fmt: skip


def fit_unlabelled(pairs: Coded, rounds: int = 60) -> Model:
    """Estimate Fellegi-Sunter weights by expectation-maximisation on candidate pairs, no labels.

    Args:
        pairs: candidates coded with `EM_TERMS`; fields are taken as independent given match or not.
    """
    tables = [_start_table(term) for term in pairs.terms]
    share = 0.2

    weight: Floats = np.zeros(len(pairs))
    for _ in range(rounds):
        before = weight
        weight = np.full(len(pairs), float(np.log2(share / (1 - share))))
        for table, code in zip(tables, pairs.codes, strict=True):
            weight += table[code]
        match = 1 / (1 + np.exp2(-np.clip(weight, -60, 60)))
        share = float(np.clip(match.mean(), 1e-6, 0.9))
        tables = [_weigh(term, code, match) for term, code in zip(pairs.terms, pairs.codes, strict=True)]
        if np.abs(weight - before).max(initial=0.0) < 0.02:
            break
    weights: dict[str, Floats] = {t.name: table for t, table in zip(pairs.terms, tables, strict=True)}
    weights["prior"] = np.array([float(np.log2(share / (1 - share)))])
    return Model(version="em-input", weights=weights)


def _start_table(term: Term) -> Floats:
    first = term.levels[0]
    per_level = np.zeros(SIZES[first])
    for level in range(1, SIZES[first]):
        agree, near = level in _AGREES[first], level in _NEARLY.get(first, ())
        m, u = _START["agree" if agree else "near" if near else "differ"]
        per_level[level] = np.log2(m / u)
    return np.repeat(per_level, term.size // SIZES[first])


def _weigh(term: Term, code: Ints, match: Floats) -> Floats:
    """Log-ratio of the shares of each level among told matches and told others, one pseudo-pair each."""
    hush = silent(term)
    m: Floats = np.asarray(np.bincount(code, weights=match, minlength=term.size), dtype=np.float64)
    u: Floats = np.asarray(np.bincount(code, weights=1 - match, minlength=term.size), dtype=np.float64)
    m[hush], u[hush] = 0.0, 0.0
    both = (m + u) / max(float((m + u).sum()), 1.0)
    m, u = m + 2.0 * both + 1e-9, u + 2.0 * both + 1e-9
    out = np.log2(m / m.sum()) - np.log2(u / u.sum())
    out[hush] = 0.0
    return np.asarray(np.clip(out, -16.0, 16.0))
