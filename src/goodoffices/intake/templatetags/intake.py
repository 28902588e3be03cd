# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filters of intake's templates: codes in words."""

from __future__ import annotations

from typing import Any

from django import template

from goodoffices.intake import words

register = template.Library()


@register.filter
def state_word(state: str) -> str:
    """Say how far a list has come."""
    return str(words.STATE.get(state, state))


@register.filter
def state_tone(state: str) -> str:
    """Give the tone of a state: a list that waits is what one can do."""
    return words.STATE_TONE.get(state, "act")


@register.filter
def outcome_word(outcome: str) -> str:
    """Say what becomes of a row."""
    return str(words.OUTCOME.get(outcome, outcome))


@register.filter
def target_word(target: str) -> str:
    """Say what a column is mapped to."""
    return words.target_words(target)


@register.filter
def problem_word(kind: str) -> str:
    """Say a kind of problem."""
    return words.problem_words(kind)


@register.filter
def why_word(entry: dict[str, Any]) -> str:
    """Say how a guess came about."""
    return str(words.WHY.get(entry["why"], ""))


@register.filter
def confidence_word(entry: dict[str, Any]) -> str:
    """Say how sure a guess is."""
    return words.confidence_words(entry)
