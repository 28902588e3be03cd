# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measure the full staged import of 100,000 rows x 12 columns, and its identical re-import.

Run it with a data folder of its own: ``python bench/import_100k.py [rows]``. Prints seconds of each step and the peak
memory of the process tree as JSON (CONTRACTS part 4: <= 150 s and <= 600 MB; the re-import <= 30 s).
"""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

FAMILY = ["Ковилянко", "Сомотин", "Таволжин", "Зоренчук", "Неходько", "Вербівський", "Лузгарьов", "Криничний"]
GIVEN = ["Андрій", "Єгор", "Ілля", "Софія", "Григорій", "Антон", "Роман", "Віра"]
PATRONYMIC = ["Остапович", "Осипович", "Іванович", "Семенович", "Романівна"]
PLACES = ["Центр 99", "Колонія, Стара Сосна", "СІЗО, Тихоріг", ""]
SYLLABLES = ["ко", "ви", "лян", "зо", "рен", "чук", "ба", "мель", "ник", "дор", "шев", "тар", "гу", "лю", "пет"]
HEADER = ["id", "прізвище", "ім'я", "по батькові", "дата народження", "стать", "місто проживання", "категорія",
          "місце утримання", "військова частина", "дата затримання", "примітка"]  # fmt: skip


def write_list(path: Path, rows: int) -> None:
    """Write an invented list of so many rows, the same for the same number."""
    chance = random.Random(20261121)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for number in range(1, rows + 1):
            name = "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()
            family = name if chance.random() < 0.8 else chance.choice(FAMILY)
            out.writerow(
                [
                    f"LD-{number:06}",
                    family,
                    chance.choice(GIVEN),
                    chance.choice(PATRONYMIC),
                    f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.{chance.randint(1950, 2004)}",
                    chance.choice("чж"),
                    chance.choice(["Тихоріг", "Красний Ріг", "Стара Сосна"]),
                    chance.choice(["цивільний", "військовополонений"]),
                    chance.choice(PLACES),
                    f"{chance.randint(10, 99)} бригада",
                    f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.202{chance.randint(2, 5)}",
                    chance.choice(["", "", "зі слів брата", "бачили у грудні"]),
                ]
            )


def main(rows: int) -> dict[str, object]:
    """Import, import again, and say how long it took."""
    with tempfile.TemporaryDirectory(prefix="goodoffices-bench-") as folder:
        from goodoffices.config.folder import create_folder

        os.environ["GOODOFFICES_DATA"] = str(Path(folder) / "data")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodoffices.config.settings")
        create_folder(Path(folder) / "data", "testing")
        import django

        django.setup()
        return _measure(Path(folder), rows)


def _measure(folder: Path, rows: int) -> dict[str, object]:
    from django.core.management import call_command

    from goodoffices.access import clock
    from goodoffices.access.actors import SYSTEM
    from goodoffices.intake.services.running import run_import
    from goodoffices.registry.services.sources import SourceFacts, add_source

    call_command("migrate", verbosity=0)
    path = folder / "list.csv"
    write_list(path, rows)
    facts = SourceFacts(title="Bench", language="uk", publisher="Lantern Desk")
    add_source(facts, actor=SYSTEM, now=clock.now(), key="bench")
    seconds: dict[str, float] = {}
    last = [time.monotonic(), ""]

    def progress(step: str, done: int, total: int) -> None:
        now = time.monotonic()
        seconds[step] = round(seconds.get(step, 0.0) + now - last[0], 1)
        last[0] = now

    started = time.monotonic()
    cpu = time.process_time()
    first = run_import(path, "bench", actor=SYSTEM, clock=clock.now, progress=progress)
    full = time.monotonic() - started
    cpu = time.process_time() - cpu
    started = time.monotonic()
    again = run_import(path, "bench", actor=SYSTEM, clock=clock.now)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "rows": rows,
        "created": first.created,
        "full_seconds": round(full, 1),
        "cpu_seconds": round(cpu, 1),
        "by_step": seconds,
        "again_seconds": round(time.monotonic() - started, 1),
        "again_unchanged": again.unchanged,
        "peak_mb": round(peak),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000), indent=2))
