# SPDX-License-Identifier: AGPL-3.0-or-later
"""`compare-names`: a verdict with its reasons."""

from __future__ import annotations

import pytest

from goodoffices.cli.comparing import compare
from goodoffices.core.errors import GoodOfficesError


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("Ковилянко Андрій", "Andriy Kovylianko", "same"),
        ("Ковилянко Андрій Остапович", "Ковылянко Андрей Остапович", "same"),
        ("Ковилянко Андрій", "Зоренчук Софія", "different"),
    ],
)
def test_names_are_compared_across_scripts(first, second, verdict):
    found = compare(first, second)
    assert found["verdict"] == verdict
    assert found["weight_bits"] == pytest.approx(sum(one["bits"] for one in found["reasons"]), abs=0.01)


def test_it_does_not_matter_which_name_comes_first():
    one, other = compare("Ковилянко Андрій", "Kovylianko A."), compare("Kovylianko A.", "Ковилянко Андрій")
    assert (one["verdict"], one["weight_bits"]) == (other["verdict"], other["weight_bits"])


@pytest.mark.parametrize(("first", "second", "sex"), [("", "Андрій", None), ("Андрій", " ", None), ("А", "Б", "x")])
def test_what_cannot_be_compared_is_refused(first, second, sex):
    with pytest.raises(GoodOfficesError):
        compare(first, second, sex)
