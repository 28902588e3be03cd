# SPDX-License-Identifier: AGPL-3.0-or-later
"""Single reports as staff would type them: families, letters, papers, courts, saved pages, people who came back.

Nothing here is a contact, a diagnosis or a witness's name: those are refused until they can be sealed. Courts, papers
and channels are invented. ``said_by`` is a role, never a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from demo_world.families import Change
from demo_world.person import Person


@dataclass(frozen=True)
class Origin:
    """Where a report comes from."""

    kind: str
    title: str
    publisher: str
    language: str
    reliability: str
    obtained_on: str
    said_by: str


Claims = list[dict[str, Any]]


def claim(
    prop: str, value: str, wording: str, *, valid: str = "", credibility: int = 3, sensitivity: str = "team"
) -> dict[str, Any]:
    """One claim: the value we read out of it, and the words as they were said."""
    return {
        "property": prop,
        "value": value,
        "wording": wording,
        "valid": valid,
        "credibility": credibility,
        "sensitivity": sensitivity,
    }


def report(key: str, person: Person, name: str, origin: Origin, claims: Claims) -> dict[str, Any]:
    """Join origin, name as written and claims."""
    return {"key": key, "person": person.key, **origin.__dict__, "name": name, "claims": claims}


def reports(people: tuple[Person, ...], changes: list[Change]) -> list[dict[str, Any]]:
    """Give every report, the cast's first."""
    cast = {person.cast: person for person in people if person.cast}
    by_key = {person.key: person for person in people}
    sweep = [person for person in people if person.event == "tykhorih-sweep" and not person.cast]
    gone = next(by_key[change.person] for change in changes if change.change == "gone")
    tried = next(one for one in people if one.category == "civilian" and one.sentence and not one.cast)
    return [
        *_andriy(cast, sweep),
        *_ukrainian_cast(cast),
        *_russian_cast(cast),
        *_abroad(cast),
        _verdict(tried),
        _home_again(gone),
    ]


def _andriy(cast: dict[str, Person], sweep: list[Person]) -> list[dict[str, Any]]:
    father, neighbour = sweep[0], sweep[5]
    name = neighbour.parts("uk")
    return [
        report(
            "family-andriy",
            cast["andriy"],
            "Ковилянко Андрій Остапович",
            Origin("family_report", "Розповідь матері", "", "uk", "C", "2025-10-14", "mother"),
            [
                claim(
                    "birth_date",
                    "1984-11-06",
                    "народився шостого листопада вісімдесят четвертого",
                    credibility=2,
                ),
                claim("occupation", "driver", "возив хліб, водій на хлібозаводі"),
                claim("residence", "Тихоріг", "живемо в Тихорозі, біля старого млина"),
                claim("capture_date", "2025-10-09", "у четвер зранку, дев’ятого жовтня", credibility=2),
                claim("capture_place", "Тихоріг", "забрали від гаража, ще людей десять з нашої вулиці"),
                claim("status", "missing", "відтоді жодної звістки", valid="2025-10-09/2025-10-14"),
            ],
        ),
        report(
            "letter-andriy-back",
            cast["andriy"],
            "Ковилянко А. О.",
            Origin("letter", "Конверт, що повернувся", "Листи за межу", "uk", "B", "2026-06-02", "volunteer"),
            [claim("place_held", "Центр 99", "на конверті печатка «Ц-99» і олівцем «вибув»", valid="2026-04~")],
        ),
        report(
            "press-sweep",
            cast["andriy"],
            "Andriy K.",
            Origin(
                "press",
                "Twelve taken in a morning",
                "The Quayside Courier",
                "en",
                "C",
                "2025-10-21",
                "journalist",
            ),
            [
                claim("capture_date", "2025-10-09", "on the morning of 9 October"),
                claim(
                    "note",
                    "taken with at least eleven others",
                    "residents counted at least twelve men and women taken, among them a bread-van driver",
                ),
            ],
        ),
        report(
            "family-sweep-father",
            father,
            " ".join((father.parts("uk").family, father.parts("uk").given)),
            Origin("family_report", "Розповідь доньки", "", "uk", "C", "2025-10-16", "child"),
            [
                claim("capture_date", "2025-10-09", "того ж ранку, що й хлібовоза Андрія"),
                claim("capture_place", "Тихоріг", "просто з городу"),
                claim("status", "missing", "не знаємо, де він"),
            ],
        ),
        report(
            "returned-centre-99",
            neighbour,
            f"{name.given} {name.family}",
            Origin(
                "testimony",
                "Розмова з тим, хто повернувся",
                "Wayside Table",
                "uk",
                "C",
                "2026-08-19",
                "cellmate",
            ),
            [
                claim(
                    "place_held",
                    "Центр 99",
                    "сиділи в «дев’яносто дев’ятому», другий поверх",
                    valid="2026-02/2026-05",
                ),
                claim("sighting", "2026-05", "востаннє бачив у травні, його повели з речами", valid="2026-05"),
            ],
        ),
    ]


