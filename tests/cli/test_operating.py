# SPDX-License-Identifier: AGPL-3.0-or-later
"""`routes`, `faults`, `check` and `verify-audit`: what an operator or an outside check asks."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from goodoffices.access.checks import views_of
from goodoffices.access.roles import ROLES
from goodoffices.config.folder import derive_store_key, file_key, read_folder
from tests.cli.lists import write_list
from tests.command import goodoffices

ROUTE_KEYS = ["path", "name", "methods", "process", "roles", "object_rule", "auth"]


@pytest.fixture
def tamper(data):
    """Run SQL on the store beside the program, as somebody with the key and a shell could."""
    from sqlcipher3 import dbapi2

    def run_sql(*statements):
        folder = read_folder(data)
        connection = dbapi2.connect(str(folder.store_file("casework")))
        connection.execute(f"PRAGMA key = \"x'{derive_store_key(file_key(folder), 'casework')}'\"")
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        changed = sum(connection.execute(statement).rowcount for statement in statements)
        connection.commit()
        connection.close()
        assert changed

    return run_sql


def test_every_route_is_listed_with_who_may_enter_it(tmp_path):
    done = goodoffices("routes", "--json", env={"GOODOFFICES_DATA": str(tmp_path / "none")})
    assert done.code == 0, done.err
    assert get_resolver()
    # Doors that stand only in a demo or testing folder are not counted here.
    assert {route["path"] for route in done.json} == {f"/{path}" for path, _ in views_of()}
    for route in done.json:
        assert list(route) == ROUTE_KEYS
        assert route["process"] == "staff"
        assert set(route["roles"]) <= {*ROLES, "anon"}
        assert route["roles"]
        assert set(route["methods"]) <= {"GET", "POST"}
        assert route["auth"]
        assert (route["roles"] == ["anon"]) == (route["auth"] not in {"session", "half"})


def test_every_fault_point_is_listed_with_where_it_stands():
    points = goodoffices("faults", "--json").json
    assert {"name", "where"} == set().union(*points)
    names = [point["name"] for point in points]
    assert names == sorted(set(names))
    assert {"ledger.record.after_state", "intake.commit.in_chunk"} <= set(names)


@pytest.mark.req("SEC-AL")
def test_an_untouched_ledger_is_verified(run, tmp_path):
    run("import", write_list(tmp_path), "--source", "families", "--yes")
    done = run("verify-audit", "--json")
    assert done.code == 0
    assert (done.json["ok"], done.json["first_bad"], done.json["why"]) == (True, None, None)


@pytest.mark.req("SEC-AL")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET act = 'access.signed_in' WHERE seq = 2",
        "UPDATE ledger_entry SET at = '2020-01-01 00:00:00' WHERE seq = 2",
        "DELETE FROM ledger_entry WHERE seq = 2",
        "DELETE FROM ledger_entry WHERE seq = (SELECT MAX(seq) FROM ledger_entry)",
    ],
    ids=["act", "time", "removed", "cut"],
)
def test_a_ledger_that_was_changed_by_sql_is_found_out(statement, run, tamper):
    run("init", "--token")
    run("init", "--token")
    tamper("DELETE FROM ledger_entrysubject", statement) if "DELETE" in statement else tamper(statement)
    done = run("verify-audit", "--json")
    assert done.code == 1
    assert done.json["ok"] is False
    assert done.json["why"]


def test_a_folder_as_it_should_be_passes_the_check(run):
    done = run("check", "--json")
    assert (done.code, done.json) == (0, {"ok": True, "problems": []})


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701], ids=oct)
def test_a_folder_that_others_can_read_fails_the_check_and_is_not_served(mode, run, data, refused):
    data.chmod(mode)
    done = run("check", "--json")
    assert done.code == 1
    assert done.json["ok"] is False
    assert "chmod 700" in done.json["problems"][0]
    if mode == 0o755:
        refused(run("serve", "--json"), "unsafe_start")


def test_a_store_of_an_older_version_fails_the_check(run, tamper):
    tamper("DELETE FROM django_migrations WHERE id = (SELECT MAX(id) FROM django_migrations)")
    done = run("check", "--json")
    assert done.code == 1
    assert "goodoffices migrate" in " ".join(done.json["problems"])


def test_lists_drawn_anew_are_the_same_and_records_compared_again_join_nobody(data, tmp_path):
    take = ["import", write_list(tmp_path), "--source", "s", "--yes", "--json", "--data", data]
    taken = goodoffices(*take)
    done = goodoffices("rebuild", "--matching", "--json", "--data", data)
    assert done.code == 0, done.err
    assert done.json["persons"] == taken.json["created"] > 0
    assert done.json["matching"]["joined"] == 0
    assert goodoffices("verify-audit", "--json", "--data", data).json["ok"] is True
