# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compare two names alone, in any scripts: same, possible or different, with reasons."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.core.names.fold import fold
from goodoffices.core.names.given import given_ids
from goodoffices.core.names.levels import (
    GIVEN,
    PATRONYMIC,
    SURNAME,
    given_level,
    patronymic_level,
    surname_level,
)
from goodoffices.core.names.parse import NameReading, parse_name
from goodoffices.core.names.tables import name_tables

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
        sex: ``f`` or ``m`` if both are known to be of it: Саша and Александр are then different for ``f``.
    """
    pairs = [_reasons(x, y, sex) for x in parse_name(a, sex) for y in parse_name(b, sex)]
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


def _given_of(x: str, y: str, sex: str | None) -> int:
    """The level of two given names; forms that meet only in a name of the other sex are different."""
    level = given_level(x, y)
    if sex not in ("m", "f") or GIVEN[level] not in ("same_transliterated", "equivalent"):
        return level
    a, b = (set(given_ids(fold(text))) for text in (x, y))
    sexes = {name_tables().sex.get(name, "u") for name in a & b}
    return level if not sexes or sexes & {sex, "u"} else GIVEN.index("different")


def _reasons(x: NameReading, y: NameReading, sex: str | None) -> tuple[NameReason, ...]:
    surname, given = surname_level(x.family, y.family), _given_of(x.given, y.given, sex)
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
