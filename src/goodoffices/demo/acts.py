# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's ledger acts."""

from __future__ import annotations

from goodoffices.ledger.acts import register_acts

register_acts({"demo.report_recorded": "A report of the demo world was recorded."})
