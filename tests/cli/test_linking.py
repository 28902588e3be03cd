# SPDX-License-Identifier: AGPL-3.0-or-later
"""`link`: to the letter of CONTRACTS 3.1, on two lists of invented people."""

from __future__ import annotations

import csv
import gzip
import json

import pytest
import xlsxwriter

from tests.command import goodoffices

OUT = ["source", "record_id", "person_id", "probability", "auto_person_id"]
PAIRS = ["source_a", "record_a", "source_b", "record_b", "probability", "decision", "reasons"]
FIRST = [
    ["record_id", "name", "dob", "sex", "residence"],
    ["a1", "Ковилянко Андрій Петрович", "1985-05-03", "m", "Вітрогони"],
    ["a2", "Лелечинко Оксана Іванівна", "1990-11-14", "f", "Мохогорськ"],
    ["a3", "Журавляк Юрій Степанович", "1961", "m", "Ластівчин"],
    ["a4", "Мохнура Назар", "1992-01-30", "m", ""],
]
SECOND = [
    ["record_id", "name", "dob", "sex", "residence"],
    ["b1", "Kovylianko Andriy", "1985-05-03", "m", "Vitrohony"],
    ["b2", "Лелечинко Оксана", "1990-11-14", "f", "Мохогорск"],
    ["b3", "Журавляк Юрий", "1962", "m", ""],
    ["b4", "Вересневий Роман Олегович", "1980-02-02", "m", "Скельноріг"],
]


