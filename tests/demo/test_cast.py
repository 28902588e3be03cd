# SPDX-License-Identifier: AGPL-3.0-or-later
"""The story's people are there with the relations the story tells, and nothing about anybody is real."""

from __future__ import annotations

import re
from itertools import pairwise

from goodoffices.core.vocabulary import ActorKind, Category, EventKind, PlaceKind, Property, SaidBy, SourceKind
from goodoffices.demo.world import (
    WORLD,
    load_accounts,
    load_actors,
    load_events,
    load_persons,
    load_places,
    load_reports,
    load_sources,
    load_truth,
)
from tests.demo.lists import SECOND, records_of, source

PERSONS = {person.person_id: person for person in load_persons()}
CAST = {person.cast: person for person in load_persons() if person.cast}


def record(file: str, person_id: str) -> dict[str, str]:
    described = source(file)
    row = next(row for row in load_truth() if (row.file, row.person_id) == (file, person_id))
    return records_of(described)[row.row - described.header_row - 1]


def test_the_named_cast_is_there():
    names = {
        "andriy": "Ковилянко Андрій Остапович",
        "anton": "Ковилянко Антон Остапович",
        "sofiika": "Зоренчук Софія Тарасівна",
        "hryhorii": "Неходько Григорій Семенович",
        "roman": "Вербівський Роман Богданович",
    }
    assert {key: CAST[key].name_uk for key in names} == names
    assert CAST["egor"].name_ru.startswith("Сомотин Егор")
    assert CAST["vera"].name_ru.startswith("Лузгарёва Вера")
    assert CAST["daniel"].name_en == "Whitlow Daniel"
    assert (CAST["ilya"].holding_state, CAST["ilya"].requesting_state) == ("XA", "US")


def test_people_of_both_sides_stand_in_the_same_categories():
    held = {(person.category, person.holding_state) for person in PERSONS.values()}
    assert {("prisoner_of_war", "RU"), ("prisoner_of_war", "UA")} <= held
    assert {person.category for person in PERSONS.values()} <= set(Category)


def test_andriy_in_ukrainian_and_andrei_in_russian_are_near_but_not_equal():
    ukrainian, russian = record(SECOND, "p0001"), record("lawyers_2026-08.csv", "p0001")
    assert ukrainian["ПІБ"] == "Ковилянко Андрій Остапович"
    assert ukrainian["Дата народження"] == "1984-11-06"
    assert (russian["Фамилия"], russian["Имя"], russian["Отчество"]) == ("Ковылянко", "Андрей", "Осипович")
    assert russian["Дата рожд."] == "11.06.1984"
    assert record("returned_2026-09.csv", "p0001")["Name heard"] == "Andriy Kovylianko"


def test_two_sources_disagree_on_where_andriy_is():
    assert record(SECOND, "p0001")["Де утримується (якщо відомо)"] == "Центр 99"
    assert record("lawyers_2026-08.csv", "p0001")["Учреждение"] == "Колония в Старой Сосне"
    assert record("families_2025-10.csv", "p0001")["Де утримується (якщо відомо)"] == ""


def test_anton_is_a_brother_and_one_letter_fits_both():
    assert CAST["anton"].name_uk.split()[::2] == CAST["andriy"].name_uk.split()[::2]
    assert CAST["anton"].birth_date != CAST["andriy"].birth_date
    assert record("letters_2026-05.csv", "p0002")["Лист для"] == "Ковилянка А. О."


def test_twelve_were_taken_in_the_tykhorih_sweep():
    sweep = next(event for event in load_events() if event.key == "tykhorih-sweep")
    assert (sweep.when, len(sweep.persons)) == ("2025-10-09", 12)
    assert "p0001" in sweep.persons
    assert {PERSONS[key].capture_date for key in sweep.persons} == {"2025-10-09"}


def test_kin_and_namesakes_are_among_the_others():
    others = [person for person in PERSONS.values() if not person.cast]
    by_name = sorted(others, key=lambda person: person.name_uk)
    assert sum(one.name_uk == two.name_uk for one, two in pairwise(by_name)) >= 2
    surname_and_father: dict[tuple[str, str], list] = {}
    for person in others:
        parts = person.name_uk.split()
        surname_and_father.setdefault((parts[0], parts[-1]), []).append(person)
    siblings = [group for group in surname_and_father.values() if len(group) > 1]
    assert len(siblings) >= 10
    assert sum(one.birth_date == two.birth_date for group in siblings for one, two in pairwise(group)) >= 4


def test_tykhorih_was_renamed_in_2016_and_some_still_write_the_old_name():
    town = next(place for place in load_places() if place.key == "tykhorih")
    assert (town.renamed, town.old_names["uk"]) == (2016, "Красноріг")
    towns = {one["Звідки (місто, село)"] for one in records_of(source(SECOND))}
    assert {"Тихоріг", "Красноріг"} <= towns


def test_keys_and_words_hold_together():
    places = {place.key: place for place in load_places()}
    actors = {actor.key for actor in load_actors()}
    assert all(place.parent in {*places, ""} and place.operator in {*actors, ""} for place in places.values())
    assert {place.kind for place in places.values()} <= set(PlaceKind)
    assert {actor.kind for actor in load_actors()} <= set(ActorKind)
    assert {event.kind for event in load_events()} <= set(EventKind)
    assert all(event.place in places and set(event.persons) <= set(PERSONS) for event in load_events())
    assert all(person.place_held in places and person.capture_place in places for person in PERSONS.values())
    assert {one.publisher_key for one in load_sources()} <= actors
    assert {one.kind for one in load_sources()} <= set(SourceKind)


def test_reports_cover_every_kind_and_claim_only_known_properties():
    reports = load_reports()
    singles = {"family_report", "letter", "press", "court_decision", "web_capture", "testimony", "staff_note"}
    assert {report.kind for report in reports} == singles
    assert all(report.person in PERSONS and report.claims for report in reports)
    assert {claim.property for report in reports for claim in report.claims} <= set(Property)
    assert {"A", "B", "C", "D"} >= {report.reliability for report in reports}


def test_a_child_is_never_less_than_restricted():
    told = [report for report in load_reports() if PERSONS[report.person].category == "child"]
    assert told
    assert {claim.sensitivity for report in told for claim in report.claims} == {"restricted"}


def test_one_account_for_each_role_and_mail_goes_nowhere():
    roles = "documenter caseworker coordinator lawyer campaigner analyst monitor administrator auditor"
    assert sorted(account.role for account in load_accounts()) == sorted(roles.split())
    assert {account.language for account in load_accounts()} == {"uk", "ru", "en"}


def everything_written() -> str:
    texts = [path.read_text("utf-8") for path in WORLD.glob("*.json")]
    for described in load_sources():
        texts += [cell for one in records_of(described) for cell in one.values()]
    return "\n".join(texts)


def test_addresses_end_in_invalid_and_telephones_are_only_noughts():
    written = everything_written()
    addresses = re.findall(r"[\w.+-]+@[\w.-]+", written)
    assert len(addresses) >= 15
    assert [one for one in addresses if not one.endswith(".invalid")] == []
    phones = re.findall(r"\+\d[\d ()-]{7,}", written)
    assert phones
    assert [phone for phone in phones if not re.fullmatch(r"\+380 00 000 00 \d\d", phone)] == []
    assert re.findall(r"https?://|www\.", written) == []


def test_reports_say_by_whom_in_words_of_the_vocabulary():
    assert {report.said_by for report in load_reports()} <= set(SaidBy)
