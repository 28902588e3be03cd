# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pure core: rules of matching, dates, words and sealing. No Django, no files, no clock, no globals."""
