# SPDX-License-Identifier: AGPL-3.0-or-later
"""Take a list in: keep its file, read its rows as they stand, in chunks that survive a kill.

Invariant: cells of columns that must be sealed are cut before a row is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import require_power
from goodoffices.access.roles import IMPORT_LISTS
from goodoffices.core.errors import GoodOfficesError
from goodoffices.intake.models import HASH_LENGTH, ListImport, ListRow, State
from goodoffices.intake.reading import ColumnGuess, ReadOptions, Row, Table, guess_columns, open_table, row_hash
from goodoffices.intake.services.columns import first_mapping
from goodoffices.ledger.faults import fault
from goodoffices.ledger.ids import new_id
from goodoffices.registry import artifacts
from goodoffices.registry.models import Source
from goodoffices.registry.services.bulk import insert_rows
from goodoffices.registry.services.sources import keep_file

Progress = Callable[[str, int, int], None]
ROW_FIELDS = ("public_id", "list_import_id", "number", "hash", "cells", "extra", "file_problems", "problems",
              "fixes", "before", "key", "who", "outcome", "paired_by", "choice")  # fmt: skip
SAMPLE = 200


class ListRefused(GoodOfficesError):
    """A list can't be taken in as it is."""

    code = "list_refused"


@dataclass(frozen=True)
class Edition:
    """What is said once of an edition: its label and the day it speaks for (EDTF)."""

    label: str = ""
    on: str = ""


def stage(
    source: Source,
    data: bytes,
    *,
    name: str,
    actor: Actor,
    now: datetime,
    edition: Edition | None = None,
    options: ReadOptions | None = None,
) -> ListImport:
    """Keep the file and begin an import of it; nothing of it is read yet but its head.

    An import of the same bytes that stands, with nothing newer after it, is given back instead: doing it again
    would change nothing.

    Raises:
        ListUnreadable: the file isn't a list; nothing is kept.
        ListRefused: the source was withdrawn, or the file is too large.
    """
    require_power(actor, IMPORT_LISTS)
    _refuse(source, data)
    same = standing_with(source, artifacts.digest(data))
    if same is not None and (options is None or same.options == plain_options(options)):
        return same
    settled = options or ReadOptions()
    edition = edition or Edition()
    with transaction.atomic():
        artifact = keep_file(source, data, name=name, actor=actor, now=now)
        with acting("intake.list_begun", actor=actor, now=now) as line:
            one = ListImport(
                source=source,
                artifact=artifact,
                previous=latest_standing(source),
                edition=edition.label[:60],
                edition_on=edition.on or source.obtained_on or now.date().isoformat(),
                options=plain_options(settled),
                created_at=now,
                by_id=actor.user_id,
            )
            with _table(one) as table:
                _take_head(one, table)
            one.save()
            line.concerns("import", one.public_id)
    return one


def read_rows(one: ListImport, *, actor: Actor, now: datetime, progress: Progress | None = None) -> ListImport:
    """Keep all rows of the file, from where a former run was cut off.

    Raises:
        ListUnreadable: the file is damaged further down; the import is set aside with the reason.
    """
    require_power(actor, IMPORT_LISTS)
    try:
        with _table(one) as table, closing(table.rows()) as rows:
            for chunk in _chunks(row for row in rows if row.number > one.position):
                _keep_chunk(one, chunk)
                if progress:
                    progress("stage", one.total, 0)
    except GoodOfficesError as error:
        _set_aside(one, error, actor=actor, now=now)
        raise
    with acting("intake.list_staged", actor=actor, now=now, facts={"rows": one.total}) as line:
        _keep_corrections(one)
        done = State.MAPPED if one.about_file.get("columns_settled") else State.STAGED
        moved = ListImport.objects.filter(pk=one.pk, state=State.STAGING).update(
            state=done, running="", position=0, counts={"rows": one.total}
        )
        line.concerns("import", one.public_id)
    if moved:
        one.refresh_from_db()
    return one


def restage(one: ListImport, cut: Sequence[int]) -> None:
    """Forget the rows kept so far and set other columns to be cut; the rows are then read again as ``mapped``."""
    ListRow.objects.filter(list_import=one).let_go()
    one.cut, one.position, one.total, one.state = sorted(cut), 0, 0, State.STAGING
    one.about_file = {**one.about_file, "columns_settled": True}
    one.save(update_fields=["cut", "position", "total", "state", "about_file"])


def latest_standing(source: Source) -> ListImport | None:
    """Give the newest edition of a source that is in the registry."""
    found: ListImport | None = (
        ListImport.objects.standing().filter(source=source).order_by("-committed_at", "-pk").first()
    )
    return found


def standing_with(source: Source, sha256: str) -> ListImport | None:
    """Give the standing newest edition if it is this very file."""
    latest = latest_standing(source)
    return latest if latest is not None and latest.artifact.sha256 == sha256 else None


def _refuse(source: Source, data: bytes) -> None:
    if source.withdrawn_at is not None:
        raise ListRefused(
            "This source was withdrawn.",
            code="source_withdrawn",
            hint="Restore the source first, or describe a new one.",
        )
    most = settings.GOODOFFICES_MAX_UPLOAD_MB
    if len(data) > most * 1024 * 1024:
        raise ListRefused(
            f"The file is larger than {most} MB.",
            code="file_too_large",
            hint="Split it, or raise GOODOFFICES_MAX_UPLOAD_MB.",
        )


