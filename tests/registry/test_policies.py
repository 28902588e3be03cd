# SPDX-License-Identifier: AGPL-3.0-or-later
"""Policies: visible_to, fetch and can_x agree for every actor; nobody sees by another door what one door hides."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from django.http import Http404

from goodoffices.access.actors import ANONYMOUS, SYSTEM, Actor
from goodoffices.access.policy import Refused, allowed, fetch, policies
from goodoffices.access.roles import ROLES, SEE_PEOPLE
from goodoffices.core.vocabulary import FieldClass, Room, Sensitivity, Verdict
from goodoffices.registry.models import Claim, Event, Judgement, Mention, Note, Person, Place, Source
from goodoffices.registry.view import person_view

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def actor_with(role: str) -> Actor:
    made = ROLES[role]
    return Actor(
        kind="user",
        user_id=1,
        roles=frozenset({role}),
        powers=made.powers,
        clearance=-1 if made.clearance is None else int(made.clearance),
        field_classes=frozenset(int(one) for one in made.field_classes),
    )


@pytest.fixture
def full(world):
    """Records of every sensitivity, joined across them, with an event and a note."""
    from goodoffices.registry.services.events import EventFacts, add_event, add_taken
    from goodoffices.registry.services.noting import add_note
    from goodoffices.registry.services.places import NameFacts, PlaceFacts, add_place

    records = []
    for level in Sensitivity:
        world.source(f"s{level}", sensitivity=level)
        records.append(world.record(f"s{level}", family_name=f"Ім{level}", place_held="Centre 99"))
        records.append(world.record(f"s{level}", hide=("place_held",), family_name=f"Ще{level}", place_held="X"))
    world.source("old", room=Room.HISTORY, sensitivity=Sensitivity.PUBLIC)
    records.append(world.record("old", name="Nombre Inventado"))
    world.join(records[0], records[6])
    world.join(records[2], records[4], verdict=Verdict.DIFFERENT)
    add_place(PlaceFacts("", (NameFacts("Centre 99"),)), actor=SYSTEM, now=world.now)
    for level in Sensitivity:
        event = add_event(EventFacts(f"E{level}", sensitivity=level), actor=SYSTEM, now=world.now)
        add_taken(event, [world.fresh(records[0])], actor=SYSTEM, now=world.now)
        add_note(world.person(records[0]), f"N{level}", actor=SYSTEM, now=world.now, sensitivity=level)
    return world


MODELS = (Person, Source, Mention, Claim, Judgement, Event, Place, Note)
ACTORS = [
    *(actor_with(role) for role in ROLES),
    ANONYMOUS,
    replace(SYSTEM, powers=SYSTEM.powers - {SEE_PEOPLE}),
    *(
        replace(SYSTEM, clearance=clearance, field_classes=frozenset(classes))
        for clearance, classes in product((0, 2, 3), ([], [1], [int(one) for one in FieldClass]))
    ),
]


@pytest.mark.req("LK1")
def test_fetch_gives_exactly_what_visible_to_lists(full):
    for actor in ACTORS:
        for model in MODELS:
            seen = set(policies()[model].visible_to(actor).values_list("public_id", flat=True))
            for row in model._default_manager.all():
                if row.public_id in seen:
                    assert fetch(actor, model, row.public_id).pk == row.pk
                else:
                    with pytest.raises(Http404):
                        fetch(actor, model, row.public_id)


def test_each_act_is_refused_or_allowed_alike_by_fetch_and_by_the_policy(full):
    for actor in ACTORS:
        for model in MODELS:
            policy = policies()[model]
            for row in policy.visible_to(actor)[:3]:
                for act in policy.can:
                    try:
                        fetch(actor, model, row.public_id, to=act)
                        got = True
                    except Refused:
                        got = False
                    assert got == allowed(actor, act, row)


def test_who_sees_no_people_sees_no_row_at_all(full):
    for actor in ACTORS:
        if not actor.sees_people:
            for model in MODELS:
                assert not policies()[model].visible_to(actor).exists(), (model, actor.roles)


def test_a_higher_clearance_sees_all_that_a_lower_one_sees(full):
    for low, high in ((0, 1), (1, 2), (2, 3)):
        for model in MODELS:
            lower, higher = (
                set(policies()[model].visible_to(replace(SYSTEM, clearance=c)).values_list("pk", flat=True))
                for c in (low, high)
            )
            assert lower <= higher


@pytest.mark.req("LK1")
def test_a_persons_view_holds_no_claim_above_clearance_or_outside_the_field_classes(full):
    for actor in ACTORS:
        for person in policies()[Person].visible_to(actor):
            view = person_view(person, actor)
            for told in view["mentions"]:
                assert told["claims"]
                for one in told["claims"]:
                    assert one["sensitivity"] <= actor.clearance
                    assert Claim.objects.get(public_id=one["id"]).field_class in actor.field_classes


def test_nothing_is_recorded_or_assessed_in_the_history_room(full):
    for actor in ACTORS:
        for person in policies()[Person].visible_to(actor).filter(room=Room.HISTORY):
            assert not allowed(actor, "record", person)
            assert not allowed(actor, "assess", person)


def test_only_its_writer_takes_a_note_back(full):
    note = Note.objects.first()
    assert not any(allowed(actor, "end", note) for actor in ACTORS)
