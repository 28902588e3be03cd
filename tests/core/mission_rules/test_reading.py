# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading a nomination: what is absent is unknown, what is wrong is named with its field."""

from __future__ import annotations

import copy

import pytest

from goodoffices.core.mission_rules.reading import BadNomination, read_nomination
from goodoffices.core.mission_rules.verdict import Tri

GOOD = {
    "nominee": {
        "category": "defender",
        "rank_ambassador": "unknown",
        "retired": "no",
        "foreign": "yes",
        "citizenships": ["NO"],
        "official_relations": [{"government": "US", "kind": "pension", "current": True, "ended_on": None}],
        "experience": [{"country": "RU", "field": "human_rights", "from": "2015-01-01", "to": None}],
        "languages": ["ru-RU", "en"],
        "mentality_note": True,
        "delegating_party": "initiator",
    },
    "mission": {
        "host_state": "RU",
        "high_parties": ["US", "RU"],
        "host_language": "ru",
        "cooling_off_months": 0,
        "recency_years": 10,
    },
    "as_of": "2026-11-21",
}


def changed(path: str, value: object) -> dict[str, object]:
    whole = copy.deepcopy(GOOD)
    *way, last = path.split("/")
    place = whole
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return whole


def test_a_whole_nomination_is_read():
    found = read_nomination(GOOD)
    assert found.nominee.languages == ("ru", "en")
    assert found.mission.line4_party == "UA"
    assert found.nominee.experience[0].ended_on is None


def test_what_is_absent_or_null_is_unknown():
    bare = {**GOOD, "nominee": {"category": "ambassador", "citizenships": None, "retired": None}}
    found = read_nomination(bare).nominee
    assert found.retired is Tri.UNKNOWN
    assert found.rank_ambassador is Tri.UNKNOWN
    assert found.citizenships is None
    assert found.languages is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("nominee", []),
        ("nominee/category", "spy"),
        ("nominee/category", None),
        ("nominee/retired", True),
        ("nominee/citizenships", "NO"),
        ("nominee/citizenships", ["no"]),
        ("nominee/citizenships", [None]),
        ("nominee/official_relations/0/kind", "friendship"),
        ("nominee/official_relations/0/current", "yes"),
        ("nominee/official_relations/0/ended_on", "2020-02-30"),
        ("nominee/experience/0/from", None),
        ("nominee/experience/0/from", "01.01.2015"),
        ("nominee/experience/0/to", "2014-01-01"),
        ("nominee/experience/0/field", ""),
        ("nominee/languages", ["Russian!"]),
        ("nominee/mentality_note", "yes"),
        ("nominee/delegating_party", "Washington"),
        ("nominee/ranks_ambassador", "yes"),
        ("mission/high_parties", ["US"]),
        ("mission/high_parties", ["US", "US"]),
        ("mission/host_state", ""),
        ("mission/cooling_off_months", -1),
        ("mission/cooling_off_months", 1.5),
        ("mission/recency_years", True),
        ("as_of", "yesterday"),
        ("as_of", 20261121),
        ("extra", 1),
    ],
)
def test_a_wrong_field_is_named(path, value):
    with pytest.raises(BadNomination) as caught:
        read_nomination(changed(path, value))
    name = path.replace("/0", "[0]").replace("/", ".")
    assert str(caught.value.where["field"]).removeprefix("nomination.").startswith(name.removesuffix("[0]"))
    assert caught.value.hint


@pytest.mark.parametrize("path", ["nominee", "mission", "as_of"])
def test_a_missing_part_is_named(path):
    whole = {key: value for key, value in GOOD.items() if key != path}
    with pytest.raises(BadNomination, match="missing"):
        read_nomination(whole)


def test_a_misspelt_field_gets_a_hint():
    with pytest.raises(BadNomination) as caught:
        read_nomination(changed("nominee/citizenship", ["NO"]))
    assert '"citizenships"' in caught.value.hint
