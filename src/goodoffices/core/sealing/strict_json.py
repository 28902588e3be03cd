# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read JSON in which nothing can mean two things: no repeated keys, no NaN, no numbers other readers round."""

from __future__ import annotations

import json
from typing import NoReturn

from goodoffices.core.errors import GoodOfficesError

MAX_BYTES = 64 * 2**20
MAX_INTEGER = 2**53 - 1
MAX_DIGITS = 40
MAX_DEPTH = 100


class BadJson(GoodOfficesError):
    """The bytes are no JSON that every reader reads alike."""

    code = "bad_json"


def read_json(data: bytes, *, file: str = "", max_bytes: int = MAX_BYTES) -> object:
    """Read one JSON value.

    Args:
        data: UTF-8 bytes; a byte order mark is refused.
        file: the name to tell a person, empty where there is none.
        max_bytes: longest text read.

    Raises:
        BadJson: too long, no UTF-8, no JSON, a key twice, NaN or Infinity, an integer beyond 2**53 - 1, a lone
            surrogate, or nested deeper than 100.

    Source: RFC 8259; the bounds are those of I-JSON, RFC 7493 sections 2.1 to 2.3.
    """
    where: dict[str, object] = {"file": file} if file else {}
    if len(data) > max_bytes:
        raise BadJson(f"The file is longer than {max_bytes:,} bytes.", where=where, hint="Split it.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadJson("The file is not UTF-8.", where=where | {"byte": error.start}, hint="Save it as UTF-8.") from None
    if text.startswith("\ufeff"):
        raise BadJson("The file begins with a byte order mark.", where=where, hint="Save it as UTF-8 without BOM.")
    try:
        value = json.loads(
            text, object_pairs_hook=_once, parse_int=_integer, parse_float=_number, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        place = where | {"row": error.lineno, "column": error.colno}
        raise BadJson(f"The file is not JSON: {error.msg}.", where=place, hint="Mend it at this place.") from None
    except RecursionError:
        raise BadJson("The file is nested too deep.", where=where, hint="Nest it less.") from None
    except BadJson as error:
        raise BadJson(error.message, where=where | error.where, hint=error.hint) from None
    _check(value, where, 0)
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise BadJson("A key stands twice in one object.", where={"field": key[:80]}, hint="Keep one of them.")
        found[key] = value
    return found


def _integer(digits: str) -> int:
    number = int(digits) if len(digits) <= MAX_DIGITS else MAX_INTEGER + 1
    if abs(number) > MAX_INTEGER:
        raise BadJson("An integer is beyond 2^53.", hint="Write it as text, or smaller.")
    return number


def _number(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise BadJson("A number is too large.", hint="Write a smaller one.")
    return number


def _constant(word: str) -> NoReturn:
    raise BadJson(f"{word} is no JSON number.", hint="Write a number, or null.")


def _check(value: object, where: dict[str, object], depth: int) -> None:
    if depth > MAX_DEPTH:
        raise BadJson("The file is nested too deep.", where=where, hint="Nest it less.")
    if isinstance(value, str):
        _whole(value, where)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _whole(key, where)
            _check(inner, where, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, where, depth + 1)


def _whole(text: str, where: dict[str, object]) -> None:
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise BadJson("A text holds half a character.", where=where, hint="Write the whole character.")
