# SPDX-License-Identifier: AGPL-3.0-or-later
"""New editions: nothing lost, nothing doubled, nothing given to the wrong person; and all of it undone."""

from __future__ import annotations

import random

import pytest

from goodoffices.intake.models import ListImport, ListRow
from goodoffices.intake.services import committing, mapping, previewing, running, staging, undoing
from goodoffices.intake.services.checking import choose_repair, fix_cell
from goodoffices.registry.models import Batch, Claim, Judgement, Mention, Person
from goodoffices.registry.services.undoing import CannotUndo
from tests.intake.conftest import FIRST, HEADER


def counts(one):
    return {name: value for name, value in one.counts.items() if value}


def said(mention, prop):
    claims = Claim.objects.standing().filter(mention=mention, property=prop)
    return [claim.value for claim in claims.order_by("pk")]


def mention_named(family):
    return Mention.objects.get(claims__property="family_name", claims__value=family, claims__retired_by=None)


@pytest.mark.store
def test_a_first_edition_joins_nobody(lists):
    one = lists.bring([*FIRST, FIRST[0]])
    assert counts(one) == {"rows": 5, "created": 5}
    assert Person.objects.count() == 5
    assert not Judgement.objects.exists()


def test_claims_carry_wording_language_script_row_and_episode(lists):
    lists.bring(FIRST)
    claim = Claim.objects.get(property="place_held", value="Колонія")
    assert (claim.original, claim.language, claim.script, claim.locator) == ("Колонія", "uk", "Cyrl", "row 5")
    assert (claim.episode, claim.first_seen, claim.last_seen) == (1, "2026-11-01", "")
    born = Claim.objects.get(property="birth_date", value="1981-03-14")
    assert (born.original, born.language, born.episode) == ("14.03.1981", "", 0)


def test_the_same_bytes_again_change_nothing(lists):
    first = lists.bring(FIRST)
    before = Claim.objects.count(), Mention.objects.count(), Batch.objects.count(), ListImport.objects.count()
    again = lists.bring(FIRST)
    assert again == first
    assert (Claim.objects.count(), Mention.objects.count(), Batch.objects.count(), ListImport.objects.count()) == before


def test_an_updated_list_changes_only_what_is_said_otherwise(lists):
    lists.bring(FIRST)
    andrii, roman = mention_named("Ковилянко"), mention_named("Вербівський")
    updated = [FIRST[0].replace("Центр 99", "Центр 12"), FIRST[2], FIRST[1], "A9,Журавель,Степан,,1970,ч,Центр 99,"]
    one = lists.bring(updated, on="2026-11-12")
    assert counts(one) == {"rows": 4, "created": 1, "changed": 1, "unchanged": 2, "no_longer_listed": 1}
    assert said(andrii, "place_held") == ["Центр 12"]
    assert said(andrii, "family_name") == ["Ковилянко"]
    old = Claim.objects.get(mention=andrii, value="Центр 99")
    assert (old.retired_why, old.last_seen) == ("superseded", "2026-11-01")
    new = Claim.objects.get(mention=andrii, value="Центр 12")
    assert new.first_seen == "2026-11-12"
    roman.refresh_from_db()
    assert (roman.listed, roman.last_seen) == (False, "2026-11-01")
    assert said(roman, "place_held") == ["Колонія"]
    assert roman.person.listings.get().status == ""
    assert Mention.objects.count() == 5


def test_a_row_that_comes_back_is_the_same_record_and_undo_takes_that_back(lists):
    lists.bring(FIRST)
    roman = mention_named("Вербівський")
    lists.bring(FIRST[:3], on="2026-11-05")
    back = lists.bring([*FIRST, "A7,Криничний,Антон,,1980,ч,,"], on="2026-11-12")
    roman.refresh_from_db()
    assert (roman.listed, roman.last_seen) == (True, "")
    assert counts(back) == {"rows": 5, "created": 1, "unchanged": 4}
    undoing.undo(back, actor=lists.actor, now=lists.now)
    roman.refresh_from_db()
    assert (roman.listed, roman.last_seen) == (False, "2026-11-01")


