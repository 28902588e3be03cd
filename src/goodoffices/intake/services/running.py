# SPDX-License-Identifier: AGPL-3.0-or-later
"""Move a list on: small ones at once, large ones as a job; and the whole way at once for the console."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from goodoffices.access.actors import Actor
from goodoffices.access.policy import require_power
from goodoffices.access.roles import IMPORT_LISTS
from goodoffices.core.errors import GoodOfficesError
from goodoffices.intake.models import ListImport, ListRow, Outcome, State
from goodoffices.intake.reading import ListMapping, guess_columns, open_table
from goodoffices.intake.reading.mapping import apply_mapping
from goodoffices.intake.services import checking, committing, mapping, previewing, staging
from goodoffices.intake.services.columns import Entry
from goodoffices.intake.services.staging import Edition, ListRefused, Progress
from goodoffices.ledger.services import enqueue
from goodoffices.registry import artifacts
from goodoffices.registry.models import Source
from goodoffices.registry.services.sources import source_called

STEP_TOPIC = "intake.step"
INLINE_BYTES = 400_000
INLINE_ROWS = 2_000
REMAPPED = frozenset({State.MAPPED, State.CHECKED, State.PREVIEWED})
STEPS = {State.STAGING: "stage", State.MAPPED: "check", State.CHECKED: "preview"}


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell or row that wasn't taken, and how to mend it; codes, words are the reader's."""

    row: int
    field: str
    problem: str
    hint: str


@dataclass(frozen=True)
class ImportResult:
    """The answer of ``goodoffices import`` (CONTRACTS part 2)."""

    rows: int
    created: int
    changed: int
    unchanged: int
    no_longer_listed: int
    to_review: int
    refused: list[RefusedCell] = field(default_factory=list)
    import_id: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def advance(one: ListImport, goal: str, *, actor: Actor, now: datetime) -> ListImport:
    """Bring a list to a state: at once if it is small, else by a job that the page waits for."""
    while one.state != goal and one.state in STEPS and not one.running:
        if not is_small(one):
            return _queue(one, goal, now=now)
        run_step(one, STEPS[State(one.state)], actor=actor, now=now)
    return one


def _queue(one: ListImport, goal: str, *, now: datetime) -> ListImport:
    with transaction.atomic():
        moved = ListImport.objects.filter(pk=one.pk, state=one.state, running="").update(
            running=STEPS[State(one.state)], error={}
        )
        if moved:
            enqueue(STEP_TOPIC, {"import": str(one.public_id), "goal": str(goal)}, now=now)
    one.refresh_from_db()
    return one


def run_step(
    one: ListImport, step: str, *, actor: Actor, now: datetime, progress: Progress | None = None
) -> ListImport:
    """Run one step to its end."""
    if step == "stage":
        return staging.read_rows(one, actor=actor, now=now, progress=progress)
    if step == "check":
        return checking.check(one, actor=actor, now=now, progress=progress)
    return previewing.preview(one, actor=actor, now=now, progress=progress)


def is_small(one: ListImport) -> bool:
    """Say whether a step takes no longer than a page may."""
    return one.artifact.size <= INLINE_BYTES if one.state == State.STAGING else one.total <= INLINE_ROWS


def run_import(
    path: Path,
    source_key: str,
    *,
    actor: Actor,
    clock: Callable[[], datetime],
    told: ListMapping | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    edition: Edition | None = None,
) -> ImportResult:
    """Take a list from a file to the registry by the same steps as the pages; a dry run ends with the preview.

    Cut off at any point and called again with the same file it goes on where it was.

    Raises:
        ListUnreadable: nothing can be read.
        ListRefused: no such source, or it was withdrawn.
    """
    require_power(actor, IMPORT_LISTS)
    source = _source(source_key, actor)
    one = _begun(source, path, told, edition, actor=actor, clock=clock)
    if one.state == State.COMMITTED:
        return _nothing_new(one)
    if one.state == State.STAGING:
        staging.read_rows(one, actor=actor, now=clock(), progress=progress)
    if one.state == State.STAGED or (told is not None and one.state in REMAPPED):
        _map(one, told, actor=actor, now=clock())
        if one.state == State.STAGING:  # other columns are to be cut than those guessed
            staging.read_rows(one, actor=actor, now=clock(), progress=progress)
    if one.state == State.MAPPED:
        checking.check(one, actor=actor, now=clock(), progress=progress)
    if one.state in {State.CHECKED, State.PREVIEWED}:
        previewing.preview(one, actor=actor, now=clock(), progress=progress)
    if not dry_run:
        committing.begin_commit(one, actor=actor, now=clock(), queue=False)
        committing.commit(one, actor=actor, clock=clock, progress=progress)
    return result_of(one)


