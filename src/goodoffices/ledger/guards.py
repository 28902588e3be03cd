# SPDX-License-Identifier: AGPL-3.0-or-later
"""Database triggers under the append-only models: a second net against our own mistakes.

They don't stop whoever may alter the database; the hashes tell on them. They stop code that goes round the
models.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FINAL_TABLES = ("ledger_entry", "ledger_entrysubject")
STATE_TABLE = "ledger_treestate"
REFUSAL = "ledger lines are never changed or taken out"


def install_sql(vendor: str) -> list[str]:
    """Give the statements that set the triggers; running them again changes nothing."""
    if vendor == "sqlite":
        return [
            *(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                for table in FINAL_TABLES
                for verb in ("update", "delete")
            ),
            f"CREATE TRIGGER IF NOT EXISTS {STATE_TABLE}_no_delete BEFORE DELETE ON {STATE_TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
            f"CREATE TRIGGER IF NOT EXISTS {STATE_TABLE}_grows BEFORE UPDATE ON {STATE_TABLE} "
            f"WHEN NEW.size <= OLD.size BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        ]
    if vendor == "postgresql":
        return [
            "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            *(
                f"CREATE OR REPLACE TRIGGER {table}_final BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
                for table in FINAL_TABLES
            ),
            f"CREATE OR REPLACE TRIGGER {STATE_TABLE}_no_delete BEFORE DELETE ON {STATE_TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()",
            f"CREATE OR REPLACE TRIGGER {STATE_TABLE}_grows BEFORE UPDATE ON {STATE_TABLE} FOR EACH ROW "
            "WHEN (NEW.size <= OLD.size) EXECUTE FUNCTION ledger_refuse()",
            *(
                f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
                for table in (*FINAL_TABLES, STATE_TABLE)
            ),
        ]
    raise ImproperlyConfigured(f"The ledger has no guards for the store engine {vendor!r}.")


def lift_sql(vendor: str) -> list[str]:
    """Give the statements that take the triggers away."""
    tables = (*FINAL_TABLES, STATE_TABLE)
    if vendor == "sqlite":
        names = [f"{table}_no_{verb}" for table in FINAL_TABLES for verb in ("update", "delete")]
        names += [f"{STATE_TABLE}_no_delete", f"{STATE_TABLE}_grows"]
        return [f"DROP TRIGGER IF EXISTS {name}" for name in names]
    kinds = ("final", "no_delete", "grows", "no_truncate")
    return [f"DROP TRIGGER IF EXISTS {table}_{kind} ON {table}" for table in tables for kind in kinds]


def install(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers in a migration."""
    for statement in install_sql(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def lift(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away in a migration."""
    for statement in lift_sql(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def install_where_tables_are(using: str) -> None:
    """Set the triggers in a store, if it keeps a ledger."""
    _run(using, install_sql)


def lift_where_tables_are(using: str) -> None:
    """Take the triggers away in a store, if it keeps a ledger."""
    _run(using, lift_sql)


def _run(using: str, statements: Callable[[str], list[str]]) -> None:
    connection = connections[using]
    if not (router.allow_migrate(using, "ledger") and _has_tables(connection)):
        return
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)


def _has_tables(connection: BaseDatabaseWrapper) -> bool:
    return {*FINAL_TABLES, STATE_TABLE} <= set(connection.introspection.table_names())