def _ukrainian_cast(cast: dict[str, Person]) -> list[dict[str, Any]]:
    return [
        report(
            "returned-anton",
            cast["anton"],
            "Антон Ковилянко, «Клен»",
            Origin("testimony", "Опитування після обміну", "Wayside Table", "uk", "B", "2026-04-27", "cellmate"),
            [
                claim("place_held", "Колонія в Старій Сосні", "в одному бараці з осені", valid="2025-10/2026-04"),
                claim("alias", "Клен", "усі його кликали Клен"),
                claim("unit", "904 обр «Жайвір»", "з дев’ятсот четвертої"),
            ],
        ),
        report(
            "family-sofiika",
            cast["sofiika"],
            "Софійка Зоренчук",
            Origin("family_report", "Розповідь бабусі", "", "uk", "B", "2025-11-03", "grandparent"),
            [
                claim("birth_date", "2017-04-22", "їй на Юрія сповниться дев’ять", sensitivity="restricted"),
                claim("capture_date", "2022-10-20", "вивезли з усією групою", sensitivity="restricted"),
                claim("category", "child", "дитина, п’ять років тоді було", sensitivity="restricted"),
            ],
        ),
        report(
            "page-sofiika",
            cast["sofiika"],
            "София З.",
            Origin(
                "web_capture",
                "Страница интерната",
                "Интернат «Звонкая роса»",
                "ru",
                "D",
                "2026-01-12",
                "institution",
            ),
            [
                claim(
                    "place_held",
                    "Интернат «Звонкая роса»",
                    "«наша София З. читает стихи»",
                    valid="2025-12",
                    sensitivity="restricted",
                ),
                claim("age", "8", "«8 лет»", valid="2025-12", sensitivity="restricted"),
            ],
        ),
        report(
            "family-hryhorii",
            cast["hryhorii"],
            "Неходько Григорій",
            Origin("family_report", "Лист племінниці", "", "uk", "C", "2026-02-09", "relative"),
            [
                claim("birth_date", "1958", "п’ятдесят восьмого року"),
                claim("capture_date", "2022-11-03", "автобусами з Журавинки, третього листопада"),
                claim("place_held", "Будинок-інтернат № 105, м. Мохогорськ", "казали, що в Мохогорську"),
            ],
        ),
        report(
            "note-roman",
            cast["roman"],
            "Вербівський Роман Богданович",
            Origin("staff_note", "Запис чергової", "Lantern Desk", "uk", "B", "2026-07-15", "colleague"),
            [
                claim(
                    "sentence",
                    "term ended 2024-03-02",
                    "строк за українським вироком скінчився 2 березня 2024",
                    credibility=2,
                ),
                claim(
                    "place_held",
                    "Центр для іноземців, м. Сивоярськ",
                    "відтоді в центрі для іноземців",
                    valid="2024-03/..",
                ),
                claim("holding_state", "RU", "документів не віддають"),
            ],
        ),
    ]


