# SPDX-License-Identifier: AGPL-3.0-or-later
"""What staff note about each list when it comes in, and what each column means.

``columns`` maps a target of the staged import to the header as written (``contact``, ``health`` and ``witness`` are
refused there); ``ignored`` columns have no target; ``values`` explains the list's words; ``repairs`` are what a
documenter chooses where the file alone can't decide.
"""

from __future__ import annotations

from typing import Any

from demo_world.table import Table

_FAMILIES_COLUMNS = {
    "record_id": "Код",
    "name": "ПІБ",
    "dob": "Дата народження",
    "sex": "Стать",
    "residence": "Звідки (місто, село)",
    "category": "Хто (цив., військ., дитина)",
    "capture_date": "Дата затримання або зникнення",
    "capture_place": "Місце затримання",
    "place_held": "Де утримується (якщо відомо)",
    "status": "Стан",
    "occupation": "Робота, служба",
}
_FAMILIES: dict[str, Any] = {
    "key": "families",
    "kind": "list",
    "publisher": "Lantern Desk",
    "publisher_key": "lantern-desk",
    "language": "uk",
    "reliability": "C",
    "deduplicated": False,
    "encoding": "utf-8-sig",
    "delimiter": ";",
    "date_order": "",
    "name_order": "family_first",
    "missing": [""],
    "columns": _FAMILIES_COLUMNS,
    "values": {
        "sex": {"ч": "m", "ж": "f"},
        "category": {
            "цивільний": "civilian",
            "цив.": "civilian",
            "цивільна особа": "civilian",
            "військовополонений": "prisoner_of_war",
            "вп": "prisoner_of_war",
            "військ.": "prisoner_of_war",
            "дитина": "child",
            "дит.": "child",
            "пацієнт": "patient",
            "підопічний": "patient",
            "засуджений": "convict",
        },
        "status": {
            "зниклий безвісти": "missing",
            "зникла безвісти": "missing",
            "утримується": "held",
            "підтверджено": "held",
            "є листи": "held",
            "вивезена": "transferred",
            "вивезений": "transferred",
        },
    },
    "notes": "In a soldier's row the last column holds the unit, in a civilian's the work.",
}

_SEVENTEEN = {"target": "dob", "kind": "ambiguous_order", "repair": "order", "value": "DMY", "count": 17}

