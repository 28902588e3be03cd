# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compare two names alone, in any scripts: same, possible or different, with reasons."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.core.names.levels import (
    GIVEN,
    PATRONYMIC,
    SURNAME,
    given_level,
    patronymic_level,
    surname_level,
)
from goodoffices.core.names.parse import NameReading, parse_name

# Bits for and against by level, in the order of the level names. Rounded from the fit of
# docs/explanation/linkage.md for names of middling rarity; "missing" is always 0.
SURNAME_BITS = (0.0, 10.0, 9.5, 9.0, 5.5, 6.0, 3.5, -3.0, -12.0)
GIVEN_BITS = (0.0, 5.5, 5.5, 4.0, 3.5, 2.5, 3.0, -5.0, -10.0)
PATRONYMIC_BITS = (0.0, 5.0, 5.0, 2.0, 2.5, -9.0)
SAME_FROM = 11.0
POSSIBLE_FROM = 3.0


@dataclass(frozen=True, slots=True)
class NameReason:
    """One share of the weight: code such as ``surname_same_transliterated``, field, bits, both values."""

    code: str
    field: str
    bits: float
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class NameComparison:
    """Verdict ``same``, ``possible`` or ``different``; weight in bits, the sum of the reasons' bits."""

    verdict: str
    weight_bits: float
    reasons: tuple[NameReason, ...]


def compare_names(a: str, b: str, sex: str | None = None) -> NameComparison:
    """Compare two names in any script and order; symmetric in verdict and weight.

    Args:
        sex: ``f`` or ``m`` if known for both; it leaves out readings of the other sex.
    """
    pairs = [_reasons(x, y) for x in parse_name(a, sex) for y in parse_name(b, sex)]
    if not pairs:
        return NameComparison("different", 0.0, ())
    best = max(pairs, key=lambda found: sum(reason.bits for reason in found))
    weight = sum(reason.bits for reason in best)
    return NameComparison(_verdict(weight, best), weight, best)


def _verdict(weight: float, reasons: tuple[NameReason, ...]) -> str:
    if any(reason.bits <= -9.0 for reason in reasons):
        return "different"
    # A single part can't show that two people are one: namesakes share it.
    if weight >= SAME_FROM and sum(reason.bits > 0 for reason in reasons) >= 2:
        return "same"
    return "possible" if weight >= POSSIBLE_FROM else "different"


def _reasons(x: NameReading, y: NameReading) -> tuple[NameReason, ...]:
    surname, given = surname_level(x.family, y.family), given_level(x.given, y.given)
    father = patronymic_level(x.patronymic, y.patronymic)
    return (
        NameReason(f"surname_{SURNAME[surname]}", "surname", SURNAME_BITS[surname], x.family, y.family),
        NameReason(f"given_{GIVEN[given]}", "given", GIVEN_BITS[given], x.given, y.given),
        NameReason(
            f"patronymic_{PATRONYMIC[father]}",
            "patronymic",
            PATRONYMIC_BITS[father],
            x.patronymic,
            y.patronymic,
        ),
    )
