# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bundle of a disclosure: one zip with statement, texts, attachments and signatures, read in one way only.

Invariant: a bundle that two readers could read differently is refused. So: no data before, between, after or
in comments; no two members of one name; no encryption, links or odd compression; no member that the statement
doesn't name; and never more bytes unpacked than the limits allow, whatever a header says.
"""

from __future__ import annotations

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.sealing.consent import MAX_STATEMENT_BYTES, Digest, Statement
from goodoffices.core.sealing.consent_text import MAX_TEXT_BYTES
from goodoffices.core.sealing.sshsig import MAX_SIGNATURE_FILE

STATEMENT = "statement.json"
SIGNATURES, TEXTS, ATTACHMENTS = "signatures/", "texts/", "attachments/"
FOLDERS = frozenset((SIGNATURES, TEXTS, ATTACHMENTS))
MAX_MEMBERS = 256
MAX_MEMBER_BYTES = 64 * 2**20
MAX_TOTAL_BYTES = 256 * 2**20
MAX_BUNDLE_BYTES = MAX_TOTAL_BYTES + 2**20
# A fixed time, so that the same disclosure gives the same bundle.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_PARTY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SAFE_PART = re.compile(r"[^\x00-\x1f\\:]+")
_LOCAL_HEADER = 30
_END_RECORD = 22


class NoBundle(GoodOfficesError):
    """The file isn't a zip at all."""

    code = "no_bundle"


class BundleFault(Exception):
    """A zip that must not be trusted; ``why`` is the code of the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Members:
    """What lies in a bundle, not yet compared with its statement.

    Attributes:
        statement: bytes of ``statement.json``.
        signatures: party -> bytes of its signature file.
        files: path -> bytes of every other member.
    """

    statement: bytes
    signatures: Mapping[str, bytes]
    files: Mapping[str, bytes] = field(default_factory=dict)


def is_party(name: str) -> bool:
    """Tell whether a party's name may stand in a path: letters, digits, dot, dash, underscore."""
    return _PARTY.fullmatch(name) is not None


def text_path(lang: str) -> str:
    """Where a bundle keeps the text of a language."""
    return f"{TEXTS}{lang}.txt"


def write_bundle(members: Members) -> bytes:
    """Pack a bundle; the same members give the same bytes."""
    files = {STATEMENT: members.statement, **members.files}
    files |= {f"{SIGNATURES}{party}.sig": data for party, data in members.signatures.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files, key=lambda one: (one != STATEMENT, one)):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return packed.getvalue()


def read_members(data: bytes) -> Members:
    """Unpack a bundle into memory, strictly.

    Raises:
        NoBundle: no zip.
        BundleFault: a zip that could be read in two ways or asks for more than the limits.
    """
    if len(data) > MAX_BUNDLE_BYTES:
        raise BundleFault("bundle_too_large")
    if not data.startswith(b"PK"):
        raise NoBundle("The file is no bundle.", hint="A bundle is a zip made by: goodoffices consent pack.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_frame(data, archive, entries)
            return _sorted_out({entry.filename: _unpack(archive, entry) for entry in _real(entries)})
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError, OSError):
        raise BundleFault("zip_broken") from None


