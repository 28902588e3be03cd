# SPDX-License-Identifier: AGPL-3.0-or-later
"""Print each requirement row with the tests that prove it, and write docs/reference/requirements.md from it."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNUSED = {37, 55, 60, 79}
ROWS = [f"A{number}" for number in range(1, 81) if number not in UNUSED]


def marks(path: Path) -> list[tuple[str, str]]:
    """Give (row, test) for every requirement mark in one test file."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("mark.req"):
                found += [(row, node.name) for word in mark.args for row in rows_of(str(ast.literal_eval(word)))]
    return found


def rows_of(name: str) -> list[str]:
    """Give the rows a mark names: two rows proved by one and the same check may share it, as in "A3-4"."""
    pair = re.fullmatch(r"A(\d+)-(\d+)", name)
    return [f"A{number}" for number in range(int(pair[1]), int(pair[2]) + 1)] if pair else [name]


def main() -> int:
    proved: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for row, test in marks(path):
            proved[row].append(f"`{path.relative_to(ROOT)}::{test}`")
    rows = [*ROWS, *sorted(set(proved) - set(ROWS))]
    lines = [
        "# Requirements and the tests that prove them",
        "",
        "Made by `make requirements` from the marks in the tests.",
        "",
        "| Row | Tests |",
        "|---|---|",
        *(f"| {row} | {', '.join(proved[row]) or 'none yet'} |" for row in rows),
    ]
    (ROOT / "docs" / "reference").mkdir(parents=True, exist_ok=True)
    (ROOT / "docs" / "reference" / "requirements.md").write_text("\n".join(lines) + "\n", "utf-8")
    for row in rows:
        print(f"{row:8} {len(proved[row])} {'; '.join(proved[row])}")
    print(f"{sum(1 for row in ROWS if proved[row])} of {len(ROWS)} rows have a test", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
