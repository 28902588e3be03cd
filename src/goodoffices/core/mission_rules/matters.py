# SPDX-License-Identifier: AGPL-3.0-or-later
"""Submitted matters, seating, ethics undertakings and final documents (REQUIREMENTS C1 and C5).

Each check gives the codes of what stands in the way; an empty tuple means that nothing does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goodoffices.core.mission_rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Delegate:
    """A member of the Mission: who, for which party, and whether seated."""

    id: str
    delegating_party: str
    seated: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as submitted.

    Attributes:
        submitter: id of who submits; families and the public have none and need a sponsoring delegate.
        on_behalf_of: the party it is submitted for.
        subject: what it is about.
        submitted_on: the day, None if not given.
        languages: languages its text exists in.
        translation_tasks: languages a task to translate it stands for.
    """

    submitter: str | None
    on_behalf_of: str
    subject: str
    submitted_on: date | None
    languages: frozenset[str]
    translation_tasks: frozenset[str] = frozenset()


def matter_problems(
    matter: Matter, delegates: Mapping[str, Delegate], working_languages: frozenset[str]
) -> tuple[str, ...]:
    """Say why a matter isn't validly submitted (C5)."""
    delegate = delegates.get(matter.submitter) if matter.submitter else None
    if delegate is None:
        return ("needs_sponsoring_delegate",)
    told = {
        "submitter_not_seated": not delegate.seated,
        "for_another_party": matter.on_behalf_of != delegate.delegating_party,
        "no_subject": not matter.subject.strip(),
        "no_date": matter.submitted_on is None,
        "language_missing": not working_languages <= matter.languages | matter.translation_tasks,
    }
    return _codes(told)


def visible_to_party(party: str, matter: Matter, *, admitted: bool) -> bool:
    """Tell whether a party's delegates may see a matter: their own always, another's only after admission."""
    return admitted or party == matter.on_behalf_of


def admission_problems(*, admitted: bool, reason: str) -> tuple[str, ...]:
    """Say why a decision on admission can't be recorded: refusing needs a reason."""
    return () if admitted or reason.strip() else ("refusal_without_reason",)


@dataclass(frozen=True, slots=True)
class Seating:
    """A decision to seat a nominee; deciders, nominee and nominator are ids of people."""

    result: Verdict
    nominee: str
    nominator: str
    deciders: tuple[str, ...]


def seating_problems(seating: Seating) -> tuple[str, ...]:
    """Say why a nominee can't be seated: the rules must pass and two others decide, neither of them involved."""
    told = {
        "not_eligible": seating.result is not Verdict.PASS,
        "needs_two_deciders": len(set(seating.deciders)) < 2,
        "nominee_decides": seating.nominee in seating.deciders,
        "nominator_decides": seating.nominator in seating.deciders,
    }
    return _codes(told)


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A signed ethics undertaking of one version."""

    delegate: str
    version: int


def may_enter(
    delegate: Delegate, undertakings: frozenset[Undertaking], current: int, suspended_by: frozenset[str]
) -> bool:
    """Tell whether a delegate has access: seated, the current undertaking signed, not suspended by two members."""
    others = suspended_by - {delegate.id}
    return delegate.seated and Undertaking(delegate.id, current) in undertakings and len(others) < 2


@dataclass(frozen=True, slots=True)
class Version:
    """A document in one language.

    Attributes:
        clauses: ids of its clauses in order; the same clause has the same id in every language.
        is_final: whether its text is final.
        reviewers: ids of readers who reviewed it, each able to read this language.
    """

    clauses: tuple[str, ...]
    is_final: bool
    reviewers: frozenset[str]


def document_problems(versions: Mapping[str, Version], working_languages: frozenset[str]) -> tuple[str, ...]:
    """Say why a document isn't final (C5): every working language final, reviewed, with the same clauses.

    Other languages are courtesy translations and hold nothing up. Codes end in ``:language`` or ``:clause``.
    """
    found: list[str] = []
    present = {lang: versions[lang] for lang in sorted(working_languages) if lang in versions}
    found += [f"language_missing:{lang}" for lang in sorted(working_languages - present.keys())]
    every = dict.fromkeys(clause for version in present.values() for clause in version.clauses)
    for lang, version in present.items():
        found += [] if version.is_final else [f"not_final:{lang}"]
        found += [] if version.reviewers else [f"not_reviewed:{lang}"]
        found += [] if version.clauses else [f"no_clauses:{lang}"]
        found += [] if len(set(version.clauses)) == len(version.clauses) else [f"clause_twice:{lang}"]
        found += [f"clause_missing:{lang}:{clause}" for clause in every if clause not in version.clauses]
    orders = {version.clauses for version in present.values()}
    same_clauses = len({frozenset(order) for order in orders}) == 1
    return (*found, *(("clause_order_differs",) if same_clauses and len(orders) > 1 else ()))


def _codes(told: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(code for code, holds in told.items() if holds)