def match_files(statement: Statement, files: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """Compare the members with what the statement names.

    Texts are found by their hash, attachments by name and hash: where a text lies says nothing, since the
    statement binds its language to its bytes.

    Returns:
        language -> bytes of each text found, and the codes of what is wrong.
    """
    left = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    why: list[str] = []
    for one in statement.attachments:
        path = next((p for p in (ATTACHMENTS + one.label, one.label) if p in left), None)
        if path is None:
            why.append(f"attachment_missing:{one.label}")
        elif left.pop(path) != one.sha256:
            why.append(f"attachment_changed:{one.label}")
    texts: dict[str, bytes] = {}
    for one in statement.texts:
        path = _text_of(one, left)
        if path is not None:
            texts[one.label] = files[path]
            del left[path]
    # What is left over is a changed text where it lies in the text's own place, else something nobody signed.
    for one in statement.texts:
        if one.label in texts:
            continue
        changed = next((path for path in left if _is_place_of(one.label, path)), None)
        why.append(f"text_missing:{one.label}" if changed is None else f"text_changed:{one.label}")
        left.pop(changed or "", None)
    why += [f"extra_member:{path}" for path in sorted(left)]
    return texts, why


def _text_of(one: Digest, left: Mapping[str, str]) -> str | None:
    found = [path for path, digest in left.items() if digest == one.sha256 and not path.startswith(ATTACHMENTS)]
    return min(found, key=lambda path: (not _is_place_of(one.label, path), path), default=None)


def _is_place_of(lang: str, path: str) -> bool:
    return lang in re.split(r"[/.]", path)


def _check_frame(data: bytes, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse whatever lets two readers see two archives."""
    if len(entries) > MAX_MEMBERS:
        raise BundleFault("too_many_members")
    if archive.comment or data[-_END_RECORD : -_END_RECORD + 4] != b"PK\x05\x06":
        raise BundleFault("zip_has_trailing_data")
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) != len(names):
        raise BundleFault("duplicate_member")
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > MAX_TOTAL_BYTES:
        raise BundleFault("too_large_unpacked")
    _check_places(data, archive, entries)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    # ZipFile cuts a name at a NUL and turns backslashes round on some systems: look at what the file says.
    name, said = entry.filename, getattr(entry, "orig_filename", entry.filename)
    parts = name.removesuffix("/").split("/")
    plain = all(_SAFE_PART.fullmatch(part) and part not in (".", "..") for part in parts)
    if said != name or not plain or len(parts) > 3 or len(name.encode()) > 400:
        raise BundleFault("unsafe_path")
    mode = entry.external_attr >> 16
    if stat.S_ISLNK(mode) or (stat.S_IFMT(mode) not in (0, stat.S_IFREG) and not entry.is_dir()):
        raise BundleFault("link_or_device")
    if entry.flag_bits & 0x1:
        raise BundleFault("encrypted_member")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BundleFault("odd_compression")
    if entry.is_dir() and (name not in FOLDERS or entry.file_size):
        raise BundleFault(f"extra_member:{name[:80]}")
    if entry.file_size > MAX_MEMBER_BYTES or entry.file_size > _limit(name):
        raise BundleFault("too_large_unpacked")


def _limit(name: str) -> int:
    if name == STATEMENT:
        return MAX_STATEMENT_BYTES
    if name.startswith(SIGNATURES):
        return MAX_SIGNATURE_FILE
    return MAX_TEXT_BYTES if name.startswith(TEXTS) else MAX_MEMBER_BYTES


def _check_places(data: bytes, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Members follow one another from the first byte to the directory: no hidden, no overlapping data."""
    expected = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        start = entry.header_offset
        if start != expected or data[start : start + 4] != b"PK\x03\x04":
            raise BundleFault("zip_has_hidden_data")
        name_length = int.from_bytes(data[start + 26 : start + 28], "little")
        extra_length = int.from_bytes(data[start + 28 : start + 30], "little")
        expected = start + _LOCAL_HEADER + name_length + extra_length + entry.compress_size
        if entry.flag_bits & 0x8:
            expected += _descriptor_length(data, expected, entry)
    if expected != archive.start_dir:
        raise BundleFault("zip_has_hidden_data")


def _descriptor_length(data: bytes, at: int, entry: zipfile.ZipInfo) -> int:
    """Length of the record after a member written to a stream; the signature before it is optional."""
    signature = 4 if data[at : at + 4] == b"PK\x07\x08" else 0
    crc = int.from_bytes(data[at + signature : at + signature + 4], "little")
    if crc != entry.CRC:
        raise BundleFault("zip_has_hidden_data")
    return signature + 12


def _real(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    return [entry for entry in entries if not entry.is_dir()]


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as member:
        found = member.read(entry.file_size + 1)
    if len(found) != entry.file_size:
        raise BundleFault("zip_broken")
    return found


def _sorted_out(members: dict[str, bytes]) -> Members:
    statement = members.pop(STATEMENT, None)
    if statement is None:
        raise BundleFault("no_statement")
    signatures: dict[str, bytes] = {}
    for path in [path for path in members if path.startswith(SIGNATURES)]:
        party = path.removeprefix(SIGNATURES).removesuffix(".sig")
        if not path.endswith(".sig") or not is_party(party):
            raise BundleFault(f"extra_member:{path[:80]}")
        signatures[party] = members.pop(path)
    return Members(statement, signatures, members)
