# SPDX-License-Identifier: AGPL-3.0-or-later
"""What intake's pages show, as plain data for the templates."""

from goodoffices.intake.pages.frame import (
    CHECKABLE,
    MAPPABLE,
    OPEN,
    frame,
    is_running,
    progress,
    running_step,
    step_url,
)
from goodoffices.intake.pages.overview import overview
from goodoffices.intake.pages.problems import columns, problem_file, problems
from goodoffices.intake.pages.rows import preview, report, row

__all__ = [
    "CHECKABLE",
    "MAPPABLE",
    "OPEN",
    "columns",
    "frame",
    "is_running",
    "overview",
    "preview",
    "problem_file",
    "problems",
    "progress",
    "report",
    "row",
    "running_step",
    "step_url",
]
