# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of a finding, the matrix, and what is exempt."""

from __future__ import annotations

import unicodedata
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.wording import Finding, Request, WordingError, lint, matrix

PROFILES = ("mission", "appeal", "campaign", "story", "prisoner-letter")
# CONTRACTS 3.6, a row a category.
MATRIX = """
C1 block block block block block
C2 warn warn note - -
C3 warn warn warn - -
C4 warn warn note warn -
C5 warn warn warn - -
C6 warn warn note - -
C7 warn warn note - -
C8 warn warn note - -
C9 warn note note - -
C10 warn warn - - -
C11 note block block block block
C12 - - - - warn
"""
SAMPLES = {
    "C1": {"en": "They are vermin.", "ru": "Это нелюди.", "uk": "Це нелюди."},
    "C2": {"en": "The junta answered.", "ru": "Хунта ответила.", "uk": "Хунта відповіла."},
    "C3": {"en": "It is genocide.", "ru": "Это геноцид.", "uk": "Це геноцид."},
    "C4": {"en": "He is a traitor.", "ru": "Он предатель.", "uk": "Він зрадник."},
    "C5": {"en": "A ransom was named.", "ru": "Назвали выкуп.", "uk": "Назвали викуп."},
    "C6": {"en": "This is an ultimatum.", "ru": "Это ультиматум.", "uk": "Це ультиматум."},
    "C7": {"en": "It was barbaric.", "ru": "Это варварский шаг.", "uk": "Це варварський крок."},
    "C8": {"en": "It is propaganda.", "ru": "Это пропаганда.", "uk": "Це пропаганда."},
    "C9": {"en": "The separatists came.", "ru": "Пришли сепаратисты.", "uk": "Прийшли сепаратисти."},
    "C10": {"en": "The sanctions stay.", "ru": "Санкции остаются.", "uk": "Санкції лишаються."},
    "C11": {"en": "There were secret talks.", "ru": "Шли тайные переговоры.", "uk": "Ішли таємні переговори."},
    "C12": {"en": "The shelling goes on.", "ru": "Обстрел идёт.", "uk": "Обстріл триває."},
}
ROWS = [(row.split()[0], dict(zip(PROFILES, row.split()[1:], strict=True))) for row in MATRIX.strip().splitlines()]


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
@pytest.mark.parametrize(("category", "levels"), ROWS, ids=[name for name, _ in ROWS])
def test_every_cell_of_the_matrix_holds(category, levels, language):
    for profile, level in levels.items():
        found = [
            one.level
            for one in lint(SAMPLES[category][language], Request(language, profile))
            if one.category == category
        ]
        assert found == ([] if level == "-" else [level]), profile
        assert matrix().levels[category][profile] == level


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_sourced_conclusions_pass_in_appeal_and_campaign_only(language):
    text = SAMPLES["C3"][language]
    for profile in ("appeal", "campaign"):
        assert lint(text, Request(language, profile, sourced=True)) == ()
    (kept,) = lint(text, Request(language, "mission", sourced=True))
    assert (kept.category, kept.level) == ("C3", "warn")


@pytest.mark.parametrize("subject", ["civilian", "child"])
@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_words_of_trade_block_for_a_civilian_or_child(language, subject):
    for profile, level in (("mission", "block"), ("appeal", "block"), ("campaign", "warn")):
        (found,) = lint(SAMPLES["C5"][language], Request(language, profile, subject))
        assert (found.category, found.level) == ("C5", level)


def test_a_finding_has_exactly_the_fields_of_the_contract():
    assert [one.name for one in fields(Finding)] == [
        "category",
        "level",
        "start",
        "end",
        "text",
        "reason",
        "alternatives",
    ]
    (found,) = lint("Dear Sir, the junta answered.", Request("en", "mission"))
    assert (found.start, found.end, found.text) == (14, 19, "junta")
    assert found.reason
    assert "the authorities" in found.alternatives


@settings(max_examples=80, deadline=None)
@given(
    before=st.text(max_size=40),
    after=st.text(max_size=40),
    word=st.sampled_from([("ru", "Хунта"), ("uk", "хунта"), ("en", "junta")])
)  # fmt: skip
def test_offsets_are_code_points_of_the_nfc_text(before, after, word):
    language, term = word
    text = f"{before}\n\n{term}\n\n{after}"
    nfc = unicodedata.normalize("NFC", text)
    for form in (text, unicodedata.normalize("NFD", text)):
        for one in lint(form, Request(language, "mission")):
            assert nfc[one.start : one.end] == one.text
            assert 0 <= one.start < one.end <= len(nfc)


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=300), language=st.sampled_from(["en", "ru", "uk"]), profile=st.sampled_from(PROFILES))
def test_no_text_breaks_it_and_the_same_text_gives_the_same(text, language, profile):
    request = Request(language, profile)
    assert lint(text, request) == lint(text, request)


