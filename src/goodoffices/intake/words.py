# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the codes of intake are called on screen, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from goodoffices.core.vocabulary import Category, Sex, Status
from goodoffices.intake.models import Outcome, State
from goodoffices.intake.reading import IGNORE, OTHER
from goodoffices.registry.words import word_for

SURE, LIKELY = 0.85, 0.6

STATE: dict[str, Any] = {
    State.STAGING: gettext_lazy("being read"),
    State.STAGED: gettext_lazy("waits for its columns"),
    State.MAPPED: gettext_lazy("waits to be checked"),
    State.CHECKED: gettext_lazy("waits for a preview"),
    State.PREVIEWED: gettext_lazy("waits to be recorded"),
    State.COMMITTING: gettext_lazy("being recorded"),
    State.COMMITTED: gettext_lazy("recorded"),
    State.UNDONE: gettext_lazy("taken back"),
    State.REFUSED: gettext_lazy("set aside"),
    State.FAILED: gettext_lazy("could not be read"),
}
STATE_TONE: dict[str, str] = {
    State.COMMITTED: "home",
    State.FAILED: "stop",
    State.UNDONE: "muted",
    State.REFUSED: "muted",
}
OUTCOME: dict[str, Any] = {
    Outcome.NEW: pgettext_lazy("rows", "New"),
    Outcome.CHANGED: pgettext_lazy("rows", "Changed"),
    Outcome.UNCHANGED: pgettext_lazy("rows", "Unchanged"),
    Outcome.NO_LONGER_LISTED: pgettext_lazy("rows", "No longer listed"),
    Outcome.TO_REVIEW: pgettext_lazy("rows", "To review"),
    Outcome.REFUSED: pgettext_lazy("rows", "Not taken"),
}
TARGET: dict[str, Any] = {
    "record_id": gettext_lazy("The list's own number of the row"),
    "name": gettext_lazy("Whole name"),
    "family_name": gettext_lazy("Family name"),
    "given_name": gettext_lazy("Given name"),
    "patronymic": gettext_lazy("Patronymic"),
    "family_name_2": gettext_lazy("Second or former family name"),
    "nickname": gettext_lazy("Nickname or call sign"),
    "dob": gettext_lazy("Date of birth"),
    "birth_year": gettext_lazy("Year of birth"),
    "birth_place": gettext_lazy("Place of birth"),
    "age": gettext_lazy("Age"),
    "sex": gettext_lazy("Sex"),
    "citizenship": gettext_lazy("Citizenship"),
    "residence": gettext_lazy("Place where the person lived"),
    "occupation": gettext_lazy("Occupation"),
    "unit": gettext_lazy("Military unit"),
    "category": gettext_lazy("Category"),
    "status": gettext_lazy("Present state"),
    "capture_date": gettext_lazy("Date taken"),
    "event_date": gettext_lazy("Date of the event"),
    "capture_place": gettext_lazy("Place where taken"),
    "holding_authority": gettext_lazy("Who holds the person"),
    "place_held": gettext_lazy("Place held"),
    "charge": gettext_lazy("Accusation"),
    "sentence": gettext_lazy("Sentence"),
    "last_seen": gettext_lazy("Last seen"),
    "release_date": gettext_lazy("Date released"),
    "death_date": gettext_lazy("Date of death"),
    "death_place": gettext_lazy("Place of death"),
    "source": gettext_lazy("Who said it"),
    "source_note": gettext_lazy("Note in the source"),
    "contact": gettext_lazy("Contact: telephone, e-mail, address"),
    "health": gettext_lazy("Health in words"),
    "witness": gettext_lazy("Witness"),
    IGNORE: gettext_lazy("Only in the raw row"),
}
TARGET_GROUPS = (
    (gettext_lazy("The person"), ("name", "family_name", "given_name", "patronymic", "family_name_2", "nickname", "dob",
                                 "birth_year", "age", "sex", "birth_place", "citizenship", "residence", "occupation",
                                 "unit", "category")),
    (gettext_lazy("The detention"), ("status", "capture_date", "event_date", "capture_place", "holding_authority",
                                    "place_held", "charge", "sentence", "last_seen", "release_date", "death_date",
                                    "death_place")),
    (gettext_lazy("The list"), ("record_id", "source", "source_note")),
    (gettext_lazy("Can't be kept until it can be sealed"), ("contact", "health", "witness")),
)  # fmt: skip
WHY = {
    "header": gettext_lazy("by its heading"),
    "header_part": gettext_lazy("by a part of its heading"),
    "content": gettext_lazy("by its cells"),
    "header_and_content": gettext_lazy("by its heading and its cells"),
    "header_against_content": gettext_lazy("the heading says so, the cells don't look like it"),
    "empty": gettext_lazy("the column is empty"),
    "unknown": gettext_lazy("nothing is known of this column"),
    "taken": gettext_lazy("another column says it better"),
    "mapped": gettext_lazy("chosen by you"),
    "remembered": gettext_lazy("as with the last list of this publisher"),
}
PROBLEM = {
    "ambiguous_order": gettext_lazy("dates where day and month can't be told apart"),
    "two_digit_year": gettext_lazy("dates with a year of two digits"),
    "order_swapped": gettext_lazy("dates in another order than the rest of the column"),
    "not_a_calendar_date": gettext_lazy("dates that are not in the calendar"),
    "implausible_date": gettext_lazy("dates that are unlikely"),
    "unreadable": gettext_lazy("cells that can't be read as a date"),
    "several_dates": gettext_lazy("cells with several dates"),
    "not_an_age": gettext_lazy("cells that are no age"),
    "unrecognised": gettext_lazy("words the program doesn't know"),
    "must_be_sealed": gettext_lazy("cells that can't be kept until they can be sealed"),
    "no_name": gettext_lazy("rows without a name"),
    "header_again": gettext_lazy("rows that repeat the heading"),
    "total": gettext_lazy("rows that sum the list up"),
    "extra_cells": gettext_lazy("rows with more cells than headings"),
    "short_row": gettext_lazy("rows with fewer cells than headings"),
    "formula": gettext_lazy("cells that hold a formula; its result is taken"),
    "typed_time": gettext_lazy("cells with a time of day"),
    "nul_byte": gettext_lazy("cells with unreadable signs"),
    "cell_cut": gettext_lazy("cells that were too long and are cut"),
    "invisible_signs": gettext_lazy("cells with invisible signs, taken off"),
    "control_signs": gettext_lazy("cells with unreadable signs, taken off"),
    "too_many_marks": gettext_lazy("cells with heaped accents, taken off"),
    "mixed_encoding": gettext_lazy("rows in another encoding than the rest"),
    "error_value": gettext_lazy("cells where the workbook shows an error"),
    "typed_date_doubtful": gettext_lazy("dates that the workbook may have made up"),
    "year_out_of_range": gettext_lazy("dates with a year out of range"),
}
FILE_PROBLEM = {
    "no_header": gettext_lazy("The list has no headings; say below what each column holds."),
    "preamble": gettext_lazy("Lines above the headings were left out."),
    "two_line_header": gettext_lazy("The headings stand on two lines and were joined."),
    "unnamed_column": gettext_lazy("A column has no heading."),
    "duplicate_header": gettext_lazy("Two columns have the same heading."),
    "other_sheets": gettext_lazy("The workbook has other sheets; only the first one with rows was read."),
}


