# SPDX-License-Identifier: AGPL-3.0-or-later
"""Queries that are put together once and asked again with other numbers.

A look-up asks a dozen small questions; having Django put each together anew costs more than all the reading.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connections, router
from django.db.models import Model, QuerySet

# Stands in a query for what is asked; no id, limit or clearance has this value.
ASKED = -(2**40) - 1


class Compiled:
    """The SQL of a ``values_list`` query that holds ``ASKED`` once: as a value, or as the only member of an ``in``.

    Rows come as the database gives them: ask for whole numbers and texts only.
    """

    def __init__(self, query: QuerySet[Any]) -> None:
        sql, values = query.query.sql_with_params()
        self._model: type[Model] = query.model
        self._before, self._after = _cut(sql, values.index(ASKED))
        at = values.index(ASKED)
        self._first, self._last = tuple(values[:at]), tuple(values[at + 1 :])

    def rows(self, *asked: int) -> list[tuple[Any, ...]]:
        """Ask with these numbers in the place of ``ASKED``."""
        return self.rows_of(asked)

    def rows_of(self, asked: Collection[int]) -> list[tuple[Any, ...]]:
        """The same, with many numbers."""
        if not asked:
            return []
        marks = ", ".join(["%s"] * len(asked))
        with connections[router.db_for_read(self._model)].cursor() as cursor:
            cursor.execute(f"{self._before}{marks}{self._after}", [*self._first, *asked, *self._last])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _cut(sql: str, nth: int) -> tuple[str, str]:
    """Cut SQL at its nth placeholder, which is left out."""
    pieces = sql.split("%s")
    return "%s".join(pieces[: nth + 1]), "%s".join(pieces[nth + 1 :])