def as_csv(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def lists(tmp_path):
    return [as_csv(tmp_path / "one.csv", FIRST), as_csv(tmp_path / "two.csv", SECOND)]


@pytest.fixture
def link(tmp_path):
    """Link lists; gives the answer's rows by (source, record_id)."""

    def run(files, *words):
        out = tmp_path / "out.csv"
        done = goodoffices("link", *files, "--out", out, "--json", *words)
        assert done.code == 0, done.err
        header, *rows = read(out)
        assert header == OUT
        answer = {(row[0], row[1]): dict(zip(header, row, strict=True)) for row in rows}
        assert len(answer) == len(rows)
        return answer

    return run


def test_every_record_gets_one_line_in_the_order_of_the_input(lists, link, tmp_path):
    answer = link(lists)
    assert list(answer) == [("one", row[0]) for row in FIRST[1:]] + [("two", row[0]) for row in SECOND[1:]]
    assert answer["one", "a1"]["person_id"] == answer["two", "b1"]["person_id"]
    assert answer["one", "a2"]["person_id"] == answer["two", "b2"]["person_id"]
    assert answer["one", "a4"]["person_id"] != answer["two", "b4"]["person_id"]
    assert float(answer["two", "b4"]["probability"]) == 1.0
    assert all(0 <= float(row["probability"]) <= 1 for row in answer.values())
    assert {path.name for path in tmp_path.iterdir()} == {"one.csv", "two.csv", "out.csv"}


def test_what_is_joined_automatically_is_joined_in_the_best_clustering_too(lists, link):
    answer = link(lists)
    person_of = {}
    for row in answer.values():
        person_of.setdefault(row["auto_person_id"], set()).add(row["person_id"])
    assert all(len(persons) == 1 for persons in person_of.values())


def test_pairs_hold_every_scored_pair_from_one_in_a_hundred(lists, link, tmp_path):
    pairs, review = tmp_path / "pairs.csv", tmp_path / "review.csv"
    answer = link(lists, "--pairs", pairs, "--review", review)
    header, *rows = read(pairs)
    assert header == PAIRS
    assert rows
    for source_a, record_a, source_b, record_b, probability, decision, reasons in rows:
        assert (source_a, record_a) in answer
        assert (source_b, record_b) in answer
        assert float(probability) >= 0.01
        assert decision in {"auto", "ask", "apart"}
        assert reasons
    head, *asked = read(review)
    assert head == PAIRS
    assert sorted(asked) == sorted(row for row in rows if row[5] == "ask")
    strongest = {}
    for row in rows:
        for key in ((row[0], row[1]), (row[2], row[3])):
            strongest.setdefault(key, []).append(float(row[4]))
    for key, row in answer.items():
        if float(row["probability"]) < 1:
            assert max(strongest[key]) >= float(row["probability"])


def test_the_same_lists_give_the_same_bytes(lists, tmp_path):
    answers = []
    for name in ("first", "second"):
        files = [tmp_path / f"{name}-{part}.csv" for part in ("out", "pairs", "review")]
        words = ["--out", files[0], "--pairs", files[1], "--review", files[2]]
        assert goodoffices("link", *lists, *words).code == 0
        answers.append([path.read_bytes() for path in files])
    assert answers[0] == answers[1]


def test_gzip_and_workbooks_are_lists_too(lists, link, tmp_path):
    plain = link(lists)
    packed = tmp_path / "one.csv.gz"
    packed.write_bytes(gzip.compress(lists[0].read_bytes()))
    book = xlsxwriter.Workbook(tmp_path / "two.xlsx")
    sheet = book.add_worksheet()
    for number, row in enumerate(SECOND):
        sheet.write_row(number, 0, row)
    book.close()
    lists[0].unlink()
    lists[1].unlink()
    assert link([packed, tmp_path / "two.xlsx"]) == plain


def test_columns_may_be_mapped(lists, link, tmp_path):
    plain = link(lists)
    renamed = [["pdm_id", "nombre", "nac", "s", "vive"], *[list(row) for row in FIRST[1:]]]
    renamed[1][2], renamed[2][2], renamed[4][2] = "05/03/1985", "11/14/1990", "01/30/1992"
    renamed[4][4] = "sin datos"
    as_csv(lists[0], renamed)
    columns = {"record_id": "pdm_id", "name": "nombre", "dob": "nac", "sex": "s", "residence": "vive"}
    mapping = tmp_path / "map.json"
    mapping.write_text(
        json.dumps({"one.csv": {"columns": columns, "date_order": "MDY", "missing": ["-", "sin datos"]}}), "utf-8"
    )
    assert link(lists, "--map", mapping) == plain


def test_a_column_of_sources_names_them(link, tmp_path):
    rows = [["source", *FIRST[0]], *[["red", *row] for row in FIRST[1:]], *[["blue", *row] for row in SECOND[1:]]]
    answer = link([as_csv(tmp_path / "both.csv", rows)])
    assert {source for source, _ in answer} == {"red", "blue"}
    assert answer["red", "a1"]["person_id"] == answer["blue", "b1"]["person_id"]


def test_a_list_may_name_one_person_twice_unless_it_says_it_does_not(link, tmp_path):
    twice = as_csv(tmp_path / "one.csv", [FIRST[0], FIRST[1], ["a9", *FIRST[1][1:]]])
    answer = link([twice])
    assert answer["one", "a1"]["person_id"] == answer["one", "a9"]["person_id"]
    sources = as_csv(tmp_path / "sources.csv", [["source", "deduplicated"], ["one", "1"]])
    answer = link([twice], "--sources", sources)
    assert answer["one", "a1"]["person_id"] != answer["one", "a9"]["person_id"]
    assert answer["one", "a1"]["auto_person_id"] != answer["one", "a9"]["auto_person_id"]


def test_it_links_without_labels_too_and_tells_counts(lists, link, tmp_path):
    answer = link(lists, "--no-labels", "--summary", tmp_path / "summary.json")
    assert len(answer) == 8
    summary = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert summary["records"] == 8
    assert set(summary["seconds"]) == {"read", "link", "write"}


def test_a_repeated_key_ends_with_2_and_writes_nothing(tmp_path, refused):
    path = as_csv(tmp_path / "one.csv", [*FIRST, FIRST[2]])
    error = refused(goodoffices("link", path, "--out", tmp_path / "out.csv", "--json"), "repeated_record")
    assert error["where"] == {"file": "one.csv", "row": 6, "field": "record_id"}
    assert not (tmp_path / "out.csv").exists()


def test_one_id_in_two_sources_is_no_repetition(link, tmp_path):
    files = [as_csv(tmp_path / name, FIRST) for name in ("one.csv", "two.csv")]
    assert len(link(files)) == 8


@pytest.mark.parametrize(
    "words",
    [
        ["{list}", "--out", "{out}", "--engine", "spark"],
        ["{list}", "--out", "{out}", "--engine", "abacus"],
        ["{list}", "--out", "{tmp}/none/out.csv"],
        ["{tmp}/none.csv", "--out", "{out}"],
        ["{list}", "--out", "{out}", "--sources", "{list}"],
        ["{list}", "--out", "{out}", "--map", "{list}"],
        ["{no_id}", "--out", "{out}"],
    ],
    ids=["spark", "engine", "out", "absent", "sources", "map", "no id"],
)
def test_unusable_input_is_one_clear_refusal(words, lists, tmp_path, refused):
    no_id = as_csv(tmp_path / "noid.csv", [row[1:] for row in FIRST])
    names = {"list": lists[0], "out": tmp_path / "out.csv", "tmp": tmp_path, "no_id": no_id}
    refused(goodoffices("link", *[word.format(**names) for word in words], "--json"))
    assert not (tmp_path / "out.csv").exists()
