# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every reason of the engine has a sentence, in every language."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from goodoffices.core.linkage import BLOCKED_CODES, REASON_CODES
from goodoffices.matching.reasons import BARRIERS, SENTENCES, evidence_of, sentence


def test_every_code_of_the_engine_has_a_sentence():
    assert set(REASON_CODES) <= set(SENTENCES)
    assert set(BLOCKED_CODES) <= set(BARRIERS)


def catalogue(language: str) -> dict[str, str]:
    from pathlib import Path

    import polib

    import goodoffices.matching

    folder = Path(goodoffices.matching.__file__).parent / "locale" / language / "LC_MESSAGES" / "django.po"
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(folder)) if not entry.fuzzy}


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_every_sentence_is_translated_with_the_same_values(language):
    known = catalogue(language)
    with override("en"):
        for said in [*SENTENCES.values(), *BARRIERS.values()]:
            translated = known.get(str(said), "")
            assert translated, said
            for value in ("%(left)s", "%(right)s"):
                assert (value in translated) == (value in str(said)), said


def test_a_sentence_carries_the_values_compared():
    reason = {"code": "born_same_year", "field": "born", "bits": 3.0, "left": "1981-03-14", "right": "1981"}
    with override("en"):
        assert sentence(reason) == "The same year of birth; one side gives no day: 14 March 1981, 1981"


def test_a_code_of_another_version_is_named_not_hidden():
    with override("en"):
        assert "star_sign_same" in sentence({"code": "star_sign_same", "field": "star", "bits": 1.0})


def test_evidence_adds_up_to_the_weight():
    reasons = [
        {"code": "surname_same", "field": "surname", "bits": 8.0, "left": "a", "right": "a"},
        {"code": "born_different", "field": "born", "bits": -3.5, "left": "1981", "right": "1990"},
        {"code": "prior", "field": "prior", "bits": -4.0, "left": "", "right": ""},
    ]
    found = evidence_of(reasons)
    assert (found.for_bits, found.against_bits, found.prior_bits) == (8.0, 3.5, -4.0)
    assert found.weight_bits == pytest.approx(0.5)
