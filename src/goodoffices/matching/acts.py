# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ledger acts of matching. What is said of a pair is the registry's act."""

from __future__ import annotations

from goodoffices.ledger.acts import register_acts

register_acts(
    {
        "matching.pairs_found": "The engine looked for pairs among records and kept those worth a look.",
        "matching.names_counted": "The names of a room were counted for the engine.",
        "matching.join_started": "Somebody let the engine join its automatic band.",
        "matching.joined": "A chunk of the automatic band was joined, and what a rule forbids marked.",
        "matching.join_finished": "The engine has joined its automatic band.",
        "matching.join_undo_started": "Somebody asked to take back all a run had joined.",
        "matching.join_undone": "All a run had joined was taken back, except what people had confirmed.",
        "matching.outdated_joins_ended": "Machine joins that a newer run no longer makes were ended.",
    }
)
