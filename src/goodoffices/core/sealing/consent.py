# SPDX-License-Identifier: AGPL-3.0-or-later
"""The statement high parties sign before anything of a Mission may be told (CONTRACTS 3.7).

Invariant: one statement, one sequence of bytes. The signed bytes are a fixed prefix and the canonical JSON of
the statement; the statement names every text and attachment by its SHA-256, so one changed byte voids all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.sealing.canonical import NotCanonical, canonical_bytes
from goodoffices.core.sealing.consent_text import label_faults
from goodoffices.core.sealing.strict_json import BadJson, read_json

PREFIX = b"goodoffices-disclosure-v1\n"
NAMESPACE = "goodoffices-disclosure"
SCHEMA = 1
MAX_STATEMENT_BYTES = 262_144
MAX_TEXTS, MAX_ATTACHMENTS = 32, 128
MAX_LABEL = 400
KEYS = frozenset(
    ("schema", "mission", "texts", "attachments", "audience", "channel", "not_before", "not_after", "supersedes")
)
_LANG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2}))?")
_UNSAFE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^\.|[. ]$')
MAX_NAME_BYTES = 200


class BadStatement(GoodOfficesError):
    """A statement nobody may sign."""

    code = "bad_statement"


@dataclass(frozen=True, slots=True)
class Digest:
    """A text (by language) or an attachment (by name) and the SHA-256 of its bytes in hex."""

    label: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What is to be told, to whom, how and when; see CONTRACTS 3.7 for the fields."""

    mission: str
    texts: tuple[Digest, ...]
    attachments: tuple[Digest, ...]
    audience: str
    channel: str
    not_before: str
    not_after: str | None = None
    supersedes: str | None = None

    def as_json(self) -> dict[str, object]:
        """Give the statement as the object that is signed."""
        return {
            "schema": SCHEMA,
            "mission": self.mission,
            "texts": [{"lang": one.label, "sha256": one.sha256} for one in self.texts],
            "attachments": [{"name": one.label, "sha256": one.sha256} for one in self.attachments],
            "audience": self.audience,
            "channel": self.channel,
            "not_before": self.not_before,
            "not_after": self.not_after,
            "supersedes": self.supersedes,
        }

    def canonical(self) -> bytes:
        """Give the canonical JSON, the bytes of ``statement.json``."""
        return canonical_bytes(self.as_json())

    def signed_bytes(self) -> bytes:
        """Give the exact bytes a party signs."""
        return PREFIX + self.canonical()

    def hash(self) -> str:
        """Give the hash that names this statement: SHA-256 of the signed bytes, in hex."""
        return hashlib.sha256(self.signed_bytes()).hexdigest()


def make_statement(
    *,
    mission: str,
    texts: Mapping[str, bytes],
    attachments: Mapping[str, bytes],
    audience: str,
    channel: str,
    not_before: str,
    not_after: str | None = None,
    supersedes: str | None = None,
) -> Statement:
    """Make the statement over exact bytes.

    Raises:
        BadStatement: a field isn't as CONTRACTS 3.7 has it.
    """
    return read_statement(
        Statement(
            mission=mission,
            texts=_digests(texts),
            attachments=_digests(attachments),
            audience=audience,
            channel=channel,
            not_before=not_before,
            not_after=not_after,
            supersedes=supersedes,
        ).canonical()
    )


