# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that show rows: the preview with side-by-side differences, the report, one row verbatim."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.access.actors import Actor
from goodoffices.access.roles import IMPORT_LISTS
from goodoffices.intake import words
from goodoffices.intake.drafting import RowReader
from goodoffices.intake.models import ListImport, ListRow, Outcome, State
from goodoffices.intake.services.plans import reader_of
from goodoffices.registry.models import Mention

PAGE = 20
_COUNT = {
    Outcome.NEW: "created",
    Outcome.CHANGED: "changed",
    Outcome.UNCHANGED: "unchanged",
    Outcome.NO_LONGER_LISTED: "no_longer_listed",
    Outcome.TO_REVIEW: "to_review",
    Outcome.REFUSED: "refused",
}


def preview(one: ListImport, show: str, page: str) -> dict[str, Any]:
    """Give the counts, and the rows of one outcome with what is different."""
    return {**_rows(one, show, page, "list-preview"), "first": one.previous is None}


def report(one: ListImport, show: str, page: str) -> dict[str, Any]:
    """Give what an import brought, row by row."""
    has_rows = one.state in {State.COMMITTED, State.UNDONE, State.COMMITTING}
    shown = _rows(one, show, page, "list-report") if has_rows else {"tabs": [], "lines": [], "stats": []}
    newer = ListImport.objects.filter(source_id=one.source_id, state=State.COMMITTED, pk__gt=one.pk).exists()
    return {**shown, "can_undo": one.state == State.COMMITTED and not newer, "newer": newer}


def row(found: ListRow, actor: Actor) -> dict[str, Any]:
    """Give one row as it stands in its file, with what became of it."""
    one: ListImport = found.list_import
    content = found.replaces if found.number is None and found.replaces else found
    targets = {entry["column"]: entry["target"] for entry in one.mapping}
    holder: ListImport = content.list_import
    cells = [
        {
            "header": header,
            "text": content.cells[column] if column < len(content.cells) else "",
            "target": words.target_words(targets.get(column, "")) if holder.pk == one.pk else "",
            "cut": column in holder.cut,
            "fixed": content.fixes.get(str(column), ""),
        }
        for column, header in enumerate(holder.header)
    ]
    mention = Mention.objects.visible_to(actor).filter(pk=found.mention_id).select_related("person").first()
    return {
        "row": found,
        "one": one,
        "number": content.number,
        "cells": cells,
        "extra": content.extra,
        "problems": [_problem(one, each) for each in content.problems],
        "mention": mention,
        "earlier": found.replaces if found.number is not None else None,
        "list_url": reverse("list", args=[one.public_id]) if actor.has(IMPORT_LISTS) else "",
    }


def _rows(one: ListImport, show: str, page: str, route: str) -> dict[str, Any]:
    wanted = show if show in _COUNT else _first_with_rows(one)
    rows = ListRow.objects.filter(list_import=one, outcome=wanted)
    if wanted == Outcome.NO_LONGER_LISTED:
        rows = rows.filter(number=None, before__listed=True)
    else:
        rows = rows.filter(number__isnull=False)
    rows = rows.select_related("replaces__list_import", "list_import").order_by("number", "pk")
    paged = Paginator(rows, PAGE).get_page(page)
    meanings = _Meanings()
    return {
        "show": wanted,
        "tabs": [
            {
                "label": words.OUTCOME[outcome],
                "url": f"{reverse(route, args=[one.public_id])}?show={outcome}",
                "count": one.counts.get(name, 0),
                "current": outcome == wanted,
            }
            for outcome, name in _COUNT.items()
        ],
        "stats": [
            {"label": words.OUTCOME[outcome], "value": one.counts.get(name, 0)} for outcome, name in _COUNT.items()
        ],
        "page_obj": paged,
        "lines": [_line(one, each, meanings) for each in paged.object_list],
    }


