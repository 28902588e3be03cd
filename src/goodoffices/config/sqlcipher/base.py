# SPDX-License-Identifier: AGPL-3.0-or-later
"""Open SQLCipher files through Django's own SQLite backend.

Django's backend is written against the standard library's module; this one hands it ``sqlcipher3`` instead and
gives the key before anything else is asked of the file. The options of SECURITY part 5 are set on every
connection, not only at creation.
"""

from __future__ import annotations

import datetime
import decimal
import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base as stock
from django.db.backends.sqlite3._functions import register as register_functions  # type: ignore[import-untyped]
from django.db.backends.sqlite3.creation import DatabaseCreation as StockCreation
from django.db.backends.sqlite3.features import DatabaseFeatures as StockFeatures
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database

from goodoffices.config.folder import KeyUnavailable

MINIMUM_SQLITE = (3, 51, 3)
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "temp_store = MEMORY",
    "mmap_size = 0",
    "cache_size = -65536",
    "recursive_triggers = ON",
)

Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", stock.decoder(parse_date))
Database.register_converter("time", stock.decoder(parse_time))
Database.register_converter("datetime", stock.decoder(parse_datetime))
Database.register_converter("timestamp", stock.decoder(parse_datetime))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, stock.adapt_date)
Database.register_adapter(datetime.datetime, stock.adapt_datetime)


class CursorWrapper(Database.Cursor):  # type: ignore[misc]
    """Django's own placeholder translation over a SQLCipher cursor."""

    convert_query = stock.SQLiteCursorWrapper.convert_query

    # The stock methods call super(), which is bound to the standard library's cursor: say it for ours.
    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return Database.Cursor.execute(self, query)
        names = list(params) if isinstance(params, dict) else None
        return Database.Cursor.execute(self, self.convert_query(query, param_names=names), params)

    def executemany(self, query: str, param_list: Any) -> Any:
        return Database.Cursor.executemany(self, self.convert_query(query), param_list)


class DatabaseFeatures(StockFeatures):
    """What the encrypted store can do: the stock flags ask the standard library's (older) SQLite."""

    can_alter_table_drop_column = True
    can_return_columns_from_insert = True
    can_return_rows_from_bulk_insert = True
    max_query_params = 30_000


class DatabaseCreation(StockCreation):
    """Test stores are encrypted files too: a memory store would not be what runs in earnest."""

    def _get_test_db_name(self) -> str:
        name = self.connection.settings_dict["TEST"]["NAME"]
        if not name:
            raise ImproperlyConfigured("The encrypted store needs a TEST NAME.")
        return str(name)


class DatabaseWrapper(stock.DatabaseWrapper):
    """A connection to one encrypted store; ``OPTIONS["key"]`` is a callable that gives 64 hex digits."""

    display_name = "SQLCipher"
    Database = Database
    features_class = DatabaseFeatures
    creation_class = DatabaseCreation
    _key: Callable[[], str]
    _checkpointer: bool

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self._key = params.pop("key")
        self._checkpointer = params.pop("checkpointer", True)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        is_new = not Path(str(conn_params["database"])).exists()
        conn = Database.connect(**conn_params)
        self._unlock(conn)
        if is_new:
            Path(str(conn_params["database"])).chmod(0o600)
        for pragma in PRAGMAS:
            conn.execute(f"PRAGMA {pragma}")
        if not self._checkpointer:
            conn.execute("PRAGMA wal_autocheckpoint = 0")
        register_functions(conn)
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA legacy_alter_table = OFF")
        return conn

    def _start_transaction_under_autocommit(self) -> None:
        """Begin a transaction when it is this connection's turn.

        SQLite's waiting writers sleep and try again, so a writer that begins anew at once can keep others out until
        their patience ends ("database is locked"). The kernel hands the lock of a file on in the order it was asked
        for; it is held only while beginning, so that nothing that dies can keep it.
        """
        queue = os.open(f"{self.settings_dict['NAME']}.queue", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(queue, fcntl.LOCK_EX)
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        finally:
            os.close(queue)

    def _unlock(self, conn: Any) -> None:
        """Give the key and read the first page with it.

        Raises:
            KeyUnavailable: the key is another store's, or the file is damaged.
        """
        conn.execute("PRAGMA cipher_log_level = NONE")
        conn.execute(f"PRAGMA key = \"x'{self._key()}'\"")
        try:
            conn.execute("SELECT COUNT(*) FROM sqlite_master")
        except Database.DatabaseError as error:
            conn.close()
            if "not a database" not in str(error):
                raise
            raise KeyUnavailable(
                "The key doesn't open this store.",
                where={"file": str(self.settings_dict["NAME"])},
                hint="Give the key or passphrase the data folder was made with; if it is right, restore a backup.",
            ) from error

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=CursorWrapper)
