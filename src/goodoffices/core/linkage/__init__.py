# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which records are of one person: candidates, weights with reasons, persons. See docs/explanation/linkage.md."""

from goodoffices.core.linkage.blocking import candidate_pairs
from goodoffices.core.linkage.keys import posting_keys, query_keys
from goodoffices.core.linkage.link import LinkResult, RepeatedKey, UnknownKey, link
from goodoffices.core.linkage.model import BadModel, Model, PairModel, default_model, load_model
from goodoffices.core.linkage.prepare import prepare
from goodoffices.core.linkage.rarity import Rarity, count_names
from goodoffices.core.linkage.reasons import BLOCKED_CODES, REASON_CODES, Reason
from goodoffices.core.linkage.record import Prepared, Reading, Record
from goodoffices.core.linkage.score import PairScore, rank, score_pair

__all__ = [
    "BLOCKED_CODES", "REASON_CODES", "BadModel", "LinkResult", "Model", "PairModel", "PairScore", "Prepared",
    "Rarity", "Reading", "Reason", "Record", "RepeatedKey", "UnknownKey", "candidate_pairs", "count_names",
    "default_model", "link", "load_model", "posting_keys", "prepare", "query_keys", "rank", "score_pair",
]  # fmt: skip


def __getattr__(name: str) -> Model:
    """``DEFAULT_MODEL`` is read when first asked for, so that importing costs no file."""
    if name == "DEFAULT_MODEL":
        return default_model()
    raise AttributeError(name)
