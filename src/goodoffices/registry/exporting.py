# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hand out a list of people as a file: exactly what the list shows, to whom, when, and entered in the ledger.

The file is made chunk by chunk; before each chunk the actor's present rights are read again, so that an export
stops when the power is taken away while it runs (SECURITY CO4).
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar, cast

import xlsxwriter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from goodoffices.access.actors import Actor, actor_for
from goodoffices.access.acts import acting
from goodoffices.access.models import User
from goodoffices.access.policy import require_power
from goodoffices.access.roles import EXPORT, SEE_PEOPLE
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import FieldClass, Room
from goodoffices.registry import filters, listing
from goodoffices.registry.cells import guard
from goodoffices.registry.filters import PeopleQuery
from goodoffices.registry.models import Listing
from goodoffices.registry.words import word_for

R = TypeVar("R", bound=HttpResponseBase)
CHUNK = 500
FORMATS = ("csv", "xlsx")
BOM = "\ufeff"


class TooMany(GoodOfficesError):
    """More people than one export may hold."""

    code = "export_too_large"


def limit() -> int:
    """Give the most people one export may hold (GOODOFFICES_EXPORT_LIMIT)."""
    return int(settings.GOODOFFICES_EXPORT_LIMIT)


def answer(query: PeopleQuery, wanted: str, *, actor: Actor, user: Any, now: datetime) -> HttpResponse:
    """Enter the export in the ledger, then answer with the file.

    Args:
        user: the account behind the actor; None where a program acts, as in a testing folder.

    Raises:
        Refused: the actor lacks the power.
        TooMany: the list is longer than the limit.
    """
    ids = _enter(query, wanted, actor=actor, now=now)
    rows = _rows(ids, actor, user, get_language() or "en")
    mark = _watermark(user, now, len(ids))
    response = _as_csv(rows, mark, now) if wanted == "csv" else _as_xlsx(rows, mark, now)
    response["X-People"] = str(len(ids))
    return response


