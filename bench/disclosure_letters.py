# SPDX-License-Identifier: AGPL-3.0-or-later
"""Generated letters in Ukrainian, Russian and English, laced with protected facts or clean.

Forms are made by other means than the engine's: cases by a morphological dictionary, Latin by the tables of the demo
world. Clean letters name other people, places, numbers and days of the same kinds.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import pymorphy3
from tools.demo_world.given_names import FEMALE, MALE
from tools.demo_world.scripts import feminine, romanise, to_russian, to_ukrainian
from tools.demo_world.surnames import RUSSIAN, UKRAINIAN

from goodoffices.core.disclosure.leaks import FactKind, ProtectedFact

LANGUAGES = ("uk", "ru", "en")
MEN, WOMEN = list(MALE.values()), list(FEMALE.values())
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
# Real towns in Ukrainian, Russian and English spelling.
TOWNS = [
    line.split("|")
    for line in """Таганрог|Таганрог|Taganrog
Бердянськ|Бердянск|Berdiansk
Маріуполь|Мариуполь|Mariupol
Донецьк|Донецк|Donetsk
Луганськ|Луганск|Luhansk
Біла Церква|Белая Церковь|Bila Tserkva
Мелітополь|Мелитополь|Melitopol
Сімферополь|Симферополь|Simferopol
Воронеж|Воронеж|Voronezh
Ростов-на-Дону|Ростов-на-Дону|Rostov-on-Don
Старий Оскол|Старый Оскол|Stary Oskol
Саранськ|Саранск|Saransk
Владикавказ|Владикавказ|Vladikavkaz
Енергодар|Энергодар|Enerhodar
Новоазовськ|Новоазовск|Novoazovsk
Бахмут|Бахмут|Bakhmut
Слов'янськ|Славянск|Sloviansk
Камишин|Камышин|Kamyshin
Рязань|Рязань|Ryazan
Тула|Тула|Tula
Курськ|Курск|Kursk
Білгород|Белгород|Belgorod
Брянськ|Брянск|Bryansk
Мурманськ|Мурманск|Murmansk
Пенза|Пенза|Penza
Вінниця|Винница|Vinnytsia
Житомир|Житомир|Zhytomyr
Полтава|Полтава|Poltava
Чернігів|Чернигов|Chernihiv
Суми|Сумы|Sumy""".splitlines()
]
MONTHS = {
    "uk": "січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня",
    "ru": "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
}
OPENINGS = {
    "uk": ("Шановний пане Уповноважений!", "Шановна пані!", "Вельмишановний пане Прокуроре!"),
    "ru": ("Уважаемый господин Уполномоченный!", "Уважаемая госпожа!", "Уважаемый господин Прокурор!"),
    "en": ("Dear Commissioner,", "Excellency,", "Dear Sir or Madam,"),
}
FILLERS = {
    "uk": (
        "Звертаємося до Вас із проханням про гуманітарне сприяння.",
        "Родини чекають на звістку вже понад {n} місяців.",
        "Просимо допустити до людей представників МКЧХ та ООН.",
        "За повідомленням родин, медична допомога надається не завжди.",
        "Ми були б вдячні за відповідь у строк, передбачений статтею {n} закону.",
        "Морози цієї зими були суворі, теплого одягу бракує.",
        "Надія родин не згасає. Віра в людяність теж.",
        "Наша громада налічує {n} осіб.",
    ),
    "ru": (
        "Обращаемся к Вам с просьбой о гуманитарном содействии.",
        "Семьи ждут вестей уже более {n} месяцев.",
        "Просим допустить к людям представителей МККК и ООН.",
        "По сообщениям семей, медицинская помощь оказывается не всегда.",
        "Будем признательны за ответ в срок, предусмотренный статьёй {n} закона.",
        "Морозы этой зимой были суровы, тёплой одежды не хватает.",
        "Надежда семей не угасает. Вера в человечность тоже.",
        "В нашем обществе {n} человек.",
    ),
    "en": (
        "We write to ask for your humanitarian assistance.",
        "The families have waited for news for more than {n} months.",
        "We request access for the ICRC and the United Nations.",
        "According to the families, medical care is not always provided.",
        "We would be grateful for a reply within the time set by article {n} of the law.",
        "The winter was severe and warm clothing is lacking.",
        "Hope has not left the families, nor has faith in humanity.",
        "Our association has {n} members.",
    ),
}
MENTIONS = {
    "name": {
        "uk": ("Йдеться про {gent}.", "Останній лист від {gent} надійшов торік.", "Ми пишемо також {datv}.",
               "Свідки бачили {accs}.", "{nomn} потребує лікування.", "Про зустріч із {ablt} розповіли родичі."),
        "ru": ("Речь идёт о судьбе {gent}.", "Последнее письмо от {gent} пришло в прошлом году.",
               "Мы писали также {datv}.", "Свидетели видели {accs}.", "{nomn} нуждается в лечении.",
               "О встрече с {ablt} рассказали родственники."),
        "en": ("This concerns {nomn}.", "{nomn} needs treatment.", "Witnesses saw {nomn}.",
               "The last letter from {nomn} came a year ago.", "The family of {nomn} has had no reply."),
    },
    "place": {
        "uk": ("Людей тримають у місті {nomn}.", "Етап прибув до {gent}.", "Поблизу {gent} є табір.",
               "Родичі не можуть доїхати в {accs}."),
        "ru": ("Людей держат в городе {nomn}.", "Этап прибыл из {gent}.", "Близ {gent} есть лагерь.",
               "Родные не могут доехать в {accs}."),
        "en": ("People are held in {nomn}.", "A transport came from {nomn}.", "The prison near {nomn} is full."),
    },
    "number": {
        "uk": ("Зателефонуйте за номером {nomn}.", "Номер справи {nomn}.", "Документ {nomn} втрачено."),
        "ru": ("Позвоните по номеру {nomn}.", "Номер дела {nomn}.", "Документ {nomn} утрачен."),
        "en": ("Please call {nomn}.", "The file is {nomn}.", "The document {nomn} was lost."),
    },
    "date": {
        "uk": ("Народився {nomn}.", "Це сталося {nomn}.", "Затримання відбулося {nomn}."),
        "ru": ("Родился {nomn}.", "Это произошло {nomn}.", "Задержание состоялось {nomn}."),
        "en": ("Born on {nomn}.", "It happened on {nomn}.", "The arrest took place on {nomn}."),
    },
}  # fmt: skip


@dataclass(frozen=True)
class Someone:
    """An invented person: (uk, ru) words of surname, given name and patronymic."""

    surname: tuple[str, str]
    given: tuple[str, str]
    patronymic: tuple[str, str]
    english: tuple[str, str]
    female: bool


@dataclass(frozen=True)
class Letter:
    """A letter with the facts to protect, and the places (code points) where they were planted."""

    text: str
    language: str
    facts: tuple[ProtectedFact, ...]
    planted: tuple[tuple[str, int, int], ...]


@lru_cache(maxsize=2)
def _morphology(language: str) -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang=language)


@lru_cache(maxsize=50_000)
def inflect(word: str, case: str, language: str, mark: str = "", gender: str = "") -> str:
    """Put a word into a case by the dictionary; as it is where the dictionary can't."""
    if case == "nomn":
        return word
    if "-" in word:
        head, _, tail = word.partition("-")
        return f"{inflect(head, case, language, mark, gender)}-{tail}"
    parses = _morphology(language).parse(word)
    wanted = {case, "sing"} | ({gender} if gender else set())
    fitting = [one for one in parses if (not mark or mark in one.tag) and (not gender or gender in one.tag)]
    for one in fitting or parses:
        if "nomn" in one.tag and (made := one.inflect(wanted)) is not None:
            return made.word[:1].upper() + made.word[1:]
    return word


