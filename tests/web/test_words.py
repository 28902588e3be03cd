# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates, spans and numbers in the words of three languages; complete catalogues."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polib
import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

import goodoffices.web
from goodoffices.web import date_words
from goodoffices.web.templatetags import kit as tags

LOCALE = Path(goodoffices.web.__file__).parent / "locale"
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("edtf", "en", "uk", "ru"),
    [
        ("1981-03-14", "14 March 1981", "14 березня 1981", "14 марта 1981"),
        ("2022-03", "March 2022", "березень 2022", "март 2022"),
        ("1981", "1981", "1981", "1981"),
        ("1981~", "about 1981", "приблизно 1981", "примерно 1981"),
        ("1981-05?", "perhaps May 1981", "можливо, травень 1981", "возможно, май 1981"),
        ("1981%", "perhaps about 1981", "можливо, приблизно 1981", "возможно, примерно 1981"),
        ("198X", "the 1980s", "1980-ті", "1980-е"),
        ("19XX", "1900–1999", "1900–1999", "1900–1999"),
        ("2022-05-01/2022-05-20", "1–20 May 2022", "1–20 травня 2022", "1–20 мая 2022"),
        ("2022-05-28/2022-06-03", "28 May – 3 June 2022", "28 травня – 3 червня 2022", "28 мая – 3 июня 2022"),
        ("2022-03/2022-05", "March–May 2022", "березень–травень 2022", "март–май 2022"),
        ("1981/1984", "1981–1984", "1981–1984", "1981–1984"),
        (
            "2021-12/2022-02",
            "December 2021 – February 2022",
            "грудень 2021 – лютий 2022",
            "декабрь 2021 – февраль 2022",
        ),
        ("2022-03/..", "from March 2022", "з березня 2022", "с марта 2022"),
        ("../1985", "until 1985", "до 1985 року", "до 1985 года"),
        ("not a date", "not a date", "not a date", "not a date"),
    ],
)
def test_a_date_is_said_in_the_right_case(edtf, en, uk, ru):
    said = {}
    for language in ("en", "uk", "ru"):
        with translation.override(language):
            said[language] = tags.edtf_date(edtf)
    assert said == {"en": en, "uk": uk, "ru": ru}


@pytest.mark.parametrize(
    ("count", "uk", "ru"),
    [
        (1, "1 день", "1 день"),
        (3, "3 дні", "3 дня"),
        (11, "11 днів", "11 дней"),
        (21, "21 день", "21 день"),
        (412, "412 днів", "412 дней"),
    ],
)
def test_days_take_the_right_plural(count, uk, ru):
    with translation.override("uk"):
        assert tags.days(count) == uk
    with translation.override("ru"):
        assert tags.days(count) == ru


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 19), "2 days overdue"),
        (date(2026, 11, 20), "1 day overdue"),
        (date(2026, 11, 21), "today"),
        (date(2026, 11, 22), "tomorrow"),
        (date(2026, 12, 2), "in 11 days"),
    ],
)
def test_a_clock_is_said_in_words(due, words):
    with translation.override("en"):
        assert tags.due(due, TODAY) == words


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (date(2026, 11, 21), "today"),
        (date(2026, 11, 20), "yesterday"),
        (date(2026, 9, 23), "59 days ago"),
        (date(2026, 9, 22), "1 month ago"),
        (date(2026, 8, 21), "3 months ago"),
        (date(2024, 11, 21), "2 years ago"),
        (date(2026, 11, 24), "in 3 days"),
    ],
)
def test_how_long_ago_is_said_in_days_months_or_years(then, words):
    with translation.override("en"):
        assert tags.ago(then, TODAY) == words


def test_a_moment_counts_as_its_local_day(settings):
    settings.TIME_ZONE = "Europe/Kyiv"
    with translation.override("en"):
        assert tags.ago(datetime(2026, 11, 20, 23, 30, tzinfo=UTC), TODAY) == "today"


def test_nothing_is_said_of_nothing():
    assert tags.due(None, TODAY) == ""
    assert tags.ago(None, TODAY) == ""
    assert tags.edtf_date(None) == ""
    assert tags.number(None) == ""


def test_a_full_day_has_its_month_in_words():
    with translation.override("uk"):
        assert date_words.day_words(date(1981, 3, 4)) == "4 березня 1981"


def test_numbers_are_grouped_as_the_language_does():
    with translation.override("en"):
        assert tags.number(16000) == "16,000"
        assert tags.signed(-1.42) == "−1.4"
    with translation.override("uk"):
        assert tags.number(16000) == "16\xa0000"
        assert tags.signed(8.1) == "+8,1"


@pytest.mark.parametrize(
    ("text", "language"),
    [("Софійка Зоренчук", "uk"), ("Вера Лузгарёва", "ru"), ("Роман", ""), ("Daniel Whitlow", "")],
)
def test_the_language_of_a_name_is_told_only_by_letters_of_one_language(text, language):
    html = tags.name(text)
    assert (f'lang="{language}"' in html) if language else ("lang=" not in html)


def test_an_unknown_tone_is_refused():
    with pytest.raises(TemplateSyntaxError):
        tags.chip("word", "red")


def test_an_address_leaves_out_what_is_empty(kit):
    html = Template("{% load kit %}{% url_with 'people' q='Ковилянко' page=None place='' kind=kinds %}").render(
        Context({"kinds": ["a", "b"]}, autoescape=False)
    )
    assert html == "/list?q=%D0%9A%D0%BE%D0%B2%D0%B8%D0%BB%D1%8F%D0%BD%D0%BA%D0%BE&kind=a&kind=b"


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_a_catalogue_is_complete_with_four_plural_forms(language):
    catalogue = polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))
    assert catalogue.percent_translated() == 100
    assert not [entry for entry in catalogue if entry.fuzzy]
    for entry in catalogue:
        if entry.msgid_plural:
            assert sorted(entry.msgstr_plural) == [0, 1, 2, 3], entry.msgid
            assert all(entry.msgstr_plural.values()), entry.msgid


def test_both_catalogues_hold_the_same_messages():
    uk, ru = (
        {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))}
        for language in ("uk", "ru")
    )
    assert uk == ru
