# SPDX-License-Identifier: AGPL-3.0-or-later
"""The engine's reason codes as sentences for people, with the values compared.

Every code of ``core.linkage.REASON_CODES`` and ``BLOCKED_CODES`` has a sentence; a test proves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodoffices.web.date_words import edtf_words

SENTENCES: dict[str, Any] = {
    "surname_missing": lazy("No surname on one side"),
    "surname_same": lazy("The same surname: %(left)s"),
    "surname_same_transliterated": lazy("The same surname after transliteration: %(left)s, %(right)s"),
    "surname_same_other_form": lazy("The same surname in another grammatical form: %(left)s, %(right)s"),
    "surname_one_part_same": lazy("One part of the surname is the same: %(left)s, %(right)s"),
    "surname_one_letter_off": lazy("The surnames are one letter apart: %(left)s, %(right)s"),
    "surname_close": lazy("The surnames are close: %(left)s, %(right)s"),
    "surname_loosely_alike": lazy("The surnames are only loosely alike: %(left)s, %(right)s"),
    "surname_different": lazy("Different surnames: %(left)s, %(right)s"),
    "given_missing": lazy("No given name on one side"),
    "given_same": lazy("The same given name: %(left)s"),
    "given_same_transliterated": lazy("The same given name across languages: %(left)s, %(right)s"),
    "given_equivalent": lazy("Two forms of one given name: %(left)s, %(right)s"),
    "given_one_part_same": lazy("One of several given names is the same: %(left)s, %(right)s"),
    "given_initial_same": lazy("The initial fits the given name: %(left)s, %(right)s"),
    "given_one_letter_off": lazy("The given names are one letter apart: %(left)s, %(right)s"),
    "given_loosely_alike": lazy("The given names are only loosely alike: %(left)s, %(right)s"),
    "given_different": lazy("Different given names: %(left)s, %(right)s"),
    "patronymic_missing": lazy("No patronymic on one side"),
    "patronymic_same": lazy("The same patronymic: %(left)s"),
    "patronymic_same_father": lazy("Two forms of the father's name: %(left)s, %(right)s"),
    "patronymic_initial_same": lazy("The initial fits the patronymic: %(left)s, %(right)s"),
    "patronymic_close": lazy("The patronymics are close: %(left)s, %(right)s"),
    "patronymic_different": lazy("Different patronymics: %(left)s, %(right)s"),
    "born_missing": lazy("No date of birth on one side"),
    "born_same_day": lazy("Born on the same day: %(left)s"),
    "born_same_month": lazy("The same month of birth; one side gives no day: %(left)s, %(right)s"),
    "born_same_year": lazy("The same year of birth; one side gives no day: %(left)s, %(right)s"),
    "born_within_range": lazy("The date of birth lies within the range given: %(left)s, %(right)s"),
    "born_day_month_swapped": lazy("Day and month of birth are swapped: %(left)s, %(right)s"),
    "born_one_part_slightly_off": lazy("The dates of birth are one digit or one day apart: %(left)s, %(right)s"),
    "born_year_off_by_one": lazy("The same birthday, the year off by one: %(left)s, %(right)s"),
    "born_year_digit_off": lazy("The same birthday, one digit of the year differs: %(left)s, %(right)s"),
    "born_one_part_different": lazy("Day, month or year of birth differs, the rest agrees: %(left)s, %(right)s"),
    "born_new_year_convention": lazy("1 January may stand for the year alone: %(left)s, %(right)s"),
    "born_same_year_other_day": lazy("The same year of birth, another day: %(left)s, %(right)s"),
    "born_years_close": lazy("Born one or two years apart: %(left)s, %(right)s"),
    "born_different": lazy("Different dates of birth: %(left)s, %(right)s"),
    "born_generation_apart": lazy("Born a generation apart: %(left)s, %(right)s"),
    "sex_missing": lazy("Sex not given on one side"),
    "sex_same": lazy("The same sex"),
    "sex_differs_implied": lazy("The names are of a woman and of a man"),
    "sex_differs": lazy("The sources give different sexes"),
    "residence_missing": lazy("No home on one side"),
    "residence_same": lazy("The same home: %(left)s"),
    "residence_same_renamed": lazy("Two names of the same home: %(left)s, %(right)s"),
    "residence_close": lazy("The names of the home are close: %(left)s, %(right)s"),
    "residence_same_region": lazy("Homes in the same region: %(left)s, %(right)s"),
    "residence_different": lazy("Different homes: %(left)s, %(right)s"),
    "place_held_missing": lazy("No place held on one side"),
    "place_held_same": lazy("Held at the same place: %(left)s"),
    "place_held_same_place": lazy("Held in the same town: %(left)s, %(right)s"),
    "place_held_different": lazy("Held at different places, but people are moved: %(left)s, %(right)s"),
    "unit_missing": lazy("No unit on one side"),
    "unit_same": lazy("The same unit: %(left)s"),
    "unit_different": lazy("Different units: %(left)s, %(right)s"),
    "category_missing": lazy("No category on one side"),
    "category_same": lazy("The same category"),
    "category_different": lazy("Different categories"),
    "event_missing": lazy("No date of capture on one side"),
    "event_same_day": lazy("Taken on the same day: %(left)s"),
    "event_same_month": lazy("Taken in the same month; one side gives no day: %(left)s, %(right)s"),
    "event_same_year": lazy("Taken in the same year; one side gives no more: %(left)s, %(right)s"),
    "event_within_week": lazy("Taken within a week: %(left)s, %(right)s"),
    "event_within_two_months": lazy("Taken within two months: %(left)s, %(right)s"),
    "event_same_year_other_day": lazy("Taken in the same year on another day: %(left)s, %(right)s"),
    "event_different": lazy("Taken at different times: %(left)s, %(right)s"),
    "family_2_missing": lazy("No second surname on one side"),
    "family_2_same": lazy("The same second surname: %(left)s"),
    "family_2_different": lazy("Different second surnames: %(left)s, %(right)s"),
    "prior": lazy("Two records picked at random are rarely one person"),
    "reading_as_given": lazy("The parts of the name are as the sources have them"),
    "reading_guessed_order": lazy("Which word is the surname was guessed"),
    "reading_alias": lazy("Another name that a source gives fits"),
    "source_other_list": lazy("The records come from two lists"),
    "source_same_list": lazy("Both records are in one list"),
    "together": lazy("These facts weighed together"),
    "sibling_suspected": lazy("Same surname and father, another given name: perhaps brother or sister"),
    "father_son_suspected": lazy("One bears the other's father's name: perhaps parent and child"),
    "namesakes_few": lazy("Few others would bear this name by chance"),
    "namesakes_many": lazy("Many others bear this name"),
    "rival_better": lazy("Another record of that list, which names nobody twice, fits better"),
}

BARRIERS: dict[str, Any] = {
    "same_deduplicated_list": lazy("The list they come from names nobody twice."),
    "sibling_suspected": lazy("They may be brother or sister: the machine never joins such a pair by itself."),
    "father_son_suspected": lazy("They may be parent and child: the machine never joins such a pair by itself."),
    "sex_conflict": lazy("The sources give different sexes: the machine never joins such a pair by itself."),
    "born_conflict": lazy("The dates of birth contradict each other: the machine never joins such a pair by itself."),
    "judged_different": lazy("Somebody judged two of these records to be different people."),
    "weak": lazy("Other records of the two persons don't fit each other."),
}

_NAMES = frozenset({"surname", "given", "patronymic", "family_2"})
_DATES = frozenset({"born", "event"})


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against, ready for ``web/parts/evidence.html``; ``prior_bits`` is shown apart."""

    for_items: list[dict[str, Any]] = field(default_factory=list)
    against_items: list[dict[str, Any]] = field(default_factory=list)
    for_bits: float = 0.0
    against_bits: float = 0.0
    prior_bits: float = 0.0

    @property
    def weight_bits(self) -> float:
        return self.for_bits - self.against_bits + self.prior_bits


