# SPDX-License-Identifier: AGPL-3.0-or-later
"""A name in one column is read into parts; both readings are kept where the order is unsure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.names import parse_name


@pytest.mark.parametrize(
    ("text", "family", "given_name", "patronymic"),
    [
        ("Пуржих Людмила Костянтинівна", "пуржих", "людмила", "костянтинівна"),
        ("Микола Долбенков", "долбенков", "микола", ""),
        ("Оелг Віталійович Тоун", "тоун", "оелг", "віталійович"),
        ("Abad, Julio Ricardo", "abad", "julio ricardo", ""),
        ("ABAD  JULIO RICARDO", "abad", "julio ricardo", ""),
        ("Doku Khamatovich UMAROV", "umarov", "doku", "khamatovich"),
        ("Іваненко І. П.", "іваненко", "і", "п"),
        ("О. О. Петренко", "петренко", "о", "о"),
        ("Нечуй-Левицький Іван", "нечуй левицький", "іван", ""),
        ("Коваль Іван (позивний «Сокіл»)", "коваль", "іван", ""),
        ("Fktrcfylh Gtnhjdbx Bdfyjd", "иванов", "александр", "петрович"),
        ("nrfxtyrj Артем", "ткаченко", "артем", ""),
        ('В"ячеслав Ілліч Папутій', "папутій", "в'ячеслав", "ілліч"),
        ("Иван Мицкевич", "мицкевич", "иван", ""),
    ],
)
def test_a_name_is_read_into_its_parts(text: str, family: str, given_name: str, patronymic: str) -> None:
    first = parse_name(text)[0]
    assert (first.family, first.given, first.patronymic) == (family, given_name, patronymic)


def test_two_given_names_in_a_row_keep_both_readings() -> None:
    readings = parse_name("Роман Богдан")
    assert {(r.family, r.given) for r in readings} == {("роман", "богдан"), ("богдан", "роман")}
    assert not any(reading.certain for reading in readings)


def test_a_maiden_name_in_brackets_is_another_reading() -> None:
    readings = parse_name("Коваль Олена (Мельник)")
    assert [(r.family, r.alias) for r in readings] == [("коваль", False), ("мельник", True)]


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error_and_always_the_same(text: str) -> None:
    assert parse_name(text) == parse_name(text)
    assert len(parse_name(text)) <= 6
