# SPDX-License-Identifier: AGPL-3.0-or-later
"""Say beforehand what recording a list would do: each row's outcome, and who is no longer on the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import require
from goodoffices.core.linkage import Record
from goodoffices.intake.drafting import RowReader
from goodoffices.intake.models import ListImport, ListRow, Outcome, State
from goodoffices.intake.services.checking import NotNow, must_be
from goodoffices.intake.services.differing import differences
from goodoffices.intake.services.pairing import (
    Keys,
    Paired,
    doubtful_numbers,
    pair_by_engine,
    pair_by_keys,
    set_apart_contradictions,
)
from goodoffices.intake.services.plans import reader_of
from goodoffices.intake.services.staging import Progress, latest_standing
from goodoffices.ledger.ids import new_id
from goodoffices.registry.drafts import ClaimDraft, record_of
from goodoffices.registry.services.bulk import insert_rows, update_rows
from goodoffices.registry.services.versions import save_version

NOBODY = "new"


def preview(one: ListImport, *, actor: Actor, now: datetime, progress: Progress | None = None) -> ListImport:
    """Pair the list with the edition before it and set each row's outcome. May be done again."""
    require(actor, "import", one)
    must_be(one, State.CHECKED, State.PREVIEWED)
    one.previous = latest_standing(one.source)
    ListImport.objects.filter(pk=one.pk).update(previous=one.previous)
    ListRow.objects.filter(list_import=one, number=None).let_go()
    _reset(one)
    if one.previous is None:
        _all_new(one)
    else:
        _compare(one, one.previous, progress)
    counts = _counts(one)
    ListImport.objects.filter(pk=one.pk).update(state=State.PREVIEWED, running="", position=0, counts=counts)
    one.refresh_from_db()
    return one


def say_which(row: ListRow, earlier: ListRow | None, *, actor: Actor, now: datetime) -> ListImport:
    """Settle a row that waits for review: it continues an earlier row, or nobody's.

    The preview has to be made anew afterwards.
    """
    one: ListImport = row.list_import
    require(actor, "import", one)
    must_be(one, State.PREVIEWED)
    if earlier is not None and earlier.pk not in row.before.get("maybe", []):
        raise NotNow("That row isn't among those this row may continue.", code="not_offered")
    choice = NOBODY if earlier is None else str(earlier.public_id)
    with acting(
        "intake.row_paired", actor=actor, now=now, facts={"row": row.number or 0, "new": earlier is None}
    ) as line:
        ListRow.objects.filter(pk=row.pk).update(choice=choice)
        save_version(one, one.version, {"state": State.CHECKED})
        line.concerns("import", one.public_id)
    one.refresh_from_db()
    return one


def earlier_rows(previous: ListImport) -> dict[int, tuple[int, bool]]:
    """Give what an edition knows: id of the row with the cells -> (inner id of its mention, still listed)."""
    known: dict[int, tuple[int, bool]] = {}
    rows = ListRow.objects.filter(list_import=previous, mention__isnull=False, mention__live=True)
    for pk, number, replaced, mention_id, outcome in rows.order_by("pk").values_list(
        "pk", "number", "replaces_id", "mention_id", "outcome"
    ):
        carried = number is None
        known[replaced if carried else pk] = (mention_id, not (carried and outcome == Outcome.NO_LONGER_LISTED))
    return known


def _reset(one: ListImport) -> None:
    ListRow.objects.filter(list_import=one).exclude(outcome__in=["", Outcome.REFUSED]).update(
        outcome="", replaces=None, paired_by="", before={}
    )


def _all_new(one: ListImport) -> None:
    ListRow.objects.filter(list_import=one, outcome="").update(outcome=Outcome.NEW)


def _compare(one: ListImport, previous: ListImport, progress: Progress | None) -> None:
    known = earlier_rows(previous)
    old = _keys(ListRow.objects.filter(pk__in=ListRow.objects.filter(list_import=previous).values("pk")), known)
    old.update(_keys_by_id(sorted(set(known) - set(old))))
    new_rows = ListRow.objects.filter(list_import=one, outcome="")
    new = {row.id: row for row in _rows_as_keys(new_rows.in_file())}
    paired = pair_by_keys(list(old.values()), list(new.values()), _told(one, known))
    _ask_the_engine(one, old, new, paired)
    if progress:
        progress("preview", len(paired.pairs), one.total)
    outcomes = _outcomes(one, previous, paired, known)
    _write(one, outcomes, paired, new)
    _carry(one, known, paired)


