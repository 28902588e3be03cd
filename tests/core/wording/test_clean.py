# SPDX-License-Identifier: AGPL-3.0-or-later
"""False alarms kill trust: words written like a term, and ordinary sentences, pass."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from goodoffices.core.wording import Request, lint, matrix

CLEAN = tomllib.loads((Path(__file__).parent / "data" / "clean.toml").read_text("utf-8"))
SENTENCES = [(kind, language, one) for kind, by in CLEAN.items() for language, many in by.items() for one in many]
LETTER_PROFILES = [one for one in matrix().profiles if one != "prisoner-letter"]


@pytest.mark.parametrize(("kind", "language", "sentence"), SENTENCES)
def test_a_harmless_sentence_passes(kind, language, sentence):
    for profile in LETTER_PROFILES:
        found = lint(sentence, Request(language, profile))
        assert [(one.category, one.text) for one in found] == []


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_ordinary_sentences_make_a_clean_letter(language):
    letter = "\n\n".join(CLEAN["ordinary"][language])
    assert lint(letter, Request(language, "mission", "civilian")) == ()


PAIRS = [
    ("en", "The regime answers.", "The visa regime changed."),
    ("en", "You must release him.", "Candidates must speak the language."),
    ("en", "The Government of Ukraine must release him.", "Citizens of Ukraine must apply in person."),
    ("en", "Russia must provide access.", "Persons who worked on the territory of Russia must apply."),
    ("en", "Russia, which holds him, must answer.", "It must be noted that he is ill."),
    ("en", "We will force you to answer.", "Russian forces left the town."),
    ("en", "Nothing can force them.", "The use of force and the entry into force are named."),
    ("en", "Bodies of the fallen were exchanged.", "UN bodies were informed."),
    ("en", "They are criminals.", "Criminal charges were dropped."),
    ("ru", "Вы должны ответить.", "Делегаты должны знать язык."),
    ("ru", "Правительство России должно ответить.", "Граждане России должны подать заявление."),
    ("ru", "Вы обязаны его освободить.", "Суд обязал колонию принять посылку."),
    ("ru", "Мы заставим вас ответить.", "Его заставили подписать бумагу."),
    ("ru", "Эта вата верит всему.", "В аптечке есть вата."),
    ("ru", "Режим не отвечает.", "Режим дня строгий."),
    ("uk", "Ви повинні відповісти.", "Делегати повинні знати мову."),
    ("uk", "Уряд Росії повинен відповісти.", "Громадяни Росії повинні подати заяву."),
    ("uk", "Ця вата вірить усьому.", "В аптечці є вата."),
    ("uk", "Їх вів посібник ворога.", "Навчальний посібник видано."),
]


@pytest.mark.parametrize(("language", "fires", "passes"), PAIRS)
def test_the_same_word_fires_or_passes_by_its_use(language, fires, passes):
    assert lint(fires, Request(language, "mission"))
    assert lint(passes, Request(language, "mission")) == ()


def test_both_sides_named_together_are_not_commanded():
    assert lint("The USA and Russia must achieve certain conditions.", Request("en", "mission")) == ()
    assert lint("The White House and the Kremlin were asked.", Request("en", "mission")) == ()
    (alone,) = lint("The Kremlin was asked.", Request("en", "mission"))
    assert (alone.category, alone.level) == ("C2", "note")
