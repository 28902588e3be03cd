# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write a note beside a person and take it back; enter restricted reads in the ledger."""

from __future__ import annotations

from datetime import datetime

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import require
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import Sensitivity
from goodoffices.registry.models import Mention, Note, Person

LONGEST = 4000


def add_note(
    person: Person,
    text: str,
    *,
    actor: Actor,
    now: datetime,
    happened_on: str = "",
    sensitivity: int = Sensitivity.TEAM,
) -> Note:
    """Write a note; ``happened_on`` is EDTF, empty for the moment of writing.

    Raises:
        GoodOfficesError: no text, too long a text, or a sensitivity above the writer's own clearance.
    """
    require(actor, "record", person)
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise GoodOfficesError(
            f"A note has between 1 and {LONGEST} signs.", code="bad_note", where={"field": "text", "limit": LONGEST}
        )
    if sensitivity > actor.clearance:
        raise GoodOfficesError(
            "You could not read this note yourself.",
            code="bad_note",
            where={"field": "sensitivity", "why": "above_you"},
            hint="Choose a lower mark.",
        )
    anchor = Mention.objects.visible_to(actor).filter(person=person).order_by("pk").first()
    if anchor is None:
        raise GoodOfficesError("Nothing stands that is said of this person.", code="no_mention")
    with acting("registry.note_added", actor=actor, now=now) as line:
        note: Note = Note.objects.create(
            anchor=anchor,
            text=said,
            happened_on=happened_on,
            sensitivity=sensitivity,
            by_id=actor.user_id,
            at=now,
        )
        line.concerns("note", note.public_id)
        line.concerns("person", person.public_id)
    return note


def end_note(note: Note, *, actor: Actor, now: datetime) -> None:
    """Take a note back; only who wrote it may.

    Raises:
        Refused: somebody else's note.
    """
    require(actor, "end", note)
    with acting("registry.note_ended", actor=actor, now=now) as line:
        Note.objects.filter(pk=note.pk, ended_at=None).update(ended_at=now)
        line.concerns("note", note.public_id)


def record_read(person: Person, *, actor: Actor, now: datetime) -> None:
    """Enter in the ledger that a page with restricted facts was read."""
    with acting("registry.person_read", actor=actor, now=now) as line:
        line.concerns("person", person.public_id)
