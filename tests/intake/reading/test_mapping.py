# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mapping file: what it may say, and clear refusals of what it may not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.intake.reading import (
    ListUnreadable,
    apply_mapping,
    guess_columns,
    mapping_for,
    parse_mapping,
    read_mapping,
)

# The example of CONTRACTS 3.1.
CONTRACT = {
    "FILE": {"columns": {"record_id": "pdm_id", "name": "nombre"}, "date_order": "DMY", "missing": ["-", "sin datos"]}
}


def test_the_example_of_the_contract_is_read(tmp_path):
    path = tmp_path / "map.json"
    path.write_text(json.dumps(CONTRACT), encoding="utf-8-sig")
    mapping = read_mapping(path)["FILE"]
    assert mapping.columns == {"record_id": ("pdm_id",), "name": ("nombre",)}
    assert mapping.date_order == "DMY"
    assert mapping.missing == {"-", "sin datos"}


def test_a_file_is_found_by_path_name_or_stem():
    for key in ("lists/parque.csv.gz", "parque.csv.gz", "parque"):
        assert mapping_for(parse_mapping({key: {}}), Path("lists/parque.csv.gz")) is not None
    assert mapping_for(parse_mapping({"other.csv": {}}), Path("parque.csv")) is None


def test_a_file_may_say_how_to_be_opened():
    settings = {"encoding": "cp1251", "delimiter": ";", "sheet": "x", "header_row": 3, "century_pivot": 30}
    mapping = parse_mapping({"F": settings})["F"]
    assert (mapping.options.encoding, mapping.options.delimiter, mapping.options.sheet) == ("cp1251", ";", "x")
    assert (mapping.options.header_row, mapping.century_pivot) == (3, 30)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ([], None),
        ({"F": []}, None),
        ({"F": {"colums": {}}}, "colums"),
        ({"F": {"columns": []}}, "columns"),
        ({"F": {"columns": {"nonsense": "x"}}}, "nonsense"),
        ({"F": {"columns": {"name": ""}}}, "name"),
        ({"F": {"columns": {"name": 3}}}, "name"),
        ({"F": {"columns": {"name": "x", "unit": "X"}}}, "X"),
        ({"F": {"date_order": "YDM"}}, "date_order"),
        ({"F": {"date_order": ["DMY"]}}, "date_order"),
        ({"F": {"missing": "-"}}, "missing"),
        ({"F": {"missing": [1]}}, "missing"),
        ({"F": {"header_row": -1}}, "header_row"),
        ({"F": {"header_row": True}}, "header_row"),
        ({"F": {"encoding": 5}}, "encoding"),
    ],
)
def test_a_wrong_mapping_is_refused_at_its_key(data, key):
    with pytest.raises(ListUnreadable) as caught:
        parse_mapping(data)
    assert caught.value.code == "bad_mapping"
    assert caught.value.where.get("key") == key
    assert caught.value.hint


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe{}", b"[" * 100_000, b'{"a": NaN' + b" " * 10, b"x" * 2_000_000])
def test_a_broken_mapping_file_is_a_clear_refusal(tmp_path, content):
    path = tmp_path / "map.json"
    path.write_bytes(content)
    with pytest.raises(ListUnreadable) as caught:
        read_mapping(path)
    assert caught.value.where["file"] == "map.json"


def test_an_absent_mapping_file_is_a_clear_refusal(tmp_path):
    with pytest.raises(ListUnreadable):
        read_mapping(tmp_path / "absent.json")


def test_what_is_mapped_goes_before_what_is_guessed():
    header = ["pdm_id", "nombre", "otro nombre", "telefono"]
    mapping = parse_mapping({"F": {"columns": {"name": "Otro  Nombre", "other:tel": "telefono"}}})["F"]
    settled = apply_mapping(header, guess_columns(header, []), mapping)
    assert [guess.target for guess in settled] == ["record_id", "other:nombre", "name", "other:tel"]
    assert settled[2].why == "mapped"


def test_several_headers_may_make_one_column():
    mapping = parse_mapping({"F": {"columns": {"name": ["first", "second"]}}})["F"]
    settled = apply_mapping(["first", "second"], guess_columns(["first", "second"], []), mapping)
    assert [guess.target for guess in settled] == ["name", "name"]


def test_a_sealed_column_stays_sealed_when_mapped():
    mapping = parse_mapping({"F": {"columns": {"health": "x"}}})["F"]
    assert apply_mapping(["x"], guess_columns(["x"], []), mapping)[0].sealed


def test_a_header_that_the_file_lacks_is_named():
    mapping = parse_mapping(CONTRACT)["FILE"]
    with pytest.raises(ListUnreadable) as caught:
        apply_mapping(["id", "name"], guess_columns(["id", "name"], []), mapping, "parque.csv")
    assert caught.value.code == "unknown_column"
    assert caught.value.where == {"file": "parque.csv", "field": "pdm_id"}
    assert "id, name" in caught.value.hint


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["columns", "missing", "date_order", "F", "name", "header_row"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_a_mapping_or_a_clear_refusal(data):
    try:
        parse_mapping(data)
    except ListUnreadable as error:
        if error.code != "bad_mapping":
            raise
