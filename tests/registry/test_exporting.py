# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list taken along: what it holds, who may, and what the ledger says of it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from python_calamine import CalamineWorkbook

from goodoffices.access import services as access
from goodoffices.access.actors import SYSTEM
from goodoffices.core.vocabulary import Sensitivity
from goodoffices.ledger.models import Entry
from goodoffices.registry.cells import restore
from goodoffices.registry.models import Listing

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def rows_of(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.fixture
def people(world):
    return world.records(
        [
            {"family_name": "Вербик", "given_name": "Марта", "category": "civilian", "place_held": "=Centre 99"},
            {"family_name": "Гайчук", "given_name": "Остап", "category": "medic"},
        ]
    )


def test_a_csv_holds_exactly_what_the_filter_shows(people, client_of, olena):
    rows = rows_of(client_of(olena).post("/people/export/", {"category": "civilian", "format": "csv"}, secure=True))
    assert [row[1] for row in rows[2:]] == ["Марта Вербик"]
    assert rows[1][:2] == ["Person", "Name"]


@pytest.mark.req("EX1")
def test_a_formula_is_text_in_both_files_and_comes_back_exactly(people, client_of, olena):
    client = client_of(olena)
    rows = rows_of(client.post("/people/export/", {"format": "csv"}, secure=True))
    cell = rows[2][rows[1].index("Last place reported")]
    assert cell == "'=Centre 99"
    assert restore(cell) == "=Centre 99"
    book = client.post("/people/export/", {"format": "xlsx"}, secure=True)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert "=Centre 99" in sheet[2]
    assert b"<f>" not in book.content


def test_the_file_says_who_had_it_and_when(people, client_of, olena):
    rows = rows_of(client_of(olena).post("/people/export/", {"format": "csv"}, secure=True))
    assert "olena@goodoffices.invalid" in rows[0][0]
    assert "UTC" in rows[0][0]


def test_the_ledger_has_the_count_and_the_filters_but_no_value(people, client_of, olena):
    rows_of(client_of(olena).post("/people/export/", {"q": "Вербик", "format": "csv"}, secure=True))
    line = Entry.objects.of_acts(["registry.people_exported"]).get()
    assert line.facts == {"people": 1, "format": "csv", "filters": ["q"]}
    assert "Вербик" not in str(line.facts)


@pytest.mark.req("EX2")
def test_an_export_holds_the_same_people_and_places_as_the_pages_of_each_role(world, client_of, make_user):
    world.source("hidden", sensitivity=Sensitivity.RESTRICTED)
    world.record("hidden", family_name="Схований", place_held="Centre 99")
    world.record(hide=("place_held",), family_name="Ярчук", given_name="Ніна", place_held="Stara Sosna")
    for role, expected in (
        ("monitor", {"Ніна Ярчук": ""}),
        ("caseworker", {"Схований": "Centre 99", "Ніна Ярчук": "Stara Sosna"}),
    ):
        client = client_of(make_user(f"{role}x", role, powers=("export",)))
        rows = rows_of(client.post("/people/export/", {"format": "csv"}, secure=True))
        place = rows[1].index("Last place reported")
        assert {row[1]: row[place] for row in rows[2:]} == expected
        page = client.get("/people/", secure=True).content.decode()
        assert ("Схований" in page) == ("Схований" in expected)
        assert ("Stara Sosna" in page) == ("Stara Sosna" in expected.values())


def test_without_the_power_nothing_is_handed_out_and_the_refusal_is_kept(people, client_of, bohdan):
    assert client_of(bohdan).post("/people/export/", {"format": "csv"}, secure=True).status_code == 403
    assert Entry.objects.of_acts(["access.refused"]).exists()
    assert "Take this list along" not in client_of(bohdan).get("/people/", secure=True).content.decode()


def test_a_stranger_does_not_find_the_export(people, client_of, make_user):
    client = client_of(make_user("nobody", powers=("export",)))
    assert client.post("/people/export/", {"format": "csv"}, secure=True).status_code == 404


def test_a_list_beyond_the_limit_is_refused_with_a_hint(people, client_of, olena, settings):
    settings.GOODOFFICES_EXPORT_LIMIT = 1
    assert client_of(olena).post("/people/export/", {"format": "csv"}, secure=True).status_code == 400
    assert not Entry.objects.of_acts(["registry.people_exported"]).exists()


@pytest.mark.req("CO4")
def test_an_export_stops_when_the_right_is_taken_away_while_it_runs(world, client_of, olena, monkeypatch):
    from goodoffices.registry import exporting

    monkeypatch.setattr(exporting, "CHUNK", 2)
    world.records([{"family_name": f"Ім{n}"} for n in range(6)])
    answer = client_of(olena).post("/people/export/", {"format": "csv"}, secure=True)
    stream = iter(answer.streaming_content)
    begun = b"".join(next(stream) for _ in range(5))
    access.revoke_power(olena, "export", actor=SYSTEM, now=datetime(2026, 11, 21, tzinfo=UTC))
    rest = b"".join(stream).decode()
    assert "Ім1".encode() in begun
    assert "Ім5" not in rest
    assert "stopped" in rest


def test_the_history_room_is_never_exported(world, client_of, olena):
    world.source("old", room="history")
    world.record("old", name="Nombre Inventado")
    assert Listing.objects.count() == 1
    assert len(rows_of(client_of(olena).post("/people/export/", {"format": "csv"}, secure=True))) == 2


@pytest.mark.req("SEC-AU")
def test_an_export_asks_for_the_second_factor_again_after_some_minutes(people, client_of, olena):
    """SECURITY AU14: nothing is handed out before the fresh touch, and one comes back to the list."""
    client = client_of(olena, fresh=False)
    came = {"Referer": "http://testserver/people/?category=civilian"}
    answer = client.post("/people/export/", {"category": "civilian", "format": "csv"}, headers=came)
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/again/?next=%2Fpeople%2F%3Fcategory%3Dcivilian"
    assert not Entry.objects.filter(act="registry.people_exported").exists()
