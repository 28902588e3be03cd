# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bytes of a ledger line that its leaf hash covers.

Form 1: RFC 8785 JSON of ``{"act", "actor", "actor_kind", "at", "commitment", "facts", "outcome", "schema": 1,
"seq", "subjects"}``; ``at`` is UTC with six decimals and a Z; ids and hashes are lower-case text; hashed as
an RFC 6962 leaf. No Django here: a verifier outside the application reads the same form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from goodoffices.core.sealing.canonical import canonical_bytes
from goodoffices.core.sealing.merkle import leaf_hash

SCHEMA = 1
_SEQ_MARK = b',"seq":'


@dataclass(frozen=True, slots=True)
class Line:
    """What is hashed of a line, apart from its number."""

    at: datetime
    actor: UUID | None
    actor_kind: str
    act: str
    outcome: str
    subjects: Sequence[Sequence[str]]
    facts: object
    commitment: str | None
    schema: int = SCHEMA

    def leaf_bytes(self, seq: int) -> bytes:
        """Give the canonical bytes of the line as number ``seq``.

        Raises:
            NotCanonical: a field has no canonical form (only somebody's hand can have put it there).
        """
        return canonical_bytes(
            {
                "schema": self.schema,
                "seq": seq,
                "at": self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
                "actor": str(self.actor) if self.actor else None,
                "actor_kind": self.actor_kind,
                "act": self.act,
                "outcome": self.outcome,
                "subjects": self.subjects,
                "facts": self.facts,
                "commitment": self.commitment,
            }
        )

    def hash_as(self, seq: int) -> bytes:
        """Give the leaf hash of the line as number ``seq``."""
        return leaf_hash(self.leaf_bytes(seq))

    def number_hashed(self, stored: bytes, highest: int) -> int | None:
        """Find the number under which this content has the leaf hash ``stored``, if any up to ``highest``."""
        before, _, after = self.leaf_bytes(0).rpartition(_SEQ_MARK + b"0,")
        for seq in range(1, highest + 1):
            if leaf_hash(b"%s%s%d,%s" % (before, _SEQ_MARK, seq, after)) == stored:
                return seq
        return None
