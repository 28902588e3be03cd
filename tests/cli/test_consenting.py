# SPDX-License-Identifier: AGPL-3.0-or-later
"""`consent pack|sign|verify` from the shell: two parties, their own keys, exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from tests.command import goodoffices
from tests.core.sealing.consent_cases import PRIVATE, TEXTS, contents, zipped


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with texts, an annex and each party's key pair."""
    for lang, data in TEXTS.items():
        (tmp_path / f"{lang}.txt").write_bytes(data)
    (tmp_path / "annex.pdf").write_bytes(b"%PDF invented")
    for party, key in PRIVATE.items():
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
        )
        public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
        (tmp_path / party).write_bytes(private)
        (tmp_path / f"{party}.pub").write_bytes(public)
    return tmp_path


def pack(desk: Path, *more: object):
    return goodoffices(
        *("consent", "pack", "--mission", "moscow-1", "--audience", "public", "--channel", "site"),
        *("--not-before", "2026-12-01", "--text", f"en={desk / 'en.txt'}", "--text", f"ru={desk / 'ru.txt'}"),
        *("--attach", desk / "annex.pdf", "--out", desk / "bundle.zip", "--json", *more),
    )


def sign(desk: Path, party: str, *more: object):
    return goodoffices("consent", "sign", desk / "bundle.zip", "--party", party, "--json", *more)


def verify(desk: Path, *parties: str):
    keys = [word for party in parties for word in ("--key", f"{party}={desk / party}.pub")]
    return goodoffices("consent", "verify", desk / "bundle.zip", "--json", *keys)


@pytest.mark.req("SEC-CN", "A18")
def test_two_parties_sign_and_anyone_verifies(desk):
    packed = pack(desk)
    assert packed.code == 0, packed.err
    assert verify(desk, "US", "RU").json["why"] == ["no_signature:RU", "no_signature:US"]
    assert sign(desk, "US", "--key", desk / "US").json["hash"] == packed.json["hash"]
    one = verify(desk, "US", "RU")
    assert (one.code, one.json["why"]) == (1, ["no_signature:RU"])
    assert sign(desk, "RU", "--key", desk / "RU").code == 0
    both = verify(desk, "US", "RU")
    assert (both.code, both.json) == (0, {"verdict": "valid", "why": [], "currency": "not_checked"})
    (desk / "bundle.zip").write_bytes(
        zipped(contents((desk / "bundle.zip").read_bytes()) | {"texts/en.txt": TEXTS["en"] + b"."})
    )
    changed = verify(desk, "US", "RU")
    assert (changed.code, changed.json["why"]) == (1, ["text_changed:en"])


def test_a_signature_made_elsewhere_is_put_in(desk):
    assert pack(desk, "--to-sign", desk / "bytes").code == 0
    assert sign(desk, "", "--to-sign", desk / "again").json["verdict"] == "unsigned"
    assert (desk / "bytes").read_bytes() == (desk / "again").read_bytes()
    for party in ("US", "RU"):
        (desk / f"{party}.raw").write_bytes(PRIVATE[party].sign((desk / "bytes").read_bytes()))
        assert sign(desk, party, "--signature", desk / f"{party}.raw").code == 0
    assert verify(desk, "US", "RU").code == 0


def test_a_key_with_a_passphrase_is_opened_by_a_descriptor(desk):
    pack(desk)
    locked = PRIVATE["US"].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"words")
    )
    (desk / "locked").write_bytes(locked)
    assert sign(desk, "US", "--key", desk / "locked").json["error"]["code"] == "passphrase"
    words = ("--key", desk / "locked", "--passphrase-fd", "0")
    done = goodoffices("consent", "sign", desk / "bundle.zip", "--party", "US", "--json", *words, stdin="words\n")
    assert (done.code, done.json["verdict"]) == (0, "signed")


@pytest.mark.req("SEC-CN")
def test_what_hides_something_is_neither_packed_nor_signed(desk):
    (desk / "en.txt").write_text("Agreed\u202e.", encoding="utf-8")
    packed = pack(desk)
    assert (packed.code, packed.json["verdict"]) == (1, "invalid")
    assert packed.json["why"] == ["text_refused:en:bidi_control@6"]
    assert not (desk / "bundle.zip").exists()
    (desk / "bundle.zip").write_bytes(zipped({"statement.json": b"{}"}))
    signed = sign(desk, "US", "--key", desk / "US")
    assert (signed.code, signed.json["verdict"]) == (1, "invalid")


def test_unusable_input_is_refused_with_a_hint(desk, refused):
    pack(desk)
    refused(goodoffices("consent", "verify", desk / "absent", "--key", f"US={desk / 'US.pub'}", "--json"), "no_file")
    refused(goodoffices("consent", "verify", desk / "en.txt", "--key", f"US={desk / 'US.pub'}", "--json"), "no_bundle")
    refused(goodoffices("consent", "verify", desk / "bundle.zip", "--key", f"US={desk / 'US'}", "--json"), "bad_key")
    refused(goodoffices("consent", "verify", desk / "bundle.zip", "--key", "US", "--json"), "usage")
    refused(verify(desk, "US", "US"), "usage")
    refused(sign(desk, "../US", "--key", desk / "US"), "bad_party")
    refused(sign(desk, "US"), "usage")
    refused(sign(desk, "US", "--key", desk / "US.pub"), "bad_key")
    other = generate_private_key(SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    (desk / "other").write_bytes(other)
    refused(sign(desk, "US", "--key", desk / "other"), "bad_key")
    refused(pack(desk, "--not-after", "2026-11-01"), "bad_statement")
    refused(pack(desk, "--attach", desk / "annex.pdf"), "usage")
