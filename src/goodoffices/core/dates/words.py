# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words around dates in Ukrainian, Russian, English and Spanish.

Month names and their cases are dictionary forms; "setiembre" is the accepted second spelling in Spanish.
"""

from __future__ import annotations

import re

_MONTH_FORMS: dict[int, str] = {
    1: "january enero січень січня січні январь января январе",
    2: "february febrero лютий лютого лютому февраль февраля феврале",
    3: "march marzo березень березня березні март марта марте",
    4: "april abril квітень квітня квітні апрель апреля апреле",
    5: "may mayo травень травня травні май мая мае",
    6: "june junio червень червня червні июнь июня июне",
    7: "july julio липень липня липні июль июля июле",
    8: "august agosto серпень серпня серпні август августа августе",
    9: "september septiembre setiembre вересень вересня вересні сентябрь сентября сентябре",
    10: "october octubre жовтень жовтня жовтні октябрь октября октябре",
    11: "november noviembre листопад листопада листопаді ноябрь ноября ноябре",
    12: "december diciembre грудень грудня грудні декабрь декабря декабре",
}
_SHORTEST_MONTH = 3


def _prefixes() -> dict[str, int]:
    """Every beginning of three letters or more: "sept", "нояб" and "NOV" are abbreviations people write."""
    return {
        form[:length]: month
        for month, forms in _MONTH_FORMS.items()
        for form in forms.split()
        for length in range(_SHORTEST_MONTH, len(form) + 1)
    }


MONTHS: dict[str, int] = _prefixes()
ROMAN_MONTHS: dict[str, int] = dict(
    zip(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), range(1, 13), strict=True)
)


def _words(text: str) -> str:
    """Build an alternation, longest first, so that "approximately" wins over "approx"."""
    parts = sorted((part.strip() for part in text.split("|")), key=len, reverse=True)
    return "|".join(re.escape(part) for part in parts)


_FILLERS = """
    de del of the el
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    lunes martes miércoles jueves viernes sábado domingo
    понеділок вівторок середа четвер п'ятниця субота неділя
    понедельник вторник среда четверг пятница суббота воскресенье
"""
FILLERS: frozenset[str] = frozenset(_FILLERS.split())
ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|-?го|-?е|-?ше|-?тє|o|°)(?![^\W\d_])")

_APPROXIMATE = _words(
    "бл|близько|біля|прибл|приблизно|орієнтовно|десь|около|ок|приблизительно|примерно|ориентировочно|где-то"
    "|c|ca|circa|about|abt|approx|approximately|approximate|around|est|estimated"
    "|alrededor de|aproximadamente|aprox|hacia|cerca de"
)
_DOUBTFUL = _words(
    "можливо|ймовірно|імовірно|возможно|вероятно|предположительно|предп"
    "|possibly|probably|maybe|perhaps|posiblemente|probablemente|quizá|quizás"
)
_END = r"(?![^\W\d_])"

APPROXIMATE_BEFORE = re.compile(rf"^(?:(?:{_APPROXIMATE}){_END}|[~≈±])[\s.,:]*")
APPROXIMATE_AFTER = re.compile(rf"[\s(]+(?:{_APPROXIMATE})\.?\)?$|\s?~$")
DOUBTFUL_BEFORE = re.compile(rf"^(?:{_DOUBTFUL}){_END}[\s.,:]*")
DOUBTFUL_AFTER = re.compile(rf"[\s(]+(?:{_DOUBTFUL})\.?\)?$|\s?\(\?\)$|\s?\?$")

OTHER_CALENDAR = re.compile(
    r"(?:\bold style\b|\bo\.\s?s\.|"
    r"\bст\.\s?ст\.|старим стилем|старый стиль|старому стилю|\bhijri\b|\ba\.h\.|\bjalali\b)"
)

# "1985 р.", "1985 г.р.", "1985 року народження": the word "year" after a number adds nothing.
YEAR_TAIL = re.compile(
    r"(?<=\d)\s*(?:року народження|года рождения|р\.?\s?н|г\.?\s?р|роки|років|року|рік|годы|года|году|год|рр|гг|р|г)"
    + _END
    + r"\.?"
)
LEAD_IN = re.compile(
    r"^(?:exact\s?:|between\s?:(?=\s?\d)|born|нар\.|народився|народилася|род\.|nacido|nacida|años?|year|рік|год)"
    r"(?![^\W\d_])[\s/:]*"
)

UNTIL = re.compile(
    r"^(?:" + _words("до|before|until|by|no later than|antes de|hasta|не пізніше|не позднее") + r")\s+(?P<rest>.+)$"
)
SINCE = re.compile(
    r"^(?:"
    + _words("після|після того|после|after|since|from|з|із|від|с|от|desde|despues de|después de|a partir de")
    + r")\s+(?P<rest>.+)$"
)
BETWEEN = re.compile(
    r"^(?:" + _words("between|from|від|з|із|між|от|с|между|entre|desde|del|de") + r")\s+(?P<left>.+?)\s+"
    r"(?:" + _words("and|to|until|до|по|і|й|та|и|y|e|hasta|al|a|-") + r")\s+(?P<right>.+)$"
)
TO = re.compile(r"^(?P<left>.+?)\s+(?:" + _words("to|до|по|hasta|al") + r")\s+(?P<right>.+)$")

TIME_OF_DAY = re.compile(
    r"(?<=\d)(?:t|,?\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:z|utc|gmt|[+-]\d{2}:?\d{2}|[ap]\.?m\.?)?$"
)

# Day bounds within a month and month bounds within a year for "early", "mid", "late" and for a fortnight.
PARTS_OF_SPAN: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("early", "beginning of", "start of", "princ", "principios de", "на початку", "початок"), (1, 3)),
    **dict.fromkeys(("в начале", "начало", "principios"), (1, 3)),
    **dict.fromkeys(("mid", "middle of", "med", "mediados de", "mediados", "середина", "у середині"), (2, 3)),
    **dict.fromkeys(("в середине",), (2, 3)),
    **dict.fromkeys(("late", "end of", "fines", "fines de", "кінець", "наприкінці", "конец", "в конце"), (3, 3)),
    **dict.fromkeys(("med-fines",), (5, 6)),
    **dict.fromkeys(("1a quinc", "1ra quinc", "1ra quincena de", "1a quincena de"), (1, 2)),
    **dict.fromkeys(("2a quinc", "2da quinc", "2da quincena de", "2a quincena de"), (2, 2)),
}
PART_OF_SPAN = re.compile(r"^(?P<part>" + _words("|".join(PARTS_OF_SPAN)) + r")\.?[\s/-]+(?P<rest>.+)$")