def result_of(one: ListImport) -> ImportResult:
    """Give an import's counts and everything of it that wasn't taken."""
    counts = one.counts
    return ImportResult(
        rows=counts.get("rows", one.total),
        created=counts.get("created", 0),
        changed=counts.get("changed", 0),
        unchanged=counts.get("unchanged", 0),
        no_longer_listed=counts.get("no_longer_listed", 0),
        to_review=counts.get("to_review", 0),
        refused=[*_sealed(one), *refused_cells(one)],
        import_id=str(one.public_id),
    )


def refused_cells(one: ListImport) -> list[RefusedCell]:
    """Give the cells and rows that weren't taken, by row."""
    found: list[RefusedCell] = []
    headers = {entry["target"]: one.header[entry["column"]] for entry in one.mapping}
    rows = ListRow.objects.filter(list_import=one).with_problems()
    for number, problems, outcome in rows.values_list("number", "problems", "outcome").iterator(2000):
        for problem in problems:
            refused = problem["level"] == "refusal" or outcome == Outcome.REFUSED
            if refused:
                named = headers.get(problem["field"], problem["field"])
                found.append(RefusedCell(number, named, problem["code"], HINTS.get(problem["code"], HINT)))
    return found


HINT = "Correct the cell in the list, or choose a repair."
HINTS = {
    "ambiguous_order": "Say in which order day, month and year stand.",
    "not_a_calendar_date": "Correct the cell, or take it as an approximate date.",
    "unreadable": "Write a date such as 1981-03-14, 03/1981 or about 1981.",
    "no_name": "Give the name, or leave the row out of the list.",
    "header_again": "Nothing to do: this row repeats the header.",
    "total": "Nothing to do: this row sums the list up.",
    "must_be_sealed": "It can't be kept until it can be sealed; the row stays.",
    "unrecognised": "Use a word the program knows, or choose what it means.",
    "not_an_age": "Write the age as a number of years.",
}


def _source(key: str, actor: Actor) -> Source:
    found = source_called(key, actor=actor)
    if found is None:
        raise ListRefused(
            "There is no source with this key.",
            code="unknown_source",
            where={"source": key[:64]},
            hint="Describe the source first, on the page Lists or in the demo.",
        )
    return found


def _begun(
    source: Source,
    path: Path,
    told: ListMapping | None,
    edition: Edition | None,
    *,
    actor: Actor,
    clock: Callable[[], datetime],
) -> ListImport:
    """Begin an import, or find the one that was cut off."""
    options = told.options if told is not None else None
    table = open_table(path, options=options) if options else open_table(path)
    if told is not None:  # a mapping that names no column of the list is told before anything is kept
        apply_mapping(table.header, guess_columns(table.header, []), told, path.name)
    data = staging.read_file(path)
    digest = artifacts.digest(data)
    begun = ListImport.objects.waiting().filter(source=source, artifact__sha256=digest, by_id=actor.user_id)
    cut_off: ListImport | None = begun.order_by("-pk").first()
    if cut_off is not None and (options is None or cut_off.options == staging.plain_options(options)):
        return cut_off
    try:
        return staging.stage(source, data, name=path.name, actor=actor, now=clock(), edition=edition, options=options)
    except GoodOfficesError as error:
        error.where.setdefault("file", path.name)
        raise


def _map(one: ListImport, told: ListMapping | None, *, actor: Actor, now: datetime) -> None:
    mapping.map_columns(one, choices_of(one, told), actor=actor, now=now)


def choices_of(one: ListImport, told: ListMapping | None) -> mapping.Choices:
    """Put a mapping file over the guesses, as choices."""
    if told is None:
        return mapping.Choices({}, one.date_order, one.missing)
    sample = list(ListRow.objects.filter(list_import=one).in_file().values_list("cells", flat=True)[:200])
    guesses = guess_columns(one.header, sample)
    settled = apply_mapping(one.header, guesses, told, one.artifact.name)
    targets = {each.column_index: each.target for each in settled if each.why in {"mapped", "taken"}}
    known: dict[int, Entry] = {entry["column"]: entry for entry in one.mapping}
    taken = {target for target in targets.values() if target not in mapping.MANY}
    for column, entry in known.items():
        if column not in targets and entry["target"] in taken:
            targets[column] = "ignore"
    return mapping.Choices(targets, told.date_order or "", sorted(told.missing))


def _sealed(one: ListImport) -> list[RefusedCell]:
    return [
        RefusedCell(one.header_row, header, "must_be_sealed", HINTS["must_be_sealed"])
        for header in mapping.sealed_headers(one)
    ]


def _nothing_new(one: ListImport) -> ImportResult:
    """Answer for the same bytes again: every row is there."""
    refused = refused_cells(one)
    rows = one.counts.get("rows", one.total)
    return ImportResult(
        rows=rows,
        created=0,
        changed=0,
        unchanged=rows - one.counts.get("refused", 0),
        no_longer_listed=0,
        to_review=0,
        refused=[*_sealed(one), *refused],
        import_id=str(one.public_id),
    )
