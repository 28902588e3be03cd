# SPDX-License-Identifier: AGPL-3.0-or-later
"""The real registers: complete, credited, and described."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re

import pytest

from goodoffices.demo.world import (
    HISTORY,
    DemoSource,
    UnknownDemoList,
    list_path,
    load_history_truth,
    load_sources,
    load_unlabelled,
    maps_path,
)


def records(source: DemoSource) -> list[dict[str, str]]:
    text = gzip.decompress(source.path.read_bytes()).decode(source.encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=source.delimiter))


def test_both_registers_are_whole_and_every_link_points_into_them():
    ids = {}
    for source in load_sources("history"):
        rows = records(source)
        assert len(rows) == source.records
        assert {*source.columns.values(), *source.ignored} == set(rows[0])
        ids[source.key] = {row[source.columns["record_id"]] for row in rows}
    links = load_history_truth()
    assert len(links) == 4732
    assert all(link.ruvte_id in ids["ruvte"] and link.pdm_id in ids["parque_memoria"] for link in links)
    assert len(load_unlabelled()) == 962


def test_no_row_tells_an_address_a_document_or_a_child():
    for source in load_sources("history"):
        for row in records(source):
            year = re.search(r"\d{4}", row[source.columns["dob"]])
            assert year is None or int(year[0]) < 1963
        assert not {"dni", "documento", "foto", "domicilio"} & set(rows_header(source))


def rows_header(source: DemoSource) -> list[str]:
    return [name.casefold() for name in records(source)[0]]


def test_the_map_names_columns_that_exist():
    maps = json.loads(maps_path("history").read_text("utf-8"))
    for source in load_sources("history"):
        entry = maps[source.file]
        assert set(entry) <= {"columns", "date_order", "missing"}
        assert set(entry["columns"].values()) <= set(records(source)[0])


def test_a_notice_with_credit_lies_beside_what_is_real():
    history = (HISTORY / "NOTICE.md").read_text("utf-8")
    assert "Ministerio de Justicia" in history
    assert "CC BY 4.0" in history
    assert "presentes" in history


def test_packed_files_carry_no_name_and_no_time():
    for path in HISTORY.glob("*.gz"):
        head = path.read_bytes()[:10]
        assert head[3] == 0, "a file name is in the header"
        assert head[4:8] == b"\0\0\0\0", "a time is in the header"


def test_an_unknown_list_is_named_in_the_error():
    with pytest.raises(UnknownDemoList) as caught:
        list_path("families", 3)
    assert caught.value.as_dict()["where"] == {"key": "families", "edition": 3}
    assert list_path("families", 2).name == "families_2026-10.csv"
