# SPDX-License-Identifier: AGPL-3.0-or-later
"""An invented disclosure, two parties with keys, and a signed bundle to attack."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from goodoffices.core.sealing.consent import NAMESPACE, Statement, make_statement
from goodoffices.core.sealing.consent_bundle import Members, write_bundle
from goodoffices.core.sealing.consent_keys import PartyKey
from goodoffices.core.sealing.sshsig import sign

TEXTS = {
    "en": b"The Mission met in May. Two families spoke with their relatives.\n",
    "ru": "Миссия собралась в мае. Две семьи говорили с близкими.\n".encode(),
}
ATTACHMENTS = {"annex.pdf": b"%PDF-1.7 invented"}
PRIVATE = {
    party: Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number, party in enumerate(("US", "RU", "FR"))
}
KEYS = {party: PartyKey(key.public_key().public_bytes_raw()) for party, key in PRIVATE.items()}
BOTH = {"US": KEYS["US"], "RU": KEYS["RU"]}


def statement(texts: Mapping[str, bytes] = TEXTS, **change: object) -> Statement:
    fields: dict[str, object] = {
        "mission": "moscow-1",
        "texts": texts,
        "attachments": ATTACHMENTS,
        "audience": "public",
        "channel": "site",
        "not_before": "2026-12-01",
        "not_after": None,
        "supersedes": None,
    }
    return make_statement(**(fields | change))  # type: ignore[arg-type]


def members(signed_by: Mapping[str, str] | None = None, texts: Mapping[str, bytes] = TEXTS) -> Members:
    """Give members signed by party -> whose key made the signature."""
    said = statement(texts)
    signers = {"US": "US", "RU": "RU"} if signed_by is None else signed_by
    signatures = {party: sign(said.signed_bytes(), PRIVATE[key], NAMESPACE) for party, key in signers.items()}
    files = {f"texts/{lang}.txt": data for lang, data in texts.items()}
    files |= {f"attachments/{name}": data for name, data in ATTACHMENTS.items()}
    return Members(said.canonical(), signatures, files)


def bundle(signed_by: Mapping[str, str] | None = None) -> bytes:
    return write_bundle(members(signed_by))


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Zip anything, as another program would."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(name, data)
    return packed.getvalue()
