# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signatures of a party: OpenSSH's own tool agrees, and nothing verifies by accident (SECURITY CN7, CN8)."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.sealing.consent_cases import KEYS, PRIVATE, statement

from goodoffices.core.sealing.consent import NAMESPACE
from goodoffices.core.sealing.consent_ed25519 import ORDER, PRIME, is_sound_point, verifies
from goodoffices.core.sealing.consent_keys import BadKey, PartyKey, read_public_key, ssh_string
from goodoffices.core.sealing.sshsig import SignatureFault, check_signature, sign

SSH_KEYGEN = shutil.which("ssh-keygen")
needs_ssh_keygen = pytest.mark.skipif(SSH_KEYGEN is None, reason="ssh-keygen (openssh-client) is not installed")
MESSAGE = statement().signed_bytes()
OPENSSH = serialization.PublicFormat.OpenSSH


def ssh_keygen(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    assert SSH_KEYGEN
    return subprocess.run([SSH_KEYGEN, *map(str, arguments)], input=stdin, capture_output=True, check=False)


@needs_ssh_keygen
@pytest.mark.req("SEC-CN")
def test_a_signature_of_ssh_keygen_verifies_here(tmp_path: Path):
    assert ssh_keygen("-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "us").returncode == 0
    key = read_public_key((tmp_path / "us.pub").read_bytes())
    (tmp_path / "bytes").write_bytes(MESSAGE)
    made = ssh_keygen("-Y", "sign", "-n", NAMESPACE, "-f", tmp_path / "us", tmp_path / "bytes")
    assert made.returncode == 0, made.stderr
    signature = (tmp_path / "bytes.sig").read_bytes()
    assert check_signature(signature, MESSAGE, key, NAMESPACE) is None
    assert check_signature(signature, MESSAGE + b" ", key, NAMESPACE) is SignatureFault.WRONG
    assert check_signature(signature, MESSAGE, KEYS["US"], NAMESPACE) is SignatureFault.OTHER_KEY
    fingerprint = ssh_keygen("-l", "-f", tmp_path / "us.pub").stdout.split()[1].decode()
    assert fingerprint == key.fingerprint


@needs_ssh_keygen
@pytest.mark.req("SEC-CN")
def test_a_signature_for_another_purpose_is_refused(tmp_path: Path):
    ssh_keygen("-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "us")
    (tmp_path / "bytes").write_bytes(MESSAGE)
    ssh_keygen("-Y", "sign", "-n", "git", "-f", tmp_path / "us", tmp_path / "bytes")
    key = read_public_key((tmp_path / "us.pub").read_bytes())
    found = check_signature((tmp_path / "bytes.sig").read_bytes(), MESSAGE, key, NAMESPACE)
    assert found is SignatureFault.OTHER_NAMESPACE


@needs_ssh_keygen
@pytest.mark.req("SEC-CN")
def test_ssh_keygen_verifies_a_signature_made_here(tmp_path: Path):
    line = PRIVATE["US"].public_key().public_bytes(serialization.Encoding.OpenSSH, OPENSSH).decode()
    (tmp_path / "allowed").write_text(f"us {line}\n", encoding="ascii")
    (tmp_path / "sig").write_bytes(sign(MESSAGE, PRIVATE["US"], NAMESPACE))
    options = ("-n", NAMESPACE, "-f", tmp_path / "allowed", "-I", "us", "-s", tmp_path / "sig")
    assert ssh_keygen("-Y", "verify", *options, stdin=MESSAGE).returncode == 0
    assert ssh_keygen("-Y", "verify", *options, stdin=MESSAGE + b"x").returncode != 0


@pytest.mark.req("SEC-CN")
def test_raw_signatures_are_read_as_bytes_hex_and_base64():
    raw = PRIVATE["RU"].sign(MESSAGE)
    for form in (raw, raw.hex().encode() + b"\n", base64.b64encode(raw)):
        assert check_signature(form, MESSAGE, KEYS["RU"], NAMESPACE) is None
    assert check_signature(raw, MESSAGE, KEYS["US"], NAMESPACE) is SignatureFault.WRONG
    assert check_signature(raw[:-1], MESSAGE, KEYS["RU"], NAMESPACE) is SignatureFault.MALFORMED
    assert check_signature(b"", MESSAGE, KEYS["RU"], NAMESPACE) is SignatureFault.MALFORMED


# The eight points of small order and their non-canonical twins, from the curve itself: y with 8 * P = identity.
SMALL_Y = [0, 1, PRIME - 1, PRIME, PRIME + 1]
ORDER_8 = [
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
]
SMALL = [y.to_bytes(32, "little") for y in SMALL_Y] + [bytes.fromhex(one) for one in ORDER_8]
SMALL += [one[:31] + bytes([one[31] | 0x80]) for one in SMALL]


@pytest.mark.req("SEC-CN")
@pytest.mark.parametrize("point", SMALL, ids=lambda one: one.hex()[:8])
def test_a_key_or_a_signature_of_small_order_proves_nothing(point):
    assert not is_sound_point(point)
    # With such a key R = identity and S = 0 satisfies the equation over every message in lax libraries.
    forged = (1).to_bytes(32, "little") + bytes(32)
    assert not verifies(point, MESSAGE, forged)
    assert not verifies(KEYS["US"].point, MESSAGE, point + bytes(32))
    with pytest.raises(BadKey):
        read_public_key(point.hex().encode())


@pytest.mark.req("SEC-CN")
def test_a_malleable_signature_is_refused():
    raw = PRIVATE["US"].sign(MESSAGE)
    assert verifies(KEYS["US"].point, MESSAGE, raw)
    s = int.from_bytes(raw[32:], "little")
    for twin in range(1, 8):
        if (again := s + twin * ORDER) < 2**256:
            assert not verifies(KEYS["US"].point, MESSAGE, raw[:32] + again.to_bytes(32, "little"))


@pytest.mark.req("SEC-CN")
def test_points_off_the_curve_or_written_twice_are_refused():
    for y in (2, PRIME + 3, 2**255 - 1):
        assert not is_sound_point(y.to_bytes(32, "little"))
    # A key with a part of small order added: the sum of a sound key and the point of order 2 is (-x, -y).
    key = int.from_bytes(KEYS["US"].point, "little")
    sign_bit, y = key >> 255, key & (2**255 - 1)
    mixed = ((PRIME - y) | ((1 - sign_bit) << 255)).to_bytes(32, "little")
    assert not is_sound_point(mixed)
    assert is_sound_point(KEYS["US"].point)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_one_changed_bit_of_an_armoured_signature_is_refused(data):
    good = sign(MESSAGE, PRIVATE["US"], NAMESPACE)
    at = data.draw(st.integers(0, len(good) - 2))
    bad = bytearray(good)
    bad[at] ^= 1 << data.draw(st.integers(0, 6))
    assert check_signature(bytes(bad), MESSAGE, KEYS["US"], NAMESPACE) is not None


@given(st.binary(max_size=300))
def test_any_bytes_as_a_signature_are_refused_and_never_crash(junk):
    armoured = b"-----BEGIN SSH SIGNATURE-----\n" + base64.b64encode(b"SSHSIG" + junk)[:76] + b"\n"
    assert check_signature(junk, MESSAGE, KEYS["US"], NAMESPACE) is not None
    assert check_signature(armoured + b"-----END SSH SIGNATURE-----\n", MESSAGE, KEYS["US"], NAMESPACE) is not None


def armour(*fields: bytes, head: bytes = b"SSHSIG\x00\x00\x00\x01", tail: bytes = b"") -> bytes:
    text = base64.b64encode(head + b"".join(map(ssh_string, fields)) + tail)
    lines = b"\n".join(text[at : at + 70] for at in range(0, len(text), 70))
    return b"-----BEGIN SSH SIGNATURE-----\n" + lines + b"\n-----END SSH SIGNATURE-----\n"


def inner(hash_name: bytes = b"sha512", message: bytes = MESSAGE, reserved: bytes = b"") -> bytes:
    digest = hashlib.new(hash_name.decode(), message).digest()
    signed = b"SSHSIG" + b"".join(map(ssh_string, (NAMESPACE.encode(), reserved, hash_name, digest)))
    return ssh_string(b"ssh-ed25519") + ssh_string(PRIVATE["US"].sign(signed))


@pytest.mark.req("SEC-CN")
def test_odd_forms_of_an_armoured_signature_are_refused():
    blob, name = KEYS["US"].blob, NAMESPACE.encode()
    good = (blob, name, b"", b"sha512", inner())
    assert check_signature(armour(*good), MESSAGE, KEYS["US"], NAMESPACE) is None
    sha256 = armour(blob, name, b"", b"sha256", inner(b"sha256"))
    assert check_signature(sha256, MESSAGE, KEYS["US"], NAMESPACE) is None
    odd = [
        armour(*good, tail=b"\x00"),
        armour(*good, head=b"SSHSIG\x00\x00\x00\x02"),
        armour(*good[:4], inner() + b"\x00"),
        armour(blob, name, b"x", b"sha512", inner(reserved=b"x")),
        armour(blob, name, b"", b"sha1", inner(b"sha1")),
        armour(ssh_string(b"ssh-rsa") + ssh_string(b"x"), *good[1:]),
        armour(blob + b"\x00", *good[1:]),
        armour(*good).replace(b"BEGIN SSH", b"BEGIN  SSH"),
        b"x" + armour(*good),
        armour(*good) + b"x",
        armour(*good).rstrip()[:-1],
    ]
    for data in odd:
        assert check_signature(data, MESSAGE, KEYS["US"], NAMESPACE) is not None


@pytest.mark.req("SEC-CN")
def test_a_hardware_key_counts_only_if_somebody_was_present():
    application = "ssh:"
    key = PartyKey(KEYS["US"].point, application)

    def made(flags: int) -> bytes:
        digest = hashlib.sha512(MESSAGE).digest()
        signed = b"SSHSIG" + b"".join(map(ssh_string, (NAMESPACE.encode(), b"", b"sha512", digest)))
        proof = bytes([flags]) + (7).to_bytes(4, "big")
        over = hashlib.sha256(application.encode()).digest() + proof + hashlib.sha256(signed).digest()
        signature = ssh_string(b"sk-ssh-ed25519@openssh.com") + ssh_string(PRIVATE["US"].sign(over)) + proof
        return armour(key.blob, NAMESPACE.encode(), b"", b"sha512", signature)

    assert check_signature(made(1), MESSAGE, key, NAMESPACE) is None
    assert check_signature(made(0), MESSAGE, key, NAMESPACE) is SignatureFault.NOBODY_PRESENT
    assert check_signature(made(1), MESSAGE, KEYS["US"], NAMESPACE) is SignatureFault.OTHER_KEY
    assert check_signature(PRIVATE["US"].sign(MESSAGE), MESSAGE, key, NAMESPACE) is SignatureFault.OTHER_KEY


def test_a_public_key_is_read_in_every_usual_form():
    public, point = PRIVATE["US"].public_key(), KEYS["US"].point
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    line = public.public_bytes(serialization.Encoding.OpenSSH, OPENSSH)
    for form in (pem, line, line + b" us@office.invalid\n", point, point.hex().encode(), base64.b64encode(point)):
        assert read_public_key(form).point == point


def test_what_is_no_ed25519_public_key_is_refused():
    private = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    good = PRIVATE["US"].public_key().public_bytes(serialization.Encoding.OpenSSH, OPENSSH)
    for data in (b"", b"x" * 31, private, b"ssh-rsa AAAA", good + b"\n" + good, b"\xff" * 33, b"x" * 20_000):
        with pytest.raises(BadKey):
            read_public_key(data, file="us.pub")
