# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small lists of invented people for the commands."""

from __future__ import annotations

from pathlib import Path

HEADER = "id;Прізвище, ім'я, по батькові;Дата народження;Стать;Місце утримання"
ROWS = (
    "1;Ковилянко Андрій Петрович;03.05.1985;ч;Колонія 188",
    "2;Лелечинко Оксана Іванівна;14.11.1990;ж;Центр 99",
    "3;Журавляк Юрій Степанович;1961;ч;",
    "4;;31.02.1970;ч;",
)


def write_list(folder: Path, rows: tuple[str, ...] = ROWS, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    return path
