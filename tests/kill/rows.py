# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list of a few thousand invented people, the same for the same number."""

from __future__ import annotations

import csv
import random
from pathlib import Path

HEADER = ("id", "name", "dob", "sex", "residence", "place_held")
STEMS = ("вітр", "лелеч", "мохн", "журавл", "верес", "скельн", "ковил", "сос", "берест", "тернов")
ENDINGS = ("енко", "ич", "ук", "як", "ець", "ура", "ишин")
MEN = ("Андрій", "Юрій", "Назар", "Роман", "Василь", "Остап")
WOMEN = ("Оксана", "Дарина", "Леся", "Ганна", "Соломія")
FATHERS = ("Петр", "Степан", "Олег", "Іван", "Роман")
PLACES = ("Колонія 188", "Центр 99", "Мохогорськ", "")


def write_rows(folder: Path, count: int) -> Path:
    """Write a list; one row in fifty has no name and is refused."""
    chance = random.Random(count)
    path = folder / f"list-{count}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(_row(number, chance) for number in range(1, count + 1))
    return path


def _row(number: int, chance: random.Random) -> tuple[str, ...]:
    woman = chance.random() < 0.3
    surname = (chance.choice(STEMS) + chance.choice(STEMS)[:2] + chance.choice(ENDINGS)).title()
    father = chance.choice(FATHERS) + ("івна" if woman else "ович")
    name = f"{surname} {chance.choice(WOMEN if woman else MEN)} {father}"
    born = f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.{chance.randint(1950, 2004)}"
    return (
        str(number),
        "" if number % 50 == 0 else name,
        born,
        "ж" if woman else "ч",
        chance.choice(PLACES),
        chance.choice(PLACES),
    )