def _first_with_rows(one: ListImport) -> str:
    order = (Outcome.TO_REVIEW, Outcome.CHANGED, Outcome.NEW, Outcome.NO_LONGER_LISTED, Outcome.REFUSED)
    for outcome in order:
        if one.counts.get(_COUNT[outcome]):
            return str(outcome)
    return str(Outcome.UNCHANGED)


class _Meanings:
    """What the cells of rows are read as, by heading; each list's reader is made once a page."""

    def __init__(self) -> None:
        self._readers: dict[int, RowReader] = {}

    def of(self, row: ListRow) -> dict[str, str]:
        one: ListImport = row.list_import
        reader = self._readers.get(one.pk) or self._readers.setdefault(one.pk, reader_of(one, with_places=False))
        read = reader.read(row.number or 0, row.cells, row.fixes)
        return {column.header: cell.value for column, cell in read.cells if cell.value}


def _line(one: ListImport, each: ListRow, meanings: _Meanings) -> dict[str, Any]:
    line: dict[str, Any] = {"row": each, "number": each.number, "about": about(each), "how": _how(each)}
    if each.outcome == Outcome.CHANGED and each.replaces:
        line["left"] = {"text": _("Row %(number)s before") % {"number": each.replaces.number}}
        line["right"] = {"text": _("Row %(number)s now") % {"number": each.number}}
        line["compared"] = compared(each.replaces, each, meanings)
    if each.outcome == Outcome.NO_LONGER_LISTED and each.replaces:
        line["about"], line["number"] = about(each.replaces), each.replaces.number
    if each.outcome == Outcome.TO_REVIEW:
        line["candidates"] = [
            {"row": old, "about": about(old), "compared": compared(old, each, meanings),
             "left": {"text": _("Row %(number)s before") % {"number": old.number}},
             "right": {"text": _("Row %(number)s now") % {"number": each.number}}}
            for old in ListRow.objects.filter(pk__in=each.before.get("maybe", [])).select_related("list_import")
        ]  # fmt: skip
    if each.outcome == Outcome.REFUSED:
        line["problems"] = [_problem(one, problem) for problem in each.problems]
    return line


def about(row: ListRow) -> dict[str, str]:
    """Give the name a row is about, with the source's language."""
    one: ListImport = row.list_import
    by_target = {entry["target"]: entry["column"] for entry in one.mapping}
    wanted = ("name", "given_name", "patronymic", "family_name", "family_name_2")
    parts = [row.cells[by_target[name]] for name in wanted if name in by_target and by_target[name] < len(row.cells)]
    return {"text": " ".join(part for part in parts if part.strip()), "lang": one.source.language}


def compared(old: ListRow, new: ListRow, meanings: _Meanings) -> list[dict[str, Any]]:
    """Put the cells of two rows side by side by their headings; equal ones are left out.

    A cell that is only written otherwise, such as a date, is marked as near: what it says is the same.
    """
    before = dict(zip(old.list_import.header, old.cells, strict=False))
    after = dict(zip(new.list_import.header, new.cells, strict=False))
    meant_before, meant = meanings.of(old), meanings.of(new)
    rows = []
    for header in dict.fromkeys([*after, *before]):
        left, right = before.get(header, ""), after.get(header, "")
        if left == right:
            continue
        same = header in meant and meant_before.get(header) == meant[header]
        mark = "missing" if not left.strip() or not right.strip() else "near" if same else "differs"
        note = _("only written otherwise") if mark == "near" else ""
        rows.append({"label": header, "left": left, "right": right, "mark": mark, "note": note})
    return rows


def _problem(one: ListImport, problem: dict[str, Any]) -> str:
    named = [one.header[entry["column"]] for entry in one.mapping if entry["target"] == problem["field"]]
    return (f"{named[0]}: " if named else "") + words.problem_words(problem["code"])


def _how(row: ListRow) -> str:
    return {
        "exact": _("equal to the letter"),
        "number": _("by the list's own number"),
        "who": _("by name and birth"),
        "engine": _("by how alike they are"),
        "person": _("as somebody said"),
    }.get(row.paired_by, "")
