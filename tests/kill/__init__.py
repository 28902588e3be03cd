# SPDX-License-Identifier: AGPL-3.0-or-later
"""Kills: whatever moment a process dies at, nothing is lost, half-done or doubled."""