_REST: list[dict[str, Any]] = [
    {
        "key": "register",
        "title": {
            "en": "Harrow Lane consolidated register",
            "uk": "Зведений реєстр «Борона»",
            "ru": "Сводный реестр «Борона»",
        },
        "kind": "register",
        "publisher": "Harrow Lane Observatory",
        "publisher_key": "harrow-lane",
        "language": "en",
        "reliability": "B",
        "obtained_on": "2026-06-18",
        "as_of": "2026-06-15",
        "deduplicated": True,
        "sheet": "Register",
        "date_order": "YMD",
        "name_order": "columns",
        "missing": ["", "not confirmed"],
        "columns": {
            "record_id": "ID",
            "family_name": "Family name",
            "given_name": "Given name(s)",
            "patronymic": "Patronymic",
            "dob": "Date of birth",
            "sex": "Sex",
            "citizenship": "Citizenship",
            "category": "Category",
            "holding_authority": "Held by",
            "place_held": "Place of detention",
            "capture_date": "Date taken",
            "capture_place": "Where captured",
            "source_note": "Proceedings",
        },
        "ignored": ["Requested by"],
        "values": {
            "sex": {"M": "m", "F": "f"},
            "category": {
                "civilian": "civilian",
                "civ.": "civilian",
                "POW": "prisoner_of_war",
                "prisoner of war": "prisoner_of_war",
                "child": "child",
                "care home resident": "patient",
                "patient": "patient",
                "deported convict": "convict",
                "convict": "convict",
                "political prisoner": "political_prisoner",
                "foreign national": "foreign_national",
            },
        },
        "notes": "Two header rows: a group row, then the columns. The second sheet is about the register.",
    },
    {
        "key": "lawyers",
        "title": {
            "en": "Third Bench: persons in proceedings",
            "uk": "«Третя лава»: особи у провадженнях",
            "ru": "«Третья скамья»: сведения о лицах, лишённых свободы",
        },
        "kind": "list",
        "publisher": "Адвокатская группа «Третья скамья»",
        "publisher_key": "third-bench",
        "language": "ru",
        "reliability": "B",
        "obtained_on": "2026-08-05",
        "as_of": "2026-08-02",
        "deduplicated": True,
        "encoding": "cp1251",
        "delimiter": ";",
        "date_order": "DMY",
        "name_order": "columns",
        "missing": [""],
        "columns": {
            "record_id": "№ п/п",
            "family_name": "Фамилия",
            "given_name": "Имя",
            "patronymic": "Отчество",
            "dob": "Дата рожд.",
            "citizenship": "Гражданство",
            "charge": "Статья",
            "source_note": "Стадия",
            "sentence": "Приговор",
            "place_held": "Учреждение",
            "holding_authority": "За кем числится",
            "capture_date": "Дата задержания",
            "capture_place": "Место задержания",
        },
        "values": {"citizenship": {"Украина": "UA", "РФ": "RU", "США": "US"}},
        "century_pivot": 30,
        "notes": "Three lines above the header, a total below the last person.",
    },
    {
        "key": "letters",
        "title": {
            "en": "Letters Beyond: log of letters",
            "uk": "«Листи за межу»: облік листів",
            "ru": "«Письма за черту»: учёт писем",
        },
        "kind": "list",
        "publisher": "Листи за межу",
        "publisher_key": "letters-home",
        "language": "uk",
        "reliability": "C",
        "obtained_on": "2026-05-22",
        "as_of": "2026-05-20",
        "deduplicated": False,
        "encoding": "utf-8",
        "delimiter": "\t",
        "date_order": "YMD",
        "name_order": "family_first",
        "missing": [""],
        "columns": {
            "name": "Лист для",
            "dob": "Р. н.",
            "place_held": "Куди писали",
            "last_seen": "Відправлено",
            "residence": "Звідки",
            "source_note": "Відповідь",
        },
        "ignored": ["Скільки листів"],
        "notes": "Names are declined: a letter for, or to, somebody. A row is a posting, not a person.",
    },
    {
        "key": "bureau",
        "title": {
            "en": "Krynychka-9: list of prisoners of war",
            "uk": "«Криничка-9»: зведений перелік військовослужбовців",
            "ru": "«Криничка-9»: сводный перечень военнослужащих",
        },
        "kind": "register",
        "publisher": "Бюро обліку «Криничка-9»",
        "publisher_key": "krynytsia",
        "language": "uk",
        "reliability": "A",
        "obtained_on": "2026-04-14",
        "as_of": "2026-04-11",
        "deduplicated": True,
        "sheet": "Перелік",
        "date_order": "DMY",
        "name_order": "columns",
        "missing": [""],
        "columns": {
            "record_id": "№ з/п",
            "family_name": "Прізвище",
            "given_name": "Ім’я",
            "patronymic": "По батькові",
            "nickname": "Позивний",
            "dob": "Дата народження",
            "unit": "Підрозділ",
            "capture_date": "Дата полонення",
            "capture_place": "Місце полонення",
            "place_held": "Ймовірне місце утримання",
            "status": "Статус",
            "residence": "Звідки родом",
        },
        "ignored": ["Військове звання"],
        "constants": {"category": "prisoner_of_war"},
        "values": {
            "status": {"підтверджено": "held", "не підтверджено": "unknown", "зниклий безвісти": "missing"},
        },
        "notes": "Four rows above the header; births as dates, as text and as years; an empty second sheet.",
    },
    {
        "key": "returned",
        "title": {
            "en": "Wayside Table: names heard from those who returned",
            "uk": "«Стіл при дорозі»: імена від тих, хто повернувся",
            "ru": "«Стол у дороги»: имена со слов вернувшихся",
        },
        "kind": "testimony",
        "publisher": "Wayside Table",
        "publisher_key": "wayside-table",
        "language": "en",
        "reliability": "D",
        "obtained_on": "2026-09-07",
        "as_of": "2026-09-03",
        "deduplicated": False,
        "encoding": "utf-16",
        "delimiter": "\t",
        "date_order": "MDY",
        "name_order": "given_first",
        "missing": [""],
        "columns": {
            "name": "Name heard",
            "age": "Age",
            "dob": "Born (year)",
            "category": "Civilian or military",
            "place_held": "Seen at",
            "last_seen": "Last seen",
            "residence": "From",
            "occupation": "Work before",
            "source_note": "Remarks",
            "health": "Health",
            "witness": "Who told us",
            "contact": "Phone of family",
        },
        "refused": ["health", "witness", "contact"],
        "values": {
            "category": {"civilian": "civilian", "military": "prisoner_of_war", "mil.": "prisoner_of_war"},
        },
        "notes": "Health, witness and telephone columns are refused until they can be sealed. Dates month first.",
    },
    {
        "key": "relatives",
        "title": {
            "en": "Warm Threshold: relatives' list of Russian prisoners of war",
            "uk": "«Теплий поріг»: список російських військовополонених від рідних",
            "ru": "«Тёплый порог»: список военнопленных от родных",
        },
        "kind": "list",
        "publisher": "Тёплый порог",
        "publisher_key": "warm-corner",
        "language": "ru",
        "reliability": "C",
        "obtained_on": "2026-03-21",
        "as_of": "2026-03-19",
        "deduplicated": True,
        "encoding": "utf-8",
        "delimiter": ",",
        "date_order": "DMY",
        "name_order": "family_first",
        "missing": ["", "нет"],
        "columns": {
            "record_id": "Номер",
            "name": "Фамилия, имя, отчество",
            "dob": "Д.р.",
            "residence": "Откуда",
            "unit": "Часть",
            "capture_date": "Дата пленения",
            "capture_place": "Место пленения",
            "place_held": "Где содержится",
            "source_note": "Последняя весточка",
        },
        "ignored": ["Звание"],
        "constants": {"category": "prisoner_of_war", "holding_state": "UA", "citizenship": "RU"},
        "century_pivot": 30,
        "notes": "Years of two digits; the name column's header has commas, its cells have none.",
    },
]


