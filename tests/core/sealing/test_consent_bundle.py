# SPDX-License-Identifier: AGPL-3.0-or-later
"""Attacks on a bundle: every one ends in "invalid" or a refusal, never in a yes (SECURITY CN1, CN2, CN4, CN8)."""

from __future__ import annotations

import io
import stat
import time
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.sealing.consent_cases import BOTH, KEYS, TEXTS, bundle, contents, members, zipped

from goodoffices.core.sealing.consent_bundle import MAX_MEMBERS, Members, NoBundle, write_bundle
from goodoffices.core.sealing.consent_verify import verify_bundle

GOOD = bundle()


def why(data: bytes, keys=BOTH) -> tuple[str, ...]:
    found = verify_bundle(data, keys)
    assert found.valid == (not found.why)
    assert found.as_json()["currency"] == "not_checked"
    return found.why


def with_files(**change: bytes | None) -> bytes:
    files = contents(GOOD)
    for name, data in change.items():
        path = name.replace("__", "/").replace("_", ".")
        if data is None:
            del files[path]
        else:
            files[path] = data
    return zipped(files)


def test_a_bundle_signed_by_both_is_valid_however_it_was_zipped():
    assert verify_bundle(GOOD, BOTH).as_json() == {"verdict": "valid", "why": [], "currency": "not_checked"}
    assert why(zipped(contents(GOOD))) == ()
    assert why(zipped(contents(GOOD), zipfile.ZIP_STORED)) == ()
    plain = {path.removeprefix("texts/").removeprefix("attachments/"): data for path, data in contents(GOOD).items()}
    assert why(zipped(plain)) == ()
    assert bundle() == GOOD


@pytest.mark.req("SEC-CN")
@pytest.mark.parametrize(
    ("signed_by", "expected"),
    [
        ({}, {"no_signature:RU", "no_signature:US"}),
        ({"US": "US"}, {"no_signature:RU"}),
        ({"US": "US", "RU": "US"}, {"signature_of_another_key:RU"}),
        ({"US": "US", "FR": "FR"}, {"no_signature:RU", "stranger:FR"}),
        ({"US": "US", "RU": "RU", "FR": "FR"}, {"stranger:FR"}),
        ({"US": "RU", "RU": "US"}, {"signature_of_another_key:RU", "signature_of_another_key:US"}),
    ],
)
def test_nothing_less_than_each_partys_own_signature_counts(signed_by, expected):
    assert set(why(bundle(signed_by))) == expected


@pytest.mark.req("SEC-CN")
def test_one_party_or_one_key_under_two_names_is_no_mutual_consent():
    assert "fewer_than_two_parties" in why(bundle({"US": "US"}), {"US": KEYS["US"]})
    assert why(GOOD, {})
    assert why(bundle({"US": "US", "RU": "US"}), {"US": KEYS["US"], "RU": KEYS["US"]}) == ("one_key_for_two_parties",)


@pytest.mark.req("SEC-CN", "C3")
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"texts__en_txt": TEXTS["en"].replace(b"Two", b"Ten")}, "text_changed:en"),
        ({"texts__en_txt": TEXTS["en"] + b" "}, "text_changed:en"),
        ({"texts__en_txt": TEXTS["en"].replace(b"\n", b"\r\n")}, "text_changed:en"),
        ({"texts__en_txt": TEXTS["ru"]}, "text_changed:en"),
        ({"texts__ru_txt": unicodedata.normalize("NFD", TEXTS["ru"].decode() + "й").encode()}, "text_changed:ru"),
        ({"texts__ru_txt": None}, "text_missing:ru"),
        ({"texts__uk_txt": b"Third."}, "extra_member:texts/uk.txt"),
        ({"attachments__annex_pdf": b"%PDF-1.7 other"}, "attachment_changed:annex.pdf"),
        ({"attachments__annex_pdf": None}, "attachment_missing:annex.pdf"),
        ({"attachments__more_pdf": b"%PDF"}, "extra_member:attachments/more.pdf"),
        ({"readme_md": b"x"}, "extra_member:readme.md"),
        ({"statement_json": contents(GOOD)["statement.json"] + b"\n"}, "bad_statement:statement"),
        ({"statement_json": contents(GOOD)["statement.json"].replace(b"public", b"famili")}, "signature_wrong:RU"),
        ({"statement_json": None}, "no_statement"),
        ({"signatures__US_sig": b""}, "signature_malformed:US"),
        ({"signatures__us_sig": b"x"}, "duplicate_member"),
        ({"signatures__US_txt": b"x"}, "extra_member:signatures/US.txt"),
    ],
)
def test_one_changed_byte_voids_all(change, expected):
    assert expected in why(with_files(**change))


@pytest.mark.req("SEC-CN")
def test_a_text_that_hides_something_is_invalid_though_both_signed_it():
    for bad in ("Agreed\u202e.", "Agreed\u200b.", "Agreеd.", "<b>Agreed</b>"):
        made = members(texts={"en": bad.encode()})
        assert any(one.startswith("text_refused:en:") for one in why(write_bundle(made)))


def entry(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


def with_entry(info: zipfile.ZipInfo, data: bytes = b"x") -> bytes:
    packed = io.BytesIO(GOOD)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(info, data)
    return packed.getvalue()


@pytest.mark.req("SEC-CN")
@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/passwd",
        "texts/../../x",
        "C:\\x",
        "texts\\..\\x",
        "a/./b",
        "a//b",
        "texts/\x01",
        "a/b/c/d",
        "..",
    ],
)
def test_paths_that_walk_away_are_refused(name):
    assert why(with_entry(entry(name)))[0] in ("unsafe_path", "zip_broken")


