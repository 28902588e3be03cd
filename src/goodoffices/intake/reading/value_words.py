# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words inside cells, in English, Ukrainian, Russian and Spanish: unknown, sexes, categories, statuses."""

from __future__ import annotations

from functools import lru_cache

from goodoffices.core.vocabulary import Category, Sex, Status
from goodoffices.intake.reading.synonyms import fold

_MISSING = (
    "|-|--|---|–|—|.|..|...|?|??|???|*|/|n/a|na|n.a.|#n/a|nil|none|null|unknown|not known|no data"
    "|not available|undisclosed|tbd|н/д|н.д.|нд|невідомо|не відомо|невідомий|невідома|немає даних"
    "|нема даних|дані відсутні|не встановлено|не вказано|неизвестно|не известно|неизвестен|неизвестна"
    "|нет данных|данные отсутствуют|не установлено|не указано|б/д|sin datos|sin dato|s/d|sd"
    "|desconocido|desconocida|se desconoce|no consta|no disponible|ninguno|xxx|xx"
)
MISSING: frozenset[str] = frozenset(_MISSING.split("|"))

_SEXES: dict[Sex, str] = {
    Sex.FEMALE: (
        "f|female|woman|girl|w|ж|жін|жіноча|жінка|дівчина|дівчинка|жен|женский|женщина|женская"
        "|девочка|девушка"
        "|femenino|femenina|mujer|fem|niña"
    ),
    Sex.MALE: (
        "m|male|man|boy|ч|чол|чоловіча|чоловік|чоловічий|хлопець|хлопчик|м|муж|мужской|мужчина"
        "|мужская|мальчик"
        "|masculino|hombre|varón|varon|masc|h|niño"
    ),
}

_CATEGORIES: dict[Category, str] = {
    Category.PRISONER_OF_WAR: (
        "pow|prisoner of war|prisoners of war|mil|military|soldier|serviceman|servicewoman|combatant"
        "|військовополонений"
        "|військовополонена|військовополонені|військовий|військова|військовослужбовець|військовослужбовиця"
        "|полонений|впп|вп|военнопленный|военнопленная|военнопленные|военный|военнослужащий"
        "|военнослужащая|пленный"
        "|впл|prisionero de guerra|prisionera de guerra|militar|soldado"
    ),
    Category.CIVILIAN: (
        "civilian|civilians|civ|civilian detainee|civilian hostage|цивільний|цивільна|цивільні|цивільна особа"
        "|цивільний заручник|цив|гражданский|гражданская|гражданские|гражданское лицо|мирный житель"
        "|гражд|civil|civiles"
    ),
    Category.CHILD: (
        "child|children|minor|deported child|дитина|діти|неповнолітній|неповнолітня|депортована дитина"
        "|ребенок|ребёнок"
        "|дети|несовершеннолетний|несовершеннолетняя|niño|niña|menor|menor de edad"
    ),
    Category.POLITICAL_PRISONER: (
        "political prisoner|political|prisoner of conscience|політв'язень|політв'язні|політичний в'язень"
        "|політув'язнений|політзаручник|бранець кремля|политзаключенный|политзаключённый"
        "|политический заключенный"
        "|политузник|preso político|presa política|preso politico|presa politica|prisionero político"
    ),
    Category.CONVICT: (
        "convict|deported convict|convicted|prisoner|inmate|sentenced|засуджений|засуджена|ув'язнений|ув'язнена"
        "|осужденный|осуждённый"
        "|осужденная|заключенный|заключённый|заключенная|condenado|condenada|preso|presa|recluso|reclusa"
    ),
    Category.PATIENT: (
        "patient|hospital patient|wounded patient|пацієнт|пацієнтка|пациент|пациентка|paciente|care home resident"
    ),
    Category.MEDIC: (
        "medic|medical worker|doctor|nurse|paramedic|medical personnel|медик|лікар|лікарка|медсестра"
        "|фельдшер|парамедик"
        "|медичний працівник|медпрацівник|врач|медработник|медицинский работник|médico|médica"
        "|enfermera|enfermero"
        "|sanitario|personal sanitario"
    ),
    Category.FOREIGN_NATIONAL: (
        "foreign national|foreigner|foreign citizen|іноземець|іноземка|іноземний громадянин"
        "|иностранец|иностранка"
        "|иностранный гражданин|extranjero|extranjera"
    ),
    Category.DISAPPEARED: (
        "disappeared|enforced disappearance|missing|missing person|forcibly disappeared|зниклий безвісти"
        "|зникла безвісти"
        "|зниклий|насильницьке зникнення|пропавший без вести|пропавшая без вести|насильственное исчезновение"
        "|desaparecido|desaparecida|detenido desaparecido|desaparición forzada|desaparicion forzada"
    ),
}

