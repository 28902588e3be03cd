# SPDX-License-Identifier: AGPL-3.0-or-later
"""The database refuses what the models would refuse, when somebody goes round them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from goodoffices.ledger import guards
from goodoffices.ledger.models import Entry

from .cast import PERSON

pytestmark = pytest.mark.store

Write = Callable[..., Entry]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET act = 'x'",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_entrysubject SET kind = 'x'",
        "DELETE FROM ledger_entrysubject",
        "DELETE FROM ledger_treestate",
        "UPDATE ledger_treestate SET size = 0",
        "UPDATE ledger_treestate SET frontier = ''",
        "INSERT INTO ledger_treestate (id, size, frontier) VALUES (2, 0, '')",
    ],
)
@pytest.mark.req("SEC-AL")
def test_sql_that_changes_the_ledger_is_refused(write: Write, statement: str) -> None:
    write(subjects=[("person", PERSON)])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().act == "test.thing_done"


@pytest.mark.django_db
def test_a_line_with_the_number_of_another_is_refused(write: Write) -> None:
    entry = write()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.create(seq=1, at=entry.at, actor_kind="system", act="x", outcome="done")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's own")
def test_replacing_a_row_is_refused(write: Write) -> None:
    write()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("REPLACE INTO ledger_entry SELECT * FROM ledger_entry")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_truncating_is_refused(write: Write) -> None:
    write()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_entry CASCADE")


@pytest.mark.django_db
def test_guards_can_be_set_twice_and_lifted(write: Write) -> None:
    guards.install_where_tables_are("default")
    write()
    guards.lift_where_tables_are("default")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET act = 'x'")
        assert cursor.rowcount == 1
    guards.install_where_tables_are("default")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET act = 'y'")


@pytest.mark.django_db(transaction=True)
def test_flush_empties_a_testing_store_and_leaves_the_guards(write: Write, settings: object) -> None:
    settings.GOODOFFICES_TESTING = True  # type: ignore[attr-defined]
    write()
    call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists()
    write()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET act = 'x'")


@pytest.mark.django_db
def test_flush_is_refused_outside_a_testing_folder(settings: object) -> None:
    settings.GOODOFFICES_TESTING = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
