# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many rows at once: ids reserved beforehand, rows written by ``executemany``.

A list of 100,000 rows is about a million claims; one ORM object each would cost minutes and gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, router


def reserve_ids(model: type[models.Model], count: int) -> range:
    """Reserve consecutive inner ids; call inside the transaction that will use them.

    SQLite's writers are one at a time (IMMEDIATE), so the next id is the highest given out plus one. PostgreSQL's
    sequence is moved under an advisory lock, so that the ids are consecutive there too.
    """
    connection = connections[router.db_for_write(model)]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [table])
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
            first = int(cursor.fetchone()[0])
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first + count - 1])
            return range(first, first + count)
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (int(row[0]) if row else 0) + 1
        return range(first, first + count)


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain values, given in the order of ``fields`` (attribute names such as ``source_id``)."""
    connection = connections[router.db_for_write(model)]
    columns = [_field(model, name) for name in fields]
    quote = connection.ops.quote_name
    adapt = [_adapter(field, connection) for field in columns]
    plain = all(one is None for one in adapt)
    # Identifiers come from our own models, never from input.
    sql = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(quote(field.column) for field in columns)}) "  # noqa: S608
        f"VALUES ({', '.join(['%s'] * len(columns))})"
    )
    prepared: Iterable[Sequence[Any]] = rows
    if not plain:
        prepared = [
            [value if one is None else one(value) for one, value in zip(adapt, row, strict=True)] for row in rows
        ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(prepared))


def _field(model: type[models.Model], name: str) -> Any:
    for field in model._meta.concrete_fields:
        if name in (field.name, field.attname):
            return field
    raise LookupError(f"{model.__name__} has no field {name}")


def _adapter(field: Any, connection: Any) -> Any:
    """Give the function that readies a value for the driver, or None where the driver takes it as it is."""
    if isinstance(field, models.UUIDField):
        return (lambda value: value) if connection.features.has_native_uuid_field else (lambda value: value.hex)
    if isinstance(field, models.DateTimeField):
        return lambda value: value and connection.ops.adapt_datetimefield_value(value)
    if isinstance(field, models.JSONField):
        return lambda value: field.get_db_prep_value(value, connection)
    return None


def update_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[tuple[int, Sequence[Any]]]) -> None:
    """Write values into many rows, each its own: pairs of inner id and values in the order of ``fields``."""
    connection = connections[router.db_for_write(model)]
    columns = [_field(model, name) for name in fields]
    quote = connection.ops.quote_name
    adapt = [_adapter(field, connection) for field in columns]
    # Identifiers come from our own models, never from input.
    sql = (
        f"UPDATE {quote(model._meta.db_table)} SET "  # noqa: S608
        f"{', '.join(f'{quote(field.column)} = %s' for field in columns)} WHERE {quote('id')} = %s"
    )
    prepared = [
        [*(value if one is None else one(value) for one, value in zip(adapt, values, strict=True)), pk]
        for pk, values in rows
    ]
    if prepared:
        with connection.cursor() as cursor:
            cursor.executemany(sql, prepared)