_STATUSES: dict[Status, str] = {
    Status.HELD: (
        "held|in captivity|captive|detained|imprisoned|in detention|у полоні|в полоні|утримується"
        "|затриманий|ув'язнений"
        "|под стражей|в плену|удерживается|содержится|задержан|detenido|detenida|preso|en cautiverio"
    ),
    Status.MISSING: (
        "missing|believed missing|missing in action|mia|зниклий безвісти|зникла безвісти|безвісти"
        "|пропавший без вести"
        "|пропал|пропал без вести|без вести|perdido"
    ),
    Status.RELEASED: (
        "released|freed|exchanged|returned|home|звільнений|звільнена|звільнено|обміняний|обміняно"
        "|повернувся|вдома"
        "|освобожден|освобождён|освобождена|обменян|вернулся|дома|liberado|liberada|canjeado"
    ),
    Status.TRANSFERRED: "transferred|moved|переведений|етапований|переведен|этапирован|trasladado|trasladada",
    Status.DIED: (
        "died|dead|deceased|killed|believed dead|помер|померла|загинув|загинула|загиблий|умер"
        "|умерла|погиб|погибла"
        "|мертв|muerto|muerta|fallecido|fallecida|asesinado|asesinada|asesinado a"
    ),
    Status.DISAPPEARED: (
        "disappeared|forcibly disappeared|desaparecido|desaparecida|detenido a desaparecido a|detenido desaparecido"
    ),
    Status.UNKNOWN: "fate unknown|доля невідома|судьба неизвестна|paradero desconocido",
}


def _table(groups: dict[Sex, str] | dict[Category, str] | dict[Status, str]) -> dict[str, str]:
    return {fold(word): key.value for key, words in groups.items() for word in words.split("|")}


_SEX_TABLE = _table(_SEXES)
_CATEGORY_TABLE = _table(_CATEGORIES)
_STATUS_TABLE = _table(_STATUSES)


# A longer cell is a sentence and no word of a vocabulary.
_LONGEST_WORD = 60


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Fold once what stands in a column thousands of times."""
    return fold(text)


def _look_up(table: dict[str, str], text: str) -> str:
    return table.get(_folded(text), "") if len(text) <= _LONGEST_WORD else ""


def is_missing(text: str, more: frozenset[str] = frozenset()) -> bool:
    """Tell whether a cell says that nothing is known; `more` are the list's own signs, folded by casefold."""
    if len(text) > _LONGEST_WORD:
        return not text.strip()
    folded = text.strip().casefold()
    return folded in MISSING or folded in more


def sex_of(text: str) -> str:
    """Give "f" or "m", "" if the word isn't known."""
    return _look_up(_SEX_TABLE, text)


def category_of(text: str) -> str:
    """Give the value of a Category, "" if the word isn't known."""
    return _look_up(_CATEGORY_TABLE, text)


def status_of(text: str) -> str:
    """Give the value of a Status, "" if the word isn't known."""
    return _look_up(_STATUS_TABLE, text)
