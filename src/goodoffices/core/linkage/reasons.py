# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why a pair weighs what it weighs: reason codes with an English gloss, and how shares become reasons."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.core.linkage.datelevels import BORN, EVENT
from goodoffices.core.linkage.features import FAMILY_2, SEX
from goodoffices.core.linkage.fields import CATEGORY, HELD, RESIDENCE, UNIT
from goodoffices.core.names.levels import GIVEN, PATRONYMIC, SURNAME

_WORDS = {
    "missing": "not said on one side", "same": "the same", "same_transliterated": "the same after transliteration",
    "same_other_form": "the same in another grammatical form", "one_part_same": "one part the same",
    "one_letter_off": "one letter apart", "close": "close", "loosely_alike": "loosely alike",
    "different": "different", "equivalent": "forms of one name", "initial_same": "the initial fits",
    "same_father": "the same father's name", "same_day": "the same day", "same_month": "the same month",
    "same_year": "the same year", "within_range": "within the range given",
    "day_month_swapped": "day and month swapped", "one_part_slightly_off": "one digit or one day off",
    "year_off_by_one": "the year off by one", "year_digit_off": "the year off by ten or one digit",
    "one_part_different": "one of day, month, year differs", "new_year_convention": "1 January stands for the year",
    "same_year_other_day": "the same year, another day", "years_close": "one or two years apart",
    "generation_apart": "a generation apart", "within_week": "within a week",
    "within_two_months": "within two months", "same_renamed": "the same place under another name",
    "same_region": "the same region", "same_place": "the same town", "differs_implied": "differs as names imply",
    "differs": "differs",
}  # fmt: skip
_FIELDS = {
    "surname": ("Surname", SURNAME), "given": ("Given name", GIVEN), "patronymic": ("Patronymic", PATRONYMIC),
    "born": ("Date of birth", BORN), "sex": ("Sex", SEX), "residence": ("Residence", RESIDENCE),
    "place_held": ("Place held", HELD), "unit": ("Unit", UNIT), "category": ("Category", CATEGORY),
    "event": ("Date taken", EVENT), "family_2": ("Second surname", FAMILY_2),
}  # fmt: skip

FIELD_LEVELS: dict[str, tuple[str, ...]] = {field: levels for field, (_, levels) in _FIELDS.items()}

REASON_CODES: dict[str, str] = {
    f"{field}_{level}": f"{title}: {_WORDS[level]}" for field, (title, levels) in _FIELDS.items() for level in levels
} | {
    "prior": "How likely two records of a run this size are one person before anything is compared",
    "reading_as_given": "The parts of the name are as the source has them",
    "reading_guessed_order": "The order of the name's words was guessed",
    "reading_alias": "Another name given by the source fits",
    "source_other_list": "The records are of two lists",
    "source_same_list": "Both records are of one list",
    "together": "The fields above weighed together",
    "sibling_suspected": "Same surname and father, another given name: probably brother or sister",
    "father_son_suspected": "Same surname, and one bears the name of the other's father: probably parent and child",
    "namesakes_few": "Few others would bear this name by chance",
    "namesakes_many": "Many others bear this name",
}

BLOCKED_CODES: dict[str, str] = {
    "same_deduplicated_list": "The list names nobody twice",
    "sibling_suspected": REASON_CODES["sibling_suspected"],
    "father_son_suspected": REASON_CODES["father_son_suspected"],
    "no_name": "No part of the names can be compared",
    "name_conflict": "Neither surname nor given name agrees",
    "sex_conflict": "The sources state different sexes",
    "born_conflict": "Full dates of birth contradict each other",
    "judged_different": "A person has judged them different",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One share of a weight.

    Attributes:
        code: a key of `REASON_CODES`.
        field: the field it speaks for.
        bits: its share, positive for "one person".
        left, right: the values compared, empty if none.
    """

    code: str
    field: str
    bits: float
    left: str
    right: str
