# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long the wording check takes on a letter of ten pages, warm: every letter's words are in a new order.

Baseline in the same run: lower-casing the same text and searching each one-word term with one regular expression,
which finds only the dictionary form.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import sys
import time
import tomllib
from pathlib import Path

from goodoffices.core.wording import Request, lint
from goodoffices.core.wording.rules import rules_for

WORDS_A_PAGE, PAGES, LETTERS = 350, 10, 200
DATA = Path(__file__).resolve().parent.parent / "tests" / "core" / "wording" / "data"


def sentences(language: str) -> list[str]:
    clean = tomllib.loads((DATA / "clean.toml").read_text("utf-8"))
    floor = json.loads((DATA / "floor.json").read_text("utf-8"))
    terms = [term for by_language in floor.values() for term in by_language[language]]
    return clean["ordinary"][language] + clean["homographs"][language] + [f"— {term}." for term in terms[::4]]


def letter(pool: list[str], language: str, rng: random.Random) -> str:
    """Ten pages of sentences in any order, with invented words among them so that no two letters share all words."""
    said: list[str] = []
    words = 0
    letters = "abcdefghiklmnoprstu" if language == "en" else "абвгдежзиклмнопрсту"
    while words < WORDS_A_PAGE * PAGES:
        sentence = rng.choice(pool)
        if rng.random() < 0.3:
            sentence = sentence[:-1] + " " + "".join(rng.choices(letters, k=rng.randint(4, 10))) + "."
        said.append(sentence)
        words += len(sentence.split())
    return "\n".join(" ".join(said[at : at + 6]) + "\n" for at in range(0, len(said), 6))


def measure(language: str) -> dict[str, float]:
    rng = random.Random(7)
    begun = time.perf_counter()
    rules_for(language)
    lint("A letter.", Request(language, "mission"))
    opened = time.perf_counter() - begun
    pool = sentences(language)
    request = Request(language, "mission", "civilian")
    for _ in range(5):
        lint(letter(pool, language, rng), request)
    terms = {rule.term for rule in rules_for(language).rules if rule.term.isalpha()}
    plain = re.compile(r"\b(?:" + "|".join(sorted(terms)) + r")\b")
    took, base, busy, found = [], [], [], 0
    for _ in range(LETTERS):
        text = letter(pool, language, rng)
        begun, used = time.perf_counter(), time.process_time()
        found += len(lint(text, request))
        took.append((time.perf_counter() - begun) * 1000)
        busy.append((time.process_time() - used) * 1000)
        begun = time.perf_counter()
        plain.findall(text.lower())
        base.append((time.perf_counter() - begun) * 1000)
    return {
        "open_ms": round(opened * 1000, 1),
        "p50_ms": round(statistics.median(took), 1),
        "p95_ms": round(statistics.quantiles(took, n=20)[18], 1),
        "p95_cpu_ms": round(statistics.quantiles(busy, n=20)[18], 1),
        "plain_search_p50_ms": round(statistics.median(base), 1),
        "findings_a_letter": round(found / LETTERS, 1),
    }


def main() -> int:
    print(json.dumps({language: measure(language) for language in ("en", "ru", "uk")}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