def descriptions(tables: dict[str, Table]) -> list[dict[str, Any]]:
    """Describe every file: both editions of the families' list first, then the others in order of arrival."""
    editions = [
        {
            **_FAMILIES,
            "key": "families",
            "title": {
                "en": f"Families' list of Lantern Desk, {label_en}",
                "uk": f"Список родин Lantern Desk, {label_uk}",
                "ru": f"Список семей Lantern Desk, {label_ru}",
            },
            "edition": number,
            "obtained_on": day,
            "as_of": day,
            "file": file,
            "repairs": [_SEVENTEEN] if number == 2 else [],
        }
        for number, file, day, label_en, label_uk, label_ru in (
            (1, "families_2025-10.csv", "2025-10-30", "October 2025", "жовтень 2025", "октябрь 2025"),
            (2, "families_2026-10.csv", "2026-10-12", "October 2026", "жовтень 2026", "октябрь 2026"),
        )
    ]
    files = {table.key: table.file for table in tables.values() if table.key != "families"}
    others = sorted(_REST, key=lambda item: item["obtained_on"])
    rest = [{**item, "edition": 1, "file": files[item["key"]]} for item in others]
    return [_with_shape(item, tables[item["file"]]) for item in (*editions, *rest)]


_MAP_KEYS = ("encoding", "delimiter", "sheet", "header_row", "century_pivot", "date_order", "missing")


def column_maps(sources: list[dict[str, Any]]) -> dict[str, Any]:
    """Give the columns of every file in the form that ``--map`` takes; settings that are open are left out."""
    return {
        item["file"]: {
            "columns": item["columns"],
            **{key: item[key] for key in _MAP_KEYS if item.get(key) not in (None, "", [""])},
        }
        for item in sources
    }


def _with_shape(item: dict[str, Any], table: Table) -> dict[str, Any]:
    last = table.first_row + len(table.lines) - 1
    below = list(range(last + 1, last + 1 + len(table.below)))
    shape = {
        "room": "work",
        "handling": "team",
        "licence": "invented",
        "header_row": table.first_row - 1,
        "header_rows": len(table.header),
        "records": len(table.lines),
        "rows_that_are_no_records": below,
    }
    return {**item, **shape}
