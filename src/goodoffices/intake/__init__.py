# SPDX-License-Identifier: AGPL-3.0-or-later
"""How word comes in: lists and reports, staged, checked, previewed and undoable."""
