# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests of the command line, each command as a process of its own."""
