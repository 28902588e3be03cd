# SPDX-License-Identifier: AGPL-3.0-or-later
"""`compare-names`: pure, no store, no set-up."""

from __future__ import annotations

import pytest

from tests.command import goodoffices


@pytest.fixture
def compare(tmp_path):
    def ask(*words):
        return goodoffices("compare-names", *words, "--json", "--data", tmp_path / "none")

    return ask


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("Ковилянко Андрій Петрович", "Ковылянко Андрей Петрович", "same"),
        ("Ковилянко Андрій", "Andriy Kovylianko", "same"),
        ("Ковилянко Андрій", "Лелечинко Оксана", "different"),
    ],
)
def test_two_names_get_a_verdict_with_its_weight_and_reasons(first, second, verdict, compare, tmp_path):
    done = compare(first, second)
    assert done.code == 0, done.err
    assert list(done.json) == ["verdict", "weight_bits", "reasons"]
    assert done.json["verdict"] == verdict
    assert isinstance(done.json["weight_bits"], float)
    assert done.json["reasons"]
    assert (done.json["weight_bits"] > 0) == (verdict == "same")
    assert not list(tmp_path.iterdir())


def test_the_order_of_the_two_does_not_matter(compare):
    one = compare("Ковилянко Андрій", "Andriy Kovylianko").json
    other = compare("Andriy Kovylianko", "Ковилянко Андрій").json
    assert (one["verdict"], one["weight_bits"]) == (other["verdict"], other["weight_bits"])


@pytest.mark.parametrize("words", [("", "x"), ("x", "  "), ("x", "y", "--sex", "q")], ids=str)
def test_what_cannot_be_compared_is_refused(words, compare, refused):
    refused(compare(*words))
