# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing lines: form, transaction, refusal of what may not stand in a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from django.db import connection, transaction

from goodoffices.core.sealing.commitment import opens
from goodoffices.core.sealing.merkle import frontier_of
from goodoffices.ledger import services
from goodoffices.ledger.actors import PROGRAM, ProgramActor
from goodoffices.ledger.acts import UnknownAct
from goodoffices.ledger.models import Entry, EntrySubject, PrivateFact, TreeState
from goodoffices.ledger.plain import NotPlain
from goodoffices.ledger.querysets import LineIsFinal
from goodoffices.ledger.services import BadLine, LedgerBroken, OutsideTransaction, record

from .cast import NOW, OLENA, OTHER, PERSON

pytestmark = pytest.mark.store

Write = Callable[..., Entry]


def act_and_fail() -> None:
    record(act="test.thing_done", actor=OLENA, now=NOW, private={"name": "x"}, subjects=[("person", PERSON)])
    raise RuntimeError


@pytest.mark.django_db
def test_a_line_is_hashed_in_its_published_form(write: Write) -> None:
    entry = write(subjects=[("person", PERSON)], facts={"rows": 3}, outcome="refused")
    expected = (
        '{"act":"test.thing_done","actor":"01890000-0000-7000-8000-000000000001","actor_kind":"user",'
        '"at":"2026-11-21T12:00:00.123456Z","commitment":null,"facts":{"rows":3},"outcome":"refused",'
        '"schema":1,"seq":1,"subjects":[["person","01890000-0000-7000-8000-0000000000aa"]]}'
    )
    entry.refresh_from_db()
    assert entry.line.leaf_bytes(1).decode() == expected
    assert entry.leaf_hash == hashlib.sha256(b"\x00" + expected.encode()).hexdigest()
    assert entry.root == entry.leaf_hash


@pytest.mark.django_db
def test_lines_are_numbered_from_one_and_carry_the_root_so_far(write: Write) -> None:
    for number in range(1, 20):
        write(facts={"number": number})
    entries = list(Entry.objects.all())
    assert [entry.seq for entry in entries] == list(range(1, 20))
    for entry in entries:
        leaves = [bytes.fromhex(one.leaf_hash) for one in entries[: entry.seq]]
        assert entry.root == frontier_of(leaves).root().hex()
    assert TreeState.objects.get().tree == frontier_of(bytes.fromhex(one.leaf_hash) for one in entries)


@pytest.mark.django_db
def test_another_time_zone_and_whole_seconds_hash_alike(write: Write) -> None:
    kyiv = timezone(timedelta(hours=2))
    entry = write(now=datetime(2026, 11, 21, 14, 0, tzinfo=kyiv))
    entry.refresh_from_db()
    assert entry.at == datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    assert b'"at":"2026-11-21T12:00:00.000000Z"' in entry.line.leaf_bytes(entry.seq)
    assert entry.line.hash_as(entry.seq).hex() == entry.leaf_hash


@pytest.mark.django_db(transaction=True)
def test_a_line_needs_the_transaction_of_its_act() -> None:
    with pytest.raises(OutsideTransaction):
        record(act="test.thing_done", actor=OLENA, now=NOW)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("SEC-AL")
def test_when_the_act_fails_its_line_is_gone_and_its_number_free(write: Write) -> None:
    write()
    with pytest.raises(RuntimeError), transaction.atomic():
        act_and_fail()
    assert write(facts={"second": True}).seq == 2
    assert not PrivateFact.objects.exists()
    assert not EntrySubject.objects.exists()


@pytest.mark.django_db
def test_a_savepoint_rolled_back_leaves_the_tree_whole(write: Write) -> None:
    with transaction.atomic():
        record(act="test.thing_done", actor=OLENA, now=NOW)
        with pytest.raises(RuntimeError), transaction.atomic():
            act_and_fail()
        assert record(act="test.thing_done", actor=OLENA, now=NOW).seq == 2


@pytest.mark.django_db
@pytest.mark.req("SEC-AL")
def test_personal_content_stands_in_its_own_row_only(write: Write) -> None:
    content = {"name": "Ґанна Приклад", "note": 'nul \x00, quote ", 1.0', "n": [1, 2.5, None]}
    entry = write(private=content)
    fact = PrivateFact.objects.get(entry=entry)
    assert fact.value == content
    assert entry.commitment is not None
    assert opens(bytes.fromhex(entry.commitment), content, bytes.fromhex(fact.salt))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger_entry")
        assert "Приклад" not in json.dumps(cursor.fetchall(), default=str, ensure_ascii=False)


