# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our own export comes back in as it went out, cells guarded against spreadsheets too."""

from __future__ import annotations

import pytest

from goodoffices.access.actors import SYSTEM
from goodoffices.intake.models import ListRow
from goodoffices.intake.reading import open_table
from goodoffices.intake.services import running, staging
from goodoffices.registry.cells import EXPORT_MARK
from goodoffices.registry.drafts import ClaimDraft, MentionDraft
from goodoffices.registry.models import Batch, Listing
from goodoffices.registry.services.recording import record_mentions

pytestmark = pytest.mark.django_db

AWKWARD = [
    "=Центр 99",
    "+380",
    "-",
    "@home",
    "'=twice",
    "'plain",
    'a "quoted" one; =after',
    "two\nlines",
    "Центр 99",
    "",
]


@pytest.fixture
def exported(lists, olena, client_of, now):
    """People with awkward places; gives a way to export them, and what their lines hold."""
    batch = Batch.objects.create(kind="import", source=lists.source, at=now)
    drafts = [
        MentionDraft(
            str(n),
            n,
            (ClaimDraft("family_name", f"Вербик{n}"), *([ClaimDraft("place_held", place)] if place else [])),
        )
        for n, place in enumerate(AWKWARD)
    ]
    record_mentions(batch, lists.source, drafts, first_seen="2026-01-10", now=now)

    def export(language: str = "en", form: str = "csv") -> bytes:
        client = client_of(olena)
        client.post("/language/", {"language": language})
        answer = client.post("/people/export/", {"format": form})
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    return export


def cells_of(data: bytes, folder, ending: str = "csv") -> list[tuple[str, ...]]:
    path = folder / f"export.{ending}"
    path.write_bytes(data)
    return [row.cells for row in open_table(path).rows()]


@pytest.mark.req("EX1")
@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_an_exported_list_is_read_back_cell_by_cell(language, exported, tmp_path):
    data = exported(language)
    assert data.decode("utf-8-sig").lstrip('"').startswith(EXPORT_MARK)
    assert b"'=" in data
    place = 8
    lines = Listing.objects.filter(tier_to=3).order_by("sort_key", "pk")
    rows = cells_of(data, tmp_path)
    assert [row[place] for row in rows] == [line.place_held for line in lines]
    assert {row[place] for row in rows} == set(AWKWARD)


def test_the_two_forms_of_an_export_read_the_same(exported, tmp_path):
    book = cells_of(exported(form="xlsx"), tmp_path, "xlsx")
    assert [row[:-1] for row in cells_of(exported(), tmp_path)] == [row[:-1] for row in book]


def test_an_export_brought_in_as_a_list_keeps_its_rows_as_they_were(exported, lists, now):
    one = staging.stage(lists.source, exported(), name="people.csv", actor=lists.actor, now=now)
    running.advance(one, "staged", actor=SYSTEM, now=now)
    kept = [row.cells for row in ListRow.objects.filter(list_import=one).order_by("number")]
    assert {row[8] for row in kept} == set(AWKWARD)


def test_anothers_list_is_kept_verbatim_apostrophes_too(tmp_path):
    data = "id,name,place\n1,Вербик,'=Центр 99\n2,Гайчук,'-\n".encode()
    assert [row[2] for row in cells_of(data, tmp_path)] == ["'=Центр 99", "'-"]