def test_marks_beyond_the_basic_plane_count_as_one():
    (found,) = lint("😀😀 хунта", Request("ru", "mission"))
    assert (found.start, found.end) == (3, 8)


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (Request("de", "mission"), "bad_language"),
        (Request("en", "letter"), "bad_profile"),
        (Request("en", "mission", "soldier"), "bad_subject"),
    ],
)
def test_an_unknown_request_is_refused_with_the_choices(request_, code):
    with pytest.raises(WordingError) as refused:
        lint("A text.", request_)
    assert refused.value.code == code
    assert "Choose" in refused.value.hint


QUOTED = [
    ("en", "“Russia is the aggressor state,” said the minister.", 0),
    ("en", 'The minister said: "They are an aggressor state and a junta."', 0),
    ("en", 'They are an "aggressor state" indeed.', 1),
    ("en", "The film “Aggressor state” was shown.", 0),
    ("ru", "«Это государство-агрессор», — заявил министр.", 0),
    ("ru", "Это «государство-агрессор» снова молчит.", 1),
    ("uk", "«Це держава-агресор», — заявив міністр.", 0),
    ("uk", "Ця «держава-агресор» знову мовчить.", 1),
]


@pytest.mark.parametrize(("language", "text", "count"), QUOTED)
def test_a_quotation_with_a_source_is_not_the_writers_word(language, text, count):
    assert len(lint(text, Request(language, "mission"))) == count


def test_the_writers_words_beside_a_quotation_still_fire():
    text = "“We wait for him,” said the mother. The junta is silent."
    assert [one.text for one in lint(text, Request("en", "mission"))] == ["junta"]


def test_a_leak_in_quotation_marks_is_still_a_leak():
    (found,) = lint("“The list has been agreed,” said a colleague.", Request("en", "campaign"))
    assert (found.category, found.level) == ("C11", "block")


NAMES = [
    ("en", "The Convention against Torture and the Committee against Torture apply."),
    ("en", "The Release Hostages campaign and #Crimeaisbleeding were named."),
    ("en", "The International Criminal Court and the War Crimes Act were cited."),
    ("en", "The Association of Relatives of Political Prisoners of the Kremlin wrote."),
    ("ru", "Комитет против пыток и Рабочая группа по насильственным исчезновениям ответили."),
    ("uk", "Комітет проти катувань і Робоча група з насильницьких зникнень відповіли."),
]


@pytest.mark.parametrize(("language", "text"), NAMES)
def test_names_of_instruments_and_bodies_pass(language, text):
    assert lint(text, Request(language, "mission")) == ()


TESTIMONY = [
    ("en", "A survivor told us that he was tortured.", "according to", "alleged"),
    ("en", "I was tortured for three days.", "according to", "alleged"),
    ("ru", "Свидетель рассказал, что применялись пытки.", "по словам", "утверждается"),
    ("uk", "Свідок розповів, що були катування.", "за словами", "стверджується"),
]


@pytest.mark.parametrize(("language", "text", "offered", "never"), TESTIMONY)
def test_testimony_is_answered_with_its_source_never_with_alleged(language, text, offered, never):
    (found,) = lint(text, Request(language, "mission"))
    assert found.category == "C3"
    assert any(offered in one for one in found.alternatives)
    assert not any(never in one for one in found.alternatives)


def test_elsewhere_alleged_is_one_of_the_offers():
    (found,) = lint("The ministry calls him a terrorist.", Request("en", "mission"))
    assert "alleged" in found.alternatives


def test_alleged_beside_a_survivor_is_distrust():
    (found,) = lint("The survivor was allegedly beaten.", Request("en", "mission"))
    assert found.category == "C8"
    assert "according to [name or source], …" in found.alternatives


def test_personal_speech_in_a_story_may_name_a_hero():
    assert lint("“He is my hero,” the mother says.", Request("en", "story")) == ()
    assert lint("For me my son is a hero.", Request("en", "story")) == ()
    (found,) = lint("The traitor was taken in May.", Request("en", "story"))
    assert (found.category, found.level) == ("C4", "warn")


def test_a_longer_term_swallows_the_shorter_but_never_a_block():
    (found,) = lint("We met puppet governments.", Request("en", "mission"))
    assert (found.category, found.text) == ("C2", "puppet governments")
    categories = [one.category for one in lint("The asset was named.", Request("en", "mission"))]
    assert categories == ["C4", "C5"]


LINKED = [
    ("en", "We ask for his release in return for the lifting of sanctions."),
    ("ru", "Просим освободить его в обмен на отмену санкций."),
    ("uk", "Просимо звільнити його в обмін на скасування санкцій."),
]


@pytest.mark.req("A68")
@pytest.mark.parametrize(("language", "text"), LINKED)
def test_a_draft_that_links_a_release_to_sanctions_is_flagged(language, text):
    found = lint(text, Request(language, "mission"))
    assert {(one.category, one.level) for one in found} == {("C10", "warn")}
    assert len(found) >= 2
