# SPDX-License-Identifier: AGPL-3.0-or-later
"""Roles as data: what each may see and do (CONTRACTS part 2, DESIGN part 3 "Sensitivity").

A power is a verb that policies ask for. Export and publish belong to no role: they are granted to a user.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodoffices.core.vocabulary import FieldClass, Sensitivity

SEE_PEOPLE = "see-people"
IMPORT_LISTS = "import-lists"
DECIDE_MATCHES = "decide-matches"
RECORD_FACTS = "record-facts"
ASSESS = "assess"
READ_LEDGER = "read-ledger"
MANAGE_STAFF = "manage-staff"
EXPORT = "export"

GRANTABLE = frozenset({EXPORT})


@dataclass(frozen=True)
class Role:
    """What holding a role gives: a clearance, the field classes seen, and powers."""

    key: str
    label: str | Promise
    clearance: Sensitivity | None
    field_classes: frozenset[FieldClass]
    powers: frozenset[str]


_KNOWN = frozenset({FieldClass.IDENTITY, FieldClass.WHEREABOUTS, FieldClass.SOURCE})
_WORK = frozenset({SEE_PEOPLE, RECORD_FACTS})

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role("documenter", _("Documenter"), Sensitivity.TEAM, _KNOWN, _WORK | {IMPORT_LISTS, DECIDE_MATCHES}),
        Role("caseworker", _("Caseworker"), Sensitivity.RESTRICTED, _KNOWN, _WORK | {DECIDE_MATCHES, ASSESS}),
        Role(
            "coordinator",
            _("Coordinator"),
            Sensitivity.RESTRICTED,
            _KNOWN,
            _WORK | {IMPORT_LISTS, DECIDE_MATCHES, ASSESS, READ_LEDGER},
        ),
        Role("lawyer", _("Lawyer"), Sensitivity.RESTRICTED, _KNOWN, _WORK | {ASSESS}),
        Role("analyst", _("Analyst"), None, frozenset(), frozenset()),
        Role("campaigner", _("Campaigner"), None, frozenset(), frozenset()),
        Role(
            "monitor",
            _("Monitor"),
            Sensitivity.TEAM,
            frozenset({FieldClass.IDENTITY, FieldClass.WHEREABOUTS}),
            frozenset({SEE_PEOPLE}),
        ),
        Role("administrator", _("Administrator"), None, frozenset(), frozenset({MANAGE_STAFF})),
        Role("auditor", _("Auditor"), None, frozenset(), frozenset({READ_LEDGER})),
    )
}
