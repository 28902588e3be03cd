# SPDX-License-Identifier: AGPL-3.0-or-later
"""A passkey in software, and digits of an authenticator app: what a browser and a telephone would answer."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://testserver"
PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class SoftKey:
    """One credential; it counts its uses as a hardware key does."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.count = 0

    def create(self, options: dict[str, Any], origin: str = ORIGIN) -> str:
        told = CollectedClientData.create("webauthn.create", websafe_decode(options["challenge"]), origin)
        own = AttestedCredentialData.create(
            Aaguid(bytes(16)), self.id, ES256.from_cryptography_key(self.private.public_key())
        )
        data = AuthenticatorData.create(self._host(options["rp"]["id"]), PRESENT | 0x40, self.count, own)
        response = {
            "clientDataJSON": websafe_encode(told),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._said(response)

    def get(self, options: dict[str, Any], origin: str = ORIGIN) -> str:
        self.count += 1
        told = CollectedClientData.create("webauthn.get", websafe_decode(options["challenge"]), origin)
        data = AuthenticatorData.create(self._host(options["rpId"]), PRESENT, self.count)
        signature = self.private.sign(data + told.hash, ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": websafe_encode(told),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
        }
        return self._said(response)

    def _host(self, name: str) -> bytes:
        return hashlib.sha256(name.encode()).digest()

    def _said(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.id)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        )


def options_in(answer: Any) -> dict[str, Any]:
    """Read the options for the browser out of a page."""
    found = re.search(r'data-options="([^"]+)"', answer.content.decode())
    assert found, "the page asks for no passkey"
    return json.loads(html.unescape(found[1]))


def digits_of(seed: bytes, at: float) -> str:
    return TOTP(seed, 6, SHA1(), 30).generate(int(at)).decode()
