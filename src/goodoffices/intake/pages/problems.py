# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of columns and problems: guesses with samples, problems grouped by repair, rows to correct."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.intake import words
from goodoffices.intake.forms import MappingForm
from goodoffices.intake.models import ListImport, ListRow
from goodoffices.intake.services.mapping import sealed_headers
from goodoffices.registry.cells import guard

SAMPLE_ROWS = 30
SAMPLES = 3
BOM = "\ufeff"


def columns(one: ListImport, form: MappingForm) -> list[dict[str, Any]]:
    """Give each column with its heading, some cells, the guess and its field."""
    rows = list(ListRow.objects.filter(list_import=one).in_file().values_list("cells", flat=True)[:SAMPLE_ROWS])
    found = []
    for entry in one.mapping:
        column = entry["column"]
        cells = list(dict.fromkeys(row[column] for row in rows if column < len(row) and row[column].strip()))
        found.append(
            {
                "entry": entry,
                "header": one.header[column],
                "samples": cells[:SAMPLES],
                "cut": column in one.cut,
                "field": form[f"column_{column}"],
            }
        )
    return found


def problems(one: ListImport) -> dict[str, Any]:
    """Give the groups of problems with their repairs, and the repairs chosen."""
    groups = [_group(one, group) for group in one.groups]
    about = one.about_file.get("problems", [])
    return {
        "groups": [group for group in groups if group["level"] != "note"],
        "notes": [group for group in groups if group["level"] == "note"],
        "sealed": sealed_headers(one),
        "repairs": [_chosen(one, each) for each in one.repairs],
        "about_file": [str(words.FILE_PROBLEM[each["code"]]) for each in about if each["code"] in words.FILE_PROBLEM],
        "rows": one.total,
        "refused": one.counts.get("refused", 0),
    }


def problem_file(one: ListImport, *, actor: Actor, now: datetime) -> HttpResponse:
    """Hand out the rows that were not taken in full: number, what is wrong, and the row's cells; no formula runs."""
    rows = ListRow.objects.filter(list_import=one).with_problems()
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Row"), _("Problem"), *map(guard, one.header)])
    count = 0
    for number, found, cells in rows.values_list("number", "problems", "cells").iterator(2000):
        graver = [each for each in found if each["level"] != "note"]
        if graver:
            said = "; ".join(dict.fromkeys(_problem_line(one, each) for each in graver))
            writer.writerow([number, guard(said), *map(guard, cells)])
            count += 1
    with acting("intake.rows_exported", actor=actor, now=now, facts={"rows": count}) as line:
        line.concerns("import", one.public_id)
    response = HttpResponse(BOM + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rows-{one.public_id}.csv"'
    return response


def _problem_line(one: ListImport, problem: dict[str, Any]) -> str:
    named = [one.header[entry["column"]] for entry in one.mapping if entry["target"] == problem["field"]]
    header = f"{named[0]}: " if named else ""
    return header + words.problem_words(problem["code"])


def _group(one: ListImport, group: dict[str, Any]) -> dict[str, Any]:
    repairs = [
        {
            "label": words.repair_words(group["target"], repair["code"], repair["value"]),
            "fields": [
                ("target", group["target"]),
                ("kind", group["kind"]),
                ("pattern", group["pattern"]),
                ("code", repair["code"]),
                ("value", repair["value"]),
            ],
        }
        for repair in group["repairs"]
    ]
    return {
        **group,
        "words": words.problem_words(group["kind"]),
        "column": ", ".join(group["headers"]),
        "repairs": repairs[:4],
        "more_repairs": repairs[4:],
        "cells": _cells(one, group),
    }


def _cells(one: ListImport, group: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the first cells of a group with the row each stands in, to be corrected one by one."""
    columns = [entry["column"] for entry in one.mapping if entry["target"] == group["target"] and not entry["sealed"]]
    if len(columns) != 1 or not group["repairs"]:
        return []
    rows = ListRow.objects.filter(list_import=one, number__in=group["rows"]).in_file()
    return [
        {
            "row": row,
            "column": columns[0],
            "text": row.cells[columns[0]],
            "fixed": row.fixes.get(str(columns[0]), ""),
            "about": _about(one, row),
        }
        for row in rows
        if columns[0] < len(row.cells)
    ]


def _about(one: ListImport, row: ListRow) -> str:
    """Say who a row is about, so that a cell can be judged."""
    wanted = ("name", "family_name", "given_name", "patronymic")
    by_target = {entry["target"]: entry["column"] for entry in one.mapping}
    return " ".join(row.cells[by_target[name]] for name in wanted if name in by_target).strip()


def _chosen(one: ListImport, repair: dict[str, str]) -> dict[str, str]:
    headers = [one.header[entry["column"]] for entry in one.mapping if entry["target"] == repair["target"]]
    return {
        "column": ", ".join(headers),
        "problem": words.problem_words(repair["kind"]),
        "label": words.repair_words(repair["target"], repair["code"], repair["value"]),
    }