def _keys(rows: Any, known: Mapping[int, object]) -> dict[int, Keys]:
    return {row.id: row for row in _rows_as_keys(rows.order_by("number", "pk")) if row.id in known}


def _keys_by_id(ids: Sequence[int]) -> dict[int, Keys]:
    found: dict[int, Keys] = {}
    for start in range(0, len(ids), 500):
        rows = ListRow.objects.filter(pk__in=ids[start : start + 500]).order_by("pk")
        found.update((row.id, row) for row in _rows_as_keys(rows))
    return found


def _rows_as_keys(rows: Any) -> list[Keys]:
    return [Keys(*values) for values in rows.values_list("pk", "hash", "key", "who")]


def _told(one: ListImport, known: Mapping[int, object]) -> dict[int, int | None]:
    """Give what persons settled: row id -> earlier row id, None for nobody's."""
    said = dict(ListRow.objects.filter(list_import=one).exclude(choice="").values_list("pk", "choice"))
    ids = dict(
        ListRow.objects.filter(public_id__in=[choice for choice in said.values() if choice != NOBODY]).values_list(
            "public_id", "pk"
        )
    )
    by_public = {str(public): pk for public, pk in ids.items()}
    told: dict[int, int | None] = {}
    for pk, choice in said.items():
        earlier = by_public.get(choice)
        if choice == NOBODY:
            told[pk] = None
        elif earlier in known and earlier not in told.values():
            told[pk] = earlier
    return told


def _ask_the_engine(one: ListImport, old: dict[int, Keys], new: dict[int, Keys], paired: Paired) -> None:
    reader, earlier_reader = reader_of(one, with_places=False), _EarlierReaders()
    doubtful = doubtful_numbers(paired, old, new)
    set_apart_contradictions(
        doubtful,
        earlier_reader.records(earlier for _, earlier in doubtful),
        _records(one, (row for row, _ in doubtful), reader),
        paired,
    )
    told = set(_told(one, old))
    reserved = paired.used | {earlier for maybe in paired.to_review.values() for earlier in maybe}
    pair_by_engine(
        earlier_reader.records(row for row in old if row not in reserved),
        _records(one, (row for row in new if row not in paired.settled and row not in told), reader),
        {**old, **new},
        paired,
    )


class _EarlierReaders:
    """Reads earlier rows by the mapping of the edition each stood in."""

    def __init__(self) -> None:
        self._readers: dict[int, RowReader] = {}

    def records(self, ids: Iterable[int]) -> dict[int, Record]:
        found: dict[int, Record] = {}
        wanted = sorted(ids)
        for start in range(0, len(wanted), 500):
            rows = ListRow.objects.filter(pk__in=wanted[start : start + 500]).select_related("list_import__source")
            for row in rows.order_by("pk"):
                found[row.pk] = _record(row.pk, row.number or 0, row.cells, row.fixes, self._reader(row.list_import))
        return found

    def _reader(self, one: ListImport) -> RowReader:
        if one.pk not in self._readers:
            self._readers[one.pk] = reader_of(one, with_places=False)
        return self._readers[one.pk]


def _records(one: ListImport, ids: Iterable[int], reader: RowReader) -> dict[int, Record]:
    return {pk: record_of(str(pk), one.source.key, claims) for pk, claims in drafts_of(one, ids, reader).items()}


def _record(pk: int, number: int, cells: list[str], fixes: dict[str, str], reader: RowReader) -> Record:
    return record_of(str(pk), "", reader.claims(reader.read(number, cells, fixes)))


def drafts_of(one: ListImport, ids: Iterable[int], reader: RowReader) -> dict[int, tuple[ClaimDraft, ...]]:
    """Give the claims of some rows of an import, by inner id of the row."""
    found: dict[int, tuple[ClaimDraft, ...]] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), 500):
        rows = ListRow.objects.filter(pk__in=wanted[start : start + 500]).order_by("pk")
        for pk, number, cells, fixes in rows.values_list("pk", "number", "cells", "fixes"):
            found[pk] = reader.claims(reader.read(number, cells, fixes))
    return found