@pytest.mark.django_db
def test_the_same_content_never_has_the_same_commitment_twice(write: Write) -> None:
    assert write(private={"name": "x"}).commitment != write(private={"name": "x"}).commitment


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [
        {"name": "Olena"},
        {"name": "олена"},
        {"name": "two words"},
        {"name": "code\n"},
        {"Name": 1},
        {"by name": 1},
        {"score": 0.5},
        {"deep": [[[[[1]]]]]},
        {"inner": {"Name": 1}},
        {"long": "x" * 65},
        {"empty": ""},
        {"big": 2**53},
        {"when": NOW},
        {1: 1},
    ],
    ids=str,
)
def test_words_about_a_person_cannot_stand_in_facts(write: Write, facts: dict[str, object]) -> None:
    with pytest.raises(NotPlain) as caught:
        write(facts=facts)
    assert "lena" not in str(caught.value.as_dict()).lower()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_ids_counts_and_codes_may_stand_in_facts(write: Write) -> None:
    facts = {"id": PERSON, "rows": 12, "ok": True, "none": None, "sha": "ab" * 32, "l": [1, {"uk.csv": 2}]}
    entry = write(facts=facts)
    entry.refresh_from_db()
    assert entry.facts == {**facts, "id": str(PERSON)}
    assert entry.line.hash_as(entry.seq).hex() == entry.leaf_hash


@pytest.mark.django_db
@pytest.mark.parametrize("subject", [("person", "Olena"), ("Person", PERSON), ("person", 5), ("", PERSON)])
def test_a_subject_is_a_kind_and_a_public_id(write: Write, subject: tuple[str, object]) -> None:
    with pytest.raises(NotPlain):
        write(subjects=[subject])


@pytest.mark.django_db
def test_subjects_are_found_again_and_repeats_dropped(write: Write) -> None:
    write(subjects=[("person", PERSON), ("person", str(PERSON).upper()), ("case", PERSON)])
    write(subjects=[("person", OTHER)])
    write(subjects=[("person", PERSON)])
    assert [entry.seq for entry in Entry.objects.about("person", PERSON)] == [1, 3]
    assert Entry.objects.get(seq=1).subjects == [["person", str(PERSON)], ["case", str(PERSON)]]
    assert list(Entry.objects.by(OLENA.public_id).of_acts(["test.thing_done"])) == list(Entry.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"act": "test.unheard_of"}, UnknownAct),
        ({"now": datetime(2026, 1, 1)}, BadLine),  # noqa: DTZ001 - naive on purpose
        ({"outcome": "maybe"}, BadLine),
        ({"actor": ProgramActor(kind="ghost")}, BadLine),
        ({"actor": ProgramActor(kind="user", public_id=None)}, BadLine),
    ],
)
def test_a_line_out_of_shape_is_refused(write: Write, changes: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        write(**changes)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_the_program_itself_may_act(write: Write) -> None:
    assert write(actor=PROGRAM).actor is None


@pytest.mark.django_db
def test_models_refuse_to_change_or_remove_a_line(write: Write) -> None:
    entry = write(subjects=[("person", PERSON)])
    link = EntrySubject.objects.get()
    attempts: list[Callable[[], object]] = [
        entry.save,
        entry.delete,
        link.save,
        link.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(act="x"),
        lambda: Entry.objects.bulk_update([entry], ["act"]),
        lambda: Entry.objects.update_or_create(seq=1),
        EntrySubject.objects.all().delete,
    ]
    for attempt in attempts:
        with pytest.raises(LineIsFinal):
            attempt()


@pytest.mark.django_db
def test_a_ledger_whose_tree_state_is_lost_takes_no_more_lines(write: Write) -> None:
    write()
    table = "" if connection.vendor == "sqlite" else " ON ledger_treestate"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER ledger_treestate_no_delete{table}")
    TreeState.objects.all().delete()
    with pytest.raises(LedgerBroken):
        write()


@pytest.mark.django_db
def test_erasing_leaves_the_line_and_says_that_it_was_erased(write: Write) -> None:
    entry = write(private={"name": "x"})
    with transaction.atomic():
        assert services.erase_private(entry, actor=OLENA, now=NOW, reason="consent.withdrawn")
        assert not services.erase_private(entry, actor=OLENA, now=NOW, reason="consent.withdrawn")
    assert not PrivateFact.objects.exists()
    last = Entry.objects.last()
    assert last is not None
    assert (last.act, last.facts) == ("ledger.private_erased", {"entry": 1, "reason": "consent.withdrawn"})


@pytest.mark.django_db
def test_a_line_takes_few_queries(write: Write, django_assert_max_num_queries: object) -> None:
    write()
    with transaction.atomic(), django_assert_max_num_queries(4):  # type: ignore[operator]
        record(act="test.thing_done", actor=OLENA, now=NOW, subjects=[("person", UUID(int=1))])
