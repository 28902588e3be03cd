# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sphinx: builds offline, without web fonts."""

project = "Good Offices"
author = "Good Offices contributors"
copyright = "Good Offices contributors, AGPL-3.0-or-later"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
myst_heading_anchors = 3
suppress_warnings = ["myst.xref_missing"]
