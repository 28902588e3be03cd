# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a signer can't see is refused before signing (SECURITY CN4)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.sealing.consent_text import MAX_TEXT_BYTES, label_faults, text_faults


def codes(text: str | bytes, lang: str = "en") -> set[str]:
    return {fault.code for fault in text_faults(text.encode() if isinstance(text, str) else text, lang)}


@pytest.mark.req("SEC-CN")
@pytest.mark.parametrize("char", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
def test_bidi_controls_are_refused(char):
    assert codes(f"Both parties agreed{char} not to.") == {"bidi_control"}


@pytest.mark.req("SEC-CN")
@pytest.mark.parametrize(
    "char", "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u115f\u2800\u3164\ufe0f\u180e\U000e0041\U000e0100\u2063"
)
def test_invisible_characters_are_refused(char):
    assert "invisible" in codes(f"Both parties ag{char}reed.")


@pytest.mark.req("SEC-CN")
@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The pаrties agreed.", "en"),
        ("The Сommission met.", "en"),
        ("Стороны дoговорились.", "ru"),
        ("Сторони дoмовились.", "uk"),
        ("The pαrties agreed.", "en"),
        ("They said хоср yesterday.", "en"),
        ("Он сказал cop вчера.", "ru"),
    ],
)
def test_look_alike_letters_of_another_script_are_refused(text, lang):
    assert codes(text, lang) & {"mixed_scripts", "whole_word_disguised"}


@pytest.mark.req("SEC-CN")
@pytest.mark.parametrize("text", ["ｐarties", "𝐩arties", "ﬁnal", "ⓐgreed", "１２ persons"])
def test_letters_in_costume_are_refused(text):
    assert "dressed_letter" in codes(text)


@pytest.mark.req("SEC-CN")
@pytest.mark.parametrize(
    "text",
    [
        "<b>Agreed</b>",
        "Agreed <!-- not -->",
        "Agreed<script>x()</script>",
        "Agreed &#110;ot",
        "Agreed &zwj; not",
        "Agreed <span style='display:none'>not</span>",
        "<?xml version='1.0'?>",
        "{display: none} not",
        "visibility:hidden",
        "color:#fff",
        "@import 'x'",
        "[agreed](javascript:alert(1))",
        "[agreed](data:text/html;base64,AAAA)",
    ],
)
def test_markup_and_hidden_style_are_refused(text):
    assert codes(text) & {"html", "hidden_style", "active_link"}


@pytest.mark.req("SEC-CN")
def test_a_second_way_to_write_the_same_words_is_refused():
    text = "Свої домовленості"
    assert codes(text, "uk") == set()
    assert codes(unicodedata.normalize("NFD", text), "uk") == {"not_nfc"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"\xff\xfe", "not_utf8"),
        (b"", "empty"),
        (b" \n", "empty"),
        (b"a\x00b", "control"),
        (b"a\x1b[8mhidden", "control"),
        (b"a\rb", "control"),
        ("a\u2028b", "odd_space"),
        ("a\u3000b", "odd_space"),
        ("a\ue000b", "no_character"),
        ("n\u0336o\u0336t", "overlay"),
        ("a\u0323\u0331\u032d\u0330b", "piled_marks"),
        (b"a" * (MAX_TEXT_BYTES + 1), "too_long"),
    ],
)
def test_other_things_that_hide_are_refused(text, code):
    assert code in codes(text)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The Mission met on 1 May 2026: 12 persons (5 women), 50 % of those named.\r\nAT&T; 3 < 5.", "en"),
        ("The families of «Вернём их домой» and of Олена К. spoke.", "en"),
        ("По данным PACE и CERN, COVID-19, № 5, м², ½, «дом» — в 2026 г.", "ru"),
        ("Об'єднання родин, з’їзд, п'ять осіб; Ґалаґан.", "uk"),
        ("Color: the flag was blue. The data: see annex 1.", "en"),
        ("Ѐ naïve café; Müller, Łódź", "en"),
    ],
)
def test_ordinary_texts_pass(text, lang):
    assert text_faults(text.encode(), lang) == ()


def test_faults_say_where():
    assert [str(fault) for fault in text_faults("ab\u200bc".encode(), "en")] == ["invisible@2"]


def test_labels_are_one_visible_line():
    assert label_faults("public") == ()
    assert label_faults(" public")
    assert label_faults("pub\nlic")
    assert label_faults("")


@pytest.mark.req("SEC-CN")
@given(st.text(max_size=60))
def test_a_text_that_passes_holds_no_invisible_character(text):
    if not codes(text):
        assert not any(unicodedata.category(char) in ("Cf", "Co", "Cn") for char in text)
        assert unicodedata.normalize("NFC", text) == text


@given(st.binary(max_size=200))
def test_any_bytes_are_judged_and_never_crash(data):
    text_faults(data, "uk")
