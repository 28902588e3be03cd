# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bytes the parties sign: one statement, one form (CONTRACTS 3.7, SECURITY CN8)."""

from __future__ import annotations

import hashlib
import json

import pytest
from tests.core.sealing.consent_cases import ATTACHMENTS, TEXTS, statement

from goodoffices.core.sealing.canonical import canonical_bytes
from goodoffices.core.sealing.consent import PREFIX, BadStatement, read_statement

HEX = hashlib.sha256(b"x").hexdigest()


def test_the_signed_bytes_are_the_prefix_and_the_canonical_object():
    expected = {
        "schema": 1,
        "mission": "moscow-1",
        "texts": [{"lang": lang, "sha256": hashlib.sha256(TEXTS[lang]).hexdigest()} for lang in ("en", "ru")],
        "attachments": [{"name": "annex.pdf", "sha256": hashlib.sha256(ATTACHMENTS["annex.pdf"]).hexdigest()}],
        "audience": "public",
        "channel": "site",
        "not_before": "2026-12-01",
        "not_after": None,
        "supersedes": None,
    }
    said = statement()
    assert said.signed_bytes() == b"goodoffices-disclosure-v1\n" + canonical_bytes(expected)
    assert said.hash() == hashlib.sha256(said.signed_bytes()).hexdigest()
    assert read_statement(said.canonical()) == said


def test_texts_and_attachments_are_sorted_whatever_the_order_given():
    turned = statement(dict(reversed(TEXTS.items())), attachments={"b": b"2", "a": b"1"})
    assert [one.label for one in turned.texts] == ["en", "ru"]
    assert [one.label for one in turned.attachments] == ["a", "b"]


@pytest.mark.req("SEC-CN", "C3")
@pytest.mark.parametrize(
    "change",
    [
        {"mission": "moscow-2"},
        {"audience": "families"},
        {"channel": "press"},
        {"not_before": "2026-12-02"},
        {"not_after": "2027-12-01"},
        {"supersedes": HEX},
        {"attachments": {}},
        {"attachments": {"annex2.pdf": ATTACHMENTS["annex.pdf"]}},
        {"texts": {"en": TEXTS["en"]}},
        {"texts": {**TEXTS, "uk": TEXTS["ru"]}},
        {"texts": {"en": TEXTS["en"] + b" ", "ru": TEXTS["ru"]}},
    ],
)
def test_any_other_audience_language_date_or_byte_is_another_statement(change):
    texts = change.pop("texts", TEXTS)
    assert statement(texts, **change).signed_bytes() != statement().signed_bytes()


GOOD = json.loads(statement().canonical())


def changed(**change: object) -> bytes:
    return canonical_bytes(GOOD | change)


def raw(text: str) -> bytes:
    return statement().canonical().replace(b'"schema":1', text.encode())


@pytest.mark.req("SEC-CN")
@pytest.mark.parametrize(
    "data",
    [
        statement().canonical() + b"\n",
        b" " + statement().canonical(),
        json.dumps(GOOD).encode(),
        json.dumps(GOOD, sort_keys=True, separators=(",", ":")).replace("public", "\\u0070ublic").encode(),
        b"\xef\xbb\xbf" + statement().canonical(),
        statement().canonical().decode().encode("utf-16"),
        raw('"schema":1.0'),
        raw('"schema":1e0'),
        raw('"schema":true'),
        raw('"schema":2'),
        raw('"schema":' + "1" * 5000),
        raw('"schema":NaN'),
        raw('"schema":1,"schema":1'),
        raw('"extra":null,"schema":1'),
        canonical_bytes({key: value for key, value in GOOD.items() if key != "supersedes"}),
        changed(texts=[]),
        changed(texts=list(reversed(GOOD["texts"]))),
        changed(texts=[GOOD["texts"][0], GOOD["texts"][0]]),
        changed(texts=[{"lang": "EN", "sha256": HEX}]),
        changed(texts=[{"lang": "en", "sha256": HEX.upper()}]),
        changed(texts=[{"lang": "en", "sha256": HEX[:-1]}]),
        changed(texts=[{"lang": "en", "sha256": HEX, "note": ""}]),
        changed(texts={"en": HEX}),
        changed(attachments=[{"name": "../a", "sha256": HEX}]),
        changed(attachments=[{"name": "a/b", "sha256": HEX}]),
        changed(attachments=[{"name": ".hidden", "sha256": HEX}]),
        changed(attachments=[{"name": "a\u202ecod.exe", "sha256": HEX}]),
        changed(attachments=[{"name": "A", "sha256": HEX}, {"name": "a", "sha256": HEX}]),
        changed(audience=""),
        changed(audience=None),
        changed(audience="pub\u200blic"),
        changed(channel="site\nsite"),
        changed(channel="pаge"),
        changed(mission=1),
        changed(not_before=None),
        changed(not_before="tomorrow"),
        changed(not_before="2026-02-30"),
        changed(not_before="2026-12-01T09:00:00"),
        changed(not_before="2026-12-01T25:00:00Z"),
        changed(not_after="2026-12-01"),
        changed(not_after="2026-11-30T23:59:59Z"),
        changed(supersedes=""),
        b"[]",
        b"",
        b"{",
        b"[" * 100_000,
    ],
)
def test_no_other_form_of_a_statement_is_read(data):
    with pytest.raises(BadStatement):
        read_statement(data)


def test_moments_with_a_zone_are_read():
    said = statement(not_before="2026-12-01T09:00:00Z", not_after="2026-12-01T12:00:00+02:00")
    assert said.signed_bytes().startswith(PREFIX)
