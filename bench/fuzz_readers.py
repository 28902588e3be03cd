# SPDX-License-Identifier: AGPL-3.0-or-later
"""Throw mutated lists, workbooks, mappings and dates at the readers: nothing but a clear refusal may come back.

Run: python bench/fuzz_readers.py --seconds 60 [--seed N] [--keep DIR]
Prints the cases tried by kind, the refusals by code and the slowest case; ends with 1 at the first crash or hang,
leaving the case in DIR (SECURITY DS8).
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import xlsxwriter

from goodoffices.core.dates import infer_order, parse_edtf, read_date
from goodoffices.core.errors import GoodOfficesError
from goodoffices.intake.reading import (
    ColumnRules,
    Limits,
    guess_columns,
    infer_rules,
    normalise,
    open_table,
    parse_mapping,
    read_mapping,
    row_hash,
    row_key,
)
from goodoffices.intake.reading.repairs import group_problems

HANG_SECONDS = 20.0
WORKBOOK_EVERY = 20  # a workbook starts a process; text cases are a hundred times faster
LIMITS = Limits(line_bytes=1_000_000, rows=20_000)

TEXT = (
    "№;ПІБ;Дата народження;Стать;Телефон\n"
    "1;Вигаданий Іван Іванович;03.05.1985;ч;+380500000000\n"
    '2;"Вигадана; Ольга";бл. 1990;ж;\n'
    "3;Ґалаґан Їжак;26-27/05/1977;ч;н/д\n"
    "Всього: 3;;;;\n"
)
SPANISH = 'id,nombre,fecha\n1,"Peña ""Nena"", Inés",DIC/1976-ENE/1977\n2,"dos\nlíneas",AÑO/1977\n'
DATES = (
    "03.05.1985|26/12/1976 - 02/01/1977|3 травня 1985 р.|c. 1985|198X|2022-05-01/2022-05-20|NOV/1976|fines/05/1977|"
    "до 1985|between 1984 and 1986|1984~|31.02.1990|19850503|May 3, 1985|26-27.05.1977|2022-05-03T10:00:00Z"
)
TOKENS = (
    b'"', b'""', b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xfe\xff", b"X",
    b"\xd0", b"\x98", b"=1+1", b"-", b"/", b"..", b"~", b"?", b"0", b"9999", b"PK\x03\x04", b"\x1f\x8b", b"sep=;\n",
    "\u0301".encode() * 50, "\u202e".encode(), "і".encode("cp1251"), "ї".encode("koi8-u"), b"<!DOCTYPE", b"a" * 5000,
)  # fmt: skip


@dataclass
class Tally:
    """What was tried so far."""

    cases: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")


def seed_workbook() -> bytes:
    """Write a small workbook with dates, a formula and merged cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.merge_range(0, 1, 0, 2, "Народження")
    sheet.write_row(1, 0, ["ПІБ", "дата", "місце"])
    sheet.write_row(2, 0, ["Вигаданий Іван", 31170, "Харків"])
    sheet.write_formula(3, 0, "=1+1", None, 2)
    book.close()
    return buffer.getvalue()


