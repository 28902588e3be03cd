# SPDX-License-Identifier: AGPL-3.0-or-later
"""The records behind a person: each with its source and its row as it was written."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.core.vocabulary import FieldClass
from goodoffices.registry.known import Known
from goodoffices.registry.models import Claim, Mention
from goodoffices.registry.portrait import full_name
from goodoffices.registry.statements import grade_words
from goodoffices.registry.words import value_words, word_for
from goodoffices.web.date_words import edtf_words

UNJUDGED = 6  # the source's own letter stands above the table; only what is graded apart is told again


def records_of(known: Known) -> list[dict[str, Any]]:
    """Give each record: source, place in it, whether it is still listed, each cell in the source's words."""
    names = {facts.order: full_name(facts) for facts in known.facts}
    return [_record(known, mention, *names[mention.pk]) for mention in known.mentions]


def _record(known: Known, mention: Mention, name: str, language: str) -> dict[str, Any]:
    source = mention.source
    return {
        "id": str(mention.public_id),
        "name": {"text": name or _("Name not known"), "lang": language if name else ""},
        "source": source,
        "source_url": reverse("source", args=[source.public_id]),
        "reliability": f"{source.reliability}: {word_for(source.reliability, 'reliability')}",
        "row": mention.position,
        "key": mention.record_key.removeprefix("id:") if mention.record_key.startswith("id:") else "",
        "unlisted": edtf_words(mention.last_seen) if not mention.listed and mention.last_seen else "",
        "gone": not mention.listed,
        "cells": [_cell(known, claim) for claim in known.claims_of[mention.pk]],
    }


def _cell(known: Known, claim: Claim) -> dict[str, Any]:
    read_as = value_words(claim.property, claim.value)
    return {
        "label": word_for(claim.property, "property"),
        "verbatim": claim.original or claim.value,
        "lang": claim.language,
        "read_as": read_as if claim.original and read_as != claim.original else "",
        "said_by": word_for(claim.said_by, "said_by") if known.sees(FieldClass.SOURCE) else "",
        "grade": grade_words(claim) if claim.credibility != UNJUDGED else "",
        "restricted": claim.sensitivity >= 3,
        "place": claim.place,
    }
