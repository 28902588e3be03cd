# SPDX-License-Identifier: AGPL-3.0-or-later
"""`packages` and `check-package`, as they are called from outside."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from goodoffices.cli.packaging import check, find_packages
from goodoffices.core.errors import GoodOfficesError

DATA = Path(__file__).parent.parent / "core" / "packages" / "data"


def call(*words):
    command = [sys.executable, "-m", "goodoffices.cli.main", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_case_file_is_answered_and_its_certificates_hold(tmp_path):
    out = tmp_path / "out.json"
    said = find_packages(DATA / "cases.json", out)
    assert said["unproved"] == {}
    found = json.loads(out.read_text("utf-8"))
    assert found.keys() == json.loads((DATA / "expected.json").read_text("utf-8")).keys()
    case, package = tmp_path / "case.json", tmp_path / "package.json"
    for raw in json.loads((DATA / "cases.json").read_text("utf-8"))["instances"]:
        case.write_text(json.dumps(raw), "utf-8")
        package.write_text(json.dumps({"people": found[raw["name"]]["recommended_package"]}), "utf-8")
        checked = check(case, package)
        assert checked["feasible"]
        assert checked["levels"]["total"] == found[raw["name"]]["recommended_levels"]["total"]


def test_exit_codes_and_shapes_are_those_of_the_contract(tmp_path):
    raw = json.loads((DATA / "cases.json").read_text("utf-8"))["instances"][0]
    case, package, out = tmp_path / "case.json", tmp_path / "package.json", tmp_path / "out.json"
    case.write_text(json.dumps({"instances": [raw]}), "utf-8")
    package.write_text('{"people": ["p08"]}', "utf-8")
    done = call("packages", case, "--out", out, "--json")
    assert (done.returncode, json.loads(done.stdout)["cases"]) == (0, 1)
    done = call("check-package", case, package, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["broken"] == ["red:C:p08", "balance:C", "ratio:C"]
    done = call("packages", tmp_path / "none.json", "--out", out, "--json")
    assert done.returncode == 2
    assert json.loads(done.stderr)["error"]["code"] == "no_file"


@pytest.mark.req("A45")
def test_an_unconditional_person_in_a_limit_ends_with_exit_2(tmp_path):
    raw = json.loads((DATA / "cases.json").read_text("utf-8"))["instances"][0]
    raw["demands"] = [{"party": "A", "person": "p14"}]
    case, out = tmp_path / "case.json", tmp_path / "out.json"
    case.write_text(json.dumps({"instances": [raw]}), "utf-8")
    done = call("packages", case, "--out", out, "--json")
    assert done.returncode == 2
    assert json.loads(done.stderr)["error"]["code"] == "unconditional_in_limit"
    assert not out.exists()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1, 2", "\udcff", '{"instances": [{"name": "n", "name": "n"}]}', '{"instances": [NaN]}', "[" * 100_000,
     '{"instances": [' + "9" * 5000 + "]}", "null", '{"instances": [{"name": "n", "parties": ["A"], "cap": 1e999}]}'],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_named(tmp_path, text):
    case = tmp_path / "case.json"
    case.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(GoodOfficesError) as refused:
        find_packages(case, tmp_path / "out.json")
    assert refused.value.where["file"] == str(case)


def test_an_unknown_person_or_a_senseless_time_is_refused(tmp_path):
    with pytest.raises(GoodOfficesError):
        find_packages(DATA / "cases.json", tmp_path / "out.json", explain="nobody")
    with pytest.raises(GoodOfficesError):
        find_packages(DATA / "cases.json", tmp_path / "out.json", seconds=-1.0)
    with pytest.raises(GoodOfficesError):
        find_packages(DATA / "cases.json", tmp_path / "no" / "folder" / "out.json")
