# SPDX-License-Identifier: AGPL-3.0-or-later
"""The story of the spine in a real browser: once in each language, and in one of them on a phone.

One test is one day at one site: lists come in, records are compared, joined, weighed and set apart, a list is taken
along and an import taken back. A chapter is a function.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from goodoffices.demo import world
from tests.browser.conftest import DESK, PHONE
from tests.browser.navigators import Caseworker, Documenter, Reader

DATES_IN_DOUBT = 17
TWIN = "Ковылянко Андрей"
SPELLINGS = ("Ковилянко Андрій", "Ковылянко Андрей", "Andriy Kovylianko")
PEOPLE_WITH_FORMULAS = 2
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize(
    ("language", "size"), [("en", DESK), ("uk", PHONE), ("ru", DESK)], ids=["en", "uk-phone", "ru"]
)
def test_the_story_of_the_spine(own_site, people_at, known, tmp_path, language, size):
    cast = people_at(own_site, size=size)
    documenter = cast.enters("documenter", Documenter, language=language)
    people_before = documenter.counts_people()
    waiting = the_second_edition_comes_in(documenter)
    a_list_with_formulas_comes_in(documenter, tmp_path)
    documenter.signs_out()

    caseworker = cast.enters("caseworker", Caseworker, language=language)
    the_queue_is_walked_by_keys_alone(caseworker)
    one_person_is_found_in_three_scripts(caseworker, known["people"])
    two_persons_are_joined_weighed_and_set_apart(caseworker, known["people"]["andriy"])
    the_people_are_taken_along_without_formulas(caseworker)
    caseworker.signs_out()

    documenter = cast.enters("documenter", Documenter, language=language)
    documenter.takes_back(waiting)
    documenter.sees_a_notice()
    assert documenter.counts_people() == people_before + PEOPLE_WITH_FORMULAS
    documenter.signs_out()
    assert documenter.path == "/who/"
    documenter.goes_to("/people/")
    assert documenter.path == "/who/", "signed out, nothing opens"


def the_second_edition_comes_in(documenter: Documenter) -> str:
    """Map, mend, preview and record the list that waits; gives its id."""
    waiting = documenter.opens_the_waiting_list()
    assert documenter.path.endswith("/columns/")
    documenter.accepts_the_columns()
    documenter.mends(DATES_IN_DOUBT, "DMY")
    documenter.asks_for_the_preview()

    planted = Counter(one.change for one in world.load_edition_changes())
    new, changed, _unchanged, gone, unsure, refused = documenter.figures()
    assert (new + unsure, gone - unsure, refused) == (planted["new"], planted["gone"], 0)
    assert changed >= planted["changed"]

    documenter.records()
    assert documenter.figures()[0] == planted["new"]
    return waiting


def a_list_with_formulas_comes_in(documenter: Documenter, folder: Path) -> None:
    """Hand in a file that a spreadsheet would run."""
    people = documenter.counts_people()
    hostile = folder / "hostile.csv"
    hostile.write_text(
        "ПІБ;Дата народження;Де утримується\n"
        "=Формуленко Ілля Ігорович;1981-02-03;@SUM(1+1)\n"
        "Плюсенко Ганна Петрівна;1979-05-06;+380 колонія\n",
        "utf-8",
    )
    documenter.hands_in(hostile, title="A list with formulas")
    documenter.accepts_the_columns()
    documenter.asks_for_the_preview()
    documenter.records()
    assert documenter.counts_people() == people + PEOPLE_WITH_FORMULAS


def the_queue_is_walked_by_keys_alone(caseworker: Caseworker) -> None:
    """Y, N, U, J, K, Z, and nothing else."""
    first = caseworker.opens_the_queue()
    assert caseworker.answers("j") != first
    assert caseworker.answers("k") == first

    assert caseworker.answers("y") != first
    caseworker.sees_a_notice()
    assert caseworker.answers("z") == first, "the answer is taken back and its pair asked again"

    assert caseworker.answers("n") != first
    caseworker.answers("u")
    caseworker.goes_to("/compare/unsure/")
    assert caseworker.page.locator("tbody tr").count() == 1


def one_person_is_found_in_three_scripts(reader: Reader, people: dict[str, str]) -> None:
    """Any script finds him, each answer says why; his brother stays somebody else."""
    for spelling in SPELLINGS:
        assert people["andriy"] in reader.looks_up(spelling)[:3], spelling
    assert people["andriy"] != people["anton"]
    assert {people["andriy"], people["anton"]} <= set(reader.looks_up("Ковилянко")), "brothers are two people"


def two_persons_are_joined_weighed_and_set_apart(caseworker: Caseworker, andriy: str) -> None:
    """Join, see both places side by side, say which we believe, split: everything as before."""
    other = twin_of(caseworker, andriy)
    records, others = caseworker.records_of(andriy), caseworker.records_of(other)
    places_before = caseworker.values_of(andriy, "place_held")

    caseworker.merges(andriy, TWIN, other)
    assert caseworker.records_of(andriy) == records + others
    places = caseworker.values_of(andriy, "place_held")
    assert len(places) > len(places_before), "two sources disagree on the place, side by side"

    caseworker.assesses(andriy, "place_held", choice=0, why="The later word comes from somebody who was there.")
    caseworker.sees_a_notice()
    assert caseworker.page.locator("tr#place_held td:last-child b").inner_text() == places[0]
    assert caseworker.values_of(andriy, "place_held") == places, "what sources say stays as it is"

    caseworker.sets_apart(andriy, "Третья скамья")
    assert caseworker.records_of(andriy) == records
    assert caseworker.records_of(other) == others
    assert caseworker.values_of(andriy, "place_held") == places_before


def the_people_are_taken_along_without_formulas(caseworker: Caseworker) -> None:
    """Export the list and read it back."""
    people = caseworker.counts_people()
    with caseworker.takes_along("csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == people + 2, "a watermark, a heading, a row a person"
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULAS)]
    assert any("SUM(1+1)" in cell for row in rows for cell in row)
    book = CalamineWorkbook.from_path(str(renamed(caseworker.takes_along("xlsx"), ".xlsx")))
    cells = book.get_sheet_by_index(0).to_python()
    assert len(cells) == people + 2
    assert any(cell == "@SUM(1+1)" for row in cells for cell in row), "in a workbook a text is a text"


def twin_of(reader: Reader, person: str) -> str:
    """Find the person whom the lawyers' list calls Андрей Осипович Ковылянко."""
    found = [one for one in reader.looks_up("Ковылянко Андрей Осипович") if one != person]
    for one in found:
        reader.goes_to(f"/people/{one}/records/")
        if reader.page.get_by_text("Третья скамья").count():
            return one
    raise AssertionError("the lawyers' record has no person of its own")


def renamed(path: Path, ending: str) -> Path:
    """Give a downloaded file the ending its reader goes by."""
    target = path.with_name(path.name + ending)
    target.write_bytes(path.read_bytes())
    return target
