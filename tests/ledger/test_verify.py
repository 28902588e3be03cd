# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tampering by SQL, with the triggers out of the way: verify_audit names the first bad line and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection, transaction

from goodoffices.core.sealing.merkle import Frontier
from goodoffices.ledger import guards, services, verify
from goodoffices.ledger.leaf import Line
from goodoffices.ledger.models import Entry, PrivateFact, TreeState
from goodoffices.ledger.services import record
from goodoffices.ledger.verify import Checkpoint, verify_audit

from .cast import NOW, OLENA, OTHER, PERSON

pytestmark = [pytest.mark.store, pytest.mark.django_db, pytest.mark.req("SEC-AL")]
Write = Callable[..., Entry]
LINES = 12


@pytest.fixture
def ledger(write: Write) -> None:
    """Twelve lines, some with subjects and content, and no triggers in the intruder's way."""
    for number in range(1, LINES + 1):
        write(
            facts={"number": number},
            subjects=[("person", UUID(int=number))] if number % 2 else [],
            private={"name": f"Person {number}"} if number % 3 == 0 else None,
        )
    guards.lift_where_tables_are("default")


@pytest.fixture
def bare_ledger(write: Write) -> None:
    """Twelve lines with nothing hanging on them, so that their numbers can be moved about freely."""
    for number in range(1, LINES + 1):
        write(facts={"number": number})
    guards.lift_where_tables_are("default")


@pytest.fixture(params=[1000, 5], ids=["one chunk", "small chunks"], autouse=True)
def _chunks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "CHUNK", request.param)


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def drop_rows_behind(first: int, last: int | None = None) -> None:
    """Take lines out, with what hangs on them."""
    last = last or first
    sql("DELETE FROM ledger_privatefact WHERE entry_id BETWEEN %s AND %s", first, last)
    sql("DELETE FROM ledger_entrysubject WHERE entry_id BETWEEN %s AND %s", first, last)
    sql("DELETE FROM ledger_entry WHERE seq BETWEEN %s AND %s", first, last)


def renumber(old: int, new: int) -> None:
    sql("UPDATE ledger_entry SET seq = %s WHERE seq = %s", new, old)


def verdict(checkpoint: Checkpoint | None = None) -> tuple[int | None, str | None]:
    report = verify_audit(checkpoint=checkpoint)
    assert report.ok == (report.why is None)
    return report.first_bad, report.why


def forge_line(seq: int, before: Frontier) -> Line:
    """A line that an intruder who knows all the rules writes: its hashes are right where it stands."""
    return Line(
        at=NOW,
        actor=OTHER,
        actor_kind="user",
        act="test.thing_done",
        outcome="done",
        subjects=[],
        facts={"forged": seq},
        commitment=None,
    )


def insert_forged(seq: int, *, with_right_hashes: bool) -> None:
    before = Frontier()
    for stored in Entry.objects.filter(seq__lt=seq).values_list("leaf_hash", flat=True):
        before = before.append(bytes.fromhex(stored))
    line = forge_line(seq, before)
    leaf = line.hash_as(seq)
    root = before.append(leaf).root() if with_right_hashes else hashlib.sha256(b"any").digest()
    Entry(
        seq=seq,
        at=NOW,
        actor=OTHER,
        actor_kind="user",
        act=line.act,
        outcome="done",
        subjects=[],
        facts=line.facts,
        leaf_hash=leaf.hex(),
        root=root.hex(),
    ).save()


def test_an_untouched_ledger_is_whole(ledger: None) -> None:
    report = verify_audit()
    assert report.ok
    assert report.entries == LINES
    assert report.root == Entry.objects.get(seq=LINES).root
    assert (report.private_kept, report.private_erased) == (4, 0)


def test_an_empty_ledger_is_whole() -> None:
    report = verify_audit()
    assert report.ok
    assert report.root == hashlib.sha256().hexdigest()
    assert verify_audit(checkpoint=Checkpoint(0, report.root)).ok
    assert not verify_audit(checkpoint=Checkpoint(0, "00" * 32)).ok


