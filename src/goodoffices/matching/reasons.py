# SPDX-License-Identifier: AGPL-3.0-or-later
"""The engine's reason codes as sentences for people, with the values compared.

Every code of ``core.linkage.REASON_CODES`` and ``BLOCKED_CODES`` has a sentence; a test proves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goodoffices.web.date_words import edtf_words

SENTENCES: dict[str, Any] = {
    "surname_missing": _("No surname on one side"),
    "surname_same": _("The same surname: %(left)s"),
    "surname_same_transliterated": _("The same surname after transliteration: %(left)s, %(right)s"),
    "surname_same_other_form": _("The same surname in another grammatical form: %(left)s, %(right)s"),
    "surname_one_part_same": _("One part of the surname is the same: %(left)s, %(right)s"),
    "surname_one_letter_off": _("The surnames are one letter apart: %(left)s, %(right)s"),
    "surname_close": _("The surnames are close: %(left)s, %(right)s"),
    "surname_loosely_alike": _("The surnames are only loosely alike: %(left)s, %(right)s"),
    "surname_different": _("Different surnames: %(left)s, %(right)s"),
    "given_missing": _("No given name on one side"),
    "given_same": _("The same given name: %(left)s"),
    "given_same_transliterated": _("The same given name across languages: %(left)s, %(right)s"),
    "given_equivalent": _("Two forms of one given name: %(left)s, %(right)s"),
    "given_one_part_same": _("One of several given names is the same: %(left)s, %(right)s"),
    "given_initial_same": _("The initial fits the given name: %(left)s, %(right)s"),
    "given_one_letter_off": _("The given names are one letter apart: %(left)s, %(right)s"),
    "given_loosely_alike": _("The given names are only loosely alike: %(left)s, %(right)s"),
    "given_different": _("Different given names: %(left)s, %(right)s"),
    "patronymic_missing": _("No patronymic on one side"),
    "patronymic_same": _("The same patronymic: %(left)s"),
    "patronymic_same_father": _("Two forms of the father's name: %(left)s, %(right)s"),
    "patronymic_initial_same": _("The initial fits the patronymic: %(left)s, %(right)s"),
    "patronymic_close": _("The patronymics are close: %(left)s, %(right)s"),
    "patronymic_different": _("Different patronymics: %(left)s, %(right)s"),
    "born_missing": _("No date of birth on one side"),
    "born_same_day": _("Born on the same day: %(left)s"),
    "born_same_month": _("The same month of birth; one side gives no day: %(left)s, %(right)s"),
    "born_same_year": _("The same year of birth; one side gives no day: %(left)s, %(right)s"),
    "born_within_range": _("The date of birth lies within the range given: %(left)s, %(right)s"),
    "born_day_month_swapped": _("Day and month of birth are swapped: %(left)s, %(right)s"),
    "born_one_part_slightly_off": _("The dates of birth are one digit or one day apart: %(left)s, %(right)s"),
    "born_year_off_by_one": _("The same birthday, the year off by one: %(left)s, %(right)s"),
    "born_year_digit_off": _("The same birthday, one digit of the year differs: %(left)s, %(right)s"),
    "born_one_part_different": _("Day, month or year of birth differs, the rest agrees: %(left)s, %(right)s"),
    "born_new_year_convention": _("1 January may stand for the year alone: %(left)s, %(right)s"),
    "born_same_year_other_day": _("The same year of birth, another day: %(left)s, %(right)s"),
    "born_years_close": _("Born one or two years apart: %(left)s, %(right)s"),
    "born_different": _("Different dates of birth: %(left)s, %(right)s"),
    "born_generation_apart": _("Born a generation apart: %(left)s, %(right)s"),
    "sex_missing": _("Sex not given on one side"),
    "sex_same": _("The same sex"),
    "sex_differs_implied": _("The names are of a woman and of a man"),
    "sex_differs": _("The sources give different sexes"),
    "residence_missing": _("No home on one side"),
    "residence_same": _("The same home: %(left)s"),
    "residence_same_renamed": _("Two names of the same home: %(left)s, %(right)s"),
    "residence_close": _("The names of the home are close: %(left)s, %(right)s"),
    "residence_same_region": _("Homes in the same region: %(left)s, %(right)s"),
    "residence_different": _("Different homes: %(left)s, %(right)s"),
    "place_held_missing": _("No place held on one side"),
    "place_held_same": _("Held at the same place: %(left)s"),
    "place_held_same_place": _("Held in the same town: %(left)s, %(right)s"),
    "place_held_different": _("Held at different places, but people are moved: %(left)s, %(right)s"),
    "unit_missing": _("No unit on one side"),
    "unit_same": _("The same unit: %(left)s"),
    "unit_different": _("Different units: %(left)s, %(right)s"),
    "category_missing": _("No category on one side"),
    "category_same": _("The same category"),
    "category_different": _("Different categories"),
    "event_missing": _("No date of capture on one side"),
    "event_same_day": _("Taken on the same day: %(left)s"),
    "event_same_month": _("Taken in the same month; one side gives no day: %(left)s, %(right)s"),
    "event_same_year": _("Taken in the same year; one side gives no more: %(left)s, %(right)s"),
    "event_within_week": _("Taken within a week: %(left)s, %(right)s"),
    "event_within_two_months": _("Taken within two months: %(left)s, %(right)s"),
    "event_same_year_other_day": _("Taken in the same year on another day: %(left)s, %(right)s"),
    "event_different": _("Taken at different times: %(left)s, %(right)s"),
    "family_2_missing": _("No second surname on one side"),
    "family_2_same": _("The same second surname: %(left)s"),
    "family_2_different": _("Different second surnames: %(left)s, %(right)s"),
    "prior": _("Two records picked at random are rarely one person"),
    "reading_as_given": _("The parts of the name are as the sources have them"),
    "reading_guessed_order": _("Which word is the surname was guessed"),
    "reading_alias": _("Another name that a source gives fits"),
    "source_other_list": _("The records come from two lists"),
    "source_same_list": _("Both records are in one list"),
    "together": _("These facts weighed together"),
    "sibling_suspected": _("Same surname and father, another given name: perhaps brother or sister"),
    "father_son_suspected": _("One bears the other's father's name: perhaps parent and child"),
    "namesakes_few": _("Few others would bear this name by chance"),
    "namesakes_many": _("Many others bear this name"),
}

BARRIERS: dict[str, Any] = {
    "same_deduplicated_list": _("Joined, one person would stand twice in a list that names nobody twice."),
    "sibling_suspected": _("They may be brother or sister: the machine never joins such a pair by itself."),
    "father_son_suspected": _("They may be parent and child: the machine never joins such a pair by itself."),
    "sex_conflict": _("The sources give different sexes: the machine never joins such a pair by itself."),
    "born_conflict": _("The dates of birth contradict each other: the machine never joins such a pair by itself."),
    "name_conflict": _("Neither surname nor given name agrees: the machine never joins such a pair by itself."),
    "no_name": _("No part of the names can be compared: the machine never joins such a pair by itself."),
    "judged_different": _("Somebody judged two of these records to be different people."),
    "weak": _("Other records of the two persons don't fit each other."),
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
        return gettext("Another reason: %(code)s") % {"code": reason["code"]}
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
        return gettext("not given")
    if kind in _DATES:
        return edtf_words(value)
    return value.title() if kind in _NAMES else value
