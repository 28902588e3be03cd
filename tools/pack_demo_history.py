# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pack the real, redistributable registers and the gazetteer into the demo's package data.

Run once per new edition of the sources: ``python tools/pack_demo_history.py FOLDER`` where FOLDER holds
``argentina_two_lists/`` and ``gazetteer_ua_ru_by/``. Contents are copied unchanged, only compressed, without
name or time in the gzip header, so that the same input gives the same file.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "goodoffices"
REGISTERS = ("ruvte.csv", "parque_memoria.csv", "ruvte_apodos.csv", "truth.csv", "unlabelled.csv")
GAZETTEER_COLUMNS = ("geonameid", "name", "country", "admin1", "lat", "lon", "population", "names")


def compress(content: bytes, target: Path) -> None:
    """Write content as gzip without file name and time (what ``gzip -n`` does)."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=buffer, mode="wb", compresslevel=9, mtime=0) as stream:
        stream.write(content)
    target.write_bytes(buffer.getvalue())


def pack_registers(source: Path, target: Path) -> None:
    """Copy the five Argentine files byte for byte, compressed."""
    for name in REGISTERS:
        compress((source / name).read_bytes(), target / f"{name}.gz")


def gazetteer_csv(source: Path) -> bytes:
    """Join the names of every script into one column, without repeating the main name; sort by id."""
    with source.open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.DictReader(stream), key=lambda row: int(row["geonameid"]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(GAZETTEER_COLUMNS)
    for row in rows:
        listed = f"{row['names_cyrillic']}|{row['names_latin']}".split("|")
        names = dict.fromkeys(name for name in listed if name and name != row["name"])
        writer.writerow([*(row[column] for column in GAZETTEER_COLUMNS[:-1]), "|".join(names)])
    return out.getvalue().encode("utf-8")


def main() -> None:
    """Read the folder given and write both data sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds argentina_two_lists/ and gazetteer_ua_ru_by/")
    parser.add_argument("--out", type=Path, default=PACKAGE, help="the package's folder")
    arguments = parser.parse_args()
    registers = arguments.out / "demo" / "data" / "argentina"
    places = arguments.out / "registry" / "data" / "gazetteer"
    for folder in (registers, places):
        folder.mkdir(parents=True, exist_ok=True)
    pack_registers(arguments.folder / "argentina_two_lists", registers)
    settlements = gazetteer_csv(arguments.folder / "gazetteer_ua_ru_by" / "settlements.csv")
    compress(settlements, places / "settlements.csv.gz")


if __name__ == "__main__":
    main()
