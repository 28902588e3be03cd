# SPDX-License-Identifier: AGPL-3.0-or-later
"""The gazetteer: whole, credited, and found under old and new names."""

from __future__ import annotations

import pytest

from goodoffices.access.actors import SYSTEM
from goodoffices.registry.gazetteer import GAZETTEER, gazetteer_places
from goodoffices.registry.models import Place
from goodoffices.registry.services.places import add_places, fold_place, place_index


def test_it_knows_old_and_new_names():
    places = list(gazetteer_places())
    assert len(places) == 11_111
    bakhmut = next(place for place in places if place.names[0].name == "Bakhmut")
    assert {"Бахмут", "Артемовск", "Artemivsk"} <= {name.name for name in bakhmut.names}


def test_its_source_is_credited():
    notice = (GAZETTEER.parent / "NOTICE.md").read_text("utf-8")
    assert "GeoNames" in notice
    assert "CC BY 4.0" in notice


@pytest.mark.store
@pytest.mark.django_db
def test_loading_it_twice_adds_nothing_the_second_time(now):
    some = [place for place in gazetteer_places() if place.country == "BY"][:50]
    assert add_places(some, actor=SYSTEM, now=now) == 50
    assert add_places(some, actor=SYSTEM, now=now) == 0
    index = place_index()
    unique = [n for n in some[0].names if fold_place(n.name) in index]
    assert unique
    assert Place.objects.get(pk=index[fold_place(unique[0].name)]).key == some[0].key