@pytest.mark.req("SEC-CN")
def test_a_name_cut_by_a_zero_byte_is_refused():
    made = with_entry(entry("texts/xx.txt_evil")).replace(b"texts/xx.txt_evil", b"texts/xx.txt\x00evil")
    assert why(made)[0] in ("unsafe_path", "zip_broken")


@pytest.mark.req("SEC-CN")
def test_links_devices_and_folders_of_its_own_are_refused():
    assert why(with_entry(entry("texts/l", stat.S_IFLNK | 0o777))) == ("link_or_device",)
    assert why(with_entry(entry("texts/p", stat.S_IFIFO | 0o644))) == ("link_or_device",)
    assert why(with_entry(entry("other/", stat.S_IFDIR | 0o755), b"")) == ("extra_member:other/",)
    assert why(with_entry(entry("texts/", stat.S_IFDIR | 0o755), b"")) == ()


@pytest.mark.req("SEC-CN")
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused():
    for name in ("texts/en.txt", "TEXTS/en.txt", "statement.json", "signatures/US.sig"):
        assert why(with_entry(entry(name), contents(GOOD).get(name, b"x"))) == ("duplicate_member",)


@pytest.mark.req("SEC-CN")
def test_bytes_before_between_behind_and_in_comments_are_refused():
    commented = io.BytesIO(GOOD)
    with zipfile.ZipFile(commented, "a") as archive:
        archive.comment = b"PK\x05\x06 hidden"
    assert why(commented.getvalue())[0] in ("zip_has_trailing_data", "zip_broken")
    assert why(GOOD + b"hidden")[0] in ("zip_has_trailing_data", "zip_broken")
    assert why(b"PK\x03\x04" + b"\x00" * 40 + GOOD)[0] in ("zip_has_hidden_data", "zip_broken")
    start = zipfile.ZipFile(io.BytesIO(GOOD)).start_dir
    moved = GOOD[:-6] + (start + 6).to_bytes(4, "little") + b"\x00\x00"
    assert why(moved[:start] + b"hidden" + moved[start:])[0] in ("zip_has_hidden_data", "zip_broken")


@pytest.mark.req("SEC-CN", "SEC-DS")
def test_bombs_are_refused_quickly():
    began = time.process_time()
    huge = zipped({**contents(GOOD), "attachments/bomb": b"\x00" * (65 * 2**20)})
    packed = time.process_time()
    assert len(huge) < 2**20
    assert why(huge) == ("too_large_unpacked",)
    many = zipped([*contents(GOOD).items(), *((f"texts/{n}.txt", b"") for n in range(MAX_MEMBERS))])
    assert why(many) == ("too_many_members",)
    assert time.process_time() - packed < 2 + (packed - began)


@pytest.mark.req("SEC-CN", "SEC-DS")
def test_a_header_that_lies_about_sizes_is_refused():
    files = contents(GOOD) | {"texts/zz.txt": b"a" * 100_000}
    made = zipped(files)
    for lie in (1, 10, 99_999, 2**31):
        changed = made.replace((100_000).to_bytes(4, "little"), lie.to_bytes(4, "little"))
        assert changed != made
        assert why(changed)


@pytest.mark.req("SEC-CN", "SEC-DS")
def test_overlapping_members_are_refused():
    files = zipped({"a": b"one", "b": b"two"}, zipfile.ZIP_STORED)
    archive = zipfile.ZipFile(io.BytesIO(files))
    first, second = (one.header_offset for one in archive.infolist())
    at = files.rindex(b"PK\x01\x02") + 42
    assert int.from_bytes(files[at : at + 4], "little") == second
    assert why(files[:at] + first.to_bytes(4, "little") + files[at + 4 :])[0] in ("zip_has_hidden_data", "zip_broken")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_odd_compression_is_refused(method):
    assert why(zipped(contents(GOOD), method)) == ("odd_compression",)


def test_an_encrypted_member_is_refused():
    data = bytearray(GOOD)
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    assert why(bytes(data))[0] in ("encrypted_member", "zip_broken")


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"Rar!"])
def test_what_is_no_zip_is_unusable(data):
    with pytest.raises(NoBundle):
        verify_bundle(data, BOTH)


@pytest.mark.req("SEC-CN")
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_flipped_bit_in_what_is_told_leaves_a_valid_bundle(data):
    made = bytearray(zipped(contents(GOOD), zipfile.ZIP_STORED))
    at = data.draw(st.integers(0, len(made) - 1))
    made[at] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found = verify_bundle(bytes(made), BOTH)
    except NoBundle:
        return
    if found.valid:
        # What may change without harm is what no reader shows: times, versions and attributes of members.
        told = contents(bytes(made))
        assert sorted(told.values()) == sorted(contents(GOOD).values())
        assert told["statement.json"] == contents(GOOD)["statement.json"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_after_a_zips_first_two_are_refused_and_never_crash(junk):
    assert verify_bundle(b"PK" + junk, BOTH).why


def test_members_without_signatures_can_be_written():
    made = members()
    assert contents(write_bundle(Members(made.statement, {}, made.files))).keys() == {
        "statement.json",
        *made.files,
    }
