# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measuring a room against a known truth, and matching it in the foreground."""

from __future__ import annotations

import pytest

from goodoffices.access.actors import SYSTEM
from goodoffices.core.vocabulary import Room
from goodoffices.matching.services.measuring import TruthPair, measure_against
from goodoffices.matching.services.rooms import match_room
from tests.matching.lists import ANDRII, ANTON, DANIEL, a_list

pytestmark = pytest.mark.store

TRUTH = [
    TruthPair(("one", "one-2"), ("two", "two-2"), "A"),
    TruthPair(("one", "one-3"), ("two", "two-3"), "A"),
    TruthPair(("one", "one-4"), ("two", "two-4"), "D"),
]


@pytest.fixture
def registers(db, now):
    a_list("one", [ANDRII, DANIEL, ANTON], now=now, room=Room.HISTORY, deduplicated=True)
    a_list("two", [ANDRII, DANIEL, {"name": "Хтось Інший"}], now=now, room=Room.HISTORY, deduplicated=True)


def test_nothing_joined_measures_as_nothing_found(registers):
    found = measure_against(TRUTH)
    assert found.precision is None
    assert found.recall == {"A": 0.0, "D": 0.0}


def test_a_room_is_matched_and_measured_by_tier(registers, now):
    steps: list[str] = []
    counts = match_room(Room.HISTORY, actor=SYSTEM, now=lambda: now, progress=lambda step, share: steps.append(step))
    assert counts["joined"] == 2
    assert steps == ["find", "join"]
    found = measure_against(TRUTH)
    assert (found.precision, found.joined, found.right) == (1.0, 2, 2)
    assert found.recall == {"A": 1.0, "D": 0.0}
    assert found.recall_of("A", "D", sizes={"A": 2, "D": 1}) == pytest.approx(2 / 3)


def test_a_wrong_join_costs_precision_unless_its_record_is_unlabelled(registers, now):
    match_room(Room.HISTORY, actor=SYSTEM, now=lambda: now)
    truth = TRUTH[:1]
    assert measure_against(truth).precision == 0.5
    assert measure_against(truth, [("one", "one-3")]).precision == 1.0


def test_matching_a_room_again_changes_nothing(registers, now):
    first = match_room(Room.HISTORY, actor=SYSTEM, now=lambda: now)
    assert match_room(Room.HISTORY, actor=SYSTEM, now=lambda: now) == first