def read_statement(data: bytes) -> Statement:
    """Read ``statement.json``, accepting one form only.

    Raises:
        BadStatement: no JSON, a key too many or too few or twice, a wrong type or order, or bytes that are not the
            canonical ones.
    """
    try:
        raw = read_json(data, max_bytes=MAX_STATEMENT_BYTES)
    except BadJson as error:
        raise BadStatement(error.message, where=error.where, hint=error.hint) from None
    if not isinstance(raw, dict) or raw.keys() != KEYS:
        raise _bad("statement", f"doesn't have exactly the keys {', '.join(sorted(KEYS))}")
    if type(raw["schema"]) is not int or raw["schema"] != SCHEMA:
        raise _bad("schema", "isn't 1")
    statement = Statement(
        mission=_label(raw["mission"], "mission"),
        texts=_entries(raw["texts"], "texts", "lang", MAX_TEXTS),
        attachments=_entries(raw["attachments"], "attachments", "name", MAX_ATTACHMENTS),
        audience=_label(raw["audience"], "audience"),
        channel=_label(raw["channel"], "channel"),
        not_before=_moment(raw["not_before"], "not_before"),
        not_after=None if raw["not_after"] is None else _moment(raw["not_after"], "not_after"),
        supersedes=None if raw["supersedes"] is None else _label(raw["supersedes"], "supersedes"),
    )
    _check_whole(statement)
    try:
        canonical = statement.canonical()
    except NotCanonical as error:
        raise BadStatement(error.message, hint=error.hint) from None
    if canonical != data:
        raise _bad("statement", "isn't canonical JSON (RFC 8785)")
    return statement


def instant(moment: str) -> datetime:
    """Read a moment of a statement; a day alone begins at midnight UTC."""
    if len(moment) == len("2026-01-01"):
        return datetime.combine(date.fromisoformat(moment), time(), UTC)
    return datetime.fromisoformat(moment)


def _digests(files: Mapping[str, bytes]) -> tuple[Digest, ...]:
    return tuple(Digest(label, hashlib.sha256(files[label]).hexdigest()) for label in sorted(files))


def _bad(field: str, what: str) -> BadStatement:
    hint = "Make the statement with: goodoffices consent pack."
    return BadStatement(f"{field} {what}.", where={"field": field}, hint=hint)


def _label(value: object, field: str) -> str:
    if not isinstance(value, str) or not value or len(value) > MAX_LABEL:
        raise _bad(field, f"isn't a text of 1 to {MAX_LABEL} characters")
    faults = label_faults(value)
    if faults:
        raise _bad(field, f"holds what no signer can see ({faults[0]})")
    return value


def _entries(value: object, field: str, label: str, most: int) -> tuple[Digest, ...]:
    if not isinstance(value, list) or len(value) > most:
        raise _bad(field, f"isn't a list of at most {most}")
    found = tuple(_entry(one, f"{field}[{index}]", label) for index, one in enumerate(value))
    labels = [one.label for one in found]
    if labels != sorted(labels) or len({one.casefold() for one in labels}) != len(labels):
        raise _bad(field, f"isn't sorted by {label}, each once")
    return found


def _entry(value: object, field: str, label: str) -> Digest:
    if not isinstance(value, dict) or value.keys() != {label, "sha256"}:
        raise _bad(field, f'doesn\'t have exactly the keys "{label}" and "sha256"')
    name, digest = value[label], value["sha256"]
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise _bad(f"{field}.sha256", "isn't 64 hexadecimal digits")
    if label == "lang":
        if not isinstance(name, str) or not _LANG.fullmatch(name):
            raise _bad(f"{field}.lang", "isn't a language code")
        return Digest(name, digest)
    named = _label(name, f"{field}.name")
    if _UNSAFE_NAME.search(named) or len(named.encode()) > MAX_NAME_BYTES:
        raise _bad(f"{field}.name", "isn't a plain file name")
    return Digest(named, digest)


def _moment(value: object, field: str) -> str:
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            instant(value)
        except ValueError:
            pass
        else:
            return value
    raise _bad(field, "is neither a day (2026-05-31) nor a moment with its zone (2026-05-31T09:00:00Z)")


def _check_whole(statement: Statement) -> None:
    if not statement.texts:
        raise _bad("texts", "is empty")
    after = statement.not_after
    if after is not None and instant(after) <= instant(statement.not_before):
        raise _bad("not_after", "isn't later than not_before")


def labels(entries: Sequence[Digest]) -> list[str]:
    """Give the languages or names of entries."""
    return [one.label for one in entries]
