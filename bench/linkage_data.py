# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read the evaluation sets of the shared data folder as records with truth."""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
from dataclasses import dataclass
from pathlib import Path

from goodoffices.core.linkage import Record

_MONTHS = {
    "ENE": 1, "FEB": 2, "MAR": 3, "ABR": 4, "MAY": 5, "JUN": 6,
    "JUL": 7, "AGO": 8, "SEP": 9, "OCT": 10, "NOV": 11, "DIC": 12,
}  # fmt: skip


@dataclass(frozen=True)
class LinkSet:
    """Records, person of each, and which lists name nobody twice."""

    name: str
    records: list[Record]
    person: list[str]
    deduplicated: frozenset[str]


def shared_folder(given: str | None = None) -> Path:
    """The folder of evaluation sets: argument, GOODOFFICES_SHARED_DATA, or ../shared/data."""
    return Path(given or os.environ.get("GOODOFFICES_SHARED_DATA", "../shared/data"))


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a CSV file, gzipped or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"))))


def edtf(text: str | None) -> str | None:
    """Turn the date forms of these sets into EDTF; None if unknown."""
    text = (text or "").strip()
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return text
    found = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text)
    if found:
        day, month = int(found[1]), int(found[2])
        return f"{found[3]}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else found[3]
    found = re.fullmatch(r"([A-Z]{3})/(\d{4})", text)
    if found and found[1] in _MONTHS:
        return f"{found[2]}-{_MONTHS[found[1]]:02d}"
    found = re.fullmatch(r"(\d{1,2})[./](\d{4})", text)
    if found and 1 <= int(found[1]) <= 12:
        return f"{found[2]}-{int(found[1]):02d}"
    years = re.findall(r"\d{4}", text)
    if years:
        return years[0] if len(set(years)) == 1 else f"{min(years)}/{max(years)}"
    return None


_SEX = {"m": "m", "м": "m", "ч": "m", "f": "f", "ж": "f", "masculino": "m", "femenino": "f"}


def _record(row: dict[str, str]) -> Record:
    def told(name: str) -> str | None:
        return (row.get(name) or "").strip() or None

    return Record(
        key=row["record_id"], source=row["source"], name=told("name"), family_name=told("family_name"),
        given_name=told("given_name"), patronymic=told("patronymic"), dob=edtf(row.get("dob")),
        sex=_SEX.get((row.get("sex") or "").lower()), residence=told("residence"), category=told("category"),
        place_held=told("place_held"), unit=told("unit"), event_date=edtf(row.get("event_date")),
    )  # fmt: skip


def linkage_dev(folder: Path, name: str) -> LinkSet:
    """Read one of the invented sets with known truth."""
    where = folder / "linkage_dev" / name
    files = {path.name.split(".")[0]: path for path in sorted(where.glob("*.csv*"))}
    truth = {row["record_id"]: row["person_id"] for row in read_csv(files.pop("truth"))}
    files.pop("persons", None)
    sources = read_csv(files.pop("sources"))
    records = [_record(row) for path in files.values() for row in read_csv(path)]
    return LinkSet(
        name, records, [truth[r.key] for r in records],
        frozenset(row["source"] for row in sources if row["deduplicated"] == "1"),
    )  # fmt: skip


@dataclass(frozen=True)
class Argentina:
    """Two real lists, the labelled links by tier, and the records outside the score."""

    records: list[Record]
    tier: dict[tuple[str, str], str]
    unlabelled: frozenset[str]


def _argentine(text: str | None) -> str | None:
    text = (text or "").strip()
    return None if text in ("", "-") or text.lower() == "sin datos" else text


def argentina(folder: Path) -> Argentina:
    """Read the two Argentine registers as a user would map them."""
    where = folder / "argentina_two_lists"
    records = [
        Record(
            key=f"pdm:{row['pdm_id']}", source="parque_memoria", name=row["nombre"],
            dob=edtf(_argentine(row["fecha_de_nacimiento"])), sex=_SEX.get(row["sexo"].lower()),
            event_date=edtf(_argentine(row["fecha_de_secuestro"])),
            place_held=None, residence=None,
        )
        for row in read_csv(where / "parque_memoria.csv")
    ]  # fmt: skip
    records += [
        Record(
            key=f"ruvte:{row['ruvte_id']}", source="ruvte", name=row["apellido_paterno_nombres"],
            family_name_2=_argentine(row["apellido_materno"]), dob=edtf(_argentine(row["anio_nacimiento"])),
            event_date=edtf(_argentine(row["fecha_detencion_secuestro"])),
        )
        for row in read_csv(where / "ruvte.csv")
    ]  # fmt: skip
    tier = {(f"pdm:{r['pdm_id']}", f"ruvte:{r['ruvte_id']}"): r["tier"] for r in read_csv(where / "truth.csv")}
    short = {"ruvte": "ruvte", "parque_memoria": "pdm", "pdm": "pdm"}
    unlabelled = frozenset(f"{short[r['list']]}:{r['id']}" for r in read_csv(where / "unlabelled.csv"))
    return Argentina(records, tier, unlabelled)


def cross_script(
    folder: Path, other: str
) -> tuple[list[Record], list[Record], set[tuple[str, str]], set[tuple[str, str]]]:
    """Read one ready task: the Latin list, the other list, true pairs, pairs to leave out."""
    where = folder / "names_cross_script"
    left = [
        Record(
            row["rec_id"],
            "a",
            family_name=row["surname"],
            given_name=row["given_names"],
            dob=edtf(row["date_of_birth"]),
        )
        for row in read_csv(where / "scenario_a_latin.csv")
    ]
    right = [Record(row["rec_id"], "b", name=row["name"]) for row in read_csv(where / f"scenario_{other}.csv")]
    here = {record.key for record in (*left, *right)}

    def pairs(name: str) -> set[tuple[str, str]]:
        rows = read_csv(where / name)
        return {(r["ca_rec_id"], r["eu_rec_id"]) for r in rows if {r["ca_rec_id"], r["eu_rec_id"]} <= here}

    return left, right, pairs("truth_cross_list.csv"), pairs("ignore_pairs.csv")
