# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ledger acts of intake, and the places where a test may kill it."""

from __future__ import annotations

from goodoffices.ledger.acts import register_acts
from goodoffices.ledger.faults import declare_faults

register_acts(
    {
        "intake.list_begun": "A list was handed in.",
        "intake.list_staged": "The rows of a list were read.",
        "intake.list_mapped": "The columns of a list were mapped.",
        "intake.list_repaired": "A repair was chosen for problems of a list.",
        "intake.cell_fixed": "A cell of a list was corrected; the original stays beside it.",
        "intake.row_paired": "A person said which earlier row a row continues.",
        "intake.list_committing": "A list was handed over for recording.",
        "intake.chunk_committed": "A chunk of a list was recorded.",
        "intake.list_committed": "A list was recorded to its end.",
        "intake.list_undone": "The import of a list was taken back.",
        "intake.list_refused": "A list was set aside before anything of it was recorded.",
        "intake.rows_exported": "Rows with problems were downloaded.",
        "intake.report_recorded": "A report, letter, press item, decision or note was recorded.",
    }
)

declare_faults(
    {
        "intake.stage.in_chunk": "Rows of a chunk are kept, nothing is committed.",
        "intake.stage.after_chunk": "A chunk of rows is kept and committed.",
        "intake.commit.before_chunk": "A chunk is about to be recorded.",
        "intake.commit.in_chunk": "A chunk is recorded, its ledger line not yet written.",
        "intake.commit.after_chunk": "A chunk is recorded and committed.",
        "intake.commit.before_end": "All chunks are committed, the import isn't marked so.",
        "intake.commit.after_end": "The import is marked as recorded and committed.",
    }
)
