# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of matching, one file a subject."""
