# SPDX-License-Identifier: AGPL-3.0-or-later
"""One definition of a verdict: a batch, a ranking and a single comparison say the same."""

from __future__ import annotations

import pytest

from goodoffices.core.linkage import Record, default_model, link, prepare, rank, score_pair
from goodoffices.core.linkage.rarity import count_names

RECORDS = [
    Record("a", "uk", name="Коваленко Сергій Петрович", dob="1985-03-12", residence="м. Бахмут"),
    Record("b", "en", name="Serhii Kovalenko", dob="1985-12-03", residence="Artemivsk"),
    Record("c", "ru", family_name="Коваленко", given_name="Сергей", patronymic="Петрович", dob="1985"),
    Record("d", "uk", name="Коваленко Олена Петрівна", dob="1987-01-20"),
    Record("e", "ru", name="Коваленко Пётр", dob="1955-05-05"),
]


def test_the_reasons_of_a_pair_sum_to_its_weight() -> None:
    prepared = [prepare(record) for record in RECORDS]
    for a in prepared:
        for b in prepared:
            score = score_pair(a, b, default_model())
            assert sum(reason.bits for reason in score.reasons) == pytest.approx(score.weight_bits, abs=1e-9)


def test_a_pair_weighs_the_same_from_both_sides() -> None:
    prepared = [prepare(record) for record in RECORDS]
    for a in prepared:
        for b in prepared:
            assert score_pair(a, b, default_model()).weight_bits == pytest.approx(
                score_pair(b, a, default_model()).weight_bits, abs=1e-9
            )


def test_a_batch_says_what_a_single_comparison_says() -> None:
    result = link(RECORDS)
    rarity = count_names(result.prepared)
    seen = 0
    for left, right, score in result.pairs():
        alone = score_pair(result.prepared[left], result.prepared[right], result.model, rarity)
        assert alone.weight_bits == pytest.approx(score.weight_bits, abs=1e-9)
        assert (alone.decision, alone.blocked) == (score.decision, score.blocked)
        seen += 1
    assert seen >= 2


def test_a_ranking_puts_the_person_before_the_sister_and_the_father() -> None:
    query = prepare(Record("q", "q", name="Сергей Коваленко", dob="1985"))
    ranked = rank(query, [prepare(record) for record in RECORDS], default_model(), 5)
    assert {RECORDS[i].key for i, _ in ranked[:3]} == {"a", "b", "c"}
