# SPDX-License-Identifier: AGPL-3.0-or-later
"""Partial and uncertain dates: EDTF in the store, any usual writing at the door."""

from __future__ import annotations

from goodoffices.core.dates.compare import contains, gap_days, overlaps
from goodoffices.core.dates.display import DateParts, SideParts, date_parts
from goodoffices.core.dates.edtf import parse_edtf
from goodoffices.core.dates.errors import DateUnreadable
from goodoffices.core.dates.order import OrderEvidence, infer_order
from goodoffices.core.dates.partial import PartialDate, Precision
from goodoffices.core.dates.reading import read_date
from goodoffices.core.dates.single import DateReading, Order

__all__ = [
    "DateParts",
    "DateReading",
    "DateUnreadable",
    "Order",
    "OrderEvidence",
    "PartialDate",
    "Precision",
    "SideParts",
    "contains",
    "date_parts",
    "gap_days",
    "infer_order",
    "overlaps",
    "parse_edtf",
    "read_date",
]
