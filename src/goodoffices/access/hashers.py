# SPDX-License-Identifier: AGPL-3.0-or-later
"""The log-in verifier: one label of a stretched passphrase, so that keys can come from another.

stretch = Argon2id(passphrase, salt). What is stored is SHA-256(HKDF(stretch, "log-in verifier")). A key that
wraps the user's private keys will be HKDF(stretch, "key wrapping"): whoever steals the verifier can't derive it,
and no one's passphrase must be reset when keys arrive. Source: SECURITY part 3.1; RFC 9106; RFC 5869.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from django.conf import settings
from django.contrib.auth.hashers import BasePasswordHasher, mask_hash
from django.utils.translation import gettext_noop as _

STRETCH_BYTES = 32
VERIFIER_LABEL = b"goodoffices log-in verifier v1"


def stretch(passphrase: str, salt: bytes, *, time_cost: int, memory_cost: int, parallelism: int) -> bytes:
    """Stretch a passphrase with Argon2id to 32 bytes; memory in KiB."""
    return Argon2id(
        salt=salt, length=STRETCH_BYTES, iterations=time_cost, lanes=parallelism, memory_cost=memory_cost
    ).derive(passphrase.encode())


def verifier(stretched: bytes) -> bytes:
    """Derive the stored verifier from the stretch."""
    label = HKDFExpand(algorithm=SHA256(), length=32, info=VERIFIER_LABEL).derive(stretched)
    return hashlib.sha256(label).digest()


class SplitArgon2Hasher(BasePasswordHasher):
    """``goa2$t$m$p$salt$verifier``: parameters travel with each record, and rise at log-in."""

    algorithm = "goa2"

    def salt(self) -> str:
        return base64.b64encode(os.urandom(16)).decode()

    def encode(self, password: str, salt: str, costs: tuple[int, int, int] | None = None) -> str:
        time_cost, memory_cost, parallelism = costs or self._wanted()
        stretched = stretch(
            password,
            base64.b64decode(salt),
            time_cost=time_cost,
            memory_cost=memory_cost,
            parallelism=parallelism,
        )
        check = base64.b64encode(verifier(stretched)).decode()
        return f"{self.algorithm}${time_cost}${memory_cost}${parallelism}${salt}${check}"

    def decode(self, encoded: str) -> dict[str, Any]:
        algorithm, time_cost, memory_cost, parallelism, salt, check = encoded.split("$")
        return {
            "algorithm": algorithm,
            "costs": (int(time_cost), int(memory_cost), int(parallelism)),
            "salt": salt,
            "hash": check,
        }

    def verify(self, password: str, encoded: str) -> bool:
        said = self.decode(encoded)
        return hmac.compare_digest(encoded, self.encode(password, said["salt"], said["costs"]))

    def must_update(self, encoded: str) -> bool:
        return bool(self.decode(encoded)["costs"] != self._wanted())

    def safe_summary(self, encoded: str) -> Any:
        said = self.decode(encoded)
        return {_("algorithm"): said["algorithm"], _("hash"): mask_hash(said["hash"])}

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing to even out: the costs are memory-bound and stored with the record."""

    @staticmethod
    def _wanted() -> tuple[int, int, int]:
        costs = settings.GOODOFFICES_ARGON2
        return costs["time_cost"], costs["memory_cost"], costs["parallelism"]
