# SPDX-License-Identifier: AGPL-3.0-or-later
"""`link`: exactly the files of CONTRACTS 3.1, or one clear refusal and nothing written."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from goodoffices.cli.linking import OUT_HEADER, PAIR_HEADER, LinkRequest, link_files, read_deduplicated
from goodoffices.core.errors import GoodOfficesError

FAMILIES = """record_id,ПІБ,Дата народження
1,Ковилянко Андрій Остапович,14.03.1981
2,Ковилянко Антон Остапович,02.07.1984
3,Зоренчук Софія Іванівна,05.05.2014
"""
EXCHANGE = """record_id,Фамилия,Имя,Отчество,Дата рождения
1,Ковылянко,Андрей,Остапович,14.03.1981
2,Зоренчук,София,Ивановна,2014
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "families.csv", tmp_path / "exchange.csv.gz"
    first.write_text(FAMILIES, "utf-8")
    second.write_bytes(gzip.compress(EXCHANGE.encode("cp1251")))
    return first, second


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_answers_have_the_columns_of_the_contract(files, tmp_path):
    out, pairs, review = (tmp_path / name for name in ("out.csv", "pairs.csv", "review.csv"))
    answer = link_files(LinkRequest(files, out, pairs=pairs, review=review, summary=tmp_path / "sum.json"))
    assert out.read_text("utf-8").splitlines()[0] == ",".join(OUT_HEADER)
    assert pairs.read_text("utf-8").splitlines()[0] == ",".join(PAIR_HEADER)
    found = {(row["source"], row["record_id"]): row for row in rows(out)}
    assert len(found) == answer["records"] == 5
    assert found["families", "1"]["person_id"] == found["exchange", "1"]["person_id"]
    assert found["families", "2"]["person_id"] != found["families", "1"]["person_id"]
    assert found["families", "2"]["probability"] == "1.000000"
    assert {row["decision"] for row in rows(pairs)} <= {"auto", "ask", "apart"}
    assert all(float(row["probability"]) >= 0.01 for row in rows(pairs))
    asked = [row for row in rows(pairs) if row["decision"] == "ask"]
    assert sorted(map(str, asked)) == sorted(map(str, rows(review)))
    assert json.loads((tmp_path / "sum.json").read_text("utf-8"))["records"] == 5


def test_a_record_id_that_stands_twice_in_a_source_is_refused_with_its_row(tmp_path):
    twice = tmp_path / "twice.csv"
    twice.write_text("record_id,name\n7,Ковилянко Андрій\n8,Зоренчук Софія\n7,Хтось Інший\n", "utf-8")
    with pytest.raises(GoodOfficesError) as refusal:
        link_files(LinkRequest((twice,), tmp_path / "out.csv"))
    assert refusal.value.code == "repeated_record"
    assert refusal.value.where["row"] == 4
    assert not (tmp_path / "out.csv").exists()


def test_the_same_id_in_two_sources_is_two_records(tmp_path):
    one, other = tmp_path / "a.csv", tmp_path / "b.csv"
    for path in (one, other):
        path.write_text("record_id,name\n7,Ковилянко Андрій\n", "utf-8")
    assert link_files(LinkRequest((one, other), tmp_path / "out.csv"))["records"] == 2


@pytest.mark.parametrize(
    ("text", "code"), [("name\nКовилянко\n", "no_record_id"), ("record_id,name\n,Ковилянко\n", "no_record_id")]
)
def test_a_list_without_record_ids_says_how_to_name_them(tmp_path, text, code):
    path = tmp_path / "list.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(GoodOfficesError) as refusal:
        link_files(LinkRequest((path,), tmp_path / "out.csv"))
    assert refusal.value.code == "no_record_id"


def test_spark_is_refused_in_words(files, tmp_path):
    with pytest.raises(GoodOfficesError, match="Spark isn't built yet"):
        link_files(LinkRequest(files, tmp_path / "out.csv", engine="spark"))


def test_a_mapping_names_the_columns(tmp_path):
    path, mapping = tmp_path / "lista.csv", tmp_path / "map.json"
    path.write_text("pdm_id;quien\n1;Ковилянко Андрій\n2;Ковилянко Андрій\n", "utf-8")
    mapping.write_text('{"lista.csv": {"columns": {"record_id": "pdm_id", "name": "quien"}}}', "utf-8")
    answer = link_files(LinkRequest((path,), tmp_path / "out.csv", mapping=mapping))
    assert answer["pairs"] == 1


def test_a_list_that_names_nobody_twice_is_never_joined_in_itself(tmp_path):
    path, sources, out = tmp_path / "once.csv", tmp_path / "sources.csv", tmp_path / "out.csv"
    path.write_text("record_id,name,dob\n1,Ковилянко Андрій,1981-03-14\n2,Ковилянко Андрій,1981-03-14\n", "utf-8")
    sources.write_text("source,deduplicated\nonce,1\n", "utf-8")
    link_files(LinkRequest((path,), out, sources=sources))
    assert len({row["person_id"] for row in rows(out)}) == 2
    assert read_deduplicated(sources) == {"once"}


def test_the_order_of_the_files_changes_nothing(files, tmp_path):
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    link_files(LinkRequest(files, one))
    link_files(LinkRequest(tuple(reversed(files)), other))
    assert sorted(one.read_text("utf-8").splitlines()) == sorted(other.read_text("utf-8").splitlines())


def test_linking_loads_no_store(files, tmp_path):
    code = (
        "import sys; from pathlib import Path; from goodoffices.cli.linking import LinkRequest, link_files; "
        f"link_files(LinkRequest((Path({str(files[0])!r}),), Path({str(tmp_path / 'o.csv')!r}))); "
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