def sentence(reason: Mapping[str, Any]) -> str:
    """Say one reason in the language of the page; a code of another version of the engine is named as it is."""
    said = SENTENCES.get(str(reason["code"]))
    if said is None:
        return _("Another reason: %(code)s") % {"code": reason["code"]}
    values = {side: _value(str(reason.get("field", "")), str(reason.get(side, ""))) for side in ("left", "right")}
    return str(said) % values


def sentences(reasons: Iterable[Mapping[str, Any]], *, least_bits: float = 0.05) -> list[str]:
    """Say the reasons that speak for one person, the heaviest first."""
    telling = [one for one in reasons if one["bits"] >= least_bits and one["field"] not in {"prior", "together"}]
    return [sentence(one) for one in sorted(telling, key=lambda one: -one["bits"])]


def evidence_of(reasons: Iterable[Mapping[str, Any]], *, least_bits: float = 0.05) -> Evidence:
    """Sort reasons into those for and those against; what weighs nothing is left out."""
    found = list(reasons)
    telling = [one for one in found if one["field"] != "prior" and abs(one["bits"]) >= least_bits]
    for_items = [{"text": sentence(one), "bits": one["bits"]} for one in telling if one["bits"] > 0]
    against = [{"text": sentence(one), "bits": one["bits"]} for one in telling if one["bits"] < 0]
    return Evidence(
        for_items=sorted(for_items, key=lambda one: -one["bits"]),
        against_items=sorted(against, key=lambda one: one["bits"]),
        for_bits=sum(one["bits"] for one in for_items),
        against_bits=-sum(one["bits"] for one in against),
        prior_bits=sum(one["bits"] for one in found if one["field"] == "prior"),
    )


def barrier(code: str) -> str:
    """Say why a pair isn't joined by itself; empty for no reason."""
    return str(BARRIERS[code]) if code in BARRIERS else ""


def _value(kind: str, value: str) -> str:
    if not value:
        return _("not given")
    if kind in _DATES:
        return edtf_words(value)
    return value.title() if kind in _NAMES else value
