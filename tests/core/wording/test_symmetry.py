# SPDX-License-Identifier: AGPL-3.0-or-later
"""Swapping the parties changes no count: nobody's letter is judged harder."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.wording import Request, lint

QUOTED = tomllib.loads((Path(__file__).parent / "data" / "seed_sentences.toml").read_text("utf-8"))["quoted"]
SWAPS = {
    "us": {
        "the United States of America": "the Russian Federation", "the United States": "the Russian State",
        "the USA": "Russia", "the White House": "the Kremlin", "Washington": "Moscow", "American": "Russian",
    },
    "ua": {"Ukraine": "Russia", "Ukrainians": "Russians", "Ukrainian": "Russian", "Kyiv": "Moscow"},
}  # fmt: skip


def swap(text: str, pairs: dict[str, str]) -> str:
    """Write each party's name where the other's stood."""
    table = pairs | {other: one for one, other in pairs.items()}
    words = sorted(table, key=len, reverse=True)
    return re.sub("|".join(rf"\b{re.escape(word)}\b" for word in words), lambda found: table[found[0]], text)


def sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def counts(text: str, language: str, profile: str = "mission") -> Counter[tuple[str, str]]:
    return Counter((one.category, one.level) for one in lint(text, Request(language, profile)))


@pytest.mark.parametrize("quoted", QUOTED, ids=range(len(QUOTED)))
def test_published_sentences_have_the_findings_we_expect(quoted):
    assert [one.category for one in lint(quoted["text"], Request("en", "mission"))] == quoted["findings"]


@pytest.mark.parametrize("quoted", QUOTED, ids=range(len(QUOTED)))
@pytest.mark.parametrize("profile", ["mission", "appeal", "campaign", "story", "prisoner-letter"])
def test_swapping_the_parties_of_a_published_sentence_changes_no_count(quoted, profile):
    swapped = swap(quoted["text"], SWAPS[quoted["sides"][0]])
    assert counts(swapped, "en", profile) == counts(quoted["text"], "en", profile)


PARTIES = {
    "en": [("Russia", "Ukraine"), ("Moscow", "Kyiv"), ("Russian", "Ukrainian"), ("Putin", "Zelensky"),
        ("the Kremlin", "Bankova")],
    "ru": [("Россия", "Украина"), ("Москва", "Киев"), ("российский", "украинский")],
    "uk": [("Росія", "Україна"), ("Москва", "Київ"), ("російський", "український")],
}  # fmt: skip
SAYINGS = {
    "en": [
        "{0} must release him.", "{0} and {1} must agree.", "The {0} regime hides the truth.",
        "We thank {0} for the answer.",
        "{0}'s soldiers are orcs.", "{0} demands a swap.", "{0} is an aggressor state.",
        "The mediator met {0} and {1}.",
        "According to {0}, the list was sent.", "We warn you, {0}.", "{0} lies.",
        "The Government of {0} must answer.",
        "Citizens of {0} must apply.", "{0} only understands force.", "{0}, which holds him, must answer.",
        "{0}'s {1} is finished.", "Shame on {0}!", "We will hold {0} accountable.", "We will force {0} to act.",
    ],
    "ru": [
        "{0} должна ответить.", "{0} и {1} получили письмо.", "{0} лжёт.", "{0} скрывает списки.",
        "{0} — страна-агрессор.", "{0} требует размена.", "{0} понимает только силу.",
        "По словам посла, {0} согласна.", "Такова {0}.",
        "Правительство, которое представляет {0}, ответило.",
    ],
    "uk": [
        "{0} повинна відповісти.", "{0} і {1} отримали лист.", "{0} бреше.", "{0} приховує списки.",
        "{0} — країна-агресор.", "{0} вимагає розміну.", "{0} розуміє лише силу.",
        "За словами посла, {0} згодна.", "Така {0}.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_swapping_the_parties_of_a_made_text_changes_no_count(language, data):
    pair = data.draw(st.sampled_from(PARTIES[language]))
    said = data.draw(st.lists(st.sampled_from(SAYINGS[language]), min_size=1, max_size=6))
    text = " ".join(sentence(one.format(*pair)) for one in said)
    swapped = " ".join(sentence(one.format(*reversed(pair))) for one in said)
    assert counts(swapped, language) == counts(text, language)


SLURS = {
    "en": [("Khokhol", "Moskal"), ("Ukrop", "vatnik"), ("ukronazi", "Rashist"), ("Kyiv regime", "Moscow regime")],
    "ru": [("хохол", "москаль"), ("укронацист", "рашист"), ("киевский режим", "московский режим")],
    "uk": [("хохол", "москаль"), ("укронацист", "рашист"), ("київський режим", "московський режим")],
}


@pytest.mark.parametrize(
    ("language", "one", "other"), [(language, *pair) for language, pairs in SLURS.items() for pair in pairs]
)
def test_each_sides_slur_has_its_counterpart(language, one, other):
    assert counts(f"{one}.", language) == counts(f"{other}.", language) != Counter()
