# SPDX-License-Identifier: AGPL-3.0-or-later
"""Submitted matters, seating, ethics and final documents (REQUIREMENTS C1, C5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goodoffices.core.mission_rules.matters import (
    Delegate,
    Matter,
    Seating,
    Undertaking,
    Version,
    admission_problems,
    document_problems,
    matter_problems,
    may_enter,
    seating_problems,
    visible_to_party,
)
from goodoffices.core.mission_rules.verdict import Verdict

WORKING = frozenset({"en", "ru"})
DELEGATES = {"d1": Delegate("d1", "US", seated=True), "d2": Delegate("d2", "RU", seated=False)}
MATTER = Matter("d1", "US", "Visits", date(2026, 5, 1), frozenset({"en", "ru"}))


@pytest.mark.req("A13", "C5")
@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({}, ()),
        ({"submitter": None}, ("needs_sponsoring_delegate",)),
        ({"submitter": "family"}, ("needs_sponsoring_delegate",)),
        ({"on_behalf_of": "RU"}, ("for_another_party",)),
        ({"submitter": "d2", "on_behalf_of": "RU"}, ("submitter_not_seated",)),
        ({"subject": "  "}, ("no_subject",)),
        ({"submitted_on": None}, ("no_date",)),
        ({"languages": frozenset({"en"})}, ("language_missing",)),
        ({"languages": frozenset({"en"}), "translation_tasks": frozenset({"ru"})}, ()),
    ],
)
def test_a_matter_comes_only_through_a_seated_delegate_of_that_party(change, problems):
    assert matter_problems(replace(MATTER, **change), DELEGATES, WORKING) == problems


@pytest.mark.req("C5")
def test_the_other_side_sees_a_matter_only_after_admission_and_a_refusal_needs_a_reason():
    assert visible_to_party("US", MATTER, admitted=False)
    assert not visible_to_party("RU", MATTER, admitted=False)
    assert visible_to_party("RU", MATTER, admitted=True)
    assert admission_problems(admitted=False, reason=" ") == ("refusal_without_reason",)
    assert admission_problems(admitted=False, reason="Not humanitarian.") == ()


@pytest.mark.req("C1")
@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({}, ()),
        ({"result": Verdict.NOT_SHOWN}, ("not_eligible",)),
        ({"deciders": ("a",)}, ("needs_two_deciders",)),
        ({"deciders": ("a", "a")}, ("needs_two_deciders",)),
        ({"deciders": ("a", "n")}, ("nominee_decides",)),
        ({"deciders": ("a", "x")}, ("nominator_decides",)),
    ],
)
def test_two_others_decide_on_a_seat(change, problems):
    assert seating_problems(replace(Seating(Verdict.PASS, "n", "x", ("a", "b")), **change)) == problems


@pytest.mark.req("A19")
def test_without_the_current_undertaking_there_is_no_access():
    one = DELEGATES["d1"]
    signed = frozenset({Undertaking("d1", 1)})
    assert may_enter(one, signed, 1, frozenset())
    assert not may_enter(one, frozenset(), 1, frozenset())
    assert not may_enter(one, signed, 2, frozenset())
    assert not may_enter(replace(one, seated=False), signed, 1, frozenset())


@pytest.mark.req("C5")
def test_two_members_suspend_and_one_does_not():
    signed = frozenset({Undertaking("d1", 1)})
    assert may_enter(DELEGATES["d1"], signed, 1, frozenset({"d3"}))
    assert may_enter(DELEGATES["d1"], signed, 1, frozenset({"d3", "d1"}))
    assert not may_enter(DELEGATES["d1"], signed, 1, frozenset({"d3", "d4"}))


@pytest.mark.req("A34", "C5")
def test_a_document_is_final_only_in_both_languages_with_the_same_clauses():
    english = Version(("c1", "c2"), is_final=True, reviewers=frozenset({"r1"}))
    assert document_problems({"en": english, "ru": english}, WORKING) == ()
    assert document_problems({"en": english}, WORKING) == ("language_missing:ru",)
    assert document_problems({"en": english, "ru": replace(english, is_final=False)}, WORKING) == ("not_final:ru",)
    unread = replace(english, reviewers=frozenset())
    assert document_problems({"en": english, "ru": unread}, WORKING) == ("not_reviewed:ru",)
    longer = replace(english, clauses=("c1", "c2", "c3"))
    assert document_problems({"en": english, "ru": longer}, WORKING) == ("clause_missing:en:c3",)
    turned = replace(english, clauses=("c2", "c1"))
    assert document_problems({"en": english, "ru": turned}, WORKING) == ("clause_order_differs",)
    courtesy = replace(english, is_final=False, clauses=("c1",))
    assert document_problems({"en": english, "ru": english, "uk": courtesy}, WORKING) == ()
    assert document_problems({}, WORKING) == ("language_missing:en", "language_missing:ru")
