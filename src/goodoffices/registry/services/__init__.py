# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes of the registry, one file per verb's subject."""
