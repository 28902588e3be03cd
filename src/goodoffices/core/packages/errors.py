# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be wrong with a case or a package that is handed in."""

from __future__ import annotations

from goodoffices.core.errors import GoodOfficesError


class BadCase(GoodOfficesError):
    """The case can't be used as it is written."""

    code = "bad_case"


class UnconditionalInLimit(BadCase):
    """A limit mentions a person whose release may never be a condition. There is no override."""

    code = "unconditional_in_limit"


class BadPackage(GoodOfficesError):
    """The package names somebody twice, somebody unknown, or somebody who can't be part of an exchange."""

    code = "bad_package"


class SolverFailed(GoodOfficesError):
    """The solver gave an answer that exact arithmetic doesn't confirm."""

    code = "solver_failed"
