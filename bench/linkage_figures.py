# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures of a linking: pairwise precision, recall and F1, B-cubed, calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np


def _pairs(sizes: Counter[tuple[str, ...]] | Counter[str]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())


def pairwise(truth: Sequence[str], found: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all pairs of records."""
    both = Counter(zip(truth, found, strict=True))
    hits = sum(n * (n - 1) // 2 for n in both.values())
    precision = hits / max(1, _pairs(Counter(found)))
    recall = hits / max(1, _pairs(Counter(truth)))
    return precision, recall, 2 * precision * recall / max(1e-12, precision + recall)


def b_cubed(truth: Sequence[str], found: Sequence[str]) -> float:
    """B-cubed F1 over records."""
    both = Counter(zip(truth, found, strict=True))
    sizes_truth, sizes_found = Counter(truth), Counter(found)
    precision = sum(n * n / sizes_found[f] for (_, f), n in both.items()) / len(truth)
    recall = sum(n * n / sizes_truth[t] for (t, _), n in both.items()) / len(truth)
    return 2 * precision * recall / (precision + recall)


def calibration_error(probability: np.ndarray, match: np.ndarray) -> float:
    """Expected calibration error in ten bins of equal width."""
    bins = np.minimum((probability * 10).astype(int), 9)
    total = 0.0
    for b in range(10):
        inside = bins == b
        if inside.any():
            total += inside.sum() * abs(probability[inside].mean() - match[inside].mean())
    return total / max(1, len(probability))


def best_recall(scored: dict[tuple[str, ...], float], truth: set[tuple[str, str]], precision: float) -> float:
    """The highest recall any threshold gives at no less than this precision."""
    best, hits = 0.0, 0
    for at, pair in enumerate(sorted(scored, key=lambda p: (-scored[p], p)), 1):
        hits += pair in truth
        if hits / at >= precision:
            best = hits / len(truth)
    return best
