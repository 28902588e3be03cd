# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people list: what it shows, counts and never tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goodoffices.access.actors import SYSTEM
from goodoffices.core.vocabulary import Room, Sensitivity
from goodoffices.registry import listing
from goodoffices.registry.filters import PeopleQuery

pytestmark = [pytest.mark.django_db, pytest.mark.store]
TEAM = replace(SYSTEM, clearance=int(Sensitivity.TEAM))


def names(query: PeopleQuery = PeopleQuery(), actor=SYSTEM, page: int = 1) -> list[str]:  # noqa: B008
    return [line.name for line in listing.people_page(actor, Room.WORK, query, page).lines]


@pytest.fixture
def three(world):
    world.records(
        [
            {"family_name": "Вербик", "given_name": "Марта", "birth_date": "1981", "category": "civilian", "sex": "f"},
            {"family_name": "Гайчук", "given_name": "Остап", "birth_date": "1985-02-03", "category": "medic"},
            {"family_name": "Ярчук", "given_name": "Ніна", "category": "civilian", "capture_date": "2022-03-05"},
        ]
    )
    return world


def test_people_are_sorted_by_family_name(three):
    assert names() == ["Марта Вербик", "Остап Гайчук", "Ніна Ярчук"]
    assert names(PeopleQuery(sort="-name")) == ["Ніна Ярчук", "Остап Гайчук", "Марта Вербик"]


def test_those_without_a_date_come_last_either_way(three):
    assert names(PeopleQuery(sort="born")) == ["Марта Вербик", "Остап Гайчук", "Ніна Ярчук"]
    assert names(PeopleQuery(sort="-born"))[-1] == "Ніна Ярчук"
    assert names(PeopleQuery(sort="taken"))[0] == "Ніна Ярчук"


def test_filters_narrow_and_counts_say_what_each_would_show(three):
    query = PeopleQuery(category=("civilian",))
    assert names(query) == ["Марта Вербик", "Ніна Ярчук"]
    told = listing.counts(SYSTEM, Room.WORK, query)
    assert told["count"][""] == 2
    assert told["category"] == {"civilian": 2, "medic": 1}
    assert told["sex"] == {"f": 1, "none": 1}


def test_dates_narrow_by_day_month_and_year(three):
    assert names(PeopleQuery(born_from="1982")) == ["Остап Гайчук"]
    assert names(PeopleQuery(born_to="1981")) == ["Марта Вербик"]
    assert names(PeopleQuery(born_from="1985-02", born_to="1985-02")) == ["Остап Гайчук"]
    assert names(PeopleQuery(taken_from="2022-03-05", taken_to="2022-03-05")) == ["Ніна Ярчук"]
    assert names(PeopleQuery(taken_to="2022-02")) == []


def test_a_name_in_another_script_and_order_finds_the_person(three):
    assert names(PeopleQuery(q="Haichuk Ostap")) == ["Остап Гайчук"]
    assert names(PeopleQuery(q="Гайчук")) == ["Остап Гайчук"]
    assert names(PeopleQuery(q="Гайчук Марта")) == []


def test_a_source_and_a_place_narrow(three):
    three.record("list-b", family_name="Сосняк", given_name="Петро", place_held="Centre 99")
    source = str(three.source("list-b").public_id)
    assert names(PeopleQuery(source=source)) == ["Петро Сосняк"]
    assert names(PeopleQuery(place="~Centre 99")) == ["Петро Сосняк"]


def test_the_counts_follow_every_change_at_once(three):
    assert listing.counts(SYSTEM, Room.WORK, PeopleQuery())["count"][""] == 3
    three.record("list-b", family_name="Сосняк", given_name="Петро")
    assert listing.counts(SYSTEM, Room.WORK, PeopleQuery())["count"][""] == 4


def test_pages_hold_fifty_and_every_person_once(world):
    world.records([{"family_name": f"Ім{n:03d}"} for n in range(120)])
    pages = [names(page=number) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [50, 50, 20]
    assert len({name for page in pages for name in page}) == 120
    assert names(page=9) == pages[2]


def test_pages_by_birth_hold_every_person_once_too(world):
    world.records(
        [{"family_name": f"Ім{n:03d}", **({"birth_date": str(1900 + n)} if n % 3 else {})} for n in range(120)]
    )
    seen = [name for number in (1, 2, 3) for name in names(PeopleQuery(sort="born"), page=number)]
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize("sort", ["name", "-name", "born", "-born", "taken", "-changed"])
def test_a_walked_list_and_a_kept_one_are_the_same(world, monkeypatch, sort):
    world.records(
        [{"family_name": f"Ім{n:03d}", **({"birth_date": str(1900 + n)} if n % 3 else {})} for n in range(70)]
    )
    query = PeopleQuery(sort=sort, source=str(world.source().public_id))
    kept = [names(query, page=number) for number in (1, 2)]
    monkeypatch.setattr(listing, "KEPT_IDS", 0)
    assert [names(query, page=number) for number in (1, 2)] == kept


@pytest.mark.req("LK1")
def test_a_restricted_record_changes_no_list_count_or_facet_of_a_lower_clearance(three):
    def seen() -> tuple[object, ...]:
        told = listing.counts(TEAM, Room.WORK, PeopleQuery())
        places = listing.place_counts(TEAM, Room.WORK)
        return names(actor=TEAM), {key: dict(value) for key, value in told.items()}, places

    before = seen()
    three.source("hidden", sensitivity=Sensitivity.RESTRICTED)
    three.record("hidden", family_name="Схований", category="child", place_held="Centre 99")
    assert seen() == before
    assert "Схований" in names()


@pytest.mark.req("LK1")
def test_a_hidden_alias_finds_nobody_at_a_lower_clearance(three):
    three.record("list-b", hide=("alias",), family_name="Сосняк", given_name="Петро", alias="Шторм Василь")
    assert names(PeopleQuery(q="Шторм Василь")) == ["Петро Сосняк"]
    assert names(PeopleQuery(q="Шторм Василь"), TEAM) == []


@pytest.mark.req("LK1")
def test_a_hidden_record_does_not_show_through_the_filter_by_source(three):
    three.record("list-b", hide=("family_name", "place_held"), family_name="Сосняк", place_held="Centre 99")
    query = PeopleQuery(source=str(three.source("list-b").public_id))
    assert names(query, TEAM) == []
    assert listing.counts(TEAM, Room.WORK, query)["count"][""] == 0


def test_the_history_room_and_the_work_are_listed_apart(three):
    three.source("old", room=Room.HISTORY)
    three.record("old", name="Nombre Inventado")
    assert "Nombre Inventado" not in names()
    page = listing.people_page(SYSTEM, Room.HISTORY, PeopleQuery(), 1)
    assert [line.name for line in page.lines] == ["Nombre Inventado"]
