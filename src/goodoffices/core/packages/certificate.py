# SPDX-License-Identifier: AGPL-3.0-or-later
"""The certificate of a package, checked by reading and counting alone: no solver, nothing to trust.

It proves that the package keeps every limit and what its levels are; not that no better one exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from goodoffices.core.packages.case import Case
from goodoffices.core.packages.errors import BadPackage
from goodoffices.core.packages.limits import broken
from goodoffices.core.packages.shares import Levels, levels_of
from goodoffices.core.packages.stages import check_stages

HINT = 'Write it as {"people": ["id", ...]}.'


@dataclass(frozen=True)
class Checked:
    """The verdict: limits broken and what is wrong with the stages (both empty: it stands), and the levels."""

    broken: tuple[str, ...]
    stages_wrong: tuple[str, ...]
    levels: Levels

    @property
    def feasible(self) -> bool:
        return not self.broken and not self.stages_wrong


def check_package(case: Case, document: Any) -> Checked:
    """Check a package handed in as ``{"people": [ids], "stages": [[ids], ...]}`` (stages may be left out).

    Raises:
        BadPackage: it has another form, or names somebody twice, unknown, or unconditional.
    """
    if not isinstance(document, Mapping):
        raise BadPackage("The package is not an object.", hint=HINT)
    for key in document:
        if key not in ("people", "stages"):
            raise BadPackage("The package has a field not known here.", where={"field": str(key)}, hint=HINT)
    people = _ids(case, document.get("people"), "people")
    stages = document.get("stages")
    if stages is not None and not isinstance(stages, list | tuple):
        raise BadPackage("The stages are not a list.", where={"field": "stages"}, hint="Write [[ids], [ids], ...].")
    wrong = check_stages(case, people, [sorted(_ids(case, one, "stages")) for one in stages]) if stages else []
    return Checked(tuple(broken(case, people)), tuple(wrong), levels_of(case, people))


def _ids(case: Case, value: Any, field: str) -> frozenset[str]:
    where = {"field": field}
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise BadPackage(f'"{field}" is not a list of ids.', where=where, hint=HINT)
    _each_once(value, where)
    free = {one.id for one in case.unconditional}
    for place, one in enumerate(value):
        if one in free:
            raise BadPackage(
                "The package names a person whose release is unconditional.",
                where=where | {"position": place},
                hint="Take the person out: this release belongs to the humanitarian legs.",
            )
        if one not in case.by_id:
            raise BadPackage(
                "The package names somebody who is not among the people of the case.",
                where=where | {"position": place},
                hint="Correct the id.",
            )
    return frozenset(value)


def _each_once(value: Iterable[str], where: Mapping[str, Any]) -> None:
    seen: set[str] = set()
    for place, one in enumerate(value):
        if one in seen:
            hint = "Name each person once."
            raise BadPackage("The package names somebody twice.", where={**where, "position": place}, hint=hint)
        seen.add(one)