@pytest.mark.parametrize("seq", [1, 5, 6, 12])
@pytest.mark.parametrize(
    "edit",
    [
        "act = 'test.other'",
        "outcome = 'refused'",
        "actor = NULL",
        "actor_kind = 'system'",
        "at = '2026-11-21 12:00:00.123457'",
        "facts = '{\"number\": 99}'",
        "facts = '{\"number\": 1e400}'",
        "facts = '[]'",
        'subjects = \'[["person", "01890000-0000-7000-8000-0000000000bb"]]\'',
        "subjects = '5'",
        "commitment = 'aa'",
        "schema = 2",
        "leaf_hash = 'zz'",
        "root = 'aa'",
        "leaf_hash = root, root = leaf_hash",
    ],
)
def test_any_edited_field_is_found_at_its_line(ledger: None, seq: int, edit: str) -> None:
    if seq == 1 and edit.startswith("leaf_hash = root"):
        pytest.skip("the first line's leaf hash is its root")
    if connection.vendor == "postgresql" and "1e400" in edit:
        edit = edit.replace("1e400", "1e300")
    sql(f"UPDATE ledger_entry SET {edit} WHERE seq = {seq}")
    assert verdict() == (seq, "edited")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has typed columns")
@pytest.mark.parametrize("seq", [1, 6, 12])
@pytest.mark.parametrize("edit", ["at = 'yesterday'", "actor = 'nobody'"])
def test_a_row_that_cannot_even_be_read_is_edited(ledger: None, seq: int, edit: str) -> None:
    sql(f"UPDATE ledger_entry SET {edit} WHERE seq = {seq}")
    assert verdict() == (seq, "edited")


@pytest.mark.parametrize("seq", [1, 5, 6])
def test_an_edit_with_a_new_leaf_hash_shows_in_the_root(ledger: None, seq: int) -> None:
    entry = Entry.objects.get(seq=seq)
    entry.facts = {"number": 99}
    leaf = entry.line.hash_as(seq).hex()
    sql(
        "UPDATE ledger_entry SET facts = %s, leaf_hash = %s WHERE seq = %s",
        json.dumps(entry.facts),
        leaf,
        seq,
    )
    assert verdict() == (seq, "edited")


@pytest.mark.parametrize("seq", [1, 5, 6, 11])
def test_a_deleted_line_is_found(ledger: None, seq: int) -> None:
    drop_rows_behind(seq)
    assert verdict() == (seq, "deleted")


@pytest.mark.parametrize("seq", [1, 5, 6, 11])
def test_a_deleted_line_is_found_though_the_rest_is_renumbered(bare_ledger: None, seq: int) -> None:
    drop_rows_behind(seq)
    for number in range(seq + 1, LINES + 1):
        renumber(number, number - 1)
    assert verdict() == (seq, "deleted")


@pytest.mark.parametrize("seq", [1, 5, 6, 12])
@pytest.mark.parametrize("with_right_hashes", [True, False])
def test_an_inserted_line_is_found(bare_ledger: None, seq: int, with_right_hashes: bool) -> None:
    for number in range(LINES, seq - 1, -1):
        renumber(number, number + 1)
    insert_forged(seq, with_right_hashes=with_right_hashes)
    assert verdict() == (seq, "inserted")


def test_a_line_added_at_the_end_behind_the_state_is_found(ledger: None) -> None:
    insert_forged(LINES + 1, with_right_hashes=True)
    assert verdict() == (LINES + 1, "inserted")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="checks can't be switched off so easily elsewhere")
def test_a_line_before_the_first_is_found(ledger: None) -> None:
    sql("PRAGMA ignore_check_constraints = ON")
    try:
        sql(
            "INSERT INTO ledger_entry SELECT 0, schema, at, actor, actor_kind, act, outcome, subjects, facts, "
            "commitment, leaf_hash, root FROM ledger_entry WHERE seq = 2"
        )
    finally:
        sql("PRAGMA ignore_check_constraints = OFF")
    assert verdict() == (0, "inserted")


@pytest.mark.parametrize(("one", "other"), [(1, 2), (5, 6), (3, 10), (1, 12), (4, 5)])
def test_two_lines_that_changed_places_are_found(bare_ledger: None, one: int, other: int) -> None:
    renumber(one, 1000)
    renumber(other, one)
    renumber(1000, other)
    assert verdict() == (one, "reordered")


def test_a_line_moved_to_the_end_is_found(bare_ledger: None) -> None:
    renumber(4, 1000)
    assert verdict() == (4, "reordered")


@pytest.mark.parametrize("left", [11, 6, 5, 1, 0])
def test_a_cut_off_end_shows_against_the_tree_state(ledger: None, left: int) -> None:
    drop_rows_behind(left + 1, LINES)
    assert verdict() == (left + 1, "truncated")


