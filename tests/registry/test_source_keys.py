# SPDX-License-Identifier: AGPL-3.0-or-later
"""A key says nothing of sources one may not know of."""

from __future__ import annotations

import pytest

from goodoffices.access.actors import SYSTEM
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import Sensitivity
from goodoffices.ledger.models import Entry
from goodoffices.registry.models import Source
from goodoffices.registry.services.sources import SourceFacts, add_source, source_called

pytestmark = [pytest.mark.django_db, pytest.mark.store]

FACTS = SourceFacts(title="Families' list")


@pytest.fixture
def hidden(world):
    return world.source("families", sensitivity=Sensitivity.RESTRICTED)


def add(actor, now, key="families"):
    return add_source(FACTS, actor=actor, now=now, key=key)


@pytest.mark.req("LK1")
@pytest.mark.parametrize("key", ["families", "k" * 64])
def test_a_key_that_a_hidden_source_has_is_answered_like_a_free_one(key, world, documenter, actor_of, now):
    actor = actor_of(documenter)
    free = add(actor, now, "free-key")
    world.source(key, sensitivity=Sensitivity.RESTRICTED)
    lines = Entry.objects.count()
    made = add(actor, now, key)
    assert Entry.objects.count() == lines + 1
    assert source_called(key, actor=actor) == made
    assert source_called("free-key", actor=actor) == free
    for taken in (key, "free-key"):
        with pytest.raises(GoodOfficesError) as again:
            add(actor, now, taken)
        assert (again.value.code, again.value.where) == ("source_exists", {})


def test_a_hidden_source_is_not_found_by_its_key(hidden, documenter, actor_of):
    actor = actor_of(documenter)
    assert source_called("families", actor=actor) is None
    assert source_called("nothing", actor=actor) is None
    assert source_called("families", actor=SYSTEM) == hidden


def test_who_sees_both_is_asked_to_choose_and_mixes_nothing_up(hidden, documenter, coordinator, actor_of, now):
    made = add(actor_of(documenter), now)
    with pytest.raises(GoodOfficesError, match="Several sources"):
        source_called("families", actor=actor_of(coordinator))
    assert source_called(made.key, actor=actor_of(coordinator)) == made
    assert hidden.key == "families"
    assert made.key != hidden.key


def test_a_key_of_a_source_one_sees_is_refused(world, documenter, actor_of, now):
    world.source("families")
    with pytest.raises(GoodOfficesError, match="There is a source"):
        add(actor_of(documenter), now)
    assert Source.objects.count() == 1
