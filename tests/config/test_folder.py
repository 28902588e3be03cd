# SPDX-License-Identifier: AGPL-3.0-or-later
"""The data folder and its keys: nothing opens without the key, and the key never lies beside a live store."""

from __future__ import annotations

import os
import stat

import pytest

from goodoffices.config import folder as folders
from goodoffices.config.folder import (
    FolderError,
    KeyUnavailable,
    create_folder,
    derive_store_key,
    file_key,
    read_folder,
)


@pytest.fixture(autouse=True)
def no_key_named(monkeypatch):
    monkeypatch.delenv("GOODOFFICES_KEY_FILE", raising=False)
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)


def key_file(tmp_path, mode=0o600):
    path = tmp_path / "key"
    path.write_text("ab" * 32)
    path.chmod(mode)
    return path


def test_a_new_folder_is_readable_by_its_owner_only(tmp_path):
    made = create_folder(tmp_path / "data")
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o700
    assert stat.S_IMODE((made.path / "folder.json").stat().st_mode) == 0o600


def test_a_live_folder_holds_no_key(tmp_path):
    made = create_folder(tmp_path / "data")
    assert not (made.path / "demo.key").exists()
    with pytest.raises(KeyUnavailable):
        file_key(made)


def test_a_folder_with_something_in_it_is_not_taken_over(tmp_path):
    create_folder(tmp_path / "data")
    with pytest.raises(FolderError) as caught:
        create_folder(tmp_path / "data")
    assert caught.value.code == "folder_exists"


def test_a_key_file_that_others_can_read_is_refused(tmp_path, monkeypatch):
    made = create_folder(tmp_path / "data")
    monkeypatch.setenv("GOODOFFICES_KEY_FILE", str(key_file(tmp_path, 0o644)))
    with pytest.raises(KeyUnavailable, match="Others can read"):
        file_key(made)


def test_a_key_file_inside_the_folder_it_opens_is_refused(tmp_path, monkeypatch):
    made = create_folder(tmp_path / "data")
    inside = made.path / "key"
    inside.write_text("ab" * 32)
    inside.chmod(0o600)
    monkeypatch.setenv("GOODOFFICES_KEY_FILE", str(inside))
    with pytest.raises(KeyUnavailable, match="lies in the folder"):
        file_key(made)


def test_a_demo_key_in_a_folder_that_is_no_demo_is_refused(tmp_path):
    made = create_folder(tmp_path / "data")
    (made.path / "demo.key").write_text("ab" * 32)
    with pytest.raises(KeyUnavailable, match="not a demo folder"):
        file_key(made)


def test_a_key_that_is_no_key_is_refused(tmp_path, monkeypatch):
    made = create_folder(tmp_path / "data")
    path = key_file(tmp_path)
    path.write_text("not a key")
    monkeypatch.setenv("GOODOFFICES_KEY_FILE", str(path))
    with pytest.raises(KeyUnavailable, match="64 hexadecimal"):
        file_key(made)


def test_each_store_has_a_key_of_its_own():
    keys = {derive_store_key(b"k" * 32, store) for store in folders.STORES}
    assert len(keys) == len(folders.STORES)


def test_a_process_that_was_handed_one_stores_key_has_no_other(monkeypatch):
    read_end, write_end = os.pipe()
    with os.fdopen(write_end, "w") as pipe:
        pipe.write('{"public": "%s"}' % ("cd" * 32))
    monkeypatch.setenv("GOODOFFICES_KEY_FD", str(read_end))
    monkeypatch.setattr(folders, "_handed", {})
    assert folders.store_key("public") == "cd" * 32
    with pytest.raises(KeyUnavailable):
        folders.store_key("casework")


def test_a_folder_of_a_newer_program_is_refused(tmp_path):
    made = create_folder(tmp_path / "data")
    (made.path / "folder.json").write_text('{"kind": "live", "salt": "00", "format": 99}')
    with pytest.raises(FolderError, match="newer version"):
        read_folder(made.path)


def test_a_damaged_description_is_named(tmp_path):
    made = create_folder(tmp_path / "data")
    (made.path / "folder.json").write_text("{")
    with pytest.raises(FolderError) as caught:
        read_folder(made.path)
    assert caught.value.where["file"].endswith("folder.json")
