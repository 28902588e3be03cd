# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filters of the registry's templates: codes and values in words."""

from __future__ import annotations

from typing import Any

from django import template

from goodoffices.registry import words

register = template.Library()


@register.filter
def word(code: Any, table: str) -> str:
    """Say a code of the vocabulary: ``{{ line.category|word:"category" }}``."""
    return words.word_for(code, table) if code not in ("", None) else ""


@register.filter
def said(value: str, prop: str) -> str:
    """Say the value of a claim of this property."""
    return words.value_words(prop, value)


@register.filter
def first_upper(text: object) -> str:
    """Begin a sentence with a capital, leaving the rest as it is."""
    plain = str(text)
    return plain[:1].upper() + plain[1:]
