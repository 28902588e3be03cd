# SPDX-License-Identifier: AGPL-3.0-or-later
"""Protected facts in a text: found in any script, case and writing, and nothing else is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.disclosure.leaks import BadFact, FactKind, ProtectedFact, find_leaks


def found(text: str, value: str, kind: FactKind) -> list[str]:
    text = unicodedata.normalize("NFC", text)
    return [text[one.start : one.end] for one in find_leaks(text, [ProtectedFact("f", kind, value)])]


NAME = "Осокорець Андрій Петрович"


@pytest.mark.req("SEC-LK")
@pytest.mark.parametrize(
    "text",
    [
        "Ідеться про Осокорця.",
        "Листа Осокорцеві не передали.",
        "Разом з Андрієм Осокорцем були інші.",
        "ОСОКОРЕЦЬ А. П.",
        "Судьба Осокорца Андрея неизвестна.",
        "Andriy Osokorets is held.",
        "Mr OSOKORETS",
        "osokorets andrii",
        "Оcoкорець тут.",
        "О с о к о р е ц ь",
        "Осо\u00adкорець",
        "Осоко\u0301рець",
        "Андрій Петрович хворіє.",
        "Андрею Петровичу нужна помощь.",
        "родина Осокорців",
        unicodedata.normalize("NFD", "Андрій Осокорець"),
    ],
)
def test_a_name_is_found_in_every_form(text):
    assert found(text, NAME, FactKind.NAME)


@pytest.mark.req("SEC-LK")
@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Орел Іван", "Свідки бачили Орла."),
        ("Кисіль Марія", "Лист від Киселя"),
        ("Білий Олег", "Чекаємо на Білого"),
        ("Туманівська Оксана", "Тумановской Оксане"),
        ("Туманівська Оксана", "для Туманівської"),
        ("Лук'янчук Ігор", "Лукьянчуку, Lukianchuk"),
        ("Зимородьонков Лев", "Zimorodonkov"),
        ("Лі Ганна", "для Ганни Лі"),
        ("Швець Олена", "родичі Шевця"),
        ("Nechui-Levytskyi Ivan", "пан Нечуй-Левицький"),
    ],
)
def test_surnames_that_change_inside_are_found(value, text):
    assert found(text, value, FactKind.NAME)


@pytest.mark.parametrize(
    "text",
    [
        "Андрій сказав, що Петрович поїхав до Осокорників.",
        "Андрій Іванович та Олександр Петрович.",
        "Тут росте осокорець, дерево.",
        "Осокоренко Андрій Петренко.",
        "",
        "12 345",
    ],
)
def test_other_people_and_words_are_not_found(text):
    assert found(text, NAME, FactKind.NAME) == []


@pytest.mark.req("SEC-LK")
@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("СІЗО-2, Таганрог", "перевели до Таганрога"),
        ("СІЗО-2, Таганрог", "в СИЗО № 2"),
        ("СІЗО-2, Таганрог", "SIZO-2"),
        ("Біла Церква", "у Білій Церкві"),
        ("Біла Церква", "Bila Tserkva"),
        ("Бахмут", "під Артемівськом"),
        ("Ростов-на-Дону", "in Rostov-on-Don"),
        ("Ростов-на-Дону", "из Ростова-на-Дону"),
        ("Donetsk", "в Донецьку"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(value, text):
    assert found(text, value, FactKind.PLACE)


def test_a_place_is_not_found_where_another_is_named():
    for text in ("у Білгороді", "церква біла", "СІЗО-3 міста Рязань", "2 листи до СІЗО"):
        assert found(text, "СІЗО-2, Біла Церква", FactKind.PLACE) == []


@pytest.mark.req("SEC-LK")
@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("+380 67 123 45 67", "067-123-45-67"),
        ("+380 67 123 45 67", "+38 (067) 123.45.67"),
        ("+380 67 123 45 67", "00380671234567"),
        ("0671234567", "+380671234567"),
        ("+380 67 123 45 67", "٠٦٧١٢٣٤٥٦٧"),
        ("АН 123456", "паспорт АН№123456"),
        ("АН 123456", "AH 123 456"),
        ("А1234", "в/ч А-1234"),
        ("1-45/2023", "справа № 1-45/2023"),
    ],
)
def test_a_number_is_found_however_it_is_grouped(value, text):
    assert found(text, value, FactKind.NUMBER)


def test_other_numbers_are_not_found():
    assert found("067-123-45-68, 1234567, 3806712", "+380 67 123 45 67", FactKind.NUMBER) == []
    assert found("12 осіб, стаття 12", "12", FactKind.NUMBER) == []


@pytest.mark.req("SEC-LK")
@pytest.mark.parametrize(
    "text",
    [
        "3 квітня 1991 року", "3-го апреля 1991 г.", "April 3, 1991", "3rd of April 1991", "03.04.1991", "3.4.91",
        "04/03/1991", "1991-04-03", "3.IV.1991", "1991, April 3", "3 Apr. 1991", "03 04 1991",
    ],
)  # fmt: skip
def test_a_day_is_found_in_every_writing(text):
    assert found(f"({text})", "1991-04-03", FactKind.DATE)


def test_other_days_are_not_found():
    for text in ("3 квітня", "квітень 1991 року", "4 квітня 1991", "03.05.1991", "13.04.1991", "3 April 1992"):
        assert found(text, "1991-04-03", FactKind.DATE) == []


def test_a_day_that_is_none_is_refused_without_telling_it():
    with pytest.raises(BadFact) as caught:
        found("text", "03.04.1991", FactKind.DATE)
    assert "1991" not in caught.value.message


@pytest.mark.req("SEC-LK")
def test_offsets_count_code_points_of_the_composed_text():
    text = unicodedata.normalize("NFD", "Йдеться про її брата: Осокорець 😀 тут")
    (leak,) = find_leaks(text, [ProtectedFact("f", FactKind.NAME, NAME)])
    assert unicodedata.normalize("NFC", text)[leak.start : leak.end] == "Осокорець"
    assert (leak.fact, leak.kind, leak.by) == ("f", FactKind.NAME, "surname")


@given(
    st.text(max_size=120),
    st.text(min_size=1, max_size=20),
    st.sampled_from([FactKind.NAME, FactKind.PLACE, FactKind.NUMBER]),
)
def test_any_text_and_fact_are_read_and_offsets_lie_within(text, value, kind):
    length = len(unicodedata.normalize("NFC", text))
    for one in find_leaks(text, [ProtectedFact("f", kind, value)]):
        assert 0 <= one.start < one.end <= length
