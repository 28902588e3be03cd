# SPDX-License-Identifier: AGPL-3.0-or-later
"""How linkage did on the history room's registers against their published truth, as the demo measured it.

The demo writes ``history.json`` into the data folder: {"precision": 0..1, "recall": 0..1, "pairs", "found", "wrong",
"measured_on": date, "source": text}. Without the file the page says that nothing was measured yet.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

FILE = "history.json"


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1 and counts; ``measured_on`` is EDTF."""

    precision: float
    recall: float
    pairs: int
    found: int
    wrong: int
    measured_on: str
    source: str

    @property
    def precision_words(self) -> str:
        return _share(self.precision)

    @property
    def recall_words(self) -> str:
        return _share(self.recall)


def _share(part: float) -> str:
    return _("%(number)s of 1,000") % {"number": round(part * 1000)}


def read() -> Figures | None:
    """Read the figures, or None where there are none that can be read."""
    try:
        said = json.loads((settings.DATA_DIR / FILE).read_text("utf-8"))
        return Figures(
            precision=float(said["precision"]),
            recall=float(said["recall"]),
            pairs=int(said.get("pairs", 0)),
            found=int(said.get("found", 0)),
            wrong=int(said.get("wrong", 0)),
            measured_on=str(said.get("measured_on", "")),
            source=str(said.get("source", "")),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
