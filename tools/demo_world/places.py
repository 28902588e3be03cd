# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented towns, villages and places of detention.

Names in Ukrainian, Russian and English; ``old`` names were in use before ``renamed`` (a year). Invented places have
no coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass

Trio = tuple[str, str, str]


@dataclass(frozen=True)
class Place:
    """A settlement or place of detention: kind of core.vocabulary, names (uk, ru, en); an alias is "language:name"."""

    key: str
    kind: str
    state: str
    names: Trio
    parent: str = ""
    operator: str = ""
    old: Trio = ("", "", "")
    renamed: int | None = None
    aliases: tuple[str, ...] = ()
    active: str = ""


TOWNS = (
    Place(
        "tykhorih",
        "settlement",
        "UA",
        ("Тихоріг", "Тихорог", "Tykhorih"),
        old=("Красноріг", "Краснорог", "Krasnorih"),
        renamed=2016,
        aliases=("en:Tihorog", "en:Tykhorig", "uk:Тихорог"),
    ),
    Place(
        "vilkhorih",
        "settlement",
        "UA",
        ("Вільхоріг", "Ольхорог", "Vilkhorih"),
        aliases=("ru:Вильхорог", "en:Olkhorog"),
    ),
    Place(
        "syzovorit",
        "settlement",
        "UA",
        ("Сизоворіт", "Сизоворот", "Syzovorit"),
        old=("Красноплужжя", "Красноплужье", "Krasnopluzhzhia"),
        renamed=2016,
        aliases=("en:Sizovorot",),
    ),
    Place("lelechyi-brid", "settlement", "UA", ("Лелечий Брід", "Лелечий Брод", "Lelechyi Brid")),
    Place("zhuravynka", "settlement", "UA", ("Журавинка", "Журавинка", "Zhuravynka"), aliases=("en:Zhuravinka",)),
    Place("lastivchyn", "settlement", "UA", ("Ластівчин", "Ласточин", "Lastivchyn"), aliases=("ru:Ластивчин",)),
    Place("skelnorih", "settlement", "UA", ("Скельноріг", "Скельнорог", "Skelnorih"), aliases=("en:Skelnorog",)),
    Place(
        "stara-sosna",
        "settlement",
        "UA",
        ("Стара Сосна", "Старая Сосна", "Stara Sosna"),
        aliases=("en:Staraya Sosna",),
    ),
    Place(
        "buzkova-hat",
        "settlement",
        "UA",
        ("Бузкова Гать", "Бузковая Гать", "Buzkova Hat"),
        old=("Жовтневий Шурф", "Октябрьский Шурф", "Zhovtnevyi Shurf"),
        renamed=2016,
    ),
    Place("lypova-hat", "settlement", "UA", ("Липогать", "Липогать", "Lypohat")),
    Place("ozhynove", "settlement", "UA", ("Ожинкове", "Ожинково", "Ozhynkove")),
    Place("kaliuzhane", "settlement", "UA", ("Калюжане", "Калюжаны", "Kaliuzhane")),
    Place("hlybochany", "settlement", "UA", ("Глибочанці", "Глубочанцы", "Hlybochantsi")),
    Place("perelazky", "settlement", "UA", ("Перелазьки", "Перелазки", "Perelazky")),
    Place("vitrohony", "settlement", "UA", ("Вітрогони", "Ветрогоны", "Vitrohony")),
    Place("dalnozersk", "settlement", "RU", ("Дальньозерськ", "Дальнозерск", "Dalnozersk")),
    Place("mokhogorsk", "settlement", "RU", ("Мохогорськ", "Мохогорск", "Mokhogorsk"), aliases=("en:Mohogorsk",)),
    Place("brusnogorsk", "settlement", "RU", ("Брусногорськ", "Брусногорск", "Brusnogorsk")),
    Place("sivoyarsk", "settlement", "RU", ("Сивоярськ", "Сивоярск", "Sivoyarsk")),
    Place("kedrozersk", "settlement", "RU", ("Кедрозерськ", "Кедрозерск", "Kedrozersk")),
    Place("ryabinodol", "settlement", "RU", ("Рябинодол", "Рябинодол", "Ryabinodol")),
    Place("port-vellum", "settlement", "XA", ("Порт-Веллум", "Порт-Веллум", "Port Vellum")),
)

