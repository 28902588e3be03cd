# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spellings of one word in any script and scheme meet in one folded form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.names import fold, relayout, repair_scripts, script_of, skeleton, stem

# Examples of the tables themselves: KMU resolution 55/2010, BGN/PCGN, ISO 9, GOST R 52535.1, press use.
SPELLINGS = [
    ("Згорський", "Zghorskyi", "Згорский", "Zgorsky"),
    ("Щербина", "Shcherbyna", "Shcherbina", "Ščerbina", "Chtcherbina", "Schtscherbina", "Szczerbina"),
    ("Хмельницький", "Khmelnytskyi", "Хмельницкий", "Khmelnitskiy"),
    ("Соловйов", "Соловьёв", "Solovyov", "Soloviov", "Solovjov"),
    ("Юрій", "Юрий", "Yurii", "Yuriy", "Iurii", "Jurij"),
    ("Гаєвич", "Haievych", "Гаевич", "Gaevich", "Gaevitj", "Gajewicz"),
    ("Знам'янка", "Знам’янка", "Znamianka", "Znamyanka"),
    ("Жуковський", "Zhukovskyi", "Жуковский", "Žukovskij", "Zjukovskij"),
]


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_spellings_of_one_name_fold_to_one_form(spellings: tuple[str, ...]) -> None:
    assert len({fold(word) for word in spellings}) == 1


@pytest.mark.parametrize(
    "forms",
    [
        ("Зеленський", "Зеленська", "Зеленської", "Зеленскому", "Zelensky", "Zelenska"),
        ("Іванов", "Іванова", "Ивановой", "Иванову", "Ivanov", "Ivanova"),
        ("Шевченко", "Шевченка", "Шевченку", "Shevchenko"),
        ("Кравець", "Кравця", "Кравцу", "Kravets"),
        ("Ковальчук", "Ковальчука", "Ковальчуку"),
    ],
)
def test_gender_and_case_forms_of_a_surname_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(fold(word)) for word in forms}) == 1


def test_look_alike_letters_of_another_script_are_put_right() -> None:
    latin_o_and_a = "К\u006fв\u0061льчук"
    assert script_of(latin_o_and_a) == "Mixd"
    assert repair_scripts(latin_o_and_a) == "Ковальчук"
    assert fold(latin_o_and_a) == fold("Ковальчук")


def test_a_word_typed_in_the_other_keyboard_layout_is_retyped() -> None:
    assert "александр" in relayout("Fktrcfylh")
    assert "ткаченко" in relayout("nrfxtyrj")


@given(st.text(max_size=30))
def test_folding_any_text_gives_lower_case_letters_and_digits(text: str) -> None:
    folded = fold(text)
    assert folded == fold(text)
    assert all(char.isalnum() for char in folded)
    assert isinstance(stem(folded), str)
    assert isinstance(skeleton(folded), str)


@given(st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", min_size=1, max_size=20))
def test_case_of_letters_never_matters(word: str) -> None:
    assert fold(word) == fold(word.upper())
