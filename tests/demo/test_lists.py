# SPDX-License-Identifier: AGPL-3.0-or-later
"""The seven lists: their forms, sizes, mistakes, and the two editions."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from goodoffices.demo.world import (
    load_edition_changes,
    load_mistakes,
    load_persons,
    load_sources,
    load_truth,
)
from tests.demo.lists import FIRST, SECOND, records_of, rows_of, source

SLASHED = re.compile(r"\d{2}/\d{2}/\d{4}")


def test_seven_lists_in_three_languages_and_all_usual_forms():
    sources = load_sources()
    assert len({one.key for one in sources}) == 7
    assert {one.language for one in sources} == {"uk", "ru", "en"}
    assert {one.encoding for one in sources if one.encoding} == {"utf-8", "utf-8-sig", "cp1251", "utf-16"}
    assert {one.delimiter for one in sources if one.delimiter} == {",", ";", "\t"}
    assert sum(one.file.endswith(".xlsx") for one in sources) == 2


@pytest.mark.parametrize("file", [one.file for one in load_sources()])
def test_every_column_described_stands_in_the_header_and_every_row_has_a_truth(file):
    described = source(file)
    rows = rows_of(described)
    header = rows[described.header_row - 1]
    assert {*described.columns.values(), *described.ignored} == {cell for cell in header if cell}
    truth = {row.row: row for row in load_truth() if row.file == file}
    first = described.header_row + 1
    assert sorted(truth) == list(range(first, first + described.records))
    assert len(rows) == described.header_row + described.records + len(described.rows_that_are_no_records)
    if "record_id" in described.columns:
        place = header.index(described.columns["record_id"])
        told = [rows[number - 1][place].removesuffix(".0") for number in sorted(truth)]
        assert told == [truth[number].record_id for number in sorted(truth)]


@pytest.mark.parametrize("file", [one.file for one in load_sources()])
def test_the_words_of_a_list_are_all_explained(file):
    described = source(file)
    for target, words in described.values.items():
        said = {record[described.columns[target]] for record in records_of(described)} - {""}
        assert said <= set(words), target


def test_some_420_persons_and_each_is_on_a_list():
    persons = {person.person_id for person in load_persons()}
    assert len(persons) == 420
    assert {row.person_id for row in load_truth()} == persons


def test_lists_free_of_duplicates_name_nobody_twice_and_others_do():
    for described in load_sources():
        counts = Counter(row.person_id for row in load_truth() if row.file == described.file)
        twice = sum(count > 1 for count in counts.values())
        assert (twice == 0) == described.deduplicated, described.file


def test_every_kind_of_mistake_is_planted():
    counts = Counter(mistake.kind for mistake in load_mistakes())
    expected = (
        "other_language press_spelling older_romanisation no_patronymic short_name swapped_order typing_error "
        "latin_look_alikes wrong_layout capitals stray_blanks in_genitive in_dative initials no_birth year_only "
        "day_and_month_exchanged birth_typing_error old_town_name listed_twice slash_date"
    )
    assert [kind for kind in expected.split() if counts[kind] == 0] == []


def test_latin_letters_hide_in_cyrillic_words():
    name = source(FIRST).columns["name"]
    mixed = [
        one[name] for one in records_of(source(FIRST)) if re.search("[A-Za-z][а-яіїєґ]|[а-яіїєґ][A-Za-z]", one[name])
    ]
    assert len(mixed) >= 3


def test_the_second_edition_has_30_new_12_gone_25_changed_and_the_rest_untouched():
    old = {one["Код"]: one for one in records_of(source(FIRST))}
    new = {one["Код"]: one for one in records_of(source(SECOND))}
    told = {
        kind: {one.record_id for one in load_edition_changes() if one.change == kind}
        for kind in ("new", "gone", "changed")
    }
    assert new.keys() - old.keys() == told["new"]
    assert old.keys() - new.keys() == told["gone"]
    assert {code for code in old.keys() & new.keys() if old[code] != new[code]} == told["changed"]
    assert {kind: len(codes) for kind, codes in told.items()} == {"new": 30, "gone": 12, "changed": 25}


def test_seventeen_births_of_the_second_edition_can_be_read_either_way_and_none_of_the_first():
    births = [one["Дата народження"] for one in records_of(source(SECOND))]
    slashed = [birth for birth in births if SLASHED.fullmatch(birth)]
    assert len(slashed) == 17
    for birth in slashed:
        day, month, _ = map(int, birth.split("/"))
        assert day <= 12
        assert month <= 12
        assert day != month
    others = set(births) - set(slashed) - {""}
    assert all(re.fullmatch(r"\d{4}(-\d{2}-\d{2})?", birth) for birth in others)
    assert not any("/" in one["Дата народження"] for one in records_of(source(FIRST)))


def test_nobody_is_listed_before_being_taken():
    taken = {person.person_id: person.capture_date for person in load_persons()}
    closed = {one.file: one.as_of.isoformat() for one in load_sources()}
    assert [row for row in load_truth() if taken[row.person_id] > closed[row.file]] == []


def test_one_list_carries_the_three_columns_we_must_refuse():
    refused = {one.file: one.refused for one in load_sources() if one.refused}
    assert refused == {"returned_2026-09.csv": ("health", "witness", "contact")}
