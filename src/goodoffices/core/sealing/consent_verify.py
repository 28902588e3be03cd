# SPDX-License-Identifier: AGPL-3.0-or-later
"""Did every party sign exactly this? The answer of `consent verify`, by mathematics on the bytes alone.

What a bundle can't prove is that nobody withdrew since: ``currency`` is "not_checked", always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodoffices.core.sealing.consent import NAMESPACE, BadStatement, Statement, read_statement
from goodoffices.core.sealing.consent_bundle import BundleFault, Members, match_files, read_members
from goodoffices.core.sealing.consent_keys import PartyKey
from goodoffices.core.sealing.consent_text import text_faults
from goodoffices.core.sealing.sshsig import check_signature

CURRENCY = "not_checked"


@dataclass(frozen=True, slots=True)
class Checked:
    """A bundle whose content is sound: what it states, and its members."""

    statement: Statement
    members: Members


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on a bundle; ``why`` lists codes and is empty only if valid."""

    why: tuple[str, ...]

    @property
    def valid(self) -> bool:
        """Whether every party's signature holds over exactly what the bundle carries."""
        return not self.why

    def as_json(self) -> dict[str, object]:
        """Give the answer of CONTRACTS 3.7."""
        return {"verdict": "valid" if self.valid else "invalid", "why": list(self.why), "currency": CURRENCY}


def check_content(data: bytes) -> tuple[Checked | None, tuple[str, ...]]:
    """Check everything but the signatures: the frame, the statement, the hashes, the texts.

    Returns:
        The content, None where it can't be read at all, and the codes of what is wrong.

    Raises:
        NoBundle: the file is no zip.
    """
    try:
        members = read_members(data)
        statement = read_statement(members.statement)
    except BundleFault as fault:
        return None, (fault.why,)
    except BadStatement as error:
        field = str(error.where.get("field", ""))
        return None, (f"bad_statement:{field}" if field else "bad_statement",)
    texts, why = match_files(statement, members.files)
    for lang, text in texts.items():
        why += [f"text_refused:{lang}:{fault}" for fault in text_faults(text, lang)]
    return Checked(statement, members), tuple(why)


def verify_bundle(data: bytes, keys: Mapping[str, PartyKey]) -> Verification:
    """Verify a bundle against the registered keys of every party.

    Args:
        data: the bundle.
        keys: party -> its key; each must have signed, nobody else may have.

    Raises:
        NoBundle: the file is no zip.
    """
    checked, found = check_content(data)
    why = [*found, *_key_problems(keys)]
    if checked is not None:
        why += signature_problems(checked, keys)
    return Verification(tuple(why))


def signature_problems(checked: Checked, keys: Mapping[str, PartyKey]) -> list[str]:
    """Say whose signature is missing, doesn't hold, or is a stranger's."""
    message, signatures = checked.statement.signed_bytes(), checked.members.signatures
    why = [f"no_signature:{party}" for party in sorted(keys) if party not in signatures]
    why += [f"stranger:{party}" for party in sorted(signatures) if party not in keys]
    for party in sorted(keys.keys() & signatures.keys()):
        fault = check_signature(signatures[party], message, keys[party], NAMESPACE)
        why += [f"{fault}:{party}"] if fault else []
    return why


def _key_problems(keys: Mapping[str, PartyKey]) -> list[str]:
    """One party is nobody's mutual consent, nor is one key under two names."""
    points = {key.point for key in keys.values()}
    why = ["fewer_than_two_parties"] if len(keys) < 2 else []
    return why + (["one_key_for_two_parties"] if len(points) < len(keys) else [])
