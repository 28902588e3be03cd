# SPDX-License-Identifier: AGPL-3.0-or-later
"""The head of a person's page: other names, the row of facts, marks, tabs; and what waits for a decision here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from goodoffices.access.roles import ASSESS, DECIDE_MATCHES
from goodoffices.core.vocabulary import Decider, FieldClass, Property, Sensitivity, Verdict
from goodoffices.registry import statements
from goodoffices.registry.detention import held_words
from goodoffices.registry.episodes import Episode
from goodoffices.registry.known import Known
from goodoffices.registry.models import TakenWith
from goodoffices.registry.portrait import sort_key
from goodoffices.registry.reasons import reasons_words
from goodoffices.registry.services.assessing import needs_second
from goodoffices.registry.words import STATUS_TONE, word_for


def other_names(known: Known) -> list[dict[str, str]]:
    """Give the other forms of the name, each with its language."""
    shown = sort_key(known.line.name) if known.line else ""
    names = [{"text": said.value, "lang": said.lang} for said in statements.names_of(known)]
    return [name for name in names if sort_key(name["text"]) != shown]


def facts(known: Known, drawn: Sequence[Episode], today: date) -> list[dict[str, Any]]:
    """Give the row of facts under the name; only what is known is shown."""
    line = known.line
    if line is None:
        return []
    found: list[dict[str, Any]] = []
    if line.category:
        found.append({"label": _("Known as"), "value": _upper(word_for(line.category, "category"))})
    if line.status:
        tone = STATUS_TONE.get(line.status, "")  # type: ignore[call-overload]
        found.append({"label": _("Present state"), "value": _upper(word_for(line.status, "status")), "tone": tone})
    if line.place_held and known.sees(FieldClass.WHEREABOUTS):
        found.append({"label": _("Last place reported"), "value": line.place_held, "note": _how_sure(known)})
    if held := held_words(list(drawn), line.status, today):
        found.append({"label": _("Held"), "value": held})
    found.append(
        {"label": _("Sources"), "value": line.sources, "url": reverse("person-records", args=[known.person.public_id])}
    )
    return found


def marks(known: Known) -> list[dict[str, str]]:
    """Give the chips beside the name."""
    found = []
    if known.restricted:
        found.append({"text": _("restricted"), "tone": "stop"})
    if known.line and known.line.unlooked:
        found.append({"text": _("joined by the program, not looked at"), "tone": "due"})
    if known.line and known.line.unlisted:
        found.append({"text": _("no longer on any list"), "tone": "muted"})
    return found


def sensitivity_mark(known: Known) -> str:
    """Give the mark printed on every sheet."""
    level = Sensitivity.RESTRICTED if known.restricted else Sensitivity.TEAM
    return word_for(level, "sensitivity")


def tabs(known: Known, current: str) -> list[dict[str, Any]]:
    """Give the tabs as links."""
    shown = [
        ("known", "person", _("What is known"), None),
        ("records", "person-records", _("Records"), len(known.mentions)),
        ("history", "person-history", _("History"), None),
    ]
    return [
        {
            "label": label,
            "url": reverse(route, args=[known.person.public_id]),
            "count": count,
            "current": code == current,
        }
        for code, route, label, count in shown
    ]


def joins_not_looked_at(known: Known) -> list[dict[str, Any]]:
    """Give the joins the program made that nobody has looked at."""
    may = known.actor.has(DECIDE_MATCHES)
    return [
        {
            "left": one.left.source.title,
            "right": one.right.source.title,
            "reasons": reasons_words(one.reasons),
            "confirm_url": reverse("judgement-confirm", args=[one.public_id]) if may else "",
            "take_back_url": reverse("judgement-take-back", args=[one.public_id]) if may else "",
        }
        for one in known.judgements
        if one.revoked_at is None
        and one.verdict == Verdict.SAME
        and one.decider == Decider.MODEL
        and one.confirmed_at is None
    ]


def deaths_waiting(known: Known) -> list[dict[str, Any]]:
    """Give assessments that stand only when a second person agrees."""
    return [
        {
            "assessment": one,
            "by": one.by.display_name if one.by else "",
            "may": known.actor.has(ASSESS) and known.actor.user_id != one.by_id,
            "mine": known.actor.user_id == one.by_id,
            "agree_url": reverse("assessment-agree", args=[one.public_id]),
            "end_url": reverse("assessment-end", args=[one.public_id]),
        }
        for one in known.standing.values()
        if needs_second(one)
    ]


def events(known: Known) -> list[dict[str, Any]]:
    """Give the events with how many were taken with the person, as far as the actor may see them."""
    found = []
    for event in known.events:
        people = TakenWith.objects.people_in(event, known.actor)
        place = event.place.name_in(get_language() or "en") if event.place else ""
        found.append(
            {
                "event": event,
                "place": place,
                "count": ngettext("%(count)s person", "%(count)s people", len(people)) % {"count": len(people)},
                "held": sum(line.status == "held" for line in people.values()),
            }
        )
    return found


def _how_sure(known: Known) -> str:
    """Say how the last place is known: how many sources, agreed or not, assessed or not."""
    row = statements.row_of(known, Property.PLACE_HELD)
    if row.assessed:
        return row.assessed.confidence.lower()
    if row.disagree:
        return _("sources disagree")
    sources = {claim["url"] for claim in row.claims}
    return ngettext("%(count)s source, not confirmed", "%(count)s sources, not confirmed", len(sources)) % {
        "count": len(sources)
    }


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