def mutate(rng: random.Random, data: bytes) -> bytes:
    """Change a seed in one to eight places."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(out) + 1)
        match rng.randrange(6):
            case 0 if out:
                out[at % len(out)] = rng.randrange(256)
            case 1:
                out[at:at] = rng.choice(TOKENS)
            case 2:
                del out[at : at + rng.randint(1, 40)]
            case 3:
                out[at:at] = out[at : at + rng.randint(1, 200)] * rng.randint(1, 20)
            case 4:
                out[at:at] = rng.randbytes(rng.randint(1, 30))
            case _ if out:
                out[at % len(out)] ^= 1 << rng.randrange(8)
    return bytes(out)


def read_list(path: Path) -> None:
    """Take a list through all that intake does with it before the store."""
    table = open_table(path, limits=LIMITS)
    rows = list(islice(table.rows(), 300))
    problems = [problem for row in rows for problem in row.problems]
    for guess in guess_columns(table.header, [row.cells for row in rows[:100]]):
        column = [row.cells[guess.column_index] for row in rows]
        rules = infer_rules(ColumnRules(guess.target, guess.column_index), column[:100])
        cells = [normalise(text, rules, row.number) for text, row in zip(column, rows, strict=True)]
        problems += [cell.problem for cell in cells if cell.problem]
    group_problems(problems)
    for row in rows:
        row_hash(table.header, row.cells)
        row_key(dict(zip(table.header, row.cells, strict=True)), table.header)


def read_dates(path: Path) -> None:
    """Read every line as a date in every way; what is read must be sound EDTF."""
    lines = path.read_bytes().decode("utf-8", errors="replace").split("\n")
    infer_order(lines)
    for line in lines:
        try:
            parse_edtf(read_date(line, pivot=30).edtf)
            read_date(line, order="MDY", serials=True)
        except GoodOfficesError:
            continue


def read_map(path: Path) -> None:
    """Read a mapping file."""
    parse_mapping({name: {} for name in read_mapping(path)})


def mutate_inside(rng: random.Random, packed: bytes) -> bytes:
    """Change one part of a workbook, or the text of a gzip, and pack it again: the wrapping stays sound."""
    if packed[:2] == b"\x1f\x8b":
        return gzip.compress(mutate(rng, gzip.decompress(packed)), compresslevel=1)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice([name for name in old.namelist() if "theme" not in name])
        for name in old.namelist():
            new.writestr(name, mutate(rng, old.read(name)) if name == chosen else old.read(name))
    return buffer.getvalue()


Reader = Callable[[Path], None]


def seeds() -> list[tuple[str, bytes, Reader]]:
    """Give the seeds: kind, bytes, reader. The workbook is last."""
    encoded = [TEXT.encode(name) for name in ("utf-8", "utf-8-sig", "utf-16", "cp1251")]
    encoded += [TEXT.replace("№", "N").encode(name) for name in ("koi8-u", "utf-16-be")]
    mapping = {"FILE": {"columns": {"name": "nombre"}, "date_order": "DMY", "missing": ["-"], "header_row": 2}}
    return [
        *(("text", data, read_list) for data in encoded),
        ("text", SPANISH.encode("cp1252"), read_list),
        ("gzip", gzip.compress(TEXT.encode()), read_list),
        ("dates", DATES.replace("|", "\n").encode(), read_dates),
        ("mapping", json.dumps(mapping).encode(), read_map),
        ("workbook", seed_workbook(), read_list),
    ]


def run(seconds: float, seed: int, keep: Path) -> int:
    """Try cases until the time is over; gives the exit code."""
    rng = random.Random(seed)
    kinds, tally = seeds(), Tally()
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case"
        while time.monotonic() < end:
            number = sum(tally.cases.values())
            kind, data, reader = kinds[-1] if number % WORKBOOK_EVERY == 0 else rng.choice(kinds[:-1])
            inside = kind in ("gzip", "workbook") and rng.random() < 0.7
            case = mutate_inside(rng, data) if inside else mutate(rng, data)
            path.write_bytes(case)
            if not one(kind, path, reader, tally):
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"crash-{seed}-{number}-{kind}").write_bytes(case)
                print(f"case {number} kept in {keep}")
                return 1
    report(tally, seed)
    return 0


def one(kind: str, path: Path, reader: Reader, tally: Tally) -> bool:
    """Try one case; False on a crash or hang."""
    start = time.perf_counter()
    try:
        reader(path)
    except GoodOfficesError as error:
        tally.refusals[error.code] += 1
    except Exception:  # noqa: BLE001 - any other exception is what we look for
        traceback.print_exc()
        return False
    took = time.perf_counter() - start
    tally.cases[kind] += 1
    tally.slowest = max(tally.slowest, (took, kind))
    if took > HANG_SECONDS:
        print(f"a case of kind {kind} took {took:.1f} s")
        return False
    return True


def report(tally: Tally, seed: int) -> None:
    """Print what was tried."""
    print(f"cases {sum(tally.cases.values())} seed {seed} crashes 0")
    print("by kind " + ", ".join(f"{kind} {count}" for kind, count in sorted(tally.cases.items())))
    print("refusals " + ", ".join(f"{code} {count}" for code, count in tally.refusals.most_common()))
    print(f"slowest {tally.slowest[0]:.3f} s ({tally.slowest[1]})")


def main() -> int:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-crashes"))
    arguments = parser.parse_args()
    return run(arguments.seconds, arguments.seed, arguments.keep)


if __name__ == "__main__":
    sys.exit(main())
