# SPDX-License-Identifier: AGPL-3.0-or-later
"""Release packages: who could come home, under the limits the parties have recorded, in a strict order of levels."""

from goodoffices.core.packages.answers import all_proved, answer, levels_form, solve
from goodoffices.core.packages.case import Case, Person
from goodoffices.core.packages.certificate import Checked, check_package
from goodoffices.core.packages.errors import BadCase, BadPackage, SolverFailed, UnconditionalInLimit
from goodoffices.core.packages.limits import names_for
from goodoffices.core.packages.loading import load_case, load_cases

__all__ = [
    "BadCase", "BadPackage", "Case", "Checked", "Person", "SolverFailed", "UnconditionalInLimit", "all_proved",
    "answer", "check_package", "levels_form", "load_case", "load_cases", "names_for", "solve",
]  # fmt: skip
