# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many rows at once: ids reserved beforehand, rows written by ``executemany``.

A list of 100,000 rows is about a million claims; one ORM object each would cost minutes and gigabytes.
"""

from __future__ import annotations

import os
import time
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
    # Identifiers come from our own models, never from input.
    sql = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(quote(field.column) for field in columns)}) "  # noqa: S608
        f"VALUES ({', '.join(['%s'] * len(columns))})"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, _adapted(adapt, rows))


def new_hexes(count: int) -> list[str]:
    """Give so many fresh UUIDv7 as hexadecimal text, for columns written in bulk; they sort in their order."""
    millis = time.time_ns() // 1_000_000
    chance = os.urandom(8 * count)
    head = f"{millis & 0xFFFFFFFFFFFF:012x}7"
    # RFC 9562 leaves 74 bits free: 12 count up, so that rows written together lie together; 62 are random.
    return [
        f"{head}{place * 4096 // count:03x}{0x80 | tail[0] & 0x3F:02x}{tail[1:].hex()}"
        for place in range(count)
        for tail in (chance[8 * place : 8 * place + 8],)
    ]


def _adapted(adapt: Sequence[Any], rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Ready rows for the driver; most columns are taken as they are."""
    wanted = [(place, one) for place, one in enumerate(adapt) if one is not None]
    if not wanted:
        return list(rows)
    ready: list[Sequence[Any]] = []
    for row in rows:
        values = list(row)
        for place, one in wanted:
            values[place] = one(values[place])
        ready.append(values)
    return ready


def _field(model: type[models.Model], name: str) -> Any:
    for field in model._meta.concrete_fields:
        if name in (field.name, field.attname):
            return field
    raise LookupError(f"{model.__name__} has no field {name}")


def _adapter(field: Any, connection: Any) -> Any:
    """Give the function that readies a value for the driver, or None where the driver takes it as it is."""
    if isinstance(field, models.UUIDField):
        # Hexadecimal text is taken by every store as it is.
        native = connection.features.has_native_uuid_field
        return None if native else (lambda value: value if type(value) is str else value.hex)
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
    prepared = _adapted([*adapt, None], ((*values, pk) for pk, values in rows))
    if prepared:
        with connection.cursor() as cursor:
            cursor.executemany(sql, prepared)