@contextmanager
def _table(one: ListImport) -> Iterator[Table]:
    """Open the kept file as a table; its plaintext stays in memory."""
    with artifacts.opened(one.artifact) as path:
        try:
            yield open_table(path, options=ReadOptions(**one.options))
        except GoodOfficesError as error:
            error.where["file"] = one.artifact.name
            raise


def _take_head(one: ListImport, table: Table) -> None:
    """Take header, what was found out about the file, and the first guess of its columns."""
    sample = [row.cells for row in table.sample(SAMPLE)]
    guesses = guess_columns(table.header, sample)
    one.header, one.header_row = list(table.header), table.header_row_number
    one.about_file = {
        "format": table.format,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheet": table.sheet,
        "sheets": list(table.sheets),
        "preamble": list(table.preamble)[:20],
        "problems": [asdict(problem) for problem in table.problems],
    }
    remembered = first_mapping(one, guesses)
    one.mapping, one.repairs = remembered.entries, list(remembered.repairs)
    one.date_order, one.missing = remembered.date_order, list(remembered.missing)
    one.cut = cut_of(guesses, one.mapping)


def cut_of(guesses: Sequence[ColumnGuess], mapping: Sequence[dict[str, Any]]) -> list[int]:
    """Name the columns whose cells must not be kept: sealed by their guess or by the mapping at hand."""
    sealed = {entry["column"] for entry in mapping if entry["sealed"]}
    told = {entry["column"] for entry in mapping if entry["why"] in {"remembered", "mapped"}}
    return sorted(sealed | {guess.column_index for guess in guesses if guess.sealed and guess.column_index not in told})


def _keep_chunk(one: ListImport, chunk: list[Row]) -> None:
    cut = set(one.cut)
    header = tuple(one.header)
    rows = [_row_values(one.pk, row, header, cut) for row in chunk]
    last, count = chunk[-1].number, len(chunk)
    with transaction.atomic():
        insert_rows(ListRow, ROW_FIELDS, rows)
        fault("intake.stage.in_chunk")
        moved = ListImport.objects.filter(pk=one.pk, state=State.STAGING, position=one.position).update(
            position=last, total=one.total + count
        )
        if not moved:
            raise ListRefused("Another process reads this list.", code="busy", hint="Wait until it is done.")
    one.position, one.total = last, one.total + count
    fault("intake.stage.after_chunk")


def _row_values(import_id: int, row: Row, header: tuple[str, ...], cut: set[int]) -> tuple[Any, ...]:
    cells = ["" if index in cut else cell for index, cell in enumerate(row.cells)] if cut else list(row.cells)
    problems = [
        {"code": problem.code, "level": problem.level, "column": problem.column, "field": problem.field,
         "text": "" if problem.column in cut else problem.text}
        for problem in row.problems
    ]  # fmt: skip
    if row.kind != "data":
        problems.append({"code": row.kind, "level": "note", "column": None, "field": "", "text": ""})
    return (
        new_id(), import_id, row.number, row_hash(header, cells)[:HASH_LENGTH], cells, list(row.extra), problems,
        [], {}, {}, "", "", "", "", "",
    )  # fmt: skip


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, settings.GOODOFFICES_CHUNK_ROWS)):
        yield chunk


def _keep_corrections(one: ListImport) -> None:
    """Take over the corrections of rows that are equal to the letter in the edition before, by heading."""
    if one.previous is None:
        return
    corrected = ListRow.objects.filter(list_import=one.previous).exclude(fixes={})
    before = one.previous.header
    for row_hash_, fixes in corrected.values_list("hash", "fixes"):
        places = {
            str(one.header.index(before[int(column)])): text
            for column, text in fixes.items()
            if before[int(column)] in one.header
        }
        ListRow.objects.filter(list_import=one, hash=row_hash_, number__isnull=False).update(fixes=places)


def _set_aside(one: ListImport, error: GoodOfficesError, *, actor: Actor, now: datetime) -> None:
    """End an import that can't be read to its end; the rows read so far are let go."""
    if error.code == "busy":
        return
    with acting("intake.list_refused", actor=actor, now=now, facts={"reason": error.code}) as line:
        ListRow.objects.filter(list_import=one).let_go()
        ListImport.objects.filter(pk=one.pk).update(state=State.FAILED, running="", error=error.as_dict())
        line.concerns("import", one.public_id)


def plain_options(options: ReadOptions) -> dict[str, Any]:
    """Give what was settled of how the file is opened, as it is stored."""
    return {name: value for name, value in asdict(options).items() if value is not None}


def read_file(path: Path) -> bytes:
    """Read a file from disk for ``stage``.

    Raises:
        ListRefused: it isn't there, or is too large.
    """
    most = settings.GOODOFFICES_MAX_UPLOAD_MB * 1024 * 1024
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ListRefused(
            "The file can't be opened.", code="file_missing", where={"file": path.name}, hint=str(error.strerror)
        ) from error
    return data