def test_a_row_gone_for_two_editions_is_counted_once(lists):
    lists.bring(FIRST)
    lists.bring(FIRST[:3], on="2026-11-05")
    third = lists.bring([*FIRST[:2], "A7,Криничний,Антон,,1980,ч,,"], on="2026-11-12")
    assert counts(third) == {"rows": 3, "created": 1, "unchanged": 2, "no_longer_listed": 1}


def test_running_numbers_that_shift_give_nobody_anothers_facts(lists):
    header = HEADER.replace("id", "№")
    rows = [f"{place},{row.split(',', 1)[1]}" for place, row in enumerate(FIRST, 1)]
    lists.bring(rows, header=header)
    andrii = mention_named("Ковилянко")
    shifted = ["1,Журавель,Степан,,1970,ч,Центр 99,"]
    shifted += [f"{place},{row.split(',', 1)[1]}" for place, row in enumerate(FIRST, 2)]
    one = lists.bring(shifted, header=header, on="2026-11-12")
    assert counts(one) == {"rows": 5, "created": 1, "unchanged": 4}
    assert said(andrii, "family_name") == ["Ковилянко"]


def test_a_number_given_to_somebody_else_waits_for_a_person(lists):
    lists.bring(FIRST)
    one = lists.bring([*FIRST[:3], "A4,Журавель,Степан,Семенович,1970,ч,Центр 99,"], on="2026-11-12", goal="previewed")
    assert counts(one) == {"rows": 4, "unchanged": 3, "to_review": 1}
    row = one.rows.get(number=5)
    assert [ListRow.objects.get(pk=pk).key for pk in row.before["maybe"]] == ["id:A4"]


@pytest.mark.parametrize("continues", [True, False])
def test_a_person_settles_a_row_to_review(lists, continues):
    lists.bring(FIRST)
    roman = mention_named("Вербівський")
    one = lists.bring([*FIRST[:3], "A4,Журавель,Степан,Семенович,1970,ч,Центр 99,"], on="2026-11-12", goal="previewed")
    row = one.rows.get(number=5)
    earlier = ListRow.objects.get(pk=row.before["maybe"][0])
    previewing.say_which(row, earlier if continues else None, actor=lists.actor, now=lists.now)
    one.refresh_from_db()
    lists.carry_on(one)
    roman.refresh_from_db()
    if continues:
        assert counts(one) == {"rows": 4, "unchanged": 3, "changed": 1}
        assert said(roman, "family_name") == ["Журавель"]
    else:
        assert counts(one) == {"rows": 4, "unchanged": 3, "created": 1, "no_longer_listed": 1}
        assert roman.listed is False


def test_an_unsettled_row_becomes_a_record_of_its_own_and_the_earlier_stays(lists):
    lists.bring(FIRST)
    roman = mention_named("Вербівський")
    lists.bring([*FIRST[:3], "A4,Журавель,Степан,Семенович,1970,ч,Центр 99,"], on="2026-11-12")
    roman.refresh_from_db()
    assert roman.listed is True
    assert said(roman, "family_name") == ["Вербівський"]
    assert Mention.objects.count() == 5


def test_a_corrected_spelling_is_paired_by_the_engine(lists):
    header = HEADER.replace("id,", "")
    rows = [row.split(",", 1)[1] for row in FIRST]
    lists.bring(rows, header=header)
    roman = mention_named("Вербівський")
    one = lists.bring([*rows[:3], rows[3].replace("Вербівський", "Вербивський")], header=header, on="2026-11-12")
    assert one.counts["changed"] + one.counts["to_review"] == 1
    if one.counts["changed"]:
        assert said(roman, "family_name") == ["Вербивський"]


def test_a_newer_edition_must_be_taken_back_first(lists):
    first = lists.bring(FIRST)
    lists.bring(FIRST[:3], on="2026-11-12")
    with pytest.raises(CannotUndo):
        undoing.undo(first, actor=lists.actor, now=lists.now)
    first.refresh_from_db()
    assert first.state == "committed"


def test_a_preview_outrun_by_another_edition_is_not_recorded(lists):
    lists.bring(FIRST)
    waiting = lists.bring(FIRST[:3], on="2026-11-05", goal="previewed")
    lists.bring(FIRST[:2], on="2026-11-12")
    with pytest.raises(committing.Outrun):
        committing.begin_commit(waiting, actor=lists.actor, now=lists.now)