def roll_back_to(size: int) -> None:
    """Cut the end off and set the tree state back to fit: inside the store nothing shows."""
    tree = Frontier()
    for stored in Entry.objects.filter(seq__lte=size).values_list("leaf_hash", flat=True):
        tree = tree.append(bytes.fromhex(stored))
    drop_rows_behind(size + 1, LINES)
    sql("UPDATE ledger_treestate SET size = %s, frontier = %s", size, b"".join(tree.peaks).hex())


def test_a_rolled_back_ledger_shows_only_against_a_checkpoint(ledger: None) -> None:
    seen = Checkpoint(LINES, Entry.objects.get(seq=LINES).root)
    roll_back_to(7)
    assert verdict() == (None, None)
    assert verdict(seen) == (8, "truncated")


def test_a_ledger_written_anew_shows_only_against_a_checkpoint(ledger: None, write: Write) -> None:
    seen = Checkpoint(LINES, Entry.objects.get(seq=LINES).root)
    roll_back_to(7)
    for number in range(8, LINES + 3):
        write(facts={"other": number})
    assert verdict() == (None, None)
    assert verdict(seen) == (None, "rewritten")


@pytest.mark.parametrize("size", [1, 5, 6, 12])
def test_a_true_checkpoint_of_any_age_fits(ledger: None, size: int) -> None:
    assert verdict(Checkpoint(size, Entry.objects.get(seq=size).root)) == (None, None)


@pytest.mark.parametrize("change", ["frontier = 'zz'", "frontier = ''", "frontier = replace(frontier, 'a', 'b')"])
def test_a_changed_tree_state_is_found(ledger: None, change: str) -> None:
    sql(f"UPDATE ledger_treestate SET {change}")
    assert verdict() == (LINES, "state_changed")


def test_a_lost_tree_state_is_found(ledger: None) -> None:
    sql("DELETE FROM ledger_treestate")
    assert verdict() == (LINES, "state_changed")


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM ledger_entrysubject WHERE entry_id = 7",
        "UPDATE ledger_entrysubject SET entry_id = 7 WHERE entry_id = 9",
        "UPDATE ledger_entrysubject SET kind = 'x' WHERE entry_id = 7",
    ],
)
def test_a_changed_index_of_subjects_is_found(ledger: None, change: str) -> None:
    sql(change)
    assert verdict() == (7, "index_changed")


def test_changed_content_behind_a_line_is_found(ledger: None) -> None:
    sql("UPDATE ledger_privatefact SET content = %s WHERE entry_id = 6", '{"name":"Somebody else"}')
    assert verdict() == (6, "private_changed")


@pytest.mark.parametrize("change", ["salt = '00'", "salt = 'zz'", "content = 'no json'"])
def test_content_out_of_shape_is_found(ledger: None, change: str) -> None:
    sql(f"UPDATE ledger_privatefact SET {change} WHERE entry_id = 6")
    assert verdict() == (6, "private_changed")


def test_content_behind_a_line_that_has_none_is_found(ledger: None) -> None:
    PrivateFact.objects.create(entry_id=7, salt="00" * 32, content="{}")
    assert verdict() == (7, "private_changed")


def test_content_removed_without_a_line_is_found(ledger: None) -> None:
    sql("DELETE FROM ledger_privatefact WHERE entry_id IN (6, 9)")
    assert verdict() == (6, "private_missing")


def test_content_erased_as_it_should_be_leaves_the_ledger_whole(ledger: None) -> None:
    with transaction.atomic():
        services.erase_private(Entry.objects.get(seq=6), actor=OLENA, now=NOW, reason="consent.withdrawn")
    report = verify_audit()
    assert report.ok
    assert (report.private_kept, report.private_erased) == (3, 1)


def test_the_first_of_several_bad_lines_is_named(ledger: None) -> None:
    sql("UPDATE ledger_entry SET act = 'test.other' WHERE seq IN (4, 8)")
    sql("DELETE FROM ledger_privatefact WHERE entry_id = 3")
    report = verify_audit()
    assert (report.first_bad, report.why, report.entries) == (4, "edited", 3)


def test_lines_added_while_reading_are_taken_along(ledger: None, monkeypatch: pytest.MonkeyPatch) -> None:
    read, added = verify._read, []

    def read_and_add(using: str, after: int) -> list[Entry]:
        rows = read(using, after)
        if after == 0:
            with transaction.atomic():
                added.append(record(act="test.thing_done", actor=OLENA, now=NOW, subjects=[("person", PERSON)]))
        return rows

    monkeypatch.setattr(verify, "_read", read_and_add)
    report = verify_audit()
    assert report.ok
    assert report.entries == TreeState.objects.get().size == LINES + 1
