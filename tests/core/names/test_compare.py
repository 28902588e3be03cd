# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two names alone: same, possible or different, with reasons that sum to the weight."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.names import compare_names


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Коваленко Сергій Петрович", "Sergey Kovalenko"),
        ("Володимир Ткаченко", "Vladimir Tkachenko"),
        ("Тимошенко Юлія Володимирівна", "ТИМОШЕНКО Юлия Владимировна"),
        ("Сашко Мельник", "Мельник Олександр"),
        ("Шевченка Андрія Івановича", "Shevchenko Andrii"),
        ("Abad, Julio Ricardo", "ABAD  JULIO RICARDO"),
        ("Juan Carlos Pérez Gómez", "PEREZ GOMEZ, JUAN CARLOS"),
        ("Nrfxtyrj Fhntv", "Артем Ткаченко"),
        ("Дзмітрый Валер'евіч Паўлічэнка", "Dmitri Valerievich Pavlichenko"),
    ],
)
def test_one_name_in_two_spellings_is_the_same(a: str, b: str) -> None:
    assert compare_names(a, b).verdict == "same"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Коваленко Сергій", "Бондаренко Сергій"),
        ("Коваленко Сергій Петрович", "Коваленко Олена Петрівна"),
        ("Іваненко Олексій Ігорович", "Іваненко Олександр Ігорович"),
        ("Коваленко Сергій Петрович", "Коваленко Сергій Іванович"),
    ],
)
def test_other_names_are_different(a: str, b: str) -> None:
    assert compare_names(a, b).verdict == "different"


def test_an_everyday_name_of_both_sexes_is_read_by_the_sex_given() -> None:
    assert compare_names("Петренко Саша", "Петренко Олександр", sex="m").verdict == "same"
    assert compare_names("Петренко Саша", "Петренко Олександр", sex="f").verdict == "different"


def test_a_married_name_is_at_least_possible() -> None:
    assert compare_names("Maria Lopez de Garcia", "Lopez, Maria").verdict in ("same", "possible")


def test_a_surname_alone_is_possible_at_most() -> None:
    assert compare_names("Коваленко", "Коваленко Сергій").verdict == "possible"


WORDS = st.sampled_from(
    ["Коваленко", "Сергій", "Петрович", "Kovalenko", "Sergey", "Олена", "Сашко", "Abad", "Julio", "Іваненко", "О."]
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@given(NAMES, NAMES)
def test_the_order_of_the_two_names_does_not_matter(a: str, b: str) -> None:
    there, back = compare_names(a, b), compare_names(b, a)
    assert there.verdict == back.verdict
    assert there.weight_bits == back.weight_bits
    assert sum(reason.bits for reason in there.reasons) == there.weight_bits


@given(NAMES)
def test_a_name_is_never_different_from_itself(name: str) -> None:
    assert compare_names(name, name).verdict in ("same", "possible")
