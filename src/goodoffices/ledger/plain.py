# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plain values: what a ledger line or a job may hold without holding anything about a person.

Invariant: no free text. A string is an id or a short code in lower case, so that a name, an address or a
sentence is refused at the door instead of being found later in a log nobody can erase.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import UUID

from goodoffices.core.errors import GoodOfficesError

CODE = re.compile(r"[a-z0-9._-]{1,64}", re.ASCII)
LARGEST = 2**53 - 1
DEEPEST = 4

Scalar = bool | int | str | None
Plain = Scalar | list["Plain"] | dict[str, "Plain"]


class NotPlain(GoodOfficesError):
    """A value that could hold personal content."""

    code = "not_plain"


def plain_code(value: object, *, where: str) -> str:
    """Give back a short code: 1 to 64 of a-z, 0-9, dot, underscore, hyphen.

    Raises:
        NotPlain: anything else.
    """
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str) and CODE.fullmatch(value):
        return str(value)
    raise _refused(where)


def plain_scalar(value: object, *, where: str) -> bool | int | str:
    """Give back an id, a count, a truth value or a short code.

    Raises:
        NotPlain: anything else, None included.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= LARGEST:
        return int(value)
    return plain_code(value, where=where)


def plain_payload(payload: Mapping[str, object]) -> dict[str, bool | int | str]:
    """Check a job's payload: one flat mapping of codes to ids, counts, truth values and codes.

    Raises:
        NotPlain: a value or a key of another kind; the message names the key only if it is plain itself.
    """
    return {
        plain_code(key, where="payload key"): plain_scalar(value, where=_named("payload", key))
        for key, value in payload.items()
    }


def plain_facts(facts: Mapping[str, object]) -> dict[str, Plain]:
    """Check a ledger line's facts: like a payload, with None, lists and mappings up to four deep.

    Raises:
        NotPlain: a value or a key of another kind.
    """
    return {
        plain_code(key, where="fact name"): _plain(value, _named("facts", key), DEEPEST) for key, value in facts.items()
    }


def _plain(value: object, where: str, depth: int) -> Plain:
    if value is None:
        return None
    if isinstance(value, Mapping | list | tuple) and depth == 0:
        raise _refused(where)
    if isinstance(value, Mapping):
        return {plain_code(key, where=where): _plain(inner, where, depth - 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, where, depth - 1) for inner in value]
    return plain_scalar(value, where=where)


def _named(part: str, key: object) -> str:
    return f"{part}.{key}" if isinstance(key, str) and CODE.fullmatch(key) else part


def _refused(where: str) -> NotPlain:
    # The value itself stays out of the message: it is exactly what must not spread.
    return NotPlain(
        f"{where}: only ids, whole numbers, yes/no and short codes may stand here.",
        where={"field": where},
        hint="Give an id or a code of a-z, 0-9, '.', '_', '-'; personal content goes into private=.",
    )
