# SPDX-License-Identifier: AGPL-3.0-or-later
"""The data folder: where it is, what kind it is, and the key that opens its stores.

Invariant: outside a demo folder the file key never lies in the folder it opens. Each store has a key of its
own, derived from the file key, so that a process can be handed one store's key and no other.
"""

from __future__ import annotations

import json
import os
import secrets
import stat
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from goodoffices.core.errors import GoodOfficesError

FORMAT = 1
DESCRIPTION = "folder.json"
DEMO_KEY = "demo.key"
CREDENTIAL = "goodoffices-key"
KEY_BYTES = 32
STORES = ("casework", "mission", "public")


class FolderError(GoodOfficesError):
    """The data folder is missing, damaged or unsafe."""

    code = "folder"


class KeyUnavailable(GoodOfficesError):
    """No file key was given, or it can't be used."""

    code = "key"


@dataclass(frozen=True)
class Folder:
    """What ``folder.json`` says. ``kind`` is live, demo, testing or training; ``salt`` is hex, not secret."""

    path: Path
    kind: str
    salt: str
    format: int = FORMAT

    @property
    def is_demo(self) -> bool:
        return self.kind in {"demo", "training"}

    @property
    def is_testing(self) -> bool:
        return self.kind == "testing"

    def store_file(self, store: str) -> Path:
        return self.path / f"{store}.db"

    @property
    def artifacts(self) -> Path:
        return self.path / "artifacts"


def data_dir() -> Path:
    """Give the data folder named by ``GOODOFFICES_DATA``, by default ``var/data`` below the working folder."""
    return Path(os.environ.get("GOODOFFICES_DATA") or "var/data").resolve()


def create_folder(path: Path, kind: str = "live") -> Folder:
    """Make a new, empty data folder that only its owner can read.

    Raises:
        FolderError: there is a folder already, with something in it.
    """
    if path.exists() and any(path.iterdir()):
        raise FolderError(
            f"The folder {path} is not empty.",
            code="folder_exists",
            where={"folder": str(path)},
            hint="Name another folder with --data, or use the one that is there.",
        )
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    folder = Folder(path=path, kind=kind, salt=secrets.token_hex(16))
    folder.artifacts.mkdir(mode=0o700)
    if kind in {"demo", "testing", "training"}:
        _write_private(path / DEMO_KEY, secrets.token_hex(KEY_BYTES))
    described = {k: v for k, v in asdict(folder).items() if k != "path"}
    _write_private(path / DESCRIPTION, json.dumps(described, indent=1) + "\n")
    return folder


def read_folder(path: Path | None = None) -> Folder:
    """Read the data folder's description.

    Raises:
        FolderError: it isn't a data folder, or a newer program made it.
    """
    path = path or data_dir()
    try:
        said = json.loads((path / DESCRIPTION).read_text("utf-8"))
        folder = Folder(path=path, kind=said["kind"], salt=said["salt"], format=said["format"])
    except FileNotFoundError:
        raise FolderError(
            f"There is no data folder at {path}.",
            code="no_folder",
            where={"folder": str(path)},
            hint="Make one with `goodoffices init`, or name it with --data or GOODOFFICES_DATA.",
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise FolderError(
            f"The description of the data folder {path} can't be read.",
            where={"file": str(path / DESCRIPTION)},
            hint="Restore folder.json from a backup.",
        ) from error
    if folder.format > FORMAT:
        raise FolderError(
            "A newer version of Good Offices made this data folder.",
            where={"folder": str(path)},
            hint="Install that version, or a later one.",
        )
    return folder


def store_key(store: str) -> str:
    """Give the raw key of one store as 64 hex digits.

    The key comes from the pipe the parent process opened (``GOODOFFICES_KEY_FD``), else it is derived from the
    file key: a file, a service credential, a passphrase at the console, or the demo folder's own.

    Raises:
        KeyUnavailable: no key, a wrong one, or a key file others can read.
    """
    handed = _handed_keys()
    if handed:
        if store not in handed:
            raise KeyUnavailable(f"This process was not given the key of the {store} store.")
        return handed[store]
    return derive_store_key(file_key(read_folder()), store)


def derive_store_key(key: bytes, store: str) -> str:
    """Derive one store's key from the file key (HKDF-SHA-256, RFC 5869)."""
    derived = HKDF(
        algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"goodoffices-store-v1 " + store.encode()
    ).derive(key)
    return derived.hex()


def file_key(folder: Folder) -> bytes:
    """Find the file key, in this order: key file, service credential, passphrase, the demo folder's own."""
    named = os.environ.get("GOODOFFICES_KEY_FILE")
    if named:
        return _read_key(Path(named), folder)
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    if credentials and (Path(credentials) / CREDENTIAL).exists():
        return _parse_key((Path(credentials) / CREDENTIAL).read_text("ascii"), credentials)
    if (folder.path / DEMO_KEY).exists():
        if not (folder.is_demo or folder.is_testing):
            raise KeyUnavailable(
                "The key lies in the folder it opens, and this is not a demo folder.",
                where={"file": str(folder.path / DEMO_KEY)},
                hint="Move it elsewhere and name it with GOODOFFICES_KEY_FILE.",
            )
        return _parse_key((folder.path / DEMO_KEY).read_text("ascii"), str(folder.path))
    if _console_key:
        return _console_key[0]
    raise KeyUnavailable(
        "The stores are locked: no key was given.",
        hint="Name a key file with GOODOFFICES_KEY_FILE, or give the passphrase at the console.",
    )


_console_key: list[bytes] = []
_handed: dict[str, str] = {}


def unlock_with_passphrase(folder: Folder, passphrase: str) -> None:
    """Derive the file key from a passphrase and keep it in this process only."""
    stretched = Argon2id(
        salt=bytes.fromhex(folder.salt), length=KEY_BYTES, iterations=3, lanes=4, memory_cost=256 * 1024
    ).derive(passphrase.encode())
    _console_key[:] = [stretched]


def handed_keys_json(stores: tuple[str, ...]) -> bytes:
    """Give the keys of some stores as bytes for the pipe to a child process."""
    return json.dumps({store: store_key(store) for store in stores}).encode()


def _handed_keys() -> dict[str, str]:
    if not _handed and (number := os.environ.get("GOODOFFICES_KEY_FD")):
        with os.fdopen(int(number), "rb") as pipe:
            _handed.update(json.loads(pipe.read()))
        del os.environ["GOODOFFICES_KEY_FD"]
    return _handed


def _read_key(path: Path, folder: Folder) -> bytes:
    try:
        mode = path.stat().st_mode
        text = path.read_text("ascii")
    except OSError as error:
        raise KeyUnavailable(
            f"The key file {path} can't be read.", where={"file": str(path)}, hint="Check GOODOFFICES_KEY_FILE."
        ) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyUnavailable(
            f"Others can read the key file {path}.", where={"file": str(path)}, hint=f"Run: chmod 600 {path}"
        )
    if folder.path in path.resolve().parents and not folder.is_demo:
        raise KeyUnavailable(
            "The key file lies in the folder it opens.",
            where={"file": str(path)},
            hint="Move it outside the data folder.",
        )
    return _parse_key(text, str(path))


def _parse_key(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyUnavailable(
            "The key is not 64 hexadecimal digits.",
            where={"file": where},
            hint="Make one with: openssl rand -hex 32",
        )
    return key


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
