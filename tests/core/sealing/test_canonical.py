# SPDX-License-Identifier: AGPL-3.0-or-later
"""Canonical JSON against the examples of RFC 8785, and what it must refuse."""

from __future__ import annotations

import json
from enum import IntEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.core.sealing.canonical import NotCanonical, canonical_bytes

SAFE = 2**53 - 1
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-SAFE, SAFE)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_the_example_of_rfc_8785_section_3_2_2() -> None:
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '€$\u000f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    assert canonical_bytes(value) == (
        b'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_keys_sort_by_utf_16_units_as_in_rfc_8785_section_3_2_3() -> None:
    value = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\u0080": 6, "ö": 7}
    assert list(json.loads(canonical_bytes(value))) == ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]


@pytest.mark.parametrize("sample", [-0.0, 0])
def test_zero_has_one_form(sample: float) -> None:
    assert canonical_bytes(sample) == b"0"


class Grade(IntEnum):
    """A stand-in for an enum that is a number."""

    FIRST = 1


def test_an_enum_that_is_a_number_is_written_as_the_number() -> None:
    assert canonical_bytes([Grade.FIRST]) == b"[1]"


def deep(levels: int) -> list[object]:
    value: list[object] = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        float("-inf"),
        SAFE + 1,
        -SAFE - 1,
        {1: "x"},
        {None: 1},
        "\ud800",
        {"\udfff": 1},
        b"bytes",
        {"a"},
        UUID(int=1),
        deep(100_000),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_json_cannot_carry_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes({"x": value})


def test_a_refusal_never_quotes_the_value() -> None:
    with pytest.raises(NotCanonical) as caught:
        canonical_bytes({"name": 9_007_199_254_740_993})
    assert "9007199254740993" not in str(caught.value.as_dict())
    assert caught.value.__suppress_context__


@given(values)
def test_canonical_bytes_are_a_fixed_point(value: object) -> None:
    once = canonical_bytes(value)
    assert canonical_bytes(json.loads(once, parse_int=float_if_large)) == once


def float_if_large(digits: str) -> float:
    """Read integers beyond 2^53 as the doubles they are in JSON."""
    number = int(digits)
    return number if abs(number) <= SAFE else float(digits)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), scalars, max_size=6))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    assert canonical_bytes(dict(reversed(value.items()))) == canonical_bytes(value)
