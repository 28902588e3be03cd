# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measurements: committed, repeatable, each printing what it was compared with."""
