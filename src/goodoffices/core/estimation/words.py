# SPDX-License-Identifier: AGPL-3.0-or-later
"""The answer in words, in three languages, by the rules of ESTIMATION B5.

A range or nothing, never one number; "at least" only of those who could be listed; the whole period, not a day;
nobody who is on no list is called missing; no claim is judged by it. Shown numbers are rounded outwards. The
sentences lie in ``data/wording.json``, complete in every language.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from goodoffices.core.estimation.judgement import NO_HEADLINE, Limit

if TYPE_CHECKING:
    from goodoffices.core.estimation.estimate import Estimate

LANGUAGES = ("en", "uk", "ru")
FIRST_TOLD = ("one_list", "overlaps_too_small", "two_lists", "no_usable_model", "no_upper_end", "unsettled", "top_cuts")
NARROW_SPACE = "\u00a0"


@lru_cache(maxsize=1)
def sentences() -> dict[str, Any]:
    """Load the sentences, once."""
    raw = resources.files(__package__).joinpath("data/wording.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(raw)
    return loaded


def plural_form(language: str, number: int) -> str:
    """Give the CLDR plural category of a whole number in English, Ukrainian or Russian."""
    if language == "en":
        return "one" if number == 1 else "other"
    last, teens = number % 10, number % 100 in (11, 12, 13, 14)
    if last == 1 and not teens:
        return "one"
    return "few" if last in (2, 3, 4) and not teens else "many"


def number_text(language: str, number: int) -> str:
    """Write a whole number with the language's separator of thousands."""
    return f"{number:,}" if language == "en" else f"{number:,}".replace(",", NARROW_SPACE)


def counted(noun: str, language: str, number: int) -> str:
    """Write a number with its noun: people, people_genitive or lists."""
    pattern: str = sentences()[noun][language][plural_form(language, number)]
    return pattern.format(n=number_text(language, number))


def rounded(value: float, *, up: bool) -> int:
    """Round a shown number outwards: to a 5 in its third figure, never finer than 5."""
    digits = len(str(max(1, int(value))))
    step = max(5, 5 * int(10 ** (digits - 3)))
    steps: int = math.ceil(value / step) if up else math.floor(value / step)
    return step * steps


def wording(found: Estimate) -> dict[str, str]:
    """Tell an estimate in each language."""
    return {language: " ".join(_told(found, language)) for language in LANGUAGES}


def limit_text(limit: Limit) -> dict[str, str]:
    """Tell what a limit means in each language."""
    texts: dict[str, str] = sentences()["limits"][limit.code]
    return dict(texts)


def _told(found: Estimate, language: str) -> list[str]:
    texts = sentences()
    if found.headline is None:
        return [*_no_range(found, language), texts["close"][language]]
    low, high = rounded(found.headline.low, up=False), rounded(found.headline.high, up=True)
    lists = counted("lists", language, found.table.width)
    said = [_range(texts["range"][language], language, low, high, lists)]
    if found.headline.at_least is not None:
        said.append(_least(language, found.headline.at_least))
    said.append(texts["disagree" if found.disagreement else "agree"][language])
    if found.changes:
        said.append(_most(found, language))
    return [*said, texts["close"][language]]


def _range(pattern: str, language: str, low: int, high: int, lists: str = "") -> str:
    high_people = counted("people_genitive", language, high)
    return pattern.format(low=number_text(language, low), high_people=high_people, lists=lists)


def _least(language: str, value: float) -> str:
    least = rounded(value, up=False)
    pattern: str = sentences()["least"][language]
    return pattern.format(
        least=counted("people", language, least), least_genitive=counted("people_genitive", language, least)
    )


def _no_range(found: Estimate, language: str) -> list[str]:
    codes = [limit.code for limit in found.limits if limit.code in NO_HEADLINE]
    # What the table can't carry is told before what was not asked.
    code = next((one for one in FIRST_TOLD if one in codes), codes[0])
    pattern: str = sentences()["none"][code][language]
    if code == "two_lists":
        low, high = (found.odds_ratios[end].N for end in (0, -1))
        return [_range(pattern, language, rounded(low, up=False), rounded(high, up=True))]
    said = [pattern]
    if found.chao and found.table.width > 2:
        said.append(_least(language, found.chao.low))
    return said


def _most(found: Estimate, language: str) -> str:
    texts, change = sentences(), found.changes[0]
    percent = max(1, round(100 * abs(change.share)))
    move = texts["up" if change.share > 0 else "down"][language].format(percent=percent)
    said: str = texts["most"][language].format(cause=texts["causes"][change.code][language], move=move)
    return said
