# SPDX-License-Identifier: AGPL-3.0-or-later
"""The authorities and organisations of the demo world, and what happened to several persons at once.

Only the States are real, by their codes; XA stands for some third State.
"""

from __future__ import annotations

from dataclasses import dataclass

from demo_world.places import Trio


@dataclass(frozen=True)
class Actor:
    """A State, authority, armed group or organisation."""

    key: str
    kind: str
    names: Trio
    state: str = ""
    email: str = ""


@dataclass(frozen=True)
class Event:
    """What happened to several persons at once; when is EDTF."""

    key: str
    kind: str
    names: Trio
    place: str
    when: str


ACTORS = (
    Actor("UA", "state", ("Україна", "Украина", "Ukraine"), "UA"),
    Actor("RU", "state", ("Російська Федерація", "Российская Федерация", "Russian Federation"), "RU"),
    Actor(
        "US",
        "state",
        ("Сполучені Штати Америки", "Соединённые Штаты Америки", "United States of America"),
        "US",
    ),
    Actor("XA", "state", ("Держава XA", "Государство XA", "State XA"), "XA"),
    Actor(
        "north-detention",
        "authority",
        ("Північне управління утримання", "Северное управление содержания", "Northern Detention Directorate"),
        "RU",
    ),
    Actor(
        "special-records",
        "authority",
        ("Бюро особливого обліку", "Бюро особого учёта", "Bureau of Special Records"),
        "RU",
    ),
    Actor("ward-office", "authority", ("Відомство опіки", "Ведомство опеки", "Wardship Office"), "RU"),
    Actor("river-guard", "armed_group", ("Річкова варта", "Речная стража", "River Guard"), "RU"),
    Actor(
        "camp-office",
        "authority",
        (
            "Управління таборів і ізоляторів",
            "Управление лагерей и изоляторов",
            "Office of Camps and Remand Prisons",
        ),
        "UA",
    ),
    Actor(
        "xa-justice",
        "authority",
        ("Міністерство юстиції XA", "Министерство юстиции XA", "Ministry of Justice of XA"),
        "XA",
    ),
    Actor(
        "lantern-desk",
        "organisation",
        ("Lantern Desk", "Lantern Desk", "Lantern Desk"),
        "",
        "desk@lantern-desk.invalid",
    ),
    Actor(
        "home-first",
        "organisation",
        ("Спершу додому", "Сначала домой", "Home First"),
        "",
        "hello@home-first.invalid",
    ),
    Actor(
        "harrow-lane",
        "organisation",
        ("Спостереження «Борона»", "Наблюдение «Борона»", "Harrow Lane Observatory"),
        "",
        "list@harrow-lane.invalid",
    ),
    Actor(
        "third-bench",
        "organisation",
        ("Адвокатська група «Третя лава»", "Адвокатская группа «Третья скамья»", "Third Bench lawyers"),
        "",
        "office@third-bench.invalid",
    ),
    Actor(
        "letters-home",
        "organisation",
        ("Листи за межу", "Письма за черту", "Letters Beyond"),
        "",
        "post@letters-beyond.invalid",
    ),
    Actor(
        "krynytsia",
        "organisation",
        ("Бюро обліку «Криничка-9»", "Бюро учёта «Криничка-9»", "Krynychka-9 records bureau"),
        "UA",
        "records@krynychka.invalid",
    ),
    Actor(
        "wayside-table",
        "organisation",
        ("Стіл при дорозі", "Стол у дороги", "Wayside Table"),
        "",
        "kitchen@wayside-table.invalid",
    ),
    Actor(
        "warm-corner",
        "organisation",
        ("Тёплый порог", "Тёплый порог", "Warm Threshold"),
        "",
        "rodnye@warm-threshold.invalid",
    ),
)

EVENTS = (
    Event(
        "tykhorih-sweep",
        "sweep",
        ("Зачистка в Тихорозі", "Зачистка в Тихороге", "Tykhorih sweep"),
        "tykhorih",
        "2025-10-09",
    ),
    Event(
        "vilkhorih-checkpoint",
        "checkpoint",
        ("Блокпост під Вільхорогом", "Блокпост под Ольхорогом", "Checkpoint near Vilkhorih"),
        "vilkhorih",
        "2022-04-11",
    ),
    Event(
        "lelechyi-convoy",
        "convoy",
        ("Колона з Лелечого Броду", "Колонна из Лелечего Брода", "Convoy from Lelechyi Brid"),
        "lelechyi-brid",
        "2022-05-14",
    ),
    Event(
        "syzovorit-battle",
        "battle",
        ("Бій за Сизоворіт", "Бой за Сизоворот", "Battle of Syzovorit"),
        "syzovorit",
        "2022-03-18/2022-03-27",
    ),
    Event(
        "skelnorih-battle",
        "battle",
        ("Бій під Скельнорогом", "Бой под Скельнорогом", "Battle near Skelnorih"),
        "skelnorih",
        "2023-05-02/2023-05-06",
    ),
    Event(
        "buzkova-battle",
        "battle",
        ("Бій за Бузкову Гать", "Бой за Бузковую Гать", "Battle of Buzkova Hat"),
        "buzkova-hat",
        "2024-08-07/2024-08-09",
    ),
    Event(
        "lastivchyn-battle",
        "battle",
        ("Бій під Ластівчином", "Бой под Ласточином", "Battle near Lastivchyn"),
        "lastivchyn",
        "2025-06-21",
    ),
    Event(
        "vilkhorih-children",
        "transfer",
        ("Вивезення дітей з Вільхорога", "Вывоз детей из Ольхорога", "Transfer of children from Vilkhorih"),
        "vilkhorih",
        "2022-10-20",
    ),
    Event(
        "zhuravynka-patients",
        "transfer",
        (
            "Вивезення пацієнтів з Журавинки",
            "Вывоз пациентов из Журавинки",
            "Transfer of patients from Zhuravynka",
        ),
        "zhuravynka",
        "2022-11-03",
    ),
    Event(
        "stara-sosna-convicts",
        "transfer",
        ("Вивезення засуджених", "Вывоз осуждённых", "Transfer of convicts"),
        "stara-sosna",
        "2022-11-05/2022-11-08",
    ),
)
