# SPDX-License-Identifier: AGPL-3.0-or-later
"""Columns: guessed, chosen, remembered; what must be sealed is refused by name and never kept."""

from __future__ import annotations

import json

import pytest

from goodoffices.intake.models import ListImport, ListRow, RememberedMapping
from goodoffices.intake.reading import ListUnreadable
from goodoffices.intake.services import mapping, running, staging
from goodoffices.intake.services.mapping import BadMapping, Choices
from goodoffices.registry.models import Claim
from goodoffices.registry.services.sources import SourceFacts, add_source
from tests.intake.conftest import FIRST, HEADER

PHONES = [f"A{n},Ковилянко{'а' * n},Андрій,+380 50 123 45 {n:02},зі слів" for n in range(1, 9)]
PHONE_HEADER = "id,surname,given name,phone of relatives,eye colour"


def column(one, header):
    return one.header.index(header)


def target(one, header):
    return next(entry["target"] for entry in one.mapping if entry["column"] == column(one, header))


def test_a_contact_column_is_refused_by_name_and_its_cells_are_never_kept(lists):
    one = lists.bring(PHONES, header=PHONE_HEADER)
    assert mapping.sealed_headers(one) == ["phone of relatives"]
    kept = json.dumps(list(ListRow.objects.values_list("cells", "problems", "extra")))
    assert "+380" not in kept
    assert not Claim.objects.filter(original__contains="380").exists()
    assert Claim.objects.filter(property="family_name").count() == 8
    refused = running.result_of(one).refused
    assert [(cell.row, cell.field, cell.problem) for cell in refused] == [(1, "phone of relatives", "must_be_sealed")]


@pytest.mark.parametrize("sealed", ["contact", "health", "witness"])
def test_a_column_mapped_to_a_sealed_meaning_is_cut_from_rows_already_read(lists, sealed):
    one = lists.bring(FIRST, goal="staged")
    assert "водій" in json.dumps(list(one.rows.values_list("cells", flat=True)), ensure_ascii=False)
    mapping.map_columns(one, Choices({column(one, "note"): sealed}), actor=lists.actor, now=lists.now)
    running.advance(one, "checked", actor=lists.actor, now=lists.now)
    assert one.state == "checked"
    assert "водій" not in json.dumps(list(one.rows.values_list("cells", flat=True)), ensure_ascii=False)
    assert one.rows.count() == 4


def test_a_column_wrongly_taken_for_contact_is_read_again_when_mapped_otherwise(lists):
    one = lists.bring(FIRST, header=HEADER.replace("note", "phone"), goal="staged")
    assert target(one, "phone") == "contact"
    mapping.map_columns(one, Choices({column(one, "phone"): "occupation"}), actor=lists.actor, now=lists.now)
    lists.carry_on(one)
    running.advance(one, "previewed", actor=lists.actor, now=lists.now)
    assert one.rows.get(number=2).cells[column(one, "phone")] == "водій"


def test_a_column_nobody_knows_stays_in_the_raw_row_and_makes_no_claim(lists):
    one = lists.bring(PHONES, header=PHONE_HEADER)
    assert target(one, "eye colour") == "ignore"
    assert one.rows.get(number=2).cells[-1] == "зі слів"
    assert not Claim.objects.filter(property="note").exists()


def test_a_column_mapped_to_a_note_is_claimed_under_its_heading(lists):
    one = lists.bring(PHONES, header=PHONE_HEADER, goal="staged")
    choice = Choices({column(one, "eye colour"): "other:eye colour"})
    mapping.map_columns(one, choice, actor=lists.actor, now=lists.now)
    lists.carry_on(one, "previewed")
    lists.carry_on(one)
    claim = Claim.objects.filter(property="note").first()
    assert (claim.value, claim.original) == ("eye colour: зі слів", "зі слів")


def test_the_mapping_is_remembered_for_the_next_list_of_the_same_publisher(lists, now):
    one = lists.bring(FIRST, goal="staged")
    mapping.map_columns(one, Choices({column(one, "note"): "occupation"}), actor=lists.actor, now=now)
    lists.carry_on(one)
    assert RememberedMapping.objects.count() == 1
    lists.source = add_source(SourceFacts(title="Another", publisher="Lantern Desk"), actor=lists.actor, now=now)
    other = lists.bring(FIRST[:2], goal="staged")
    assert target(other, "note") == "occupation"
    lists.source = add_source(SourceFacts(title="A stranger's", publisher="Somebody else"), actor=lists.actor, now=now)
    assert target(lists.bring(FIRST[:3], goal="staged"), "note") != "occupation"


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({7: "surname of the moon"}, "bad_mapping"),
        ({7: "dob"}, "target_taken"),
        ({1: "ignore", 2: "ignore"}, "no_name_column"),
    ],
)
def test_an_impossible_mapping_is_refused(lists, choice, code):
    one = lists.bring(FIRST, goal="staged")
    with pytest.raises(BadMapping) as refused:
        mapping.map_columns(one, Choices(choice), actor=lists.actor, now=lists.now)
    assert refused.value.code == code
    assert ListImport.objects.get().state == "staged"


def test_rows_that_are_nobody_are_kept_but_not_taken(lists):
    one = lists.bring([*FIRST, HEADER, "Total,4,,,,,,", ",,,,,,Центр 99,"])
    assert one.counts["refused"] == 3
    assert one.counts["created"] == 4
    codes = [
        problem["code"] for row in one.rows.filter(outcome="refused").order_by("number") for problem in row.problems
    ]
    assert codes == ["header_again", "total", "no_name"]


def test_a_file_that_is_no_list_leaves_nothing_behind(lists):
    with pytest.raises(ListUnreadable) as refused:
        staging.stage(lists.source, b"PK\x03\x04 broken", name="x.xlsx", actor=lists.actor, now=lists.now)
    assert refused.value.where == {"file": "x.xlsx"}
    assert not ListImport.objects.exists()
    assert not lists.source.artifacts.exists()
