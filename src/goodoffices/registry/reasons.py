# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reasons of a judgement in one line: what speaks for, what against. The whole story is on the merge page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

TELLING_BITS = 1.0


def reasons_words(reasons: Iterable[Mapping[str, Any]]) -> str:
    """Say which fields speak for one person and which against; a share under one bit is left out."""
    for_it: list[str] = []
    against: list[str] = []
    for reason in reasons:
        field, bits = str(reason.get("field", "")), float(reason.get("bits", 0) or 0)
        word = _field_words().get(field)
        if word and abs(bits) >= TELLING_BITS:
            (for_it if bits > 0 else against).append(word)
    said = []
    if for_it:
        said.append(_("for it: %(fields)s") % {"fields": ", ".join(dict.fromkeys(for_it))})
    if against:
        said.append(_("against it: %(fields)s") % {"fields": ", ".join(dict.fromkeys(against))})
    return "; ".join(said)


def _field_words() -> dict[str, str]:
    return {
        "surname": pgettext("reason", "family name"),
        "given": pgettext("reason", "given name"),
        "patronymic": pgettext("reason", "patronymic"),
        "family_2": pgettext("reason", "second family name"),
        "born": pgettext("reason", "date of birth"),
        "sex": pgettext("reason", "sex"),
        "residence": pgettext("reason", "where they lived"),
        "place_held": pgettext("reason", "place held"),
        "unit": pgettext("reason", "unit"),
        "category": pgettext("reason", "category"),
        "event": pgettext("reason", "date taken"),
    }