def someone(rng: random.Random) -> Someone:
    """Invent a person."""
    female = rng.random() < 0.3
    if rng.random() < 0.6:
        uk = rng.choice(UKRAINIAN).replace("’", "'")
        pair = (uk, to_russian(uk))
    else:
        ru = rng.choice(RUSSIAN)
        pair = (to_ukrainian(ru), ru)
    if female:
        pair = (feminine(pair[0]), feminine(pair[1]))
    name = rng.choice(WOMEN if female else MEN)
    father = rng.choice(MEN)
    patronymic = (father.patronymic_uk[int(female)], father.patronymic_ru[int(female)])
    return Someone(pair, (name.uk, name.ru), patronymic, (name.en, name.press), female)


def write_name(who: Someone, language: str, case: str, rng: random.Random) -> str:
    """Write a name as a letter would: order, parts, script and sometimes a stranger's script or a look-alike."""
    if language == "en" or rng.random() < 0.08:
        scheme = rng.choice(("kmu", "bgn", "ru"))
        surname = romanise(who.surname[scheme == "ru"], scheme)
        given = rng.choice(who.english)
        return rng.choice((f"{given} {surname}", f"{surname} {given}", f"{given[0]}. {surname}", f"Mr {surname}"))
    at = 0 if language == "uk" else 1
    gender = "femn" if who.female else "masc"
    surname = inflect(who.surname[at], case, language, "Surn", gender)
    given = inflect(who.given[at], case, language, "Name", gender)
    patronymic = inflect(who.patronymic[at], case, language, "Patr", gender)
    form = rng.choice(("sg", "gs", "sgp", "gps", "s", "is", "gp", "caps"))
    written = {
        "sg": f"{surname} {given}",
        "gs": f"{given} {surname}",
        "sgp": f"{surname} {given} {patronymic}",
        "gps": f"{given} {patronymic} {surname}",
        "s": surname,
        "is": f"{who.given[at][0]}. {who.patronymic[at][0]}. {surname}",
        "gp": f"{given} {patronymic}",
        "caps": f"{surname.upper()} {given}",
    }[form]
    if rng.random() < 0.05:
        written = written.translate(str.maketrans("аеорс", "aeopc"))
    return written


