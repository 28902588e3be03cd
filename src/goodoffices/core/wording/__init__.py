# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tone and neutrality of a text in English, Russian or Ukrainian."""

from goodoffices.core.wording.lint import Finding, Request, lint
from goodoffices.core.wording.profiles import LANGUAGES, SUBJECTS, WordingError, matrix

__all__ = ["LANGUAGES", "SUBJECTS", "Finding", "Request", "WordingError", "lint", "matrix"]