def same_plan(one: ListImport, previous: ListImport) -> bool:
    """Say whether equal cells of two editions say the same: mapping, orders and repairs are equal."""

    def plan(each: ListImport) -> tuple[Any, ...]:
        read = [
            (each.header[e["column"]], e["target"], e.get("order"), e.get("m_is_female"), bool(e.get("running")))
            for e in each.mapping
            if e["target"] != "ignore"
        ]
        return sorted(map(str, read)), each.date_order, each.missing, each.repairs, each.cut

    return plan(one) == plan(previous)


def _outcomes(
    one: ListImport, previous: ListImport, paired: Paired, known: Mapping[int, tuple[int, bool]]
) -> dict[int, str]:
    """Tell changed from unchanged for every pair; equal rows under an equal plan needn't be read again."""
    equal = same_plan(one, previous)
    outcomes: dict[int, str] = {}
    look: list[int] = []
    for row, (_, how) in paired.pairs.items():
        if how == "exact" and equal:
            outcomes[row] = Outcome.UNCHANGED
        else:
            look.append(row)
    reader = reader_of(one, with_places=False)
    fixed = set(ListRow.objects.filter(list_import=one).exclude(fixes={}).values_list("pk", flat=True))
    look.extend(row for row in fixed if row in outcomes)
    size = settings.GOODOFFICES_CHUNK_ROWS
    for start in range(0, len(look), size):
        drafts = drafts_of(one, look[start : start + size], reader)
        by_mention = {known[paired.pairs[row][0]][0]: claims for row, claims in drafts.items()}
        differing = differences(by_mention)
        for row in drafts:
            mention_id = known[paired.pairs[row][0]][0]
            outcomes[row] = Outcome.CHANGED if differing[mention_id] else Outcome.UNCHANGED
    return outcomes


def _write(one: ListImport, outcomes: Mapping[int, str], paired: Paired, new: Mapping[int, Keys]) -> None:
    rows: list[tuple[int, tuple[Any, ...]]] = []
    for pk in new:
        if pk in paired.pairs:
            earlier, how = paired.pairs[pk]
            rows.append((pk, (str(outcomes[pk]), earlier, how, {})))
        elif pk in paired.to_review:
            rows.append((pk, (str(Outcome.TO_REVIEW), None, "", {"maybe": paired.to_review[pk]})))
        else:
            rows.append((pk, (str(Outcome.NEW), None, "", {})))
    size = settings.GOODOFFICES_CHUNK_ROWS
    for start in range(0, len(rows), size):
        with transaction.atomic():
            update_rows(ListRow, ("outcome", "replaces_id", "paired_by", "before"), rows[start : start + size])


def _carry(one: ListImport, known: Mapping[int, tuple[int, bool]], paired: Paired) -> None:
    """Carry on what no row continues: no longer listed, or waiting until a person has said."""
    used = paired.used
    open_ = {earlier for maybe in paired.to_review.values() for earlier in maybe}
    fields = ("public_id", "list_import_id", "number", "outcome", "replaces_id", "before", "cells", "extra",
              "file_problems", "problems", "fixes", "key", "who", "hash", "paired_by", "choice")  # fmt: skip
    rows: list[tuple[Any, ...]] = [
        (
            new_id(), one.pk, None,
            str(Outcome.TO_REVIEW if earlier in open_ and listed else Outcome.NO_LONGER_LISTED), earlier,
            {"listed": listed}, [], [], [], [], {}, "", "", "", "", "",
        )
        for earlier, (_, listed) in sorted(known.items())
        if earlier not in used
    ]  # fmt: skip
    size = settings.GOODOFFICES_CHUNK_ROWS
    for start in range(0, len(rows), size):
        with transaction.atomic():
            insert_rows(ListRow, fields, rows[start : start + size])


def _counts(one: ListImport) -> dict[str, int]:
    found = ListRow.objects.filter(list_import=one, number__isnull=False).order_by().values_list("outcome")
    counts = dict(found.annotate(rows=Count("pk")))
    gone = ListRow.objects.filter(list_import=one, number=None, outcome=Outcome.NO_LONGER_LISTED, before__listed=True)
    return {
        "rows": one.total,
        "created": counts.get(Outcome.NEW, 0),
        "changed": counts.get(Outcome.CHANGED, 0),
        "unchanged": counts.get(Outcome.UNCHANGED, 0),
        "to_review": counts.get(Outcome.TO_REVIEW, 0),
        "refused": counts.get(Outcome.REFUSED, 0),
        "no_longer_listed": gone.count(),
    }