def confidence_words(entry: dict[str, Any]) -> str:
    """Say how sure a guess is."""
    if entry["why"] in {"mapped", "remembered"}:
        return ""
    if entry["confidence"] >= SURE:
        return _("sure")
    return _("likely") if entry["confidence"] >= LIKELY else _("only a guess")


def target_words(target: str) -> str:
    """Say what a column is mapped to."""
    if target.startswith(OTHER):
        return _("Note under its own heading")
    return str(TARGET.get(target, target))


def problem_words(kind: str) -> str:
    """Say a kind of problem, in the plural."""
    return str(PROBLEM.get(kind, kind.replace("_", " ")))


def repair_words(target: str, code: str, value: str) -> str:
    """Say what a repair does, as a button."""
    if code == "order":
        return {
            "DMY": _("Day first: read all so"),
            "MDY": _("Month first: read all so"),
            "YMD": _("Year first: read all so"),
        }.get(value, value)
    if code == "value":
        return _("They mean: %(word)s") % {"word": _value_words(target, value)}
    return {
        "pivot": _("Years to 30 are 20.., the rest 19..: read all so"),
        "approximate": _("Take the year only, as about"),
        "missing": _("Leave these cells out"),
        "serials": _("They count days, as spreadsheets do"),
        "as_said": _("Keep them as they are said"),
        "accept": _("They are right as read"),
    }.get(code, code)


def rows_words(count: int) -> str:
    """Count rows."""
    return ngettext("%(count)s row", "%(count)s rows", count) % {"count": count}


def _value_words(target: str, value: str) -> str:
    known = {"sex": Sex, "category": Category, "status": Status}
    return word_for(known[target](value), target) if target in known else value
