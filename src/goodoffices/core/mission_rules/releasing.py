# SPDX-License-Identifier: AGPL-3.0-or-later
"""May this disclosure be told? The conjunction of REQUIREMENTS C3 over plain facts.

Invariant: nothing but a party's own live consent to the same hash speaks for that party. Time, silence, a
majority, a delegate or an administrator never do; there is no parameter by which they could.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Authorisation:
    """A spokesperson's authorisation by the Mission: audiences and channels it covers, and from when to when."""

    speaker: str
    audiences: frozenset[str]
    channels: frozenset[str]
    begins_at: datetime
    ends_at: datetime | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class PartyConsent:
    """One high party's consent.

    Attributes:
        party: the high party.
        given_by: id of the person who gave it as the party's signatory.
        statement_hash: hash of what was consented to.
        verified: whether its signature, or the adopted paper route, was verified just now.
        channel: the party's recorded way of consenting, empty if none.
        evidence: reference to the proof, empty if none.
        withdrawn: whether the party withdrew.
        expires_at: when it ends, None if it doesn't.
    """

    party: str
    given_by: str
    statement_hash: str
    verified: bool
    channel: str
    evidence: str
    withdrawn: bool = False
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A disclosure and what is recorded about it.

    Attributes:
        statement_hash: hash over text in every language, attachments, audience, channel and times.
        frozen: whether its bytes can no longer change and still have this hash.
        author: id of its author.
        speaker: id of who is to tell it.
        audience, channel: to whom and how.
        not_before, not_after: the times the statement names.
        consents: every consent recorded, of whoever.
        redaction_passed, wording_passed: hash each check passed on, None if it didn't.
        living_persons: ids of living persons named in it.
        agreed_persons: those of them who agreed to this hash.
    """

    statement_hash: str
    frozen: bool
    author: str
    speaker: str
    audience: str
    channel: str
    not_before: datetime
    not_after: datetime | None
    consents: tuple[PartyConsent, ...]
    redaction_passed: str | None
    wording_passed: str | None
    living_persons: frozenset[str] = frozenset()
    agreed_persons: frozenset[str] = frozenset()


def release_problems(
    disclosure: Disclosure,
    parties: frozenset[str],
    authorisations: tuple[Authorisation, ...],
    now: datetime,
) -> tuple[str, ...]:
    """Say why a disclosure may not be told; empty = releasable.

    Args:
        disclosure: what is to be told.
        parties: the high parties of the Mission, and any other whose consent its settings demand.
        authorisations: the Mission's spokespersons.
        now: the moment of telling; each telling asks again.

    Returns:
        Codes, those about one party ending in ``:party``.
    """
    live = [one for one in disclosure.consents if _speaks_for(one, disclosure, now)]
    count = Counter(one.party for one in live)
    told = {
        "not_frozen": not disclosure.frozen,
        "speaker_not_authorised": not any(_covers(one, disclosure, now) for one in authorisations),
        "fewer_than_two_parties": len(parties) < 2,
        "before_time": now < disclosure.not_before,
        "after_time": disclosure.not_after is not None and now >= disclosure.not_after,
        "redaction_not_passed": disclosure.redaction_passed != disclosure.statement_hash,
        "wording_not_passed": disclosure.wording_passed != disclosure.statement_hash,
        "person_has_not_agreed": not disclosure.living_persons <= disclosure.agreed_persons,
    }
    found = [code for code, holds in told.items() if holds]
    found += [f"no_consent:{party}" for party in sorted(parties) if not count[party]]
    found += [f"several_consents:{party}" for party in sorted(parties) if count[party] > 1]
    givers = [one.given_by for one in live if one.party in parties]
    found += ["one_person_for_two_parties"] if len(set(givers)) < len(givers) else []
    found += ["author_consents"] if disclosure.author in givers else []
    return tuple(found)


def releasable(
    disclosure: Disclosure,
    parties: frozenset[str],
    authorisations: tuple[Authorisation, ...],
    now: datetime,
) -> bool:
    """Tell whether a disclosure may be told (C3)."""
    return not release_problems(disclosure, parties, authorisations, now)


def _speaks_for(consent: PartyConsent, disclosure: Disclosure, now: datetime) -> bool:
    current = not consent.withdrawn and (consent.expires_at is None or now < consent.expires_at)
    proved = consent.verified and bool(consent.channel.strip()) and bool(consent.evidence.strip())
    return current and proved and consent.statement_hash == disclosure.statement_hash


def _covers(one: Authorisation, disclosure: Disclosure, now: datetime) -> bool:
    in_time = one.begins_at <= now and (one.ends_at is None or now < one.ends_at)
    in_scope = disclosure.audience in one.audiences and disclosure.channel in one.channels
    return one.speaker == disclosure.speaker and in_time and in_scope and not one.withdrawn
