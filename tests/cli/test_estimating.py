# SPDX-License-Identifier: AGPL-3.0-or-later
"""`estimate`: the answer of CONTRACTS 3.5, or one clear refusal that names row and field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodoffices.cli.estimating import answer, estimate_file, read_overlaps, settings_from
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.estimation import Settings, estimate
from tests.command import goodoffices

DATA = Path(__file__).parent.parent / "core" / "estimation" / "data"
THREE = "A,B,C,count\n1,0,0,69\n0,1,0,55\n0,0,1,63\n1,1,0,21\n1,0,1,17\n0,1,1,18\n1,1,1,28\n"


@pytest.fixture
def file(tmp_path: Path):
    """Write a table and give its path."""

    def write(text: str | bytes) -> Path:
        path = tmp_path / "overlaps.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_the_answer_has_the_form_of_the_contract():
    said = estimate_file(DATA / "kosovo_1999.csv", settings_from(method="loglinear"))
    assert set(said) >= {
        "lists", "documented", "existence", "methods", "disagreement", "headline", "wording", "limits",
    }  # fmt: skip
    assert said["lists"] == ["EXH", "ABA", "OSCE", "HRW"]
    assert said["documented"] == 4400
    assert said["existence"]["failing"] == said["existence"]["not_identifiable"] == []
    found = said["methods"]["loglinear"]
    assert found["terms"] == "123,14,34"
    assert found["N"] == pytest.approx(10356.52, abs=0.01)
    assert (found["models"], found["order"], found["criterion"]) == (113, 3, "bic")
    assert [one["terms"] for one in found["best"]][:2] == ["123,14,34", "123,134"]
    assert len(found["best"]) == 10
    assert found["low"] < found["N"] < found["high"]
    assert set(said["wording"]) == {"en", "uk", "ru"}
    assert said["headline"] is None
    json.dumps(said, allow_nan=False)


def test_all_methods_are_answered_and_can_be_written_as_json():
    said = answer(estimate(read_overlaps(DATA / "hav_taiwan.csv")[""], Settings(chains=6, lengths=(400,), draws=40)))
    assert set(said["methods"]) == {"chao", "loglinear", "bma", "lcmcr"}
    assert set(said["methods"]["chao"]) == {"N", "low", "high"}
    assert set(said["methods"]["bma"]) >= {"mean", "median", "low", "high", "mode", "best_graph"}
    assert set(said["methods"]["lcmcr"]) >= {"median", "low", "high", "rhat", "settled", "chains"}
    assert [one["missed"] for one in said["sensitivity"]["linkage"]] == [0, 0.05, 0.1, 0]
    assert said["provenance"]["settings"]["seed"] == 0
    assert len(said["provenance"]["data_sha256"]) == 64
    json.dumps(said, allow_nan=False)


def test_a_given_model_top_and_delta_are_taken():
    said = estimate_file(DATA / "kosovo_1999.csv", settings_from(method="bma", top=30_000))
    assert (said["methods"]["bma"]["low"], said["methods"]["bma"]["high"]) == (9827, 16544)
    said = estimate_file(DATA / "uk_2013_five.csv", settings_from(method="loglinear", terms="12,13,24,25,35,45"))
    found = said["methods"]["loglinear"]
    assert (found["low"], found["high"]) == pytest.approx((9889.2, 13063.1), rel=0.0005)
    assert found["interval"] == "profile"


def test_every_replicate_has_an_answer_of_its_own():
    said = estimate_file(DATA / "sim_independent.csv", settings_from(method="chao", seed=3))
    assert [one["rep"] for one in said["replicates"]] == ["0", "1", "2", "3", "4"]
    assert [one["provenance"]["settings"]["seed"] for one in said["replicates"]] == [3, 4, 5, 6, 7]
    for one in said["replicates"]:
        assert one["methods"]["chao"]["low"] < 5000 * 1.05
        assert one["lists"] == said["lists"]


def test_one_list_is_answered_and_not_estimated(file):
    said = estimate_file(file("A,count\n1,7615\n"), settings_from())
    assert said["methods"] == {}
    assert said["headline"] is None
    assert "cannot be estimated" in said["wording"]["en"]
    assert [one["code"] for one in said["limits"]] == ["one_list"]


def test_two_lists_have_odds_ratios_and_no_headline(file):
    said = estimate_file(file("A,B,count\n1,0,600\n0,1,300\n1,1,120\n"), settings_from())
    assert said["headline"] is None
    assert [one["odds_ratio"] for one in said["sensitivity"]["odds_ratio"]] == [0.25, 0.5, 1, 2, 4]
    assert said["methods"]["loglinear"]["N"] == pytest.approx(2520)
    assert said["methods"]["bma"] is said["methods"]["lcmcr"] is None


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + THREE,
        THREE.replace(",", ";"),
        THREE.replace("\n", "\r\n"),
        THREE.replace("\n", "\n\n"),
        THREE.replace(",", " , "),
        THREE.replace("count", "COUNT"),
        THREE + "0,0,0,0\n",
    ],
)
def test_usual_forms_of_csv_are_read_alike(file, text):
    assert read_overlaps(file(text))[""].counts.tolist() == [0, 69, 55, 21, 63, 17, 18, 28]


@pytest.mark.parametrize(
    ("text", "code", "row", "field"),
    [
        ("", "no_count", 1, None),
        ("A,B\n1,0\n", "no_count", 1, None),
        ("A,B,count\n", "empty_table", None, None),
        ("count\n5\n", "too_many_lists", 1, None),
        ("A,A,count\n1,0,5\n", "bad_header", 1, "A"),
        ("A,,count\n1,0,5\n", "bad_header", 1, None),
        ("A,B,count\n1,2,5\n", "bad_flag", 2, "B"),
        ("A,B,count\n1,,5\n", "bad_flag", 2, "B"),
        ("A,B,count\n1,0,-5\n", "bad_count", 2, "count"),
        ("A,B,count\n1,0,5.5\n", "bad_count", 2, "count"),
        ("A,B,count\n1,0,NaN\n", "bad_count", 2, "count"),
        ("A,B,count\n1,0,\n", "bad_count", 2, "count"),
        ("A,B,count\n1,0,²\n", "bad_count", 2, "count"),
        ("A,B,count\n1,0,5\n1,0,6\n", "repeated_pattern", 3, None),
        ("A,B,count\n1,0,5\n0,0,6\n", "unlisted_counted", 3, None),
        ("A,B,count\n1,0,5,9\n", "bad_row", 2, None),
        ("A,B,count\n1,0,5\n1,1,0\n", "empty_list", None, "B"),
        ("A,B,count\n1,0,0\n0,1,0\n", "empty_table", None, None),
        ("A,B,count\n1,0,999999999999\n0,1,1\n", "bad_table", None, None),
        ("rep,A,B,count\n,1,0,5\n", "bad_row", 2, "rep"),
        ("A,B,count\n1,0,\x00\n", "not_text", None, None),
        (b"A,B,count\n\xff\xfe,0,5\n", "not_text", None, None),
        ('A,B,count\n"1,0,5\n', "not_csv", None, None),
        (",".join("ABCDEFGHIJ") + ",count\n" + "1," * 10 + "3\n", "too_many_lists", 1, None),
        (b"A,B,count\n" + b"1,0,5\n" * 900_000, "too_large", None, None),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(file, text, code, row, field):
    with pytest.raises(GoodOfficesError) as refused:
        read_overlaps(file(text))
    where = refused.value.where
    assert refused.value.code == code
    assert (where.get("row"), where.get("field")) == (row, field)
    assert where["file"].endswith("overlaps.csv")
    assert refused.value.hint


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet='AB01,;\t\n\r"rep count59\u2028\x85', max_size=90), st.booleans())
def test_whatever_is_given_is_read_or_refused(file, text, headed):
    path = file(("A,B,count\n" if headed else "") + text)
    told = None
    try:
        assert all(table.documented > 0 for table in read_overlaps(path).values())
    except GoodOfficesError as refused:
        told = refused
    assert told is None or (told.hint and told.where["file"] == str(path))


def test_a_setting_that_does_not_fit_names_the_file_too(file):
    with pytest.raises(GoodOfficesError) as refused:
        estimate_file(file(THREE), settings_from(terms="14"))
    assert refused.value.where["field"] == "terms"
    assert refused.value.where["file"].endswith("overlaps.csv")


def test_the_command_prints_json_and_needs_no_data_folder():
    done = goodoffices("estimate", DATA / "hiv_rome.csv", "--method", "chao", "--json")
    assert done.code == 0, done.err
    assert done.json["methods"]["chao"]["N"] == pytest.approx(12158.2, abs=0.1)


def test_the_command_refuses_in_the_one_shape_of_errors(refused, file):
    refused(goodoffices("estimate", file("A,B,count\n1,0,x\n"), "--json"), "bad_count")
    refused(goodoffices("estimate", DATA / "none.csv", "--json"), "no_file")
    refused(goodoffices("estimate", DATA / "hiv_rome.csv", "--method", "magic", "--json"), "bad_method")
    refused(goodoffices("estimate", DATA / "hiv_rome.csv", "--terms", "19", "--json"), "bad_terms")
    refused(goodoffices("estimate", DATA / "hiv_rome.csv", "--order", "7", "--json"), "bad_setting")
