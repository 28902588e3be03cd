# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of invented people, and the short way to bring one in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from goodoffices.intake.services import running, staging
from goodoffices.registry.services.sources import SourceFacts, add_source

HEADER = "id,surname,given name,patronymic,date of birth,sex,place held,note"
FIRST = [
    "A1,Ковилянко,Андрій,Остапович,14.03.1981,ч,Центр 99,водій",
    "A2,Зоренчук,Софія,,31.02.2016,ж,,",
    "A3,Неходько,Григорій,Іванович,1957,ч,Центр 99,",
    "A4,Вербівський,Роман,,07.11.1990,ч,Колонія,",
]


@pytest.fixture
def lists(db, documenter, actor_of, now):
    """Bring lists in as the documenter does."""
    return Lists(actor_of(documenter), now)


class Lists:
    """A source, and its editions."""

    def __init__(self, actor, now) -> None:
        self.actor, self.now = actor, now
        self.source = add_source(
            SourceFacts(title="Families' list", language="uk", publisher="Lantern Desk"), actor=actor, now=now
        )

    def clock(self):
        return self.now

    def bring(self, rows: list[str], *, header: str = HEADER, on: str = "2026-11-01", goal: str = "committed"):
        """Bring an edition in up to a state."""
        data = "\n".join([header, *rows, ""]).encode()
        one = staging.stage(
            self.source, data, name="list.csv", actor=self.actor, now=self.now, edition=staging.Edition(on=on)
        )
        return self.carry_on(one, goal)

    def carry_on(self, one, goal: str = "committed"):
        """Carry an import on to a state, mapped as guessed."""
        from goodoffices.intake.services import committing, mapping

        if one.state == "staging":
            running.advance(one, "staged", actor=self.actor, now=self.now)
        if one.state == "staged" and goal != "staged":
            mapping.map_columns(one, running.choices_of(one, None), actor=self.actor, now=self.now)
        if goal in {"staged", "mapped"} or one.state == "committed":
            return one
        running.advance(one, "checked" if goal == "checked" else "previewed", actor=self.actor, now=self.now)
        if goal == "committed":
            committing.begin_commit(one, actor=self.actor, now=self.now, queue=False)
            committing.commit(one, actor=self.actor, clock=self.clock)
        return one


@pytest.fixture
def views_of(actor_of) -> Callable:
    """Give every person as all-seeing staff would read her, byte for byte."""

    def read(actor) -> dict[str, bytes]:
        from goodoffices.registry.models import Person
        from goodoffices.registry.view import canonical_bytes

        persons = Person.objects.visible_to(actor).order_by("public_id")
        return {str(person.public_id): canonical_bytes(person, actor) for person in persons}

    return read
