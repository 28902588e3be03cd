# SPDX-License-Identifier: AGPL-3.0-or-later
"""The detention line: episodes drawn from claims."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.registry.drafts import ClaimFact, MentionFacts
from goodoffices.registry.episodes import episodes_of, held_since

NOBODY: frozenset[int] = frozenset()


def mention(order: int, *claims: tuple, source: int = 1, reliability: str = "B") -> MentionFacts:
    """Make a record; a claim is (property, value) or (property, value, episode)."""
    facts = tuple(
        ClaimFact(
            order * 100 + n,
            UUID(int=order * 100 + n),
            prop,
            value,
            "",
            "",
            2,
            1,
            "2026",
            6,
            rest[0] if rest else 0,
            None,
        )
        for n, (prop, value, *rest) in enumerate(claims)
    )
    return MentionFacts(order, source, reliability, 2, "work", True, facts)


def test_two_sources_of_one_capture_are_one_detention():
    one = mention(1, ("capture_date", "2025-10-09"), ("place_held", "Centre 99"))
    other = mention(2, ("capture_date", "2025-10"), ("place_held", "Stara Sosna"))
    (drawn,) = episodes_of([one, other], NOBODY)
    assert drawn.taken == "2025-10-09"
    assert [claim.value for claim in drawn.claims["place_held"]] == ["Centre 99", "Stara Sosna"]


def test_captures_years_apart_are_two_detentions_earliest_first():
    drawn = episodes_of([mention(1, ("capture_date", "2025-10-09")), mention(2, ("capture_date", "2022-03"))], NOBODY)
    assert [one.taken for one in drawn] == ["2022-03", "2025-10-09"]


def test_two_labels_of_one_record_stay_two_detentions():
    told = mention(
        1,
        ("capture_date", "2022-03-01", 0),
        ("release_date", "2022-09-01", 0),
        ("capture_date", "2025-10-09", 1),
        ("place_held", "Centre 99", 1),
    )
    first, second = episodes_of([told], NOBODY)
    assert (first.released, first.ended) == ("2022-09-01", True)
    assert not second.ended
    assert "place_held" not in first.claims


def test_a_record_without_a_day_belongs_to_the_latest_detention():
    drawn = episodes_of([mention(1, ("capture_date", "2022-03-01")), mention(2, ("place_held", "Centre 99"))], NOBODY)
    assert [one.taken for one in drawn] == ["2022-03-01"]
    assert drawn[0].claims["place_held"][0].value == "Centre 99"


def test_only_the_holding_sides_own_source_shows_acknowledgement():
    told = [mention(1, ("place_held", "Centre 99"), source=7)]
    assert not episodes_of(told, NOBODY)[0].official
    drawn = episodes_of(told, frozenset({7}))[0]
    assert drawn.official
    assert drawn.place_disclosed


def test_days_are_counted_only_from_a_full_day_and_only_while_held():
    today = date(2026, 11, 21)
    assert held_since(episodes_of([mention(1, ("capture_date", "2025-10-09"))], NOBODY), today) == (408, "2025-10-09")
    assert held_since(episodes_of([mention(1, ("capture_date", "2025-10"))], NOBODY), today) == (None, "2025-10")
    ended = episodes_of([mention(1, ("capture_date", "2025-10-09"), ("release_date", "2026-01-01"))], NOBODY)
    assert held_since(ended, today) == (None, "")
    assert held_since([], today) == (None, "")


def test_sources_that_disagree_about_a_release_do_not_end_a_detention():
    told = [
        mention(1, ("capture_date", "2025-10-09"), ("status", "released")),
        mention(2, ("capture_date", "2025-10-09"), ("status", "held")),
    ]
    assert not episodes_of(told, NOBODY)[0].ended


captures = st.lists(st.sampled_from(["2022", "2022-03", "2022-03-14", "2025-10-09", "2024-01~", ""]), max_size=6)


@given(captures)
def test_no_claim_is_lost_or_told_twice(days):
    told = [
        mention(n, *([("capture_date", day)] if day else []), ("place_held", f"place {n}"))
        for n, day in enumerate(days, start=1)
    ]
    drawn = episodes_of(told, NOBODY)
    places = [claim.value for one in drawn for claim in one.claims.get("place_held", ())]
    assert sorted(places) == sorted(f"place {n}" for n in range(1, len(days) + 1))
