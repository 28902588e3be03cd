# SPDX-License-Identifier: AGPL-3.0-or-later
"""One definition of a verdict: a batch, a ranking and a single comparison say the same, from both sides."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.core.linkage import (
    BLOCKED_CODES,
    REASON_CODES,
    Rarity,
    Record,
    default_model,
    link,
    load_model,
    prepare,
    rank,
    score_pair,
)

MODEL = default_model()
RECORDS = [
    Record("a", "uk", name="Коваленко Сергій Петрович", dob="1985-03-12", residence="м. Бахмут"),
    Record("b", "en", name="Serhii Kovalenko", dob="1985-12-03", residence="Artemivsk"),
    Record("c", "ru", family_name="Коваленко", given_name="Сергей", patronymic="Петрович", dob="1985"),
    Record("d", "uk", name="Коваленко Олена Петрівна", dob="1987-01-20", sex="f"),
    Record("e", "ru", name="Коваленко Пётр", dob="1955-05-05", sex="m"),
]

names = st.sampled_from(
    [
        "Коваленко Сергій Петрович", "Serhii Kovalenko", "Коваленко С. П.", "Сергей Коваленко", "Роман Богдан",
        "Kovalenko, Sergey", "Коваленко Олена", "Іваненко Іван", "Abad, Julio Ricardo", "", "Ivanov",
    ]
)  # fmt: skip
dates = st.sampled_from([None, "1985-03-12", "1985-12-03", "1985", "1985-03", "1975-03-12", "1984/1986", "1985~"])
records = st.builds(
    Record,
    key=st.just("x"),
    source=st.sampled_from(["one", "two"]),
    name=names,
    dob=dates,
    sex=st.sampled_from([None, "m", "f"]),
    residence=st.sampled_from([None, "Бахмут", "Artemivsk", "м. Харків", "Харківська обл., Зелене"]),
    place_held=st.sampled_from([None, "СІЗО-2 Таганрог", "SIZO-2 Taganrog", "ИК-10 Мордовия"]),
    unit=st.sampled_from([None, "36 ОБрМП", "36th Marine Brigade", "56 ОМПБр"]),
    category=st.sampled_from([None, "POW", "цивільний"]),
    event_date=dates,
)


@settings(max_examples=60, deadline=None)
@given(records, records)
def test_a_pair_weighs_the_same_from_both_sides_and_its_reasons_sum_to_the_weight(a: Record, b: Record) -> None:
    there = score_pair(prepare(a), prepare(b), MODEL)
    back = score_pair(prepare(b), prepare(a), MODEL)
    assert there.weight_bits == pytest.approx(back.weight_bits, abs=1e-9)
    assert (there.decision, there.blocked) == (back.decision, back.blocked)
    assert sum(reason.bits for reason in there.reasons) == pytest.approx(there.weight_bits, abs=1e-9)
    assert {reason.code for reason in there.reasons} <= set(REASON_CODES)
    assert there.blocked is None or there.blocked in BLOCKED_CODES


@settings(max_examples=60, deadline=None)
@given(records, records)
def test_a_field_nobody_speaks_of_weighs_nothing(a: Record, b: Record) -> None:
    for reason in score_pair(prepare(a), prepare(b), MODEL).reasons:
        if reason.code.endswith("_missing"):
            assert reason.bits == 0.0


@pytest.mark.parametrize(
    ("field", "value", "other"),
    [
        ("sex", "m", "f"),
        ("residence", "Бахмут", "Львів"),
        ("unit", "36 ОБрМП", "56 ОМПБр"),
        ("category", "POW", "цивільний"),
        ("place_held", "СІЗО-2 Таганрог", "ИК-10 Мордовия"),
        ("event_date", "2022-04-13", "2023-09-01"),
        ("dob", "1985-03-12", "1991-07-30"),
    ],
)
def test_missing_never_counts_as_a_difference(field: str, value: str, other: str) -> None:
    base = Record("a", "one", name="Коваленко Сергій Петрович", dob="1985-03-12")
    told = replace(base, **{field: value})
    silent = replace(told, key="b", source="two", **{field: None})
    differs = replace(told, key="b", source="two", **{field: other})
    weight_silent = score_pair(prepare(told), prepare(silent), MODEL).weight_bits
    assert weight_silent >= score_pair(prepare(told), prepare(differs), MODEL).weight_bits


def test_a_batch_and_a_ranking_say_what_a_single_comparison_says() -> None:
    result = link(RECORDS)
    seen = 0
    for left, right, score in result.pairs():
        a, b = result.prepared[left], result.prepared[right]
        alone = score_pair(a, b, result.model, result.rarity)
        assert alone.weight_bits == pytest.approx(score.weight_bits, abs=1e-9)
        assert (alone.decision, alone.blocked) == (score.decision, score.blocked)
        ((_, ranked),) = rank(a, [b], result.model, result.rarity)
        assert ranked.weight_bits == pytest.approx(score.weight_bits, abs=1e-9)
        seen += 1
    assert seen >= 2


def test_a_batch_of_an_invented_list_says_what_single_comparisons_say(need) -> None:
    from linkage_data import linkage_dev

    data = linkage_dev(need("linkage_dev"), "5k_2")
    some = [record for record in data.records if int(record.key[1:]) < 1200]
    result = link(some, deduplicated=data.deduplicated)
    for at, (left, right, score) in enumerate(result.pairs()):
        if at % 7 == 0:
            once = bool(result.deduplicated[result.comparer.table.source[left]])
            a, b = result.prepared[left], result.prepared[right]
            alone = score_pair(a, b, result.model, result.rarity, same_source_deduplicated=once)
            assert alone.weight_bits == pytest.approx(score.weight_bits, abs=1e-9)
            assert (alone.decision, alone.blocked) == (score.decision, score.blocked)


def test_a_ranking_puts_the_person_before_the_sister_and_the_father() -> None:
    query = prepare(Record("q", "q", name="Сергей Коваленко", dob="1985"))
    ranked = list(rank(query, [prepare(record) for record in RECORDS], MODEL))[:5]
    assert {RECORDS[i].key for i, _ in ranked[:3]} == {"a", "b", "c"}


def test_brothers_are_never_joined_by_themselves() -> None:
    older = Record("a", "one", name="Іваненко Олексій Ігорович", dob="1985-03-12", residence="Бахмут")
    twin = replace(older, key="b", source="two", name="Іваненко Дмитро Ігорович")
    score = score_pair(prepare(older), prepare(twin), MODEL)
    assert score.blocked == "sibling_suspected"
    assert score.decision != "auto"
    assert "sibling_suspected" in {reason.code for reason in score.reasons}


def test_father_and_son_of_one_name_are_never_joined_by_themselves() -> None:
    father = Record("a", "one", name="Іваненко Іван Іванович", dob="1955-03-12", residence="Бахмут")
    son = replace(father, key="b", source="two", dob="1985-03-12")
    score = score_pair(prepare(father), prepare(son), MODEL)
    assert score.blocked == "father_son_suspected"
    assert score.decision != "auto"


def test_stated_sexes_that_conflict_are_never_joined_by_themselves() -> None:
    one = Record("a", "one", name="Коваленко Саша", dob="1985-03-12", sex="m")
    score = score_pair(prepare(one), prepare(replace(one, key="b", source="two", sex="f")), MODEL)
    assert score.blocked == "sex_conflict"
    assert score.decision != "auto"


def test_a_rare_surname_tells_more_than_a_common_one() -> None:
    counts = Rarity(10_000, {"rudik": 3, "xarit": 900}, {}, {})

    def weight(surname: str) -> float:
        pair = [prepare(Record(k, k, name=f"{surname} Іван", dob="1985")) for k in "ab"]
        return score_pair(*pair, MODEL, counts).weight_bits

    assert weight("Рудик") > weight("Харита")


def test_a_model_survives_the_way_to_json_and_back() -> None:
    again = load_model(MODEL.to_dict())
    a, b = prepare(RECORDS[0]), prepare(RECORDS[1])
    assert score_pair(a, b, again) == score_pair(a, b, MODEL)


def test_every_record_field_is_optional_but_key_and_source() -> None:
    assert [f.name for f in fields(Record)][:2] == ["key", "source"]
    empty = prepare(Record("a", "one"))
    assert score_pair(empty, empty, MODEL).decision == "apart"
