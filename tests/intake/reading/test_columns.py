# SPDX-License-Identifier: AGPL-3.0-or-later
"""Guessing columns from headers in four languages and from what cells look like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.intake.reading import SEALED_TARGETS, TARGETS, guess_columns, is_target
from goodoffices.intake.reading.synonyms import SYNONYMS

HEADERS = {
    "record_id": ["№ з/п", "ID", "Номер", "record_id"],
    "name": ["ПІБ", "Ф.И.О.", "Прізвище, ім'я, по батькові", "Full name", "Nombre y apellido"],
    "family_name": ["Прізвище", "Фамилия", "Surname", "Apellido"],
    "given_name": ["Ім’я", "Имя", "First name", "Nombres"],
    "patronymic": ["По батькові", "Отчество", "Patronymic"],
    "family_name_2": ["Apellido materno", "Дівоче прізвище"],
    "dob": ["Дата народження", "Дата рождения", "Date of birth", "DOB", "Fecha de nacimiento", "д.р."],
    "birth_year": ["Рік народження", "Год рождения", "Year of birth", "Año de nacimiento"],
    "birth_place": ["Місце народження", "Место рождения", "Place of birth", "Lugar de nacimiento"],
    "sex": ["Стать", "Пол", "Sex", "Sexo", "Gender"],
    "age": ["Вік", "Возраст", "Age", "Edad"],
    "citizenship": ["Громадянство", "Гражданство", "Nationality", "Nacionalidad"],
    "occupation": ["Професія", "Профессия", "Occupation", "Ocupación"],
    "residence": ["Місце проживання", "Место жительства", "Residence", "Localidad"],
    "unit": ["Військова частина", "в/ч", "Воинская часть", "Military unit", "Unidad"],
    "category": ["Категорія", "Категория", "Category", "Categoría"],
    "capture_date": ["Дата полону", "Дата пленения", "Date of capture", "Fecha de detención", "Fecha de secuestro"],
    "capture_place": ["Місце полону", "Место пленения", "Place of capture", "Lugar de detención"],
    "place_held": ["Місце утримання", "Место содержания", "Place of detention", "Lugar de reclusión"],
    "release_date": ["Дата звільнення", "Дата освобождения", "Release date", "Fecha de liberación"],
    "death_date": ["Дата смерті", "Дата смерти", "Date of death", "Fecha de fallecimiento"],
    "status": ["Статус", "Состояние", "Status", "Estado"],
    "charge": ["Стаття", "Статья", "Charge", "Delito"],
    "sentence": ["Вирок", "Приговор", "Sentence", "Condena"],
    "holding_authority": ["Ким утримується", "Кем удерживается", "Detaining authority", "Autoridad"],
    "nickname": ["Позивний", "Позывной", "Call sign", "Apodo"],
    "last_seen": ["Востаннє бачили", "Последняя связь", "Last seen"],
    "event_date": ["Дата події", "Дата события", "Event date", "Fecha"],
    "source_note": ["Примітка", "Примечание", "Notes", "Observaciones"],
    "contact": ["Телефон", "E-mail", "Номер телефону", "Контакты родственников", "Teléfono", "Адреса"],
    "health": ["Стан здоров'я", "Состояние здоровья", "Health", "Estado de salud", "Діагноз"],
    "witness": ["Свідок", "Свидетели", "Witness", "Testigo", "Хто повідомив"],
}


@pytest.mark.parametrize(("target", "header"), [(target, name) for target, names in HEADERS.items() for name in names])
def test_a_header_is_known_in_four_languages(target, header):
    (guess,) = guess_columns([header], [])
    assert guess.target == target
    assert guess.confidence >= 0.5
    assert guess.sealed == (target in SEALED_TARGETS)


def test_what_must_be_sealed_is_known_by_its_content():
    rows = [[f"+38 050 123-45-{n:02d}", f"person{n}@example.invalid"] for n in range(20)]
    guesses = guess_columns(["примітка", "other"], rows)
    assert [(guess.target, guess.sealed) for guess in guesses] == [("contact", True), ("contact", True)]


def test_dates_and_numbers_are_no_phones():
    rows = [["03.05.1985", "1985-05-03", "12345678", "26.12.1976 - 02.01.1977"] for _ in range(20)]
    assert not any(guess.sealed for guess in guess_columns(["a", "b", "c", "d"], rows))


def test_content_bears_a_header_out_or_speaks_against_it():
    good = guess_columns(["дата народження"], [["03.05.1985"]] * 5)[0]
    bad = guess_columns(["дата народження"], [["Харків"]] * 5)[0]
    assert (good.why, bad.why) == ("header_and_content", "header_against_content")
    assert good.confidence > 0.9 > 0.6 > bad.confidence


def test_one_target_goes_to_one_column():
    guesses = guess_columns(["ПІБ", "name", "дата народження"], [["Вигаданий Іван", "Ivan Vyhadanyi", "1985"]] * 5)
    assert [guess.target for guess in guesses] == ["name", "other:name", "dob"]
    assert guesses[1].why == "taken"


def test_surname_and_name_are_family_and_given_name():
    guesses = guess_columns(["Фамилия", "Имя", "Отчество"], [["Выдуманный", "Иван", "Иванович"]] * 5)
    assert [guess.target for guess in guesses] == ["family_name", "given_name", "patronymic"]
    guesses = guess_columns(["surname", "name"], [["Invented", "Ivan"]] * 5)
    assert [guess.target for guess in guesses] == ["family_name", "given_name"]


def test_a_surname_column_of_whole_names_is_a_name():
    (guess,) = guess_columns(["Прізвище"], [["Вигаданий Іван Іванович"]] * 5)
    assert guess.target == "name"


def test_a_list_without_header_is_guessed_by_content():
    rows = [[str(n), f"Вигаданий Іван Іванович {'абвгд'[n]}", f"0{n + 1}.05.1985", "чж"[n % 2]] for n in range(5)]
    guesses = guess_columns(["column 1", "column 2", "column 3", "column 4"], rows)
    assert [guess.target for guess in guesses] == ["record_id", "name", "dob", "sex"]
    assert all(guess.confidence < 0.8 for guess in guesses)


def test_unknown_columns_are_kept_as_notes_and_empty_ones_ignored():
    guesses = guess_columns(["ano_en_monumento", "xyz"], [["1977", ""], ["1976", "-"], ["1975", "н/д"]])
    assert [guess.target for guess in guesses] == ["other:ano_en_monumento", "ignore"]


def test_a_header_on_two_lines_is_understood():
    names = ["Народження / дата", "Народження / місце", "Полон / дата", "Плен / место"]
    targets = [guess.target for guess in guess_columns(names, [])]
    assert targets == ["dob", "birth_place", "capture_date", "capture_place"]


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6), st.data())
def test_any_table_gets_one_valid_guess_a_column(header, data):
    rows = data.draw(st.lists(st.lists(st.text(max_size=20), max_size=7), max_size=5))
    guesses = guess_columns(header, rows)
    assert [guess.column_index for guess in guesses] == list(range(len(header)))
    once = [guess.target for guess in guesses if guess.target in ("record_id", "name", "dob", "sex")]
    assert len(once) == len(set(once))
    for guess in guesses:
        assert is_target(guess.target) or not header[guess.column_index]
        assert 0 <= guess.confidence <= 1


def test_every_target_has_its_headers():
    assert set(SYNONYMS) == set(TARGETS)


def test_all_targets_are_targets():
    assert all(is_target(target) for target in (*TARGETS, "ignore", "other:x"))
    assert not is_target("other:")
    assert not is_target("nonsense")
