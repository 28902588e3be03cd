# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be done with lists and reports: stage, map, check, preview, commit, undo, record."""
