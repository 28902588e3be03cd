# SPDX-License-Identifier: AGPL-3.0-or-later
"""The catalogue of acts: every kind of line the ledger may hold, with one sentence of what it means.

Each app registers its own in its ``acts.py``, imported from its AppConfig.ready.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from goodoffices.core.errors import GoodOfficesError

NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+", re.ASCII)

PRIVATE_ERASED = "ledger.private_erased"
JOB_FAILED = "ledger.job_failed"
JOB_RETRIED = "ledger.job_retried"
JOBS_PRUNED = "ledger.jobs_pruned"

_glosses: dict[str, str] = {}


class UnknownAct(GoodOfficesError):
    """The act isn't in the catalogue."""

    code = "unknown_act"


class BadAct(GoodOfficesError):
    """An act is registered under a bad name, without a gloss, or twice with two meanings."""

    code = "bad_act"


def register_acts(glosses: Mapping[str, str]) -> None:
    """Add acts to the catalogue; adding the same ones again changes nothing.

    Args:
        glosses: dotted name, such as ``intake.import_committed``, to one English sentence.

    Raises:
        BadAct: a name out of shape, an empty gloss, or a second meaning for a known name.
    """
    for name, gloss in glosses.items():
        if not NAME.fullmatch(name) or len(name) > 64:
            raise BadAct("An act's name is dotted lower case, such as app.thing_done.", where={"act": name})
        if not gloss.strip() or _glosses.get(name, gloss) != gloss:
            raise BadAct("An act has exactly one gloss.", where={"act": name})
    _glosses.update(glosses)


def known_act(name: str) -> str:
    """Give the name back if the catalogue has it.

    Raises:
        UnknownAct: it has not.
    """
    if name not in _glosses:
        raise UnknownAct(
            "This act is not in the catalogue.",
            where={"act": name},
            hint="Register it with register_acts in the app's acts.py.",
        )
    return name


def catalogue() -> dict[str, str]:
    """Give all acts with their glosses, by name."""
    return dict(sorted(_glosses.items()))


def reference_page() -> str:
    """Give docs/reference/ledger-acts.md as Markdown."""
    rows = "".join(f"| `{name}` | {gloss} |\n" for name, gloss in catalogue().items())
    return (
        "# Acts in the ledger\n\n"
        "Every line of the ledger is one of these acts. "
        "This page is made by `python -m django ledger_acts`.\n\n"
        f"| act | what happened |\n|---|---|\n{rows}"
    )


register_acts(
    {
        PRIVATE_ERASED: "The personal content behind an earlier line was erased; its commitment stays.",
        JOB_FAILED: "A background job was given up after its last attempt.",
        JOB_RETRIED: "A background job that had been given up was put back in the queue.",
        JOBS_PRUNED: "Background jobs done long ago were let go.",
    }
)