def _russian_cast(cast: dict[str, Person]) -> list[dict[str, Any]]:
    return [
        report(
            "family-egor",
            cast["egor"],
            "Сомотин Егор",
            Origin("family_report", "Письмо матери", "", "ru", "C", "2025-12-18", "mother"),
            [
                claim("birth_date", "2003-03-07", "седьмого марта две тысячи третьего"),
                claim("capture_date", "2024-08", "перестал писать в августе двадцать четвёртого"),
                claim("unit", "в/ч 00917", "часть на конверте 00917"),
                claim("status", "missing", "в части говорят: пропал"),
            ],
        ),
        report(
            "press-egor",
            cast["egor"],
            "Єгор С., 22 роки",
            Origin("press", "Розмови за парканом", "Ластівчинський вісник", "uk", "C", "2026-02-24", "journalist"),
            [
                claim("place_held", "Табір «Липогать»", "розмовляли в бібліотеці табору", valid="2026-02"),
                claim("age", "22", "22 роки, механік", valid="2026-02"),
            ],
        ),
        report(
            "court-vera",
            cast["vera"],
            "Лузгарева В. Б.",
            Origin("court_decision", "Приговор", "Кедрозерский городской суд", "ru", "A", "2025-03-11", "court"),
            [
                claim("charge", "280.3", "по части 2 статьи 280.3 УК РФ", credibility=1),
                claim("sentence", "5 лет 6 мес.", "5 лет 6 месяцев в колонии общего режима", credibility=1),
                claim("birth_date", "1979-05-25", "25.05.1979 г. р.", credibility=1),
            ],
        ),
        report(
            "letter-vera",
            cast["vera"],
            "Вера",
            Origin("letter", "Письмо из изолятора", "Письма за черту", "ru", "B", "2026-04-30", "self"),
            [
                claim(
                    "place_held",
                    "СИЗО № 77, г. Дальнозерск",
                    "пишите пока сюда же, на семьдесят седьмой",
                    valid="2026-04",
                ),
                claim("occupation", "librarian", "здешняя библиотека беднее моей"),
            ],
        ),
    ]


def _abroad(cast: dict[str, Person]) -> list[dict[str, Any]]:
    return [
        report(
            "press-daniel",
            cast["daniel"],
            "Daniel Whitlow",
            Origin(
                "press",
                "Engineer's trial goes behind closed doors",
                "The Quayside Courier",
                "en",
                "B",
                "2026-05-06",
                "journalist",
            ),
            [
                claim("citizenship", "US", "the American engineer"),
                claim("charge", "276", "charged with espionage, which he denies"),
                claim(
                    "place_held",
                    "Remand prison 77, Dalnozersk",
                    "held in Dalnozersk since December 2024",
                    valid="2024-12/2026-05",
                ),
            ],
        ),
        report(
            "court-ilya",
            cast["ilya"],
            "Ilya Tavolzhin",
            Origin(
                "court_decision",
                "Order on detention pending extradition",
                "Harbour District Court, XA",
                "en",
                "A",
                "2025-04-16",
                "court",
            ),
            [
                claim(
                    "holding_state",
                    "XA",
                    "shall remain at Harbour Remand House",
                    valid="2025-03-29/..",
                    credibility=1,
                ),
                claim("requesting_state", "US", "upon the request of the United States", credibility=1),
                claim("birth_date", "1991-09-14", "born on 14 September 1991", credibility=1),
            ],
        ),
        report(
            "page-ilya",
            cast["ilya"],
            "Илья Таволжин",
            Origin("web_capture", "Запись канала", "Северная сводка", "ru", "D", "2025-04-01", "channel"),
            [
                claim("capture_place", "Порт-Веллум", "задержан в аэропорту Порт-Веллума"),
                claim("capture_date", "2025-03-30", "в ночь на 30 марта", credibility=4),
            ],
        ),
    ]


def _verdict(person: Person) -> dict[str, Any]:
    name = person.parts("ru")
    return report(
        "court-civilian",
        person,
        f"{name.family} {name.given[0]}. {name.patronymic[0]}.",
        Origin("court_decision", "Приговор", "Дальнозерский окружной суд", "ru", "A", "2026-06-30", "court"),
        [
            claim("charge", person.charge, f"по статье {person.charge} УК РФ", credibility=1),
            claim(
                "citizenship",
                "UA",
                "гражданин Украины" if not person.female else "гражданка Украины",
                credibility=1,
            ),
            claim("place_held", "СИЗО № 77, г. Дальнозерск", "содержится под стражей в СИЗО № 77", credibility=1),
        ],
    )


def _home_again(person: Person) -> dict[str, Any]:
    """The one who vanished from the second edition did come home: a claim of its own, not the list's silence."""
    name = person.parts("uk")
    return report(
        "family-home-again",
        person,
        f"{name.family} {name.given} {name.patronymic}",
        Origin("family_report", "Дзвінок родини", "", "uk", "B", "2026-09-22", "family"),
        [
            claim("status", "released", "вдома з неділі", valid="2026-09-20"),
            claim("release_date", "2026-09-20", "двадцятого вересня, у неділю"),
        ],
    )
