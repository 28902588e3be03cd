# SPDX-License-Identifier: AGPL-3.0-or-later
"""Good Offices: helps people bring home those who are deprived of their liberty."""

__version__ = "0.1.0"
