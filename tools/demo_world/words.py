# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words a list uses for work, units, ranks, charges and categories, in each language."""

from __future__ import annotations

# key: (uk man, uk woman, ru man, ru woman, en)
OCCUPATIONS: dict[str, tuple[str, str, str, str, str]] = {
    "driver": ("водій", "водійка", "водитель", "водитель", "driver"),
    "electrician": ("електрик", "електрикиня", "электрик", "электрик", "electrician"),
    "teacher": ("учитель", "учителька", "учитель", "учительница", "teacher"),
    "nurse": ("медбрат", "медсестра", "медбрат", "медсестра", "nurse"),
    "farmer": ("фермер", "фермерка", "фермер", "фермер", "farmer"),
    "welder": ("зварник", "зварниця", "сварщик", "сварщица", "welder"),
    "shop assistant": ("продавець", "продавчиня", "продавец", "продавщица", "shop assistant"),
    "accountant": ("бухгалтер", "бухгалтерка", "бухгалтер", "бухгалтер", "accountant"),
    "beekeeper": ("пасічник", "пасічниця", "пчеловод", "пчеловод", "beekeeper"),
    "librarian": ("бібліотекар", "бібліотекарка", "библиотекарь", "библиотекарь", "librarian"),
    "priest": ("священник", "", "священник", "", "priest"),
    "village head": ("староста", "старостиня", "староста", "староста", "village head"),
    "builder": ("будівельник", "будівельниця", "строитель", "строитель", "builder"),
    "railway worker": (
        "залізничник",
        "залізничниця",
        "железнодорожник",
        "железнодорожница",
        "railway worker",
    ),
    "journalist": ("журналіст", "журналістка", "журналист", "журналистка", "journalist"),
    "student": ("студент", "студентка", "студент", "студентка", "student"),
    "pensioner": ("пенсіонер", "пенсіонерка", "пенсионер", "пенсионерка", "pensioner"),
    "mechanic": ("механік", "механікиня", "механик", "механик", "mechanic"),
    "engineer": ("інженер", "інженерка", "инженер", "инженер", "engineer"),
    "programmer": ("програміст", "програмістка", "программист", "программистка", "programmer"),
    "musician": ("музикант", "музикантка", "музыкант", "музыкантка", "musician"),
    "cook": ("кухар", "кухарка", "повар", "повар", "cook"),
}
CIVIL = [key for key in OCCUPATIONS if key not in ("pensioner", "student", "programmer", "musician", "mechanic")]

# Numbers no such unit bears; names of plants and birds.
UNITS: dict[str, tuple[str, str, str]] = {
    "unit-904": ("904 обр «Жайвір»", "904 бригада «Жаворонок»", "904th Brigade “Lark”"),
    "unit-917": ("917 об тро", "917 батальон теробороны", "917th TDF Battalion"),
    "unit-931": ("931 обрмп", "931 бригада морской пехоты", "931st Marine Brigade"),
    "unit-948": ("948 окрема рота «Деркач»", "948 рота «Коростель»", "948th Company “Corncrake”"),
    "unit-b0099": ("в/ч Б0099", "в/ч Б0099", "unit B0099"),
    "ru-9017": ("в/ч 00917", "в/ч 00917", "unit 00917"),
    "ru-9031": ("в/ч 00931", "в/ч 00931", "unit 00931"),
    "ru-9044": ("штурмовий загін «Хвощ»", "штурмовой отряд «Хвощ»", "assault detachment “Horsetail”"),
}
UKRAINIAN_UNITS = [key for key in UNITS if key.startswith("unit-")]
RUSSIAN_UNITS = [key for key in UNITS if key.startswith("ru-")]

RANKS: dict[str, tuple[str, str, str]] = {
    "soldier": ("солдат", "рядовой", "private"),
    "senior soldier": ("старший солдат", "ефрейтор", "senior soldier"),
    "sergeant": ("сержант", "сержант", "sergeant"),
    "staff sergeant": ("головний сержант", "старшина", "staff sergeant"),
    "lieutenant": ("лейтенант", "лейтенант", "lieutenant"),
    "captain": ("капітан", "капитан", "captain"),
}

CALL_SIGNS = ("Барс", "Кум", "Тихий", "Лелека", "Борода", "Хорт", "Студент", "Малий", "Дід", "Яструб", "Коваль")

# Articles of the Russian Criminal Code: real law, invented cases.
CHARGES: dict[str, tuple[str, str]] = {
    "275": ("ст. 275 УК (госизмена)", "Art. 275 (treason)"),
    "276": ("ст. 276 УК (шпионаж)", "Art. 276 (espionage)"),
    "205": ("ст. 205 УК (теракт)", "Art. 205 (terrorist act)"),
    "207.3": ("ст. 207.3 УК («фейки» об армии)", "Art. 207.3 (“false information” about the army)"),
    "280.3": ("ст. 280.3 УК (дискредитация)", "Art. 280.3 (“discrediting” the army)"),
    "361": ("ст. 361 УК (акт межд. терроризма)", "Art. 361 (act of international terrorism)"),
    "228": ("ст. 228 УК (наркотики)", "Art. 228 (drugs)"),
}
SENTENCES: dict[str, tuple[str, str]] = {
    "3y": ("3 года ИК", "3 years"),
    "5y6m": ("5 лет 6 мес.", "5 years 6 months"),
    "7y": ("7 лет строгого режима", "7 years, strict regime"),
    "11y": ("11 л.", "11 years"),
    "13y": ("13 лет строгого режима", "13 years, strict regime"),
    "16y": ("16 лет", "16 years"),
}
LEGAL = {
    "none": ("немає", "", "no known proceedings"),
    "charged": ("обвинувачений", "обвинение предъявлено", "charged"),
    "tried": ("суд триває", "идёт суд", "on trial"),
    "sentenced": ("засуджений", "приговор", "sentenced"),
    "appealed": ("апеляція", "апелляция", "sentenced, appeal pending"),
}