def export_to_path(out: Path, query_text: str, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Write the people a query shows into a file of its owner's; its ending says CSV or XLSX.

    Args:
        query_text: as in the address of the people page, after the question mark.

    Raises:
        Refused, TooMany: as ``answer``.
        GoodOfficesError: a filter isn't known or can't be read, or the file can't be written.
    """
    data = QueryDict(query_text.removeprefix("?"))
    query = filters.read(data, actor)
    unknown = sorted({*data} - {one.name for one in fields(PeopleQuery)} | {*query.unread})
    if unknown:
        raise GoodOfficesError(
            "A filter can't be read.",
            code="bad_query",
            where={"filters": unknown},
            hint="Copy the address of the people page, after its question mark.",
        )
    user = get_user_model().objects.filter(pk=actor.user_id).first() if actor.user_id else None
    response = answer(query, out.suffix.removeprefix(".").lower(), actor=actor, user=user, now=now)
    parts: Any = response.streaming_content if response.streaming else [response.content]  # type: ignore[attr-defined]
    part = out.with_name(f".{out.name}.part")
    try:
        with open(part, "wb", opener=_owners_only) as file:
            file.writelines(parts)
        part.replace(out)
    except OSError as error:
        raise GoodOfficesError(
            "The file can't be written.", code="cannot_write", where={"file": str(out)}, hint=str(error.strerror)
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return {"file": str(out), "people": int(response["X-People"])}


def _owners_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _enter(query: PeopleQuery, wanted: str, *, actor: Actor, now: datetime) -> list[int]:
    """Check the right to export, enter the export in the ledger; gives the lines that go out."""
    require_power(actor, EXPORT)
    require_power(actor, SEE_PEOPLE)
    if wanted not in FORMATS:
        raise GoodOfficesError("There is no such format.", code="bad_format", hint="Choose CSV or XLSX.")
    ids = list(listing.all_lines(actor, Room.WORK, query).order_by("sort_key", "pk").values_list("pk", flat=True))
    if len(ids) > limit():
        raise TooMany(
            f"This list has {len(ids)} people; one file may hold {limit()}.",
            where={"people": len(ids), "limit": limit()},
            hint="Narrow the list by a filter and export it in parts.",
        )
    with acting(
        "registry.people_exported",
        actor=actor,
        now=now,
        facts={"people": len(ids), "format": wanted, "filters": query.codes},
    ):
        pass
    return ids


def headings(actor: Actor) -> list[str]:
    """Give the columns this actor may take along."""
    return [label for label, _value in _columns(actor)]


def _columns(actor: Actor) -> list[tuple[str, Callable[[Any], Any]]]:
    found: list[tuple[str, Callable[[Any], Any]]] = [(_("Person"), lambda line: str(line.person.public_id))]
    if int(FieldClass.IDENTITY) in actor.field_classes:
        found += [
            (_("Name"), lambda line: line.name),
            (_("Other names"), lambda line: line.other_names),
            (_("Born"), lambda line: line.born),
            (_("Sex"), lambda line: word_for(line.sex, "sex")),
            (_("Known as"), lambda line: word_for(line.category, "category")),
            (_("Present state"), lambda line: word_for(line.status, "status")),
            (_("Taken"), lambda line: line.taken),
        ]
    if int(FieldClass.WHEREABOUTS) in actor.field_classes:
        found += [
            (_("Last place reported"), lambda line: line.place_held),
            (_("Sources disagree"), lambda line: _("yes") if line.conflict else ""),
        ]
    return [*found, (_("Sources"), lambda line: line.sources)]


def _rows(ids: list[int], actor: Actor, user: Any, language: str) -> Iterator[list[Any]]:
    with override(language):
        columns = _columns(actor)
        yield [label for label, _value in columns]
        for start in range(0, len(ids), CHUNK):
            now_held = actor_for(User.objects.get(pk=user.pk)) if start and user is not None else actor
            if not (now_held.has(EXPORT) and now_held.clearance >= actor.clearance):
                yield [_("This export was stopped: the right to export was taken back while it ran.")]
                return
            part = ids[start : start + CHUNK]
            lines = {
                line.pk: line
                for line in Listing.objects.visible_to(now_held).filter(pk__in=part).select_related("person")
            }
            for pk in part:
                if pk in lines:
                    yield [value(lines[pk]) for _label, value in columns]


def _watermark(user: Any, now: datetime, count: int) -> str:
    said = _("Good Offices · %(count)s people · handed to %(who)s on %(when)s UTC · not to be passed on")
    who = user.email if user is not None else _("the command line")
    return said % {"count": count, "who": who, "when": f"{now:%Y-%m-%d %H:%M}"}


def _as_csv(rows: Iterator[list[Any]], mark: str, now: datetime) -> HttpResponse:
    def lines() -> Iterator[bytes]:
        yield BOM.encode()
        yield _csv_line([mark])
        for row in rows:
            yield _csv_line(row)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    return cast(HttpResponse, _attached(response, now, "csv"))


def _csv_line(cells: list[Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow(
        [cell if isinstance(cell, int) else guard(str(cell)) for cell in cells]
    )
    return text.getvalue().encode()


def _as_xlsx(rows: Iterator[list[Any]], mark: str, now: datetime) -> HttpResponse:
    """Write a workbook in memory: no plaintext touches the disk. Texts stay texts, whatever they begin with."""
    memory = io.BytesIO()
    keep_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(memory, {"in_memory": True, **keep_text})
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, mark)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, place, cell)
            else:
                sheet.write_string(number, place, str(cell))
    sheet.freeze_panes(2, 0)
    sheet.set_column(1, 2, 34)
    sheet.set_footer(f"&L{mark.replace('&', '&&')}")
    book.close()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _attached(HttpResponse(memory.getvalue(), content_type=kind), now, "xlsx")


def _attached(response: R, now: datetime, ending: str) -> R:
    response["Content-Disposition"] = f'attachment; filename="people-{now:%Y%m%d-%H%M}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
