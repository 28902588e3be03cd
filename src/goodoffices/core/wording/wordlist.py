# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small closed classes of words, written as one line of text."""

from __future__ import annotations


def wordlist(*lines: str) -> frozenset[str]:
    """Give the words of some lines as a set."""
    return frozenset(word for line in lines for word in line.split())
