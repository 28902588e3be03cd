# SPDX-License-Identifier: AGPL-3.0-or-later
"""The detention line in words, for the person page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goodoffices.core.vocabulary import ACCESS_PROPERTIES, Property, SourceKind
from goodoffices.registry.drafts import ClaimFact
from goodoffices.registry.episodes import Episode, episodes_of, held_since
from goodoffices.registry.known import Known
from goodoffices.registry.portrait import sort_key
from goodoffices.registry.words import value_words, word_for
from goodoffices.web.date_words import days_words, edtf_words

OFFICIAL_KINDS = frozenset({SourceKind.REGISTER, SourceKind.COURT_DECISION})
_SHOWN = (
    (Property.CAPTURE_PLACE, "taken_at"),
    (Property.HOLDING_AUTHORITY, "held_by"),
    (Property.HOLDING_STATE, "holding_state"),
    (Property.REQUESTING_STATE, "requesting_state"),
    (Property.CHARGE, "charge"),
    (Property.SENTENCE, "sentence"),
)


def episodes(known: Known) -> list[Episode]:
    """Draw the person's detentions from what the actor may see."""
    official = frozenset(mention.source_id for mention in known.mentions if mention.source.kind in OFFICIAL_KINDS)
    return episodes_of(known.facts, official)


def detention_line(known: Known, drawn: list[Episode]) -> list[dict[str, Any]]:
    """Say each detention: when taken, by whom held, where, how sure we are, how it ended."""
    return [_words(known, episode) for episode in drawn]


def held_words(drawn: list[Episode], status: str, today: date) -> str:
    """Say how long the person has been held; nothing where that isn't known or is over."""
    if status in {"released", "died"}:
        return ""
    days, since = held_since(drawn, today)
    if days is not None:
        return days_words(days)
    return _("since %(date)s") % {"date": edtf_words(since)} if since else ""


def _words(known: Known, episode: Episode) -> dict[str, Any]:
    return {
        "taken": edtf_words(episode.taken) if episode.taken else "",
        "released": edtf_words(episode.released) if episode.released else "",
        "ended_by_status": episode.ended_by_status,
        "official": episode.official,
        "place_disclosed": episode.place_disclosed,
        "lines": [
            {"label": value_label(prop), "values": values}
            for prop, _name in _SHOWN
            if (values := _values(known, prop, episode.claims.get(prop, ())))
        ],
        "access": [
            {"label": value_label(prop), "values": _values(known, prop, episode.claims.get(prop, ()))}
            for prop in ACCESS_PROPERTIES
        ],
        "places": _values(known, Property.PLACE_HELD, episode.claims.get(Property.PLACE_HELD, ())),
    }


def value_label(prop: str) -> str:
    return word_for(prop, "property")


def _values(known: Known, prop: str, facts: tuple[ClaimFact, ...]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for fact in facts:
        key = f"place {fact.place_id}" if fact.place_id else sort_key(fact.value)
        claim = known.by_order[fact.order]
        entry = found.setdefault(
            key, {"value": value_words(prop, fact.value), "lang": fact.language, "place": claim.place, "said": []}
        )
        seen = edtf_words(claim.valid_from or claim.first_seen) if claim.valid_from or claim.first_seen else ""
        entry["said"].append(f"{claim.batch.source.title}, {seen}" if seen else claim.batch.source.title)
    return list(found.values())