def test_repairs_and_corrections_carry_on_so_that_an_equal_row_stays_unchanged(lists):
    rows = [*FIRST, "A5,Журавель,Степан,,1970,муж/чол,Центр 99,"]
    one = lists.bring(rows, goal="checked")
    group = next(group for group in one.groups if group["kind"] == "unrecognised")
    choice = {"target": "sex", "kind": "unrecognised", "pattern": group["pattern"], "code": "value", "value": "m"}
    choose_repair(one, choice, actor=lists.actor, now=lists.now)
    running.advance(one, "checked", actor=lists.actor, now=lists.now)
    born = next(entry["column"] for entry in one.mapping if entry["target"] == "dob")
    fix_cell(one.rows.get(number=3), born, "2016", actor=lists.actor, now=lists.now)
    one.refresh_from_db()
    assert lists.carry_on(one).state == "committed"
    stepan, sofia = mention_named("Журавель"), mention_named("Зоренчук")
    assert said(stepan, "sex") == ["m"]
    claim = Claim.objects.get(mention=sofia, property="birth_date")
    assert (claim.value, claim.original) == ("2016", "31.02.2016")
    second = lists.bring([*rows[::-1], "A8,Криничний,Антон,,1980,ч,,"], on="2026-11-12")
    assert counts(second) == {"rows": 6, "created": 1, "unchanged": 5}
    assert said(stepan, "sex") == ["m"]


def test_columns_mapped_otherwise_change_what_unchanged_rows_say(lists):
    lists.bring(FIRST)
    again = staging.stage(
        lists.source, "\n".join([HEADER, *FIRST, ""]).encode() + b"\n", name="list.csv", actor=lists.actor,
        now=lists.now, edition=staging.Edition(on="2026-11-12"),
    )  # fmt: skip
    running.advance(again, "staged", actor=lists.actor, now=lists.now)
    note = next(entry["column"] for entry in again.mapping if again.header[entry["column"]] == "note")
    mapping.map_columns(again, mapping.Choices({note: "occupation"}), actor=lists.actor, now=lists.now)
    lists.carry_on(again)
    assert counts(again) == {"rows": 4, "changed": 1, "unchanged": 3}
    assert said(mention_named("Ковилянко"), "occupation") == ["водій"]


@pytest.mark.parametrize("seed", range(6))
def test_undoing_restores_every_view_byte_for_byte(lists, views_of, seed):
    chance = random.Random(seed)
    names = ["Журавель", "Криничний", "Опанасюк", "Сомотин", "Лузгарьов"]
    rows = [*FIRST, *(f"B{n},{name},Антон,,19{60 + n},ч,Центр {n},зі слів" for n, name in enumerate(names))]
    lists.bring(rows)
    history = [views_of(lists.actor)]
    imports = []
    for edition in range(2, 4):
        kept = [row for row in rows if chance.random() < 0.75]
        rows = [row.replace("Центр", f"Колонія {edition}") if chance.random() < 0.4 else row for row in kept]
        rows.append(f"C{edition},Новий{'а' * edition},Ілля,,1985,ч,,")
        chance.shuffle(rows)
        imports.append(lists.bring(rows, on=f"2026-11-{10 + edition}"))
        history.append(views_of(lists.actor))
    for one in reversed(imports):
        assert views_of(lists.actor) == history.pop()
        undoing.undo(one, actor=lists.actor, now=lists.now)
    assert views_of(lists.actor) == history.pop()


def test_a_list_is_never_brought_in_to_a_source_its_bringer_may_not_know_of(lists, tmp_path):
    from goodoffices.core.vocabulary import Sensitivity
    from goodoffices.intake.services.running import run_import
    from goodoffices.intake.services.staging import ListRefused

    path = tmp_path / "list.csv"
    path.write_text("\n".join([HEADER, *FIRST]), encoding="utf-8")
    type(lists.source).objects.filter(pk=lists.source.pk).update(sensitivity=Sensitivity.RESTRICTED)
    for key in (lists.source.key, "no-such-key"):
        with pytest.raises(ListRefused) as refused:
            run_import(path, key, actor=lists.actor, clock=lists.clock)
        assert (refused.value.code, refused.value.where) == ("unknown_source", {"source": key})
