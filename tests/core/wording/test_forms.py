# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every term of the specification's lists fires, in every form its lexeme has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goodoffices.core.wording import Request, lint
from goodoffices.core.wording.folding import fold_plain
from goodoffices.core.wording.morphology import analyzer

FLOOR = json.loads((Path(__file__).parent / "data" / "floor.json").read_text("utf-8"))
CATEGORIES = sorted(FLOOR, key=lambda name: int(name[1:]))

# Terms that are no word of the language alone, or whose use is what fires (their own tests follow).
BY_USE = {"must", "force", "освобождённый", "звільнений", "будет освобождён", "буде звільнений"}
# Listed in one form: the rest of the lexeme is another matter ("to answer a letter").
ONE_FORM = {"ответите", "відповісте"}

CARRIERS = {
    "en": ("{}", "Somebody wrote the word {} again."),
    "ru": ("{}", "Здесь стоит слово {} отдельно."),
    "uk": ("{}", "Тут стоїть слово {} окремо."),
}


def fires(text: str, language: str, category: str) -> bool:
    return any(found.category == category for found in lint(text, Request(language, "mission")))


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
@pytest.mark.parametrize("category", CATEGORIES)
def test_every_listed_term_fires_in_its_category(category, language):
    silent = [
        term
        for term in FLOOR[category][language]
        if term not in BY_USE and not all(fires(one.format(term), language, category) for one in CARRIERS[language])
    ]
    assert silent == []


def lexeme(term: str, language: str) -> set[str]:
    """All forms of a one-word term: of its likeliest parse that is in the dictionary, else of the word as it stands."""
    parses = analyzer(language).parse(term)
    own = [
        one for one in parses if one.is_known and fold_plain(one.normal_form, language) == fold_plain(term, language)
    ]
    known = own or [one for one in parses if one.is_known]
    return {form.word for form in known[0].lexeme} if known else {term}


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_all_forms_of_every_listed_word_fire(language):
    wanted = [
        (form, category)
        for category in CATEGORIES
        for term in FLOOR[category][language]
        if " " not in term and "-" not in term and term not in BY_USE | ONE_FORM
        for form in lexeme(term, language)
    ]
    silent = [
        (form, category)
        for form, category in wanted
        if not fires(CARRIERS[language][1].format(form), language, category)
    ]
    assert len(wanted) > 1000
    assert len(silent) <= 0.05 * len(wanted), silent


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_the_case_forms_of_each_listed_noun_fire(language):
    nouns = [
        (term, category)
        for category in CATEGORIES
        for term in FLOOR[category][language]
        if term not in BY_USE and analyzer(language).parse(term)[0].tag.POS == "NOUN" and " " not in term
    ]
    for term, category in nouns:
        forms = lexeme(term, language)
        silent = [one for one in forms if not fires(CARRIERS[language][1].format(one), language, category)]
        assert len(silent) <= 0.05 * len(forms), (term, silent)


ENGLISH = {
    "C1": "orcs subhumans animals savages hordes monsters beasts Khokhols Moskals Ukrops Rashists vatniks cockroaches",
    "C2": "regimes juntas dictators tyrants cliques gangs cronies regime's",
    "C3": "genocides tortured torturing tortures kidnapping kidnaps hostages hostage's terrorists illegally unlawfully "
    "fabricates deporting deportation executions executing",
    "C4": "criminals convicts inmates spies traitors mercenaries collaborators saboteurs extremists militants thugs "
    "heroes martyrs bodies assets",
    "C5": "swaps swapped swapping trades traded deals prices bargains bargained currencies pools batches "
    "stocks ransoms sold selling sells assets",
    "C6": "demands demanded demanding insists insisted insisting ultimatums punished punishes punishing",
    "C7": "barbarically monstrously horrifically brutally heinously cynically outrageously disgustingly insanely "
    "sadistically cruelly vilely shockingly",
    "C8": "pretended pretending lied liars fakes faked puppets brainwashing hiding hidden hid mouthpieces",
    "C9": "invasions separatists occupation annexation",
    "C10": "sanction sanctioned embargoes weapon elections concessions victories reparation",
    "C11": "guarantors",
}


@pytest.mark.parametrize("category", sorted(ENGLISH))
def test_english_forms_fire(category):
    silent = [
        word
        for word in ENGLISH[category].split()
        if not fires(f"Somebody wrote the word {word} again.", "en", category)
    ]
    assert silent == []


PHRASES = [
    ("en", "C2", "Nobody trusts puppet governments or terrorist states."),
    ("en", "C3", "They answer for war crimes, crimes against humanity and sham trials."),
    ("en", "C5", "The children became bargaining chips."),
    ("en", "C6", "We will not tolerate this. You were warned: there are no excuses."),
    ("en", "C8", "They only understand force."),
    ("en", "C8", "The other side doesn't understand the language of law, only that of strength."),
    ("en", "C9", "The special military operations went on."),
    ("en", "C10", "We ask for this in exchange for a concession."),
    ("ru", "C2", "Мы пишем странам-агрессорам."),
    ("ru", "C3", "Речь о военных преступлениях и показательных процессах."),
    ("ru", "C5", "Людей сделали разменными монетами."),
    ("ru", "C8", "Они понимают только силу."),
    ("ru", "C11", "Списки согласованы, завтра будет обмен."),
    ("ru", "C11", "Он будет освобождён 12 мая."),
    ("uk", "C2", "Ми пишемо країнам-терористам."),
    ("uk", "C3", "Ідеться про воєнні злочини та показові процеси."),
    ("uk", "C5", "Людей зробили розмінною монетою."),
    ("uk", "C8", "Вони розуміють лише силу."),
    ("uk", "C11", "Список погоджено, завтра буде обмін."),
    ("uk", "C11", "Його буде звільнено 12 травня."),
    ("en", "C11", "The lists have been agreed and the exchange will take place tomorrow."),
    ("en", "C11", "He will be released on 12 May."),
    ("ru", "C9", "Освобождённое село стоит у реки."),
    ("uk", "C9", "Звільнене село стоїть біля річки."),
]


@pytest.mark.parametrize(("language", "category", "text"), PHRASES)
def test_phrases_fire_in_any_form(language, category, text):
    assert fires(text, language, category)
