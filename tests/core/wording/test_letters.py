# SPDX-License-Identifier: AGPL-3.0-or-later
"""A letter to a prisoner: nothing a censor would stop or that would endanger the reader."""

from __future__ import annotations

import pytest

from goodoffices.core.wording import Request, lint

FIRES = [
    ("en", "The war goes on.", "war"),
    ("en", "Your lawyer filed an appeal.", "lawyer"),
    ("en", "You will be home soon, I promise.", "promise"),
    ("en", "Here is a map.", "map"),
    ("en", "Yesterday we saw Andrew Miller and his wife.", "Andrew Miller"),
    ("en", "Remember: 14 27 33 09 81 44.", "14 27 33 09 81 44"),
    ("en", "We are at 50.4501, 30.5234 now.", "50.4501, 30.5234"),
    ("en", "The guard is an idiot.", "idiot"),
    ("ru", "Война не кончается.", "Война"),
    ("ru", "Адвокат подал жалобу.", "Адвокат"),
    ("ru", "Тебя скоро обменяют.", "скоро обменяют"),
    ("ru", "Вчера мы видели Андрея Мельникова.", "Андрея Мельникова"),
    ("ru", "Вот карта и схема.", "карта"),
    ("ru", "Читай между строк.", "Читай между строк"),
    ("ru", "Запомни: 12 45 78 90 11.", "12 45 78 90 11"),
    ("uk", "Війна триває.", "Війна"),
    ("uk", "Адвокат подав скаргу.", "Адвокат"),
    ("uk", "Тебе скоро обміняють.", "скоро обміняють"),
    ("uk", "Учора ми бачили Андрія Мельника.", "Андрія Мельника"),
    ("uk", "Ось мапа.", "мапа"),
]


@pytest.mark.parametrize(("language", "text", "what"), FIRES)
def test_what_a_censor_stops_is_warned_of(language, text, what):
    found = lint(f"Вітаю!\n\n{text}\n\nДо зустрічі" if language == "uk" else text, Request(language, "prisoner-letter"))
    assert any(what in one.text and (one.category, one.level) == ("C12", "warn") for one in found), found


CLEAN = [
    (
        "en",
        "Dear Peter,\n\nthe apple tree bloomed on 12 May and the cat sleeps on your chair. We read the book you liked. "
        "In summer we go to the sea and will send photographs.\n\nWith love,\nAnna",
    ),
    (
        "ru",
        "Дорогой Пётр!\n\nЯблоня зацвела 12 мая, кот спит на твоём стуле. Мы читаем книгу, которую ты любил. "
        "Летом поедем к морю и пришлём снимки. Мама здорова, Пётр, и обнимает тебя.\n\nС любовью,\nАнна",
    ),
    (
        "uk",
        "Дорогий Петре!\n\nЯблуня зацвіла 12 травня, кіт спить на твоєму стільці. Ми читаємо книжку, яку ти любив. "
        "Улітку поїдемо до моря й надішлемо світлини. Мама здорова й обіймає тебе.\n\nЗ любов'ю,\nГанна",
    ),
]


@pytest.mark.parametrize(("language", "letter"), CLEAN)
def test_a_warm_letter_passes(language, letter):
    assert lint(letter, Request(language, "prisoner-letter")) == ()


def test_the_addressee_and_the_writer_may_be_named_again():
    letter = "Дорогой Андрей!\n\nКот ждёт Андрея и Марию.\n\nТвоя Мария"
    assert lint(letter, Request("ru", "prisoner-letter")) == ()
    other = lint("Дорогой Андрей!\n\nКот ждёт Сергея.\n\nТвоя Мария", Request("ru", "prisoner-letter"))
    assert [one.text for one in other] == ["Сергея"]


def test_insults_by_origin_and_leaks_block_in_a_letter_too():
    levels = {one.category: one.level for one in lint("Эти рашисты... Завтра обмен!", Request("ru", "prisoner-letter"))}
    assert levels["C1"] == "block"
    assert levels["C11"] == "block"


def test_names_and_ciphers_are_no_matter_of_other_profiles():
    text = "Yesterday we saw Andrew Miller: 14 27 33 09 81 44."
    assert lint(text, Request("en", "mission")) == ()
