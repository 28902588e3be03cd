# SPDX-License-Identifier: AGPL-3.0-or-later
"""The data say what they must, every pattern can be read, and a mistake in them is told by its place."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from goodoffices.core.wording import WordingError, lint, matrix
from goodoffices.core.wording.lint import Request
from goodoffices.core.wording.patterns import PatternError, parse_pattern
from goodoffices.core.wording.profiles import read_matrix
from goodoffices.core.wording.rules import read_rules, rules_for

LANGUAGES = ["en", "ru", "uk"]
HEAD = 'schema = 1\nlanguage = "en"\neditor = "A desk"\ndate = 2026-01-02\n'
GROUP = '[[group]]\ncategory = "C2"\nreason = "Because."\nalternatives = ["the authorities"]\n'


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_carries_reason_alternatives_editor_and_date(language):
    for rule in rules_for(language).rules:
        assert rule.reason.strip()
        assert all(one.strip() for one in rule.alternatives)
        assert rule.alternatives
        assert rule.editor
        assert isinstance(rule.date, date)
        assert rule.source


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_surrounding_can_be_read(language):
    rules = rules_for(language)
    for rule in rules.rules:
        for one in (*rule.unless, *rule.only):
            assert one.kind in ("bare", "alone", "name", "habit") or one.pattern, (rule.term, one.written)
    for name in rules.sets.written:
        assert rules.sets.get(name) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_categories_are_told_in_every_language(language):
    assert {rule.category for rule in rules_for(language).rules} == set(matrix().levels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_conclusions_of_law_have_an_answer_for_testimony(language):
    for rule in rules_for(language).rules:
        if rule.category == "C3":
            assert rule.testimony
            assert not any("alleged" in one or "тверждает" in one or "якобы" in one for one in rule.testimony)


WRONG = [
    (HEAD, "group"),
    (HEAD + GROUP, "no terms"),
    (HEAD + GROUP + 'plain = "junta, , clique"\n', "blank"),
    (HEAD + GROUP + 'plain = "junta, null"\n', "blank"),
    (HEAD + GROUP + 'plain = "junta, junta"\n', "twice"),
    (HEAD + GROUP + 'plain = "junta"\nlevel = "loud"\n', "level"),
    (HEAD + GROUP.replace("C2", "C99") + 'plain = "junta"\n', "C99"),
    (HEAD + GROUP.replace("Because.", " ") + 'plain = "junta"\n', "reason"),
    (HEAD + GROUP.replace('"the authorities"', '""') + 'plain = "junta"\n', "lternatives"),
    (HEAD + GROUP + 'terms = [{ t = "junta", unles = ["^ x"] }]\n', "unles"),
    (HEAD + GROUP + 'terms = [{ t = "junta", unless = ["military"] }]\n', "stands"),
    (HEAD + GROUP + 'terms = [{ t = "junta <nobody>" }]\n', "nobody"),
    (HEAD + GROUP + 'terms = [{ t = "junta *3" }]\n', "gap"),
    (HEAD + GROUP + 'terms = [{ t = "junta||clique" }]\n', "empty choice"),
    (HEAD + "colour = 1\n" + GROUP + 'plain = "junta"\n', "colour"),
    ("junta = [", "TOML"),
]


@pytest.mark.parametrize(("written", "told"), WRONG, ids=range(len(WRONG)))
def test_a_mistake_in_the_data_is_refused_with_its_place(written, told):
    with pytest.raises(WordingError) as refused:
        read_rules(written, "own.toml")
    assert told in refused.value.message
    assert refused.value.where["file"] == "own.toml"


def test_an_organisation_may_bring_its_own_terms():
    own = read_rules(HEAD + GROUP + 'terms = [{ t = "weather", unless = ["bad ^"] }]\n', "own.toml")
    found = lint("The weather, not the bad weather, told the junta.", Request("en", "mission"), own)
    assert [one.text for one in found] == ["weather"]


@pytest.mark.parametrize(
    "written",
    ["profiles = 3", "[category]", 'profiles = ["a"]\n[category.C1]\ntitle = "x"\nlevels = { b = "warn" }\n', "x ="],
)
def test_a_wrong_matrix_is_refused(written):
    with pytest.raises(WordingError):
        read_matrix(written)


def test_an_empty_pattern_is_refused():
    with pytest.raises(PatternError):
        parse_pattern("  ", "en", {})


def test_importing_opens_no_dictionary():
    code = "import sys, goodoffices.core.wording as w; w.matrix(); sys.exit('pymorphy3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
