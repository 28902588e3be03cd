# SPDX-License-Identifier: AGPL-3.0-or-later
"""`link`: which records of some lists are one person (CONTRACTS 3.1). Pure: no store, no set-up."""

from __future__ import annotations

import csv
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goodoffices.cli.link_input import SEPARATOR, InputRow, list_name, read_lists
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.linkage import LinkResult, PairScore, link
from goodoffices.intake.reading import open_table
from goodoffices.matching.usefulness import usefulness

OUT_HEADER = ("source", "record_id", "person_id", "probability", "auto_person_id")
PAIR_HEADER = ("source_a", "record_a", "source_b", "record_b", "probability", "decision", "reasons")
TRUE_WORDS = frozenset({"1", "true", "yes"})
MOST_WORKERS = 4

PairRow = tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True)
class LinkRequest:
    """What `link` was asked."""

    files: Sequence[Path]
    out: Path
    sources: Path | None = None
    pairs: Path | None = None
    review: Path | None = None
    mapping: Path | None = None
    engine: str = "local"
    use_labels: bool = True
    summary: Path | None = None


def link_files(
    request: LinkRequest, progress: Callable[[str, float], None] = lambda step, share: None
) -> dict[str, Any]:
    """Link lists and write the answers asked for.

    Args:
        progress: called with a step's name and the share done, 0 to 1.

    Returns:
        Counts of records, sources, pairs by decision and persons, and the seconds of each step.

    Raises:
        GoodOfficesError: the engine isn't built, or the input can't be used; nothing is written then.
    """
    _check_engine(request.engine)
    started = time.monotonic()
    rows = read_lists(request.files, request.mapping)
    once = read_deduplicated(request.sources) if request.sources else frozenset()
    read_at = time.monotonic()
    result = link(
        [row.record for row in rows],
        deduplicated=once,
        labels=request.use_labels,
        workers=min(os.cpu_count() or 1, MOST_WORKERS),
        progress=progress,
    )
    linked_at = time.monotonic()
    counts = _write_all(request, rows, result)
    seconds = {"read": read_at - started, "link": linked_at - read_at, "write": time.monotonic() - linked_at}
    answer = {
        "records": len(rows),
        "sources": len({row.source for row in rows}),
        **counts,
        "persons": len(set(result.person.tolist())),
        "auto_persons": len(set(result.auto_person.tolist())),
        "model": result.model.version,
        "seconds": {step: round(value, 2) for step, value in seconds.items()},
    }
    if request.summary is not None:
        with _writing(request.summary) as file:
            json.dump(answer, file, ensure_ascii=False, indent=1)
    return answer


def read_deduplicated(path: Path) -> frozenset[str]:
    """Read which sources name nobody twice; a file's name stands for its source.

    Raises:
        GoodOfficesError: the file has not the two columns it needs.
    """
    table = open_table(path)
    header = [name.strip().casefold() for name in table.header]
    if "source" not in header or "deduplicated" not in header:
        raise GoodOfficesError(
            "The file of sources lacks a column.",
            code="bad_sources",
            where={"file": path.name},
            hint="Its columns are: source,deduplicated.",
        )
    named, said = header.index("source"), header.index("deduplicated")
    found = [row.cells for row in table.rows()]
    names = [cells[named].strip() for cells in found if cells[said].strip().casefold() in TRUE_WORDS]
    return frozenset([*names, *(list_name(Path(name)) for name in names)])


def _check_engine(engine: str) -> None:
    if engine == "spark":
        raise GoodOfficesError(
            "Linking on Spark isn't built yet.",
            code="engine_not_built",
            hint="Leave --engine out: local links on one machine.",
        )
    if engine != "local":
        raise GoodOfficesError(f'There is no engine "{engine}".', code="no_engine", hint="Use --engine local.")


def _write_all(request: LinkRequest, rows: Sequence[InputRow], result: LinkResult) -> dict[str, int]:
    _write(request.out, OUT_HEADER, _out_rows(rows, result))
    decisions = [result.decision(row) for row in range(len(result))]
    counts = {name: decisions.count(name) for name in ("auto", "ask", "apart")}
    if request.pairs is not None or request.review is not None:
        _write_pairs(request, result)
    return {"pairs": len(result), **counts}


def _out_rows(rows: Sequence[InputRow], result: LinkResult) -> Iterator[Sequence[str]]:
    """One line per record, in the order of the input."""
    position = {key: at for at, key in enumerate(result.keys)}
    named = [":".join(key.split(SEPARATOR)) for key in result.keys]
    for row in rows:
        at = position[row.record.key]
        yield (
            row.source,
            row.record_id,
            named[int(result.person[at])],
            f"{result.strongest[at]:.6f}",
            named[int(result.auto_person[at])],
        )


def _write_pairs(request: LinkRequest, result: LinkResult) -> None:
    """Write all pairs as they come, keeping only those to ask about for the review list."""
    asked: list[tuple[float, PairRow]] = []

    def walk() -> Iterator[PairRow]:
        for left, right, score in result.pairs():
            row = _pair_row(result.keys[left], result.keys[right], score)
            if score.decision == "ask":
                asked.append((usefulness(score.probability), row))
            yield row

    if request.pairs is not None:
        _write(request.pairs, PAIR_HEADER, walk())
    else:
        for _ in walk():
            pass
    if request.review is not None:
        ordered = sorted(asked, key=lambda one: (-one[0], one[1][:4]))
        _write(request.review, PAIR_HEADER, (row for _, row in ordered))


def _pair_row(left: str, right: str, score: PairScore) -> PairRow:
    (source_a, record_a), (source_b, record_b) = left.split(SEPARATOR), right.split(SEPARATOR)
    reasons = "; ".join(f"{one.code} {one.bits:+.2f}" for one in score.reasons)
    if score.blocked:
        reasons = f"{reasons}; blocked: {score.blocked}"
    return source_a, record_a, source_b, record_b, f"{score.probability:.6f}", score.decision, reasons


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with _writing(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


@contextmanager
def _writing(path: Path) -> Iterator[Any]:
    """Write beside the file and put it in place when it is whole: an answer cut short is never taken for one."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise GoodOfficesError(
            "The answer can't be written.", code="cannot_write", where={"file": str(path)}, hint=str(error.strerror)
        ) from error
    finally:
        part.unlink(missing_ok=True)
