# SPDX-License-Identifier: AGPL-3.0-or-later
"""Say what each column means; columns that must be sealed are refused by name, the rows stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import require
from goodoffices.core.errors import GoodOfficesError
from goodoffices.intake.drafting import NAME_TARGETS
from goodoffices.intake.models import ListImport, State
from goodoffices.intake.reading import IGNORE, OTHER, is_target
from goodoffices.intake.services.columns import chosen_entry
from goodoffices.intake.services.staging import restage
from goodoffices.registry.services.versions import save_version

# A list may say these in several columns; any other target once.
MANY = frozenset({IGNORE, "contact", "health", "witness", "source_note", "nickname", "citizenship", "occupation",
                  "residence", "birth_place"})  # fmt: skip
ORDERS = ("", "DMY", "MDY", "YMD")


class BadMapping(GoodOfficesError):
    """A mapping that can't be: an unknown target, one taken twice, no name."""

    code = "bad_mapping"


@dataclass(frozen=True)
class Choices:
    """What a person settled: column -> target, the order of dates ("" = find out), signs for "unknown"."""

    targets: Mapping[int, str]
    date_order: str = ""
    missing: Sequence[str] = ()


def map_columns(one: ListImport, choices: Choices, *, actor: Actor, now: datetime) -> ListImport:
    """Settle the columns of a list; what is not chosen stays as guessed.

    Columns that are to be sealed now, or no longer, change what may be kept: the rows are then read again and the
    import goes back to ``staging``.

    Raises:
        BadMapping: see there.
        Conflict: somebody else changed the import meanwhile.
    """
    require(actor, "import", one)
    _must_be_open(one)
    entries = [chosen_entry(entry, choices.targets.get(entry["column"], entry["target"])) for entry in one.mapping]
    _check(one, [entry["target"] for entry in entries], choices)
    cut = sorted(entry["column"] for entry in entries if entry["sealed"])
    with acting("intake.list_mapped", actor=actor, now=now, facts={"sealed": len(cut)}) as line:
        values = {
            "mapping": entries,
            "date_order": choices.date_order,
            "missing": sorted({sign.strip().casefold() for sign in choices.missing if sign.strip()}),
            "state": State.MAPPED,
            "groups": [],
        }
        save_version(one, one.version, values)
        one.refresh_from_db()
        if cut != sorted(one.cut):
            restage(one, cut)
        line.concerns("import", one.public_id)
    return one


def sealed_headers(one: ListImport) -> list[str]:
    """Name the columns that can't be kept until they can be sealed."""
    return [one.header[entry["column"]] for entry in one.mapping if entry["sealed"]]


def _must_be_open(one: ListImport) -> None:
    if one.state not in {State.STAGED, State.MAPPED, State.CHECKED, State.PREVIEWED} or one.running:
        raise BadMapping(
            "The columns of this list can't be changed now.",
            code="not_now",
            where={"state": str(one.state)},
            hint="Take the import back first, or wait until it is read.",
        )


def _check(one: ListImport, targets: Sequence[str], choices: Choices) -> None:
    for index, target in enumerate(targets):
        if not is_target(target):
            raise BadMapping(
                "A column can't be mapped to this.",
                where={"field": one.header[index], "target": target[:40]},
                hint="Choose one of the meanings offered.",
            )
    for target, count in Counter(targets).items():
        if count > 1 and target not in MANY and not target.startswith(OTHER):
            raise BadMapping(
                "Two columns have the same meaning.",
                code="target_taken",
                where={"target": target},
                hint="Keep one of them and make the other a note.",
            )
    if not NAME_TARGETS & set(targets):
        raise BadMapping(
            "No column says a name.", code="no_name_column", hint="Say which column holds the name or the surname."
        )
    if choices.date_order not in ORDERS:
        raise BadMapping("The order of dates is not known.", hint="Use DMY, MDY or YMD.")
