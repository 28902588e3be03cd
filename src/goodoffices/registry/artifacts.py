# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files as they came: encrypted in age format, each under a key of its own that only the encrypted store holds.

The plaintext is never written to disk: it is opened into anonymous memory, which other programs can read only
through this process's own descriptor.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage
from django.conf import settings

from goodoffices.core.errors import GoodOfficesError
from goodoffices.ledger.ids import new_id
from goodoffices.registry.models import Artifact


class ArtifactDamaged(GoodOfficesError):
    """The stored file is gone or isn't what was taken in."""

    code = "artifact_damaged"


def digest(data: bytes) -> str:
    """SHA-256 of the plaintext, as fixed at intake."""
    return hashlib.sha256(data).hexdigest()


def store(data: bytes) -> tuple[str, str]:
    """Encrypt bytes under a fresh identity and write them durably; gives the file's random name and the identity."""
    identity = pyrage.x25519.Identity.generate()
    sealed = pyrage.encrypt(data, [identity.to_public()])
    name = f"{new_id().hex}.age"
    folder = settings.DATA_DIR / "artifacts"
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    return name, str(identity)


def read(artifact: Artifact) -> bytes:
    """Decrypt a kept file and check it against its hash.

    Raises:
        ArtifactDamaged: it can't be read, or its bytes changed.
    """
    identity = pyrage.x25519.Identity.from_str(artifact.age_identity)
    try:
        data: bytes = pyrage.decrypt((settings.DATA_DIR / "artifacts" / artifact.stored_name).read_bytes(), [identity])
    except (OSError, pyrage.DecryptError) as error:
        raise ArtifactDamaged(
            "The stored file can't be opened.",
            where={"artifact": str(artifact.public_id)},
            hint="Restore it from a backup.",
        ) from error
    if digest(data) != artifact.sha256:
        raise ArtifactDamaged("The stored file has changed.", where={"artifact": str(artifact.public_id)})
    return data


@contextmanager
def opened(artifact: Artifact) -> Iterator[Path]:
    """Open a kept file as a path that leads to anonymous memory, for readers that want a path."""
    data = read(artifact)
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("list", 0)
        with os.fdopen(descriptor, "r+b") as memory:
            memory.write(data)
            memory.flush()
            yield Path(f"/proc/{os.getpid()}/fd/{descriptor}")
        return
    with tempfile.NamedTemporaryFile(dir=settings.DATA_DIR / "artifacts") as file:  # systems without memfd
        file.write(data)
        file.flush()
        yield Path(file.name)
