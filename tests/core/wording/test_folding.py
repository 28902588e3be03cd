# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spellings meant to slip through don't, and the finding shows what was written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.wording import Request, lint
from goodoffices.core.wording.folding import fold_word

DISGUISED = [
    ("en", "оrс"), ("en", "RЕGIMЕ"), ("en", "re\u00adgime"), ("en", "jun\u200bta"), ("en", "vаtnіk"),
    ("en", "ｊｕｎｔａ"), ("en", "regime’s"), ("en", "0rc"),
    ("ru", "opк"), ("ru", "xунтa"), ("ru", "ху́нта"), ("ru", "PEЖИM"), ("ru", "лжёт"), ("ru", "лжет"), ("ru", "рaшиcт"),
    ("ru", "хун\u200bта"), ("ru", "0рк"),
    ("uk", "pycня"), ("uk", "хyнта"), ("uk", "рaшиcти"), ("uk", "возз’єднання"), ("uk", "воззʼєднання"),
    ("uk", "возз'єднання"), ("uk", "зобов’язані"), ("uk", "недoлюдинa"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "written"), DISGUISED)
def test_a_disguised_term_fires_with_its_own_spelling(language, written):
    text = f"Ось: {written}!" if language == "uk" else f"— {written}!"
    (found,) = lint(text, Request(language, "mission"))
    assert found.text == written
    assert text[found.start : found.end] == written


LOOKS = str.maketrans({"а": "a", "о": "o", "е": "e", "р": "p", "с": "c", "х": "x", "у": "y", "к": "k"})


@settings(max_examples=60, deadline=None)
@given(
    term=st.sampled_from(["рашист", "хунта", "пропаганда", "геноцид", "санкция", "предатель"]),
    which=st.lists(st.booleans(), min_size=10, max_size=10),
)
def test_any_mix_of_alphabets_fires(term, which):
    written = "".join(
        char.translate(LOOKS) if mixed else char for char, mixed in zip(term, which + [False] * 5, strict=False)
    )
    assert len(lint(f"Вот {written}.", Request("ru", "mission"))) == 1


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "‘", "`", "´", "′"])
def test_all_apostrophes_are_one(apostrophe):
    assert fold_word(f"перемир{apostrophe}я", "uk") == ("перемир'я",)


def test_english_readings_keep_the_negation():
    assert fold_word("doesn’t", "en") == ("doesn't", "does", "not")
    assert fold_word("regime’s", "en")[0] == "regime"


def test_other_words_stay_as_they_are():
    assert fold_word("Kyiv", "ru")[0] == "kyiv"
    assert fold_word("ёлка", "ru") == ("елка",)
    assert fold_word("ёлка", "uk") == ("ёлка",)