HELD_AT = (
    Place(
        "centre-99",
        "unofficial",
        "RU",
        ("Центр 99", "Центр 99", "Centre 99"),
        "skelnorih",
        "north-detention",
        aliases=(
            "uk:Центр-99",
            "ru:Центр-99",
            "uk:Ц-99",
            "ru:Ц-99",
            "en:Center 99",
            "uk:«дев’яносто дев’ятий»",
            "ru:«девяносто девятый»",
            "ru:99-й",
        ),
        active="2022-05/..",
    ),
    Place(
        "colony-stara-sosna",
        "colony",
        "RU",
        ("Колонія в Старій Сосні", "Колония в Старой Сосне", "Colony at Stara Sosna"),
        "stara-sosna",
        "north-detention",
        aliases=(
            "uk:ВК Стара Сосна",
            "ru:Старососненская колония",
            "en:Staraya Sosna colony",
            "en:Stara Sosna",
        ),
        active="2022-06/..",
    ),
    Place(
        "remand-dalnozersk",
        "pretrial",
        "RU",
        ("Ізолятор № 77, м. Дальньозерськ", "СИЗО № 77, г. Дальнозерск", "Remand prison 77, Dalnozersk"),
        "dalnozersk",
        "north-detention",
        aliases=("ru:СИЗО-77", "uk:СІЗО Дальньозерськ", "en:SIZO-77 Dalnozersk"),
    ),
    Place(
        "colony-mokhogorsk",
        "colony",
        "RU",
        ("Колонія № 188, м. Мохогорськ", "ИК № 188, г. Мохогорск", "Colony 188, Mokhogorsk"),
        "mokhogorsk",
        "north-detention",
        aliases=("ru:ИК-188", "uk:ВК-188", "en:IK-188"),
    ),
    Place(
        "hospital-brusnogorsk",
        "hospital",
        "RU",
        (
            "Тюремна лікарня, м. Брусногорськ",
            "Тюремная больница, г. Брусногорск",
            "Prison hospital, Brusnogorsk",
        ),
        "brusnogorsk",
        "north-detention",
        aliases=("uk:лікарня Брусногорськ", "ru:больница в Брусногорске"),
    ),
    Place(
        "elevator-syzovorit",
        "unofficial",
        "RU",
        (
            "Підвал елеватора, м. Сизоворіт",
            "Подвал элеватора, г. Сизоворот",
            "Cellar of the grain elevator, Syzovorit",
        ),
        "syzovorit",
        "river-guard",
        aliases=("uk:елеватор", "ru:«Элеватор»", "en:the elevator"),
        active="2022-03/2023-01",
    ),
    Place(
        "station-vilkhorih",
        "pretrial",
        "RU",
        ("Відділок у Вільхорозі", "Отдел в Ольхороге", "Police station, Vilkhorih"),
        "vilkhorih",
        "special-records",
        aliases=("ru:ИВС Ольхорог", "uk:ІТТ Вільхоріг"),
    ),
    Place(
        "children-brusnogorsk",
        "institution",
        "RU",
        (
            "Інтернат «Дзвінка роса», м. Брусногорськ",
            "Интернат «Звонкая роса», г. Брусногорск",
            "Boarding school “Ringing Dew”, Brusnogorsk",
        ),
        "brusnogorsk",
        "ward-office",
    ),
    Place(
        "care-mokhogorsk",
        "institution",
        "RU",
        (
            "Будинок-інтернат № 105, м. Мохогорськ",
            "Дом-интернат № 105, г. Мохогорск",
            "Care home 105, Mokhogorsk",
        ),
        "mokhogorsk",
        "ward-office",
    ),
    Place(
        "migrant-centre-sivoyarsk",
        "institution",
        "RU",
        (
            "Центр для іноземців, м. Сивоярськ",
            "Центр для иностранных граждан, г. Сивоярск",
            "Centre for foreign nationals, Sivoyarsk",
        ),
        "sivoyarsk",
        "special-records",
        aliases=("ru:ЦВСИГ Сивоярск",),
    ),
    Place(
        "camp-lypohat",
        "camp",
        "UA",
        ("Табір «Липогать»", "Лагерь «Липогать»", "Camp Lypohat"),
        "lypova-hat",
        "camp-office",
        aliases=("ru:Липогать", "ru:лагерь Липогать", "en:Lipogat camp"),
        active="2022-07/..",
    ),
    Place(
        "remand-lastivchyn",
        "pretrial",
        "UA",
        ("Слідчий ізолятор, м. Ластівчин", "СИЗО, г. Ласточин", "Remand prison, Lastivchyn"),
        "lastivchyn",
        "camp-office",
        aliases=("uk:СІЗО Ластівчин", "ru:СИЗО Ластивчин"),
    ),
    Place(
        "harbour-house",
        "pretrial",
        "XA",
        (
            "Портовий слідчий дім, Порт-Веллум",
            "Портовый следственный дом, Порт-Веллум",
            "Harbour Remand House, Port Vellum",
        ),
        "port-vellum",
        "xa-justice",
    ),
)

BY_KEY: dict[str, Place] = {place.key: place for place in (*TOWNS, *HELD_AT)}
LANGUAGES = ("uk", "ru", "en")


def name_in(key: str, language: str) -> str:
    """Give the name of a place in one language, empty for an empty key."""
    return BY_KEY[key].names[LANGUAGES.index(language)] if key else ""
