# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read every cell by its rules, and group what can't be taken by the repair that mends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import require
from goodoffices.core.errors import GoodOfficesError
from goodoffices.intake.drafting import RowReader
from goodoffices.intake.models import ListImport, ListRow, Outcome, State
from goodoffices.intake.reading import Problem, ProblemGroup, group_problems
from goodoffices.intake.services.plans import KeptRow, columns_of, infer, kept_rows, reader_of
from goodoffices.intake.services.staging import Progress
from goodoffices.registry.services.bulk import update_rows
from goodoffices.registry.services.versions import save_version

NO_NAME = "no_name"
NOT_A_PERSON = frozenset({"header_again", "total"})
SHOWN_GROUPS = 200
# What cleaning took off was taken off already: nothing is left to choose.
SETTLED = frozenset({"invisible_signs", "control_signs", "too_many_marks", "cell_cut"})


class NotNow(GoodOfficesError):
    """The step doesn't fit how far the list has come."""

    code = "not_now"


def check(one: ListImport, *, actor: Actor, now: datetime, progress: Progress | None = None) -> ListImport:
    """Read all rows by the mapping; note problems, keys and rows that can't be taken. May be done again."""
    require(actor, "import", one)
    must_be(one, State.MAPPED, State.CHECKED, State.PREVIEWED)
    noted = infer(one, kept_rows(one))
    one.mapping = noted
    reader = reader_of(one, with_places=False)
    groups = [_group(group, one) for group in group_problems(_walk(one, reader, progress))]
    refused = ListRow.objects.filter(list_import=one, outcome=Outcome.REFUSED).count()
    counts = {"rows": one.total, "refused": refused}
    ListImport.objects.filter(pk=one.pk).update(
        state=State.CHECKED, running="", position=0, mapping=noted, groups=groups[:SHOWN_GROUPS], counts=counts
    )
    one.refresh_from_db()
    return one


def choose_repair(one: ListImport, choice: dict[str, str], *, actor: Actor, now: datetime) -> ListImport:
    """Choose a repair for one group of problems; the list must be checked again.

    Raises:
        ListUnreadable: the repair isn't offered for this problem.
    """
    require(actor, "import", one)
    must_be(one, State.CHECKED, State.PREVIEWED)
    kept = [each for each in one.repairs if _same_group(each, choice) is False]
    with acting(
        "intake.list_repaired", actor=actor, now=now, facts={"target": choice["target"][:40], "repair": choice["code"]}
    ) as line:
        one.repairs = [*kept, {name: choice[name] for name in ("target", "kind", "pattern", "code", "value")}]
        columns_of(one)  # raises if the repair isn't offered
        save_version(one, one.version, {"repairs": one.repairs, "state": State.MAPPED})
        line.concerns("import", one.public_id)
    one.refresh_from_db()
    return one


def drop_repair(one: ListImport, index: int, *, actor: Actor, now: datetime) -> ListImport:
    """Take a chosen repair back."""
    require(actor, "import", one)
    must_be(one, State.CHECKED, State.PREVIEWED)
    with acting("intake.list_repaired", actor=actor, now=now, facts={"repair": "dropped"}) as line:
        kept = [each for place, each in enumerate(one.repairs) if place != index]
        save_version(one, one.version, {"repairs": kept, "state": State.MAPPED})
        line.concerns("import", one.public_id)
    one.refresh_from_db()
    return one


def fix_cell(row: ListRow, column: int, text: str, *, actor: Actor, now: datetime) -> ListImport:
    """Set a correction beside a cell; an empty one takes it away. The original is never changed."""
    one: ListImport = row.list_import
    require(actor, "import", one)
    must_be(one, State.CHECKED, State.PREVIEWED)
    known = {entry["column"]: entry for entry in one.mapping}
    if column not in known or known[column]["sealed"]:
        raise NotNow("This cell can't be corrected.", code="no_such_cell", where={"row": row.number})
    with acting("intake.cell_fixed", actor=actor, now=now, facts={"row": row.number or 0, "column": column}) as line:
        fixes = {name: value for name, value in row.fixes.items() if name != str(column)}
        if text.strip():
            fixes[str(column)] = text.strip()[:1000]
        ListRow.objects.filter(pk=row.pk).update(fixes=fixes)
        save_version(one, one.version, {"state": State.MAPPED})
        line.concerns("import", one.public_id)
    one.refresh_from_db()
    return one


def must_be(one: ListImport, *states: str) -> None:
    """Refuse a step that doesn't fit."""
    if one.state not in states:
        raise NotNow(
            "This step can't be done now.",
            where={"state": str(one.state)},
            hint="Open the list's page and go on from there.",
        )


def problems_of(row: KeptRow, reader: RowReader) -> tuple[list[Problem], bool, tuple[str, str]]:
    """Give a row's problems, whether it is refused as a whole, and its keys."""
    told = [_from_file(each, row.number) for each in row.file_problems]
    if any(problem.code in NOT_A_PERSON for problem in told):
        return told, True, ("", "")
    reading = reader.read(row.number, row.cells, row.fixes)
    problems = [*told, *reading.problems]
    if not reading.has_name:
        problems.append(Problem(NO_NAME, "refusal", row=row.number, field="name"))
        return problems, True, ("", "")
    return problems, False, reader.keys(reading)


def _walk(one: ListImport, reader: RowReader, progress: Progress | None) -> Iterator[Problem]:
    """Check chunk by chunk, write what was found, and pass the problems on for grouping."""
    done = 0
    for chunk in kept_rows(one):
        written: list[tuple[int, Sequence[Any]]] = []
        found: list[Problem] = []
        for row in chunk:
            problems, refused, (key, who) = problems_of(row, reader)
            plain = [_plain(problem) for problem in problems]
            written.append((row.pk, (plain, key, who, str(Outcome.REFUSED) if refused else "", "", None)))
            found.extend(problems)
        with transaction.atomic():
            update_rows(ListRow, ("problems", "key", "who", "outcome", "paired_by", "replaces_id"), written)
            ListImport.objects.filter(pk=one.pk).update(position=chunk[-1].number)
        done += len(chunk)
        if progress:
            progress("check", done, one.total)
        yield from found


def _from_file(said: dict[str, Any], number: int) -> Problem:
    return Problem(said["code"], said["level"], number, said["column"], said["field"], said["text"])


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "level": problem.level,
        "column": problem.column,
        "field": problem.field,
        "text": problem.text,
    }


def _group(group: ProblemGroup, one: ListImport) -> dict[str, Any]:
    """Turn a group into what is stored; only columns that are read can be repaired."""
    read = {entry["target"] for entry in one.mapping}
    said = asdict(group)
    if group.target not in read or group.kind in SETTLED or group.kind == NO_NAME:
        said["repairs"] = []
    said["headers"] = [one.header[entry["column"]] for entry in one.mapping if entry["target"] == group.target]
    return said


def _same_group(one: dict[str, str], other: dict[str, str]) -> bool:
    return all(one[name] == other[name] for name in ("target", "kind", "pattern"))
