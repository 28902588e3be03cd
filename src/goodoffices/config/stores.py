# SPDX-License-Identifier: AGPL-3.0-or-later
"""The three stores and the router that keeps them apart.

Django insists on an alias called ``default``: it is the casework store. No relation crosses a store.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model

from goodoffices.config.folder import store_key

CASEWORK = "default"
MISSION = "mission"
PUBLIC = "public"
ALIAS_OF_STORE = {"casework": CASEWORK, "mission": MISSION, "public": PUBLIC}
STORE_OF_APP = {"mission": MISSION, "publicsite": PUBLIC}


def store_of(app_label: str) -> str:
    """Give the alias of the store that holds an app's tables: casework unless declared otherwise."""
    return STORE_OF_APP.get(app_label, CASEWORK)


class StoreRouter:
    """Send every app to its one store, and refuse relations across stores."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return store_of(model._meta.app_label)

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return store_of(model._meta.app_label)

    def allow_relation(self, obj1: Model, obj2: Model, **hints: Any) -> bool:
        return store_of(obj1._meta.app_label) == store_of(obj2._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return store_of(app_label) == db


def database_settings(store: str, url: str, folder: Path, *, checkpointer: bool = True) -> dict[str, Any]:
    """Describe one store for Django: a PostgreSQL-compatible server by URL, else the encrypted file.

    Args:
        store: casework, mission or public.
        url: ``postgresql://user:password@host:port/name?option=value`` or empty for the embedded store.
        folder: the data folder, for the embedded store.
        checkpointer: whether this process may fold the write-ahead log into the file.

    Raises:
        ImproperlyConfigured: the URL's scheme isn't one we speak.
    """
    if not url:
        return {
            "ENGINE": "goodoffices.config.sqlcipher",
            "NAME": str(folder / f"{store}.db"),
            "OPTIONS": {
                "key": functools.partial(store_key, store),
                "timeout": 10,
                "transaction_mode": "IMMEDIATE",
                "checkpointer": checkpointer,
            },
            "TEST": {"NAME": str(folder / f"test-{store}.db")},
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(
            f"GOODOFFICES_{store.upper()}_DATABASE_URL: {parts.scheme!r} is not a store we speak; "
            "give a postgresql:// address, or none for the embedded store."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