def write_number(digits: str, rng: random.Random) -> str:
    """Group the digits of a telephone number."""
    short = digits[3:]
    return rng.choice(
        (
            f"+{digits}",
            f"+{digits[:2]} (0{short[:2]}) {short[2:5]}-{short[5:7]}-{short[7:]}",
            f"0{short[:2]} {short[2:5]} {short[5:7]} {short[7:]}",
            f"0{short[:2]}-{short[2:5]}-{short[5:]}",
            f"00{digits}",
        )
    )


def write_document(value: str, rng: random.Random) -> str:
    """Write the series and number of a document."""
    series, number = value.split()
    return rng.choice((value, f"{series}{number}", f"{series} № {number}", f"{series}-{number[:3]} {number[3:]}"))


def write_date(day: date, language: str, rng: random.Random) -> str:
    """Write a day in figures or words."""
    month = MONTHS[language].split("|")[day.month - 1]
    if language == "en":
        return rng.choice(
            (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat(), f"{day:%d/%m/%Y}",
             f"{day.day} {month[:3]}. {day.year}")
        )  # fmt: skip
    year = "року" if language == "uk" else "года"
    return rng.choice(
        (f"{day.day} {month} {day.year} {year}", f"{day:%d.%m.%Y}", f"{day:%d.%m.%y}",
         f"{day.day}-го {month} {day.year}", day.isoformat())
    )  # fmt: skip


def _facts(rng: random.Random) -> dict[str, tuple[ProtectedFact, object]]:
    who = someone(rng)
    town = rng.choice(TOWNS)
    digits = "380" + "".join(rng.choices("0123456789", k=9))
    document = "".join(rng.sample("АВЕКМНОРСТ", 2)) + " " + "".join(rng.choices("0123456789", k=6))
    number = rng.choice((digits, document))
    day = date(1955, 1, 1) + timedelta(rng.randrange(20_000))
    at = rng.randrange(2)
    name = f"{who.surname[at]} {who.given[at]} {who.patronymic[at]}"
    return {
        "name": (ProtectedFact("name", FactKind.NAME, name), who),
        "place": (ProtectedFact("place", FactKind.PLACE, town[rng.randrange(3)]), town),
        "number": (ProtectedFact("number", FactKind.NUMBER, number), number),
        "date": (ProtectedFact("date", FactKind.DATE, day.isoformat()), day),
    }


def _sentence(kind: str, content: object, language: str, rng: random.Random) -> tuple[str, str]:
    """Give a sentence and the form written in it."""
    frame = rng.choice(MENTIONS[kind][language])
    case = next(case for case in CASES if f"{{{case}}}" in frame)
    if isinstance(content, Someone):
        form = write_name(content, language, case, rng)
    elif isinstance(content, list):
        town = content[LANGUAGES.index(language)]
        words = town.split(" ") if language != "en" else [town]
        gender = "femn" if town in ("Біла Церква", "Белая Церковь") else ""
        form = " ".join(inflect(word, case, language, "", gender) if language != "en" else word for word in words)
    elif isinstance(content, date):
        form = write_date(content, language, rng)
    else:
        form = write_document(str(content), rng) if " " in str(content) else write_number(str(content), rng)
    return frame.replace(f"{{{case}}}", form), form


def make_letter(seed: int, language: str, *, laced: bool) -> Letter:
    """Make one letter; clean ones mention strangers' facts of every kind in the same way."""
    rng = random.Random(seed)
    facts = _facts(rng)
    strangers = _facts(rng)
    while strangers["place"][1] == facts["place"][1] or _akin(strangers["name"][1], facts["name"][1]):
        strangers = _facts(rng)
    lines = [(line.replace("{n}", str(rng.randrange(2, 60))), "", "") for line in rng.sample(FILLERS[language], 5)]
    planted = rng.sample(sorted(facts), rng.randrange(1, 4)) if laced else []
    for kind, (_fact, content) in facts.items():
        source = content if kind in planted else strangers[kind][1]
        lines.append((*_sentence(kind, source, language, rng), kind if kind in planted else ""))
    rng.shuffle(lines)
    text, places = rng.choice(OPENINGS[language]) + "\n", []
    for line, form, kind in lines:
        if kind:
            start = len(text) + line.index(form)
            places.append((kind, start, start + len(form)))
        text += line + rng.choice((" ", "\n"))
    return Letter(text, language, tuple(fact for fact, _ in facts.values()), tuple(places))


def _akin(one: object, other: object) -> bool:
    """Tell whether two invented persons share a surname, or given name and patronymic: then it is no stranger."""
    if not isinstance(one, Someone) or not isinstance(other, Someone):
        return False
    same_surname = bool({feminine(s) for s in one.surname} & {feminine(s) for s in other.surname})
    return same_surname or (one.given == other.given and one.patronymic == other.patronymic)
