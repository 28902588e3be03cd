# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said: a range or nothing, in three languages, with right plurals and without forbidden words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.estimation.cases import table_of, tables

from goodoffices.core.estimation import Estimate, Headline, Limit, Settings, estimate, limit_text, wording
from goodoffices.core.estimation.judgement import ALWAYS, NO_HEADLINE
from goodoffices.core.estimation.sensitivity import Change
from goodoffices.core.estimation.words import LANGUAGES, counted, number_text, plural_form, rounded, sentences

# Nobody on no list is called missing; no claim is confirmed or called inflated; nobody is a unit of trade.
FORBIDDEN = re.compile(
    r"missing|inflat|confirm|exchange|swap|зник|завищ|підтвердж|обмін|пропавш|исчез|завыш|подтвержд|обмен",
    re.IGNORECASE,
)
CYRILLIC = re.compile(r"[а-яіїєґ]", re.IGNORECASE)


def leaves(value):
    """All texts of the package data, with their language."""
    for key, inner in value.items():
        if isinstance(inner, dict) and set(inner) == set(LANGUAGES) and all(isinstance(v, str) for v in inner.values()):
            yield key, inner
        elif isinstance(inner, dict):
            yield from leaves(inner)


def told(low=9001.2, high=12_122.4, least=8384.1, **more) -> Estimate:
    """An estimate with a range."""
    return Estimate(
        tables("kosovo_1999")[0], Settings(), headline=Headline(low, high, least, ("loglinear", "bma")), **more
    )


def test_every_sentence_is_there_in_three_languages_with_the_same_blanks():
    blanks = re.compile(r"{(\w+)}")
    for key, texts in leaves(sentences()):
        said = {
            language: {one.removesuffix("_genitive") for one in blanks.findall(texts[language])} for language in texts
        }
        assert said["en"] == said["uk"] == said["ru"], key
        assert all(texts.values()), key
        if not key.isdigit():
            assert not CYRILLIC.search(texts["en"]), key
            assert CYRILLIC.search(texts["uk"]) and CYRILLIC.search(texts["ru"]), key  # noqa: PT018 -- one claim


def test_no_sentence_uses_a_forbidden_word():
    for key, texts in leaves(sentences()):
        for text in texts.values():
            assert not FORBIDDEN.search(text), (key, text)


def test_a_range_is_told_outwards_with_conditions_and_a_lower_bound():
    said = wording(told())
    assert "Between 9,000 and 12,500 people" in said["en"]
    assert "if these conditions hold" in said["en"]
    assert "at least 8,350 people among those who could be listed" in said["en"]
    assert "від 9\u00a0000 до 12\u00a0500 осіб" in said["uk"]
    assert "щонайменше 8\u00a0350 осіб" in said["uk"]
    assert "от 9\u00a0000 до 12\u00a0500 человек" in said["ru"]
    assert "не менее 8\u00a0350 человек" in said["ru"]


@pytest.mark.parametrize(("flag", "words"), [(True, "The methods disagree"), (False, "does not prove them right")])
def test_it_is_said_whether_the_methods_disagree(flag, words):
    assert words in wording(told(disagreement=flag))["en"]


def test_what_would_change_the_number_most_is_said_without_naming_a_list():
    said = wording(told(changes=(Change("without_list", 5000.0, -0.42, "EXH"),)))
    assert "if one of the lists were left out: down by about 42%" in said["en"]
    assert "зменшилася б приблизно на 42\u00a0%" in said["uk"].replace(" %", "\u00a0%")
    assert all("EXH" not in text for text in said.values())


@pytest.mark.parametrize("code", sorted(NO_HEADLINE))
def test_without_a_range_no_total_is_told(code):
    table = table_of([60, 30, 12]) if code == "two_lists" else tables("hav_taiwan")[0]
    found = Estimate(table, Settings(), limits=(Limit(code),))
    if code == "two_lists":
        found = replace(found, odds_ratios=estimate(table).odds_ratios)
    said = wording(found)
    assert set(said) == set(LANGUAGES)
    assert "conditions" not in said["en"]
    if code != "two_lists":
        assert not re.search(r"\d{2,}", said["en"].replace("overlaps", ""))


def test_every_limit_can_be_told():
    for code in [*sentences()["limits"]]:
        assert set(limit_text(Limit(code))) == set(LANGUAGES)
    assert (NO_HEADLINE | set(ALWAYS)) <= set(sentences()["limits"])


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [
        ("en", 1, "one"), ("en", 0, "other"), ("en", 21, "other"),
        ("uk", 1, "one"), ("uk", 21, "one"), ("uk", 11, "many"), ("uk", 2, "few"), ("uk", 12, "many"),
        ("uk", 24, "few"), ("uk", 111, "many"), ("uk", 0, "many"), ("ru", 101, "one"), ("ru", 114, "many"),
        ("ru", 3, "few"), ("ru", 5, "many"),
    ],
)  # fmt: skip
def test_plurals_follow_the_language(language, number, form):
    assert plural_form(language, number) == form


def test_numbers_stand_with_the_right_form_of_their_noun():
    assert counted("people", "uk", 1) == "1 особа"
    assert counted("people", "uk", 3) == "3 особи"
    assert counted("people", "ru", 21) == "21 человек"
    assert counted("people_genitive", "ru", 21) == "21 человека"
    assert counted("people_genitive", "uk", 2) == "2 осіб"
    assert counted("lists", "ru", 3) == "3 списка"
    assert counted("lists", "uk", 5) == "5 списків"
    assert counted("people", "en", 1) == "1 person"
    assert number_text("ru", 1234567) == "1\u00a0234\u00a0567"


@given(st.floats(0.001, 1e9))
def test_rounding_goes_outwards_and_is_never_fine(value):
    low, high = rounded(value, up=False), rounded(value, up=True)
    assert low <= value <= high
    assert low % 5 == 0
    assert high % 5 == 0
    assert high - low <= max(5, value / 10)
