# SPDX-License-Identifier: AGPL-3.0-or-later
"""Mutual consent as a conjunction: take any one condition away, and nothing may be told (REQUIREMENTS C3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.mission_rules.releasing import (
    Authorisation,
    Disclosure,
    PartyConsent,
    releasable,
    release_problems,
)

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
PARTIES = frozenset({"US", "RU"})
HASH = "a" * 64


def consent(party: str, **more: object) -> PartyConsent:
    made = PartyConsent(party, f"signatory of {party}", HASH, True, "letter", "evidence 1")
    return replace(made, **more)


SPEAKER = (Authorisation("speaker", frozenset({"press"}), frozenset({"site"}), NOW - timedelta(days=1)),)
GOOD = Disclosure(
    statement_hash=HASH,
    frozen=True,
    author="author",
    speaker="speaker",
    audience="press",
    channel="site",
    not_before=NOW,
    not_after=NOW + timedelta(days=30),
    consents=(consent("US"), consent("RU")),
    redaction_passed=HASH,
    wording_passed=HASH,
    living_persons=frozenset({"p1"}),
    agreed_persons=frozenset({"p1"}),
)


def problems(now: datetime = NOW, **change: object) -> tuple[str, ...]:
    return release_problems(replace(GOOD, **change), PARTIES, SPEAKER, now)


@pytest.mark.req("A18", "C3")
def test_both_parties_consent_to_the_same_hash():
    assert problems() == ()
    assert releasable(GOOD, PARTIES, SPEAKER, NOW)


@pytest.mark.req("C3", "SEC-CN")
@pytest.mark.parametrize(
    ("consents", "codes"),
    [
        ((), ("no_consent:RU", "no_consent:US")),
        ((consent("US"),), ("no_consent:RU",)),
        ((consent("US"), consent("US", given_by="another")), ("no_consent:RU", "several_consents:US")),
        ((consent("US"), consent("FR")), ("no_consent:RU",)),
        ((consent("US"), consent("RU", statement_hash="b" * 64)), ("no_consent:RU",)),
        ((consent("US"), consent("RU", withdrawn=True)), ("no_consent:RU",)),
        ((consent("US"), consent("RU", verified=False)), ("no_consent:RU",)),
        ((consent("US"), consent("RU", expires_at=NOW)), ("no_consent:RU",)),
        ((consent("US"), consent("RU", channel=" ")), ("no_consent:RU",)),
        ((consent("US"), consent("RU", evidence="")), ("no_consent:RU",)),
        ((consent("US", given_by="x"), consent("RU", given_by="x")), ("one_person_for_two_parties",)),
        ((consent("US", given_by="author"), consent("RU")), ("author_consents",)),
    ],
)
def test_each_party_gives_exactly_one_live_consent_by_its_own_person(consents, codes):
    assert problems(consents=consents) == codes


@pytest.mark.req("C3")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"frozen": False}, "not_frozen"),
        ({"speaker": "another"}, "speaker_not_authorised"),
        ({"audience": "families"}, "speaker_not_authorised"),
        ({"channel": "television"}, "speaker_not_authorised"),
        ({"not_before": NOW + timedelta(seconds=1)}, "before_time"),
        ({"not_after": NOW}, "after_time"),
        ({"redaction_passed": None}, "redaction_not_passed"),
        ({"wording_passed": "b" * 64}, "wording_not_passed"),
        ({"agreed_persons": frozenset()}, "person_has_not_agreed"),
    ],
)
def test_every_other_condition_is_needed_too(change, code):
    assert problems(**change) == (code,)


@pytest.mark.req("A17")
def test_an_unauthorised_speaker_is_refused_though_consents_exist():
    ended = replace(SPEAKER[0], ends_at=NOW)
    withdrawn = replace(SPEAKER[0], withdrawn=True)
    for given_to in ((), (ended,), (withdrawn,)):
        assert release_problems(GOOD, PARTIES, given_to, NOW) == ("speaker_not_authorised",)


@pytest.mark.req("C3")
def test_a_clock_moved_ten_years_does_not_consent_for_a_party():
    later = NOW + timedelta(days=3653)
    found = problems(now=later, consents=(consent("US"),), not_after=None)
    assert found == ("no_consent:RU",)


def test_a_mission_of_one_party_never_tells():
    assert "fewer_than_two_parties" in release_problems(GOOD, frozenset({"US"}), SPEAKER, NOW)


def test_a_setting_may_ask_for_a_third_partys_consent():
    parties = PARTIES | {"UA"}
    assert release_problems(GOOD, parties, SPEAKER, NOW) == ("no_consent:UA",)
    more = replace(GOOD, consents=(*GOOD.consents, consent("UA")))
    assert release_problems(more, parties, SPEAKER, NOW) == ()


consents = st.builds(
    PartyConsent,
    party=st.sampled_from(["US", "RU", "FR"]),
    given_by=st.sampled_from(["a", "b", "author"]),
    statement_hash=st.sampled_from([HASH, "b" * 64]),
    verified=st.booleans(),
    channel=st.sampled_from(["letter", ""]),
    evidence=st.sampled_from(["e", ""]),
    withdrawn=st.booleans(),
    expires_at=st.sampled_from([None, NOW, NOW + timedelta(days=1)]),
)


@pytest.mark.req("C3")
@given(st.lists(consents, max_size=4))
def test_whatever_is_recorded_a_release_has_one_live_consent_of_each_party(given_consents):
    if releasable(replace(GOOD, consents=tuple(given_consents)), PARTIES, SPEAKER, NOW):
        live = [c for c in given_consents if c.statement_hash == HASH and not c.withdrawn and c.verified]
        assert {"US", "RU"} <= {c.party for c in live}
        assert len({c.given_by for c in live if c.party in PARTIES}) >= 2


@pytest.mark.req("C3")
@given(st.lists(consents, max_size=3), st.integers(0, 2))
def test_withdrawing_never_makes_something_releasable_that_lacked_a_consent(given_consents, index):
    one = replace(GOOD, consents=tuple(given_consents))
    without = [c for at, c in enumerate(given_consents) if at != index]
    missing = {code for code in release_problems(one, PARTIES, SPEAKER, NOW) if code.startswith("no_consent")}
    after = release_problems(replace(one, consents=tuple(without)), PARTIES, SPEAKER, NOW)
    assert missing <= set(after)
