# SPDX-License-Identifier: AGPL-3.0-or-later
"""Three stores, kept apart; the embedded one is encrypted and runs with the settings our figures stand on."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from goodoffices.access.checks import store_problems
from goodoffices.config.stores import StoreRouter, database_settings


def test_three_stores_are_configured_from_the_start():
    assert set(settings.DATABASES) == {"default", "mission", "public"}


def test_a_url_of_another_database_is_refused_with_its_variable_named():
    with pytest.raises(ImproperlyConfigured, match="GOODOFFICES_PUBLIC_DATABASE_URL"):
        database_settings("public", "mysql://localhost/x", Path())


def test_a_postgresql_url_may_name_a_socket_folder():
    said = database_settings("casework", "postgresql://go@/store?host=/run/pg", Path())
    assert (said["HOST"], said["NAME"], said["USER"]) == ("/run/pg", "store", "go")


def test_every_app_migrates_in_its_own_store_only():
    router = StoreRouter()
    assert router.allow_migrate("default", "registry")
    assert not router.allow_migrate("mission", "registry")
    assert router.allow_migrate("mission", "mission")
    assert not router.allow_migrate("default", "publicsite")


@pytest.mark.store
@pytest.mark.django_db
def test_the_open_store_runs_with_the_required_settings():
    assert store_problems("default") == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("SEC-CR")
def test_the_embedded_file_holds_no_plaintext(make_user):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's files are guarded by the volume, not by us")
    make_user("canary-7f3a9c-zorenchuk")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = Path(connection.settings_dict["NAME"])
    stored = path.read_bytes()
    assert not stored.startswith(b"SQLite format 3")
    assert b"canary-7f3a9c" not in stored
    assert b"CREATE TABLE" not in stored
