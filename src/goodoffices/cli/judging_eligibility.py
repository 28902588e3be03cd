# SPDX-License-Identifier: AGPL-3.0-or-later
"""`eligibility`: may a nominee be seated, by whose text (CONTRACTS 3.3). Pure: no store, no set-up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.mission_rules.eligibility import RuleSet, judge
from goodoffices.core.mission_rules.reading import BadNomination, read_nomination
from goodoffices.core.sealing.strict_json import read_json

MAX_BYTES = 2**20


def judge_file(path: Path, rules: str) -> dict[str, Any]:
    """Judge the nomination in a file.

    Returns:
        ``result``, ``predicates`` P1 to P10 and ``notices``.

    Raises:
        GoodOfficesError: the rule set is unknown, or the file can't be read as a nomination.
    """
    if rules not in [str(one) for one in RuleSet]:
        raise GoodOfficesError(
            f'There is no rule set "{rules}".', code="bad_rule_set", hint="Write --set 000, 001 or strict."
        )
    if path.stat().st_size > MAX_BYTES:
        raise BadNomination("The file is too long for one nomination.", where={"file": path.name})
    try:
        asked = read_nomination(read_json(path.read_bytes(), file=path.name))
    except BadNomination as error:
        raise BadNomination(error.message, where={"file": path.name} | error.where, hint=error.hint) from None
    found = judge(asked.nominee, asked.mission, RuleSet(rules), asked.as_of)
    return {
        "result": str(found.result),
        "predicates": {name: str(verdict) for name, verdict in found.predicates.items()},
        "notices": list(found.notices),
    }
