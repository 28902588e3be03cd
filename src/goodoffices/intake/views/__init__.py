# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of intake: lists in steps, and reports."""
