# SPDX-License-Identifier: AGPL-3.0-or-later
"""Problems grouped by the repair that mends them, and repairs that do what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.intake.reading import (
    ChosenRepair,
    ColumnRules,
    ListUnreadable,
    Problem,
    Repair,
    apply_repairs,
    group_problems,
    normalise,
)
from goodoffices.intake.reading.repairs import offers

AMBIGUOUS = [f"0{n % 9 + 1}/0{n % 7 + 2}/1985" for n in range(17) if n % 9 + 1 != n % 7 + 2]


def problems_of(values, rules):
    return [cell.problem for n, text in enumerate(values) if (cell := normalise(text, rules, n + 2)).problem]


def test_dates_of_one_shape_are_one_group_with_its_repairs():
    (group,) = group_problems(problems_of(AMBIGUOUS, ColumnRules("dob")))
    assert (group.target, group.kind, group.pattern) == ("dob", "ambiguous_order", "99/99/9999")
    assert group.count == len(AMBIGUOUS)
    assert len(group.examples) == 5
    assert group.repairs[0] == Repair("order", "DMY")


@pytest.mark.parametrize(("order", "value"), [("DMY", "1985-05-03"), ("MDY", "1985-03-05")])
def test_reading_all_so_mends_the_whole_group(order, value):
    rules = ColumnRules("dob")
    (group,) = group_problems(problems_of(["03/05/1985"], rules))
    chosen = ChosenRepair(group.target, group.kind, group.pattern, Repair("order", order))
    cell = normalise("03/05/1985", apply_repairs(rules, [chosen]))
    assert (cell.value, cell.problem, cell.original) == (value, None, "03/05/1985")


@pytest.mark.parametrize(
    ("target", "text", "repair", "value"),
    [
        ("dob", "31.02.1990", Repair("approximate"), "1990~"),
        ("dob", "31.02.1990", Repair("missing"), None),
        ("dob", "03.05.85", Repair("pivot", "30"), "1985-05-03"),
        ("dob", "31170", Repair("serials"), "1985-05-03"),
        ("dob", "02.13.1985", Repair("accept"), "1985-02-13"),
        ("category", "кухар", Repair("value", "civilian"), "civilian"),
        ("category", "кухар", Repair("as_said"), "кухар"),
        ("sex", "хз", Repair("missing"), None),
        ("sex", "чел", Repair("value", "m"), "m"),
    ],
)
def test_each_repair_does_what_it_says(target, text, repair, value):
    rules = ColumnRules(target)
    before = normalise(text, rules)
    chosen = ChosenRepair(target, before.problem.code, "*", repair)
    after = normalise(text, apply_repairs(rules, [chosen]))
    assert (after.value, after.problem, after.original) == (value, None, text)


def test_a_repair_touches_only_its_column_kind_and_shape():
    rules = ColumnRules("dob")
    chosen = [
        ChosenRepair("event_date", "ambiguous_order", "*", Repair("order", "DMY")),
        ChosenRepair("dob", "ambiguous_order", "99/99/9999", Repair("order", "DMY")),
    ]
    mended = apply_repairs(rules, chosen)
    assert len(mended.repairs) == 1
    assert normalise("3/5/1985", mended).problem.code == "ambiguous_order"
    assert normalise("31.02.1990", mended).problem.code == "not_a_calendar_date"
    assert not rules.repairs


def test_a_repair_that_mends_nothing_leaves_the_problem():
    chosen = ChosenRepair("dob", "not_a_calendar_date", "*", Repair("approximate"))
    assert normalise("31.02.90", apply_repairs(ColumnRules("dob"), [chosen])).problem.code == "two_digit_year"


@pytest.mark.parametrize(
    "choice",
    [
        ChosenRepair("contact", "must_be_sealed", "*", Repair("accept")),
        ChosenRepair("sex", "unrecognised", "*", Repair("value", "x")),
        ChosenRepair("dob", "ambiguous_order", "*", Repair("value", "1985")),
    ],
)
def test_a_repair_that_is_not_offered_is_refused(choice):
    with pytest.raises(ListUnreadable) as caught:
        apply_repairs(ColumnRules(choice.target), [choice])
    assert caught.value.code == "repair_not_offered"


def test_what_must_be_sealed_has_no_repair():
    assert offers("contact", "must_be_sealed") == ()


def test_groups_stay_few_however_many_shapes_there_are():
    problems = [Problem("unreadable", "refusal", row=n, field="dob", text="x" * (n % 70) + "y") for n in range(5000)]
    groups = group_problems(problems)
    assert len(groups) <= 42
    assert sum(group.count for group in groups) == 5000
    assert all(len(group.rows) <= 20 for group in groups)


@given(
    st.lists(
        st.builds(
            Problem,
            code=st.sampled_from(["unreadable", "ambiguous_order", "short_row"]),
            level=st.sampled_from(["note", "warning", "refusal"]),
            row=st.integers(1, 99),
            field=st.sampled_from(["dob", "sex", ""]),
            text=st.text(max_size=6),
        )
    )
)
def test_grouping_loses_nothing_and_puts_the_gravest_first(problems):
    groups = group_problems(problems)
    assert sum(group.count for group in groups) == len(problems)
    levels = [["refusal", "warning", "note"].index(group.level) for group in groups]
    assert levels == sorted(levels)
