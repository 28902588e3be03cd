# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two officers recover, one never does."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from goodoffices.core.sealing.envelope import CannotOpen
from goodoffices.core.sealing.quorum import Half, TooFewOfficers, hand_on, put_together, split
from goodoffices.core.sealing.userkeys import KeyBundle, new_bundle

SECRET = bytes(range(32))
OFFICERS = {name: new_bundle() for name in ("ada", "bohdan", "clara", "dmytro", "eva")}
KEYS = {name: bundle.public for name, bundle in OFFICERS.items()}
NEW = new_bundle()
HALVES = split(SECRET, member="olena", officers=KEYS)


def half(officer: str, other: str) -> Half:
    return next(one for one in HALVES if (one.officer, one.other) == (officer, other))


def handed(officer: str, other: str, to: KeyBundle = NEW) -> tuple[Half, bytes]:
    one = half(officer, other)
    return one, hand_on(one, OFFICERS[officer], member="olena", to=to.public)


@pytest.mark.req("SEC-CR")
def test_any_two_of_five_officers_bring_the_secret_back() -> None:
    assert len(HALVES) == 20
    for one, other in combinations(OFFICERS, 2):
        assert put_together(handed(one, other), handed(other, one), NEW, member="olena") == SECRET


@pytest.mark.req("SEC-CR")
def test_one_officer_alone_brings_nothing_back() -> None:
    """SECURITY CR9: one officer, twice; or her halves of two pairs."""
    with pytest.raises(CannotOpen):
        put_together(handed("ada", "bohdan"), handed("ada", "bohdan"), NEW, member="olena")
    with pytest.raises(CannotOpen):
        put_together(handed("ada", "bohdan"), handed("ada", "clara"), NEW, member="olena")


@pytest.mark.req("SEC-CR")
def test_halves_of_two_pairs_do_not_fit() -> None:
    with pytest.raises(CannotOpen):
        put_together(handed("ada", "bohdan"), handed("clara", "bohdan"), NEW, member="olena")


@pytest.mark.req("SEC-CR")
def test_an_officer_opens_her_own_half_only() -> None:
    with pytest.raises(CannotOpen):
        hand_on(half("bohdan", "ada"), OFFICERS["ada"], member="olena", to=NEW.public)
    with pytest.raises(CannotOpen):
        hand_on(replace(half("bohdan", "ada"), officer="ada"), OFFICERS["ada"], member="olena", to=NEW.public)


@pytest.mark.req("SEC-CR")
def test_a_half_of_one_members_secret_is_no_half_of_anothers() -> None:
    with pytest.raises(CannotOpen):
        hand_on(half("ada", "bohdan"), OFFICERS["ada"], member="ivan", to=NEW.public)


@pytest.mark.req("SEC-CR")
def test_what_was_handed_to_other_keys_opens_for_nobody_else() -> None:
    thief = new_bundle()
    with pytest.raises(CannotOpen):
        put_together(handed("ada", "bohdan"), handed("bohdan", "ada"), thief, member="olena")


@pytest.mark.req("SEC-CR")
def test_no_half_holds_the_secret() -> None:
    for one in HALVES:
        assert SECRET not in one.sealed


def test_the_member_is_not_her_own_officer() -> None:
    halves = split(SECRET, member="ada", officers=KEYS)
    assert all("ada" not in (one.officer, one.other) for one in halves)
    assert len(halves) == 12


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_officers_is_said(count: int) -> None:
    few = dict(list(KEYS.items())[:count])
    with pytest.raises(TooFewOfficers):
        split(SECRET, member="ada", officers=few)
