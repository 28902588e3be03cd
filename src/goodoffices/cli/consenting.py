# SPDX-License-Identifier: AGPL-3.0-or-later
"""`consent pack`, `consent sign`, `consent verify`: mutual consent on files (CONTRACTS 3.7). Pure: no store."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_ssh_private_key

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.sealing.consent import NAMESPACE, make_statement
from goodoffices.core.sealing.consent_bundle import (
    ATTACHMENTS,
    MAX_BUNDLE_BYTES,
    MAX_MEMBER_BYTES,
    Members,
    NoBundle,
    is_party,
    text_path,
    write_bundle,
)
from goodoffices.core.sealing.consent_keys import MAX_KEY_FILE, PartyKey, read_public_key
from goodoffices.core.sealing.consent_text import MAX_TEXT_BYTES, text_faults
from goodoffices.core.sealing.consent_verify import Checked, check_content, verify_bundle
from goodoffices.core.sealing.sshsig import MAX_SIGNATURE_FILE, sign


@dataclass(frozen=True)
class PackRequest:
    """What is packed: ``LANG=FILE`` texts, ``[NAME=]FILE`` attachments, the fields of the statement, where to."""

    mission: str
    texts: tuple[str, ...]
    attachments: tuple[str, ...]
    audience: str
    channel: str
    not_before: str
    not_after: str | None
    supersedes: str | None
    out: Path
    to_sign: Path | None


@dataclass(frozen=True)
class SignRequest:
    """Whose signature is added: made with a private key, or made elsewhere and only put in."""

    bundle: Path
    party: str
    key: Path | None
    signature: Path | None
    out: Path | None
    to_sign: Path | None
    passphrase: bytes | None


def pack(request: PackRequest) -> dict[str, Any]:
    """Make a bundle nobody has signed yet.

    Returns:
        ``verdict`` unsigned with the ``hash`` and where it lies; or ``invalid`` and why a text may not be signed.

    Raises:
        GoodOfficesError: a file or a field can't be used.
    """
    texts = {lang: _read(path, MAX_TEXT_BYTES) for lang, path in _named(request.texts, "--text", "en=FILE")}
    pairs = [(name or path.name, path) for name, path in map(_attachment, request.attachments)]
    attachments = {name: _read(path, MAX_MEMBER_BYTES) for name, path in pairs}
    if len(attachments) < len(pairs):
        raise GoodOfficesError("Two attachments have one name.", code="usage", hint="Write --attach NAME=FILE.")
    statement = make_statement(
        mission=request.mission,
        texts=texts,
        attachments=attachments,
        audience=request.audience,
        channel=request.channel,
        not_before=request.not_before,
        not_after=request.not_after,
        supersedes=request.supersedes,
    )
    why = [f"text_refused:{lang}:{fault}" for lang in sorted(texts) for fault in text_faults(texts[lang], lang)]
    if why:
        return {"verdict": "invalid", "why": why}
    files = {text_path(lang): data for lang, data in texts.items()}
    files |= {ATTACHMENTS + name: data for name, data in attachments.items()}
    _write(request.out, write_bundle(Members(statement.canonical(), {}, files)))
    if request.to_sign is not None:
        _write(request.to_sign, statement.signed_bytes())
    said = {"verdict": "unsigned", "hash": statement.hash(), "bundle": str(request.out)}
    return said | {"statement": statement.as_json()}


def add_signature(request: SignRequest) -> dict[str, Any]:
    """Put a party's signature into a bundle, after checking all of its content.

    Returns:
        ``verdict`` signed with ``party``, ``hash`` and ``fingerprint`` of the key where one signed; or ``invalid``
        and why nobody should sign it.

    Raises:
        GoodOfficesError: a file or a key can't be used.
    """
    _check_sign(request)
    checked, why = check_content(_bundle(request.bundle))
    if checked is None or why:
        return {"verdict": "invalid", "why": list(why)}
    message = checked.statement.signed_bytes()
    said: dict[str, Any] = {"verdict": "signed", "hash": checked.statement.hash()}
    if request.to_sign is not None:
        _write(request.to_sign, message)
        return said | {"verdict": "unsigned", "to_sign": str(request.to_sign)}
    if request.key is not None:
        private = _private_key(request.key, request.passphrase)
        said["fingerprint"] = PartyKey(private.public_key().public_bytes_raw()).fingerprint
        made = sign(message, private, NAMESPACE)
    else:
        made = _read(request.signature or Path(), MAX_SIGNATURE_FILE)
    out = request.out or request.bundle
    _write(out, write_bundle(_with(checked, request.party, made)))
    return said | {"party": request.party, "bundle": str(out)}


def verify(bundle: Path, keys: Sequence[str]) -> dict[str, Any]:
    """Verify a bundle against ``PARTY=FILE`` keys.

    Returns:
        ``verdict``, ``why`` and ``currency`` of CONTRACTS 3.7.

    Raises:
        GoodOfficesError: the file is no bundle, or a key can't be used.
    """
    found: dict[str, PartyKey] = {}
    for party, path in _named(keys, "--key", "PARTY=FILE"):
        if not is_party(party):
            raise _bad_party(party)
        if party.casefold() in {known.casefold() for known in found}:
            raise GoodOfficesError(f"Two keys are given for {party}.", code="usage", hint="Give one key a party.")
        found[party] = read_public_key(_read(path, MAX_KEY_FILE), file=path.name)
    return verify_bundle(_bundle(bundle), found).as_json()


def _check_sign(request: SignRequest) -> None:
    if request.to_sign is None and not is_party(request.party):
        raise _bad_party(request.party)
    ways = [way for way in (request.key, request.signature, request.to_sign) if way is not None]
    if len(ways) != 1:
        raise GoodOfficesError(
            "Say how the bundle is to be signed.",
            code="usage",
            hint="Give one of: --key PRIVATE, --signature FILE made elsewhere, or --to-sign FILE to sign elsewhere.",
        )


def _with(checked: Checked, party: str, signature: bytes) -> Members:
    old = checked.members
    others = {name: data for name, data in old.signatures.items() if name.casefold() != party.casefold()}
    return Members(old.statement, others | {party: signature}, old.files)


def _bad_party(party: str) -> GoodOfficesError:
    return GoodOfficesError(
        f'"{party[:80]}" can\'t name a party.', code="bad_party", hint="Use letters, digits, dot, dash, underscore."
    )


def _named(pairs: Sequence[str], option: str, form: str) -> list[tuple[str, Path]]:
    found: dict[str, Path] = {}
    for pair in pairs:
        name, sign_of, path = pair.partition("=")
        if not sign_of or not name or not path:
            raise GoodOfficesError(f"{option} {pair[:80]} isn't understood.", code="usage", hint=f"Write {form}.")
        if name in found:
            raise GoodOfficesError(f"{option} names {name} twice.", code="usage", hint="Give each once.")
        found[name] = Path(path)
    return list(found.items())


def _attachment(said: str) -> tuple[str, Path]:
    name, _, path = said.rpartition("=")
    return (name, Path(path)) if name and not Path(said).is_file() else ("", Path(said))


def _bundle(path: Path) -> bytes:
    data = _read(path, MAX_BUNDLE_BYTES)
    if not data.startswith(b"PK"):
        raise NoBundle(
            "The file is no bundle.",
            where={"file": path.name},
            hint="A bundle is a zip made by: goodoffices consent pack.",
        )
    return data


def _read(path: Path, most: int) -> bytes:
    if not path.is_file():
        raise GoodOfficesError(f"There is no file {path}.", code="no_file", where={"file": str(path)})
    if path.stat().st_size > most:
        raise GoodOfficesError(
            f"The file is longer than {most:,} bytes.", code="too_large", where={"file": path.name}, hint="Shorten it."
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise GoodOfficesError(
            f"The file can't be read: {error.strerror}.", code="unreadable", where={"file": path.name}
        ) from None


def _write(path: Path, data: bytes) -> None:
    """Write beside and rename, so that a crash leaves the old bundle or the new one."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise GoodOfficesError(
            f"The file can't be written: {error.strerror}.", code="unwritable", where={"file": str(path)}
        ) from None


def _private_key(path: Path, passphrase: bytes | None) -> Ed25519PrivateKey:
    data = _read(path, MAX_KEY_FILE)
    load = load_ssh_private_key if b"OPENSSH PRIVATE KEY" in data else load_pem_private_key
    where = {"file": path.name}
    try:
        key = load(data, passphrase)
    except TypeError:
        raise GoodOfficesError(
            "The private key needs a passphrase, or was given one it doesn't need.",
            code="passphrase",
            where=where,
            hint="Give it with --passphrase-fd, or sign elsewhere: --to-sign FILE, then --signature FILE.",
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise GoodOfficesError(
            "The private key can't be read.", code="bad_key", where=where, hint="Is it the key, and the passphrase?"
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise GoodOfficesError(
            "The private key is no Ed25519 key.", code="bad_key", where=where, hint="Make one: ssh-keygen -t ed25519."
        )
    return key
