# SPDX-License-Identifier: AGPL-3.0-or-later
"""A name in any script: its parts, its folded forms, and the comparison of two names with reasons."""

from goodoffices.core.names.compare import NameComparison, NameReason, compare_names
from goodoffices.core.names.fold import fold, plain, relayout, repair_scripts, script_of, skeleton, stem
from goodoffices.core.names.given import given_ids, given_sex, is_given, is_patronymic, patronymic_id
from goodoffices.core.names.parse import NameReading, parse_name

__all__ = [
    "NameComparison", "NameReading", "NameReason", "compare_names", "fold", "given_ids", "given_sex",
    "is_given", "is_patronymic", "parse_name", "patronymic_id", "plain", "relayout", "repair_scripts",
    "script_of", "skeleton", "stem",
]  # fmt: skip
