# SPDX-License-Identifier: AGPL-3.0-or-later
"""One person, one case: candidates, review, decisions."""
