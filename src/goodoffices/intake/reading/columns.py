# SPDX-License-Identifier: AGPL-3.0-or-later
"""Guess what each column means, from its header and from what its cells look like.

A guess is shown to a person with its confidence and reason; nothing is committed on a guess alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from goodoffices.intake.reading.shapes import Shapes, shapes_of
from goodoffices.intake.reading.synonyms import exact_table, fold

IGNORE = "ignore"
OTHER = "other:"

# Canonical columns of CONTRACTS 3.1, then what intake takes beyond them.
TARGETS: tuple[str, ...] = (
    "record_id", "source", "name", "family_name", "given_name", "patronymic", "family_name_2", "dob", "sex",
    "residence", "category", "place_held", "unit", "event_date",
    "age", "birth_year", "birth_place", "citizenship", "occupation", "capture_place", "capture_date",
    "release_date", "death_date", "death_place", "status", "charge", "sentence", "holding_authority", "nickname",
    "source_note", "last_seen",
    "contact", "health", "witness",
)  # fmt: skip
# These are refused until they can be sealed to their compartment (DESIGN part 4).
SEALED_TARGETS = frozenset({"contact", "health", "witness"})
DATE_TARGETS = frozenset({"dob", "event_date", "capture_date", "release_date", "death_date", "last_seen", "birth_year"})
# A list may have several columns of these; any other target is taken once.
_MANY = SEALED_TARGETS | {"source_note", "nickname", "citizenship", "occupation", "residence", "birth_place"}

# Words that mean something alone but nothing as a part: "list type", "last updated", "name of the camp".
_WEAK_WORDS = """
    name person date id code number from source text link state term article unit home region status no year
    дата номер орган стан имя особа лицо часть частина строк срок fecha nombre estado penal pena fuerza
"""
_WEAK = frozenset(_WEAK_WORDS.split())
UNNAMED = "column "

_HEADER_EXACT, _HEADER_PART = 0.9, 0.7
_AGREES, _CONTRADICTS = 0.08, 0.35


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column seems to hold.

    Attributes:
        column_index: from 0.
        target: one of TARGETS, "ignore", or "other:<header>" (kept as a note under its own name).
        confidence: 0 to 1.
        why: header, header_part, content, header_and_content, header_against_content, empty, unknown, taken.
        sealed: True where the content must be sealed and is refused until it can be.
    """

    column_index: int
    target: str
    confidence: float
    why: str
    sealed: bool = False


def is_target(target: str) -> bool:
    """Tell whether a target can be mapped to."""
    return target in TARGETS or target == IGNORE or (target.startswith(OTHER) and len(target) > len(OTHER))


def guess_columns(header: Sequence[str], sample_rows: Sequence[Sequence[str]]) -> list[ColumnGuess]:
    """Guess the target of each column.

    Args:
        header: column names.
        sample_rows: cells of some rows, about 200; may be empty.

    Returns:
        One guess a column, in column order.
    """
    shapes = [shapes_of([row[index] for row in sample_rows if index < len(row)]) for index in range(len(header))]
    guesses = [_guess(index, name, shapes[index]) for index, name in enumerate(header)]
    return _settle_names(_once_each(guesses, header), shapes, header)


def _guess(index: int, name: str, shape: Shapes) -> ColumnGuess:
    target, confidence, why = _by_header(name)
    by_content, content_confidence = shape.likely_target()
    if shape.filled == 0 and shape.seen and not target:
        return ColumnGuess(index, IGNORE, 0.9, "empty")
    if shape.must_seal and target not in SEALED_TARGETS:
        # A phone number under any header is a phone number: better refused than stored open.
        return _sealed(ColumnGuess(index, shape.must_seal, 0.85, "content"))
    if not target:
        if not by_content and name.startswith(UNNAMED):
            by_content, content_confidence = shape.likely_unnamed()
        if by_content:
            return _sealed(ColumnGuess(index, by_content, content_confidence, "content"))
        return ColumnGuess(index, OTHER + name, 0.3, "unknown")
    agreement = shape.agrees_with(target)
    if agreement is False and why == "header_part":
        return ColumnGuess(index, OTHER + name, 0.4, "header_against_content")
    if agreement is True:
        confidence, why = min(0.99, confidence + _AGREES), "header_and_content"
    elif agreement is False:
        confidence, why = confidence - _CONTRADICTS, "header_against_content"
    return _sealed(ColumnGuess(index, target, round(confidence, 2), why))


def _sealed(guess: ColumnGuess) -> ColumnGuess:
    return replace(guess, sealed=guess.target in SEALED_TARGETS)


def _by_header(name: str) -> tuple[str, float, str]:
    folded = fold(name)
    exact = exact_table().get(folded)
    if exact:
        return exact, _HEADER_EXACT, "header"
    # Headers on two lines come as "group / column"; both orders are tried, then the column alone.
    halves = [fold(half) for half in name.split(" / ")]
    for joined in (" ".join(reversed(halves)), " ".join(halves), halves[-1]):
        if len(halves) > 1 and joined in exact_table():
            return exact_table()[joined], _HEADER_PART + 0.1, "header_part"
    return _by_part(folded)


def _by_part(folded: str) -> tuple[str, float, str]:
    """Find the longest known form inside a header, whole words only."""
    best = ("", "")
    padded = f" {folded} "
    for form, target in exact_table().items():
        if len(form) > max(3, len(best[0])) and form not in _WEAK and f" {form} " in padded:
            best = (form, target)
    form, target = best
    if not form:
        return "", 0.0, ""
    share = len(form) / len(folded)
    return target, round(_HEADER_PART * (0.6 + 0.4 * share), 2), "header_part"


def _once_each(guesses: list[ColumnGuess], header: Sequence[str]) -> list[ColumnGuess]:
    """Keep the best column for a target that a person has once; the others become notes."""
    best: dict[str, ColumnGuess] = {}
    for guess in guesses:
        rival = best.get(guess.target)
        if rival is None or guess.confidence > rival.confidence:
            best[guess.target] = guess
    return [
        guess
        if guess.target not in TARGETS or guess.target in _MANY or best[guess.target] is guess
        else ColumnGuess(guess.column_index, OTHER + header[guess.column_index], 0.4, "taken")
        for guess in guesses
    ]


def _settle_names(guesses: list[ColumnGuess], shapes: Sequence[Shapes], header: Sequence[str]) -> list[ColumnGuess]:
    """Settle "name" beside "surname": alone and of several words it is the whole name, else the given one."""
    targets = {guess.target: guess for guess in guesses}
    settled = list(guesses)
    whole, family, given = targets.get("name"), targets.get("family_name"), targets.get("given_name")
    if whole and family and not given and not shapes[whole.column_index].several_words:
        settled[whole.column_index] = replace(whole, target="given_name", why="header_and_content")
    elif family and not whole and not given and shapes[family.column_index].several_words:
        settled[family.column_index] = replace(family, target="name", confidence=0.7, why="header_and_content")
    elif given and not whole and not family and shapes[given.column_index].several_words:
        settled[given.column_index] = replace(given, target="name", confidence=0.7, why="header_and_content")
    return settled
