# SPDX-License-Identifier: AGPL-3.0-or-later
"""Overlapping lists -> how many people are on none. See docs/explanation/estimation.md."""

from goodoffices.core.estimation.averaging import Averaged, average
from goodoffices.core.estimation.chao import LowerBound, lower_bound
from goodoffices.core.estimation.errors import BadSetting, BadTable
from goodoffices.core.estimation.estimate import METHODS, Estimate, LogLinear, Settings, estimate
from goodoffices.core.estimation.judgement import Headline, Limit
from goodoffices.core.estimation.latent import LatentClasses, latent_classes
from goodoffices.core.estimation.loglinear import Model, Search, fit_terms, search
from goodoffices.core.estimation.profile import Profile, profile_interval
from goodoffices.core.estimation.reselection import Reselected, reselection_interval
from goodoffices.core.estimation.table import MOST_LISTS, Overlaps, table_from_rows
from goodoffices.core.estimation.words import limit_text, wording

__all__ = [
    "METHODS", "MOST_LISTS", "Averaged", "BadSetting", "BadTable", "Estimate", "Headline", "LatentClasses", "Limit",
    "LogLinear", "LowerBound", "Model", "Overlaps", "Profile", "Reselected", "Search", "Settings", "average",
    "estimate", "fit_terms", "latent_classes", "limit_text", "lower_bound", "profile_interval",
    "reselection_interval", "search", "table_from_rows", "wording",
]  # fmt: skip
