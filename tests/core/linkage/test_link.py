# SPDX-License-Identifier: AGPL-3.0-or-later
"""Linking a batch: persons, constraints, judgements, order, errors and the figures it must reach."""

from __future__ import annotations

import random
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.linkage import Record, RepeatedKey, UnknownKey, link

RECORDS = [
    Record("1", "uk", name="Коваленко Сергій Петрович", dob="1985-03-12", residence="Бахмут"),
    Record("2", "en", name="Serhii Kovalenko", dob="1985-03-12", residence="Artemivsk"),
    Record("3", "ru", name="Сергей Петрович Коваленко", dob="1985-03-12"),
    Record("4", "uk", name="Коваленко Олена Петрівна", dob="1987-01-20"),
    Record("5", "en", name="Olena Kovalenko", dob="1987-01-20"),
    Record("6", "ru", name="Бойко Иван", dob="1990"),
    Record("7", "uk", name="Гузь Тарас", dob="2001-09-09"),
]


def groups(result) -> set[frozenset[str]]:
    return {frozenset(keys) for keys in result.clusters().values()}


def test_records_of_one_person_meet_across_scripts_and_renamed_towns() -> None:
    assert {frozenset("123"), frozenset("45"), frozenset("6"), frozenset("7")} == groups(link(RECORDS))


@settings(max_examples=15, deadline=None)
@given(st.permutations(RECORDS))
def test_the_order_of_records_never_matters(shuffled: list[Record]) -> None:
    one, other = link(RECORDS), link(shuffled)
    assert one.keys == other.keys
    assert one.person.tolist() == other.person.tolist()
    assert one.weight_bits.tolist() == other.weight_bits.tolist()


def test_a_list_that_names_nobody_twice_is_never_joined_with_itself() -> None:
    twice = [*RECORDS, Record("8", "uk", name="Коваленко Сергій Петрович", dob="1985-03-12")]
    assert any({"1", "8"} <= group for group in groups(link(twice)))
    result = link(twice, deduplicated=frozenset(["uk"]))
    assert not any({"1", "8"} <= group for group in groups(result))
    assert [refusal.why for refusal in result.conflicts].count("list") >= 1


def test_a_judgement_different_outranks_every_score() -> None:
    result = link(RECORDS, different=[("1", "2")])
    assert not any({"1", "2"} <= group for group in groups(result))
    assert any(refusal.why == "different" for refusal in result.conflicts)
    row = next(i for i, (a, b) in enumerate(zip(result.left, result.right, strict=True)) if (a, b) == (0, 1))
    assert result.decision(row) == "apart"


def test_a_judgement_same_joins_what_no_score_would() -> None:
    assert any({"6", "7"} <= group for group in groups(link(RECORDS, same=[("6", "7")])))


def test_a_judgement_same_that_would_bridge_a_judgement_different_is_refused() -> None:
    result = link(RECORDS, same=[("6", "7"), ("6", "4")], different=[("7", "4")])
    assert not any({"4", "7"} <= group for group in groups(result))
    assert any(refusal.why == "different" for refusal in result.conflicts)


def test_a_repeated_key_is_refused() -> None:
    with pytest.raises(RepeatedKey) as caught:
        link([RECORDS[0], RECORDS[0]])
    assert caught.value.hint


def test_a_judgement_on_an_unknown_record_is_refused() -> None:
    with pytest.raises(UnknownKey):
        link(RECORDS, same=[("1", "nobody")])


def test_no_record_and_one_record_are_linked_without_an_error() -> None:
    assert len(link([])) == 0
    assert groups(link(RECORDS[:1])) == {frozenset("1")}
    assert groups(link(RECORDS[:1], labels=False)) == {frozenset("1")}


def test_any_number_of_processes_gives_the_same_result(monkeypatch) -> None:
    module = sys.modules["goodoffices.core.linkage.link"]
    monkeypatch.setattr(module, "PREPARE_CHUNK", 3)
    monkeypatch.setattr(module, "CHUNK", 4)
    one, two = link(RECORDS), link(RECORDS, workers=2)
    assert one.person.tolist() == two.person.tolist()
    assert one.weight_bits.tolist() == two.weight_bits.tolist()


def test_three_thousand_namesakes_stay_bounded() -> None:
    rng = random.Random(7)
    many = [
        Record(f"{i:05d}", f"s{i % 5}", name="Шевченко Олександр", dob=f"{1950 + rng.randrange(50)}")
        for i in range(3000)
    ]
    began = time.perf_counter()
    result = link(many)
    assert time.perf_counter() - began < 20
    assert len(result) < 40 * len(many)


@pytest.mark.parametrize("labels", [True, False])
def test_invented_lists_are_linked_as_well_as_the_floor_asks(need, labels: bool) -> None:
    from linkage_data import linkage_dev
    from linkage_figures import b_cubed, pairwise

    data = linkage_dev(need("linkage_dev"), "5k_2")
    result = link(data.records, deduplicated=data.deduplicated, labels=labels)
    person_of = dict(zip((r.key for r in data.records), data.person, strict=True))
    truth = [person_of[key] for key in result.keys]
    assert pairwise(truth, result.person.tolist())[2] >= (0.979 if labels else 0.955)
    assert b_cubed(truth, result.person.tolist()) >= (0.986 if labels else 0.975)
    precision, recall, _ = pairwise(truth, result.auto_person.tolist())
    assert precision >= 0.99
    assert recall >= (0.90 if labels else 0.85)


def test_two_real_registers_are_linked_as_well_as_the_floor_asks(need) -> None:
    import linkage as bench
    from linkage_data import argentina

    data = argentina(need("argentina_two_lists"))
    result = link(data.records)
    row = bench.registers(data, result, result.person.tolist())
    assert row["precision"] >= 0.99
    assert row["recall"] >= 0.97
    assert bench.registers(data, result, result.auto_person.tolist())["precision"] >= 0.995


def test_real_names_meet_across_scripts_as_well_as_the_floor_asks(need) -> None:
    import linkage as bench
    from goodoffices.core.linkage import default_model

    ours, plain = bench.scripts(need("names_cross_script"), default_model(), "b_cyrillic")
    assert ours["recall_at_precision_0.97"] >= 0.95
    assert ours["recall_at_precision_0.97"] > plain["recall_at_precision_0.97"]
