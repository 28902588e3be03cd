# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be wrong with a table of overlaps or with what is asked of it."""

from __future__ import annotations

from goodoffices.core.errors import GoodOfficesError


class BadTable(GoodOfficesError):
    """The table of overlaps can't be used."""

    code = "bad_table"


class BadSetting(GoodOfficesError):
    """A setting can't be used, or not with this table."""

    code = "bad_setting"
