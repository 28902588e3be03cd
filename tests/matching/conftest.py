# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two lists with one person in both, and his brother in one."""

from __future__ import annotations

import pytest

from goodoffices.matching.models import Candidate
from tests.matching.lists import ANDREY, ANDRII, ANTON, DANIEL, a_list, run_jobs


@pytest.fixture
def lists(db, now):
    """Mentions of the families' list and of the exchange list, with pairs found."""
    families = a_list("families", [ANDRII, ANTON, DANIEL], now=now)
    exchange = a_list("exchange", [ANDREY], now=now)
    run_jobs(now)
    return {"andrii": families[0], "anton": families[1], "daniel": families[2], "andrey": exchange[0]}


@pytest.fixture
def pair(lists):
    """The pair of Андрій and Андрей."""
    return Candidate.objects.of_pair(lists["andrii"].pk, lists["andrey"].pk).get()
