# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented people and facts of the demo world for the kitchen sink."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from goodoffices.web.forms import DropZone

ANDRII = {"text": "Андрій Остапович Ковилянко", "lang": "uk"}
ANDREY = {"text": "Ковылянко Андрей Осипович", "lang": "ru"}


class SampleForm(forms.Form):
    """A form with every kind of widget."""

    name = forms.CharField(label="Name as the source writes it", help_text="In its own script; don't translate.")
    born = forms.CharField(label="Born", required=False, help_text="For example 14.03.1981, or about 1981.")
    category = forms.ChoiceField(
        label="Category", choices=[("civilian", "Detained civilian"), ("pow", "Prisoner of war")]
    )
    sex = forms.ChoiceField(
        label="Sex", choices=[("f", "Female"), ("m", "Male"), ("u", "Unknown")], widget=forms.RadioSelect
    )
    said = forms.CharField(label="In the family's words", widget=forms.Textarea, required=False)
    file = forms.FileField(label="List", widget=DropZone, required=False)
    sure = forms.BooleanField(label="I asked who may be told", required=False, help_text="The family decides.")


def sample_form(*, refused: bool) -> SampleForm:
    """Give the form, empty or sent back."""
    return SampleForm({"born": "31.02.1990", "said": "Забрали з дому."} if refused else None)


CLAIMS = [
    {
        "wording": "Центр 99",
        "lang": "uk",
        "source": "Families’ list",
        "url": "#s1",
        "locator": "row 318",
        "said_by": "his brother",
        "seen": "12 November 2025",
        "grade": "B2",
    },
    {
        "wording": "Колония, Старая Сосна",
        "lang": "ru",
        "source": "A released person",
        "seen": "December 2025",
        "grade": "C3",
        "retracted": "meant another man",
    },
]
FACT_ROWS = [
    {
        "label": "Born",
        "value": "14 March 1981",
        "note": "4 sources agree",
        "status": "Confirmed",
        "tone": "home",
        "claims": CLAIMS[:1],
    },
    {
        "label": "Place held",
        "clash": [
            {"value": "Centre 99", "source": "exchange list, October 2025", "grade": "B2", "url": "#s1"},
            {
                "value": "Колония, Старая Сосна",
                "lang": "ru",
                "source": "a released person, December 2025",
                "grade": "C3",
            },
        ],
        "status": "Unsettled",
        "tone": "due",
        "edit_url": "#weigh",
        "claims": CLAIMS,
    },
    {
        "label": "Taken",
        "value": "9 October 2025, Tykhorih",
        "note": "“Tykhorih sweep”: 12 people, 7 still held",
        "status": "Likely",
        "tone": "home",
    },
    {"label": "Occupation", "value": "водій", "lang": "uk", "note": "his family", "status": "as said"},
]
TIMELINE = [
    {
        "title": "Parcel returned, “not on our list”",
        "when": "2 November 2026",
        "source": "his family by telephone",
        "who": "O. H.",
        "tone": "act",
    },
    {
        "title": "Named in a second list",
        "note": "joined after review",
        "when": "18 January 2026",
        "source": "same surname and patronymic; town renamed",
        "undo_url": "/undo",
    },
    {
        "title": "Seen in a cell with two others",
        "when": "December 2025",
        "source": "a released person, C3",
        "tone": "due",
    },
    {"title": "Taken from home", "when": "9 October 2025", "source": "four sources", "tone": "stop"},
]
PEOPLE_ROWS = [
    [{**ANDRII, "url": "#1"}, {"edtf": "1981-03-14"}, "Centre 99", {"text": "in 11 days", "tone": "due"}, 412],
    [
        {"text": "Софійка Зоренчук", "lang": "uk", "url": "#2"},
        {"edtf": "2016"},
        "",
        {"text": "2 days overdue", "tone": "stop"},
        1398,
    ],
    [{"text": "Вера Лузгарёва", "lang": "ru", "url": "#3"}, {"edtf": "1974~"}, "Stara Sosna", "", 230],
    [
        {"text": "Daniel Whitlow", "lang": "en", "url": "#4"},
        {"edtf": "1969-11"},
        "",
        {"text": "home", "tone": "home"},
        "",
    ],
]
COMPARE_ROWS = [
    {
        "label": "Surname",
        "left": "Ковилянко",
        "right": "Ковылянко",
        "left_lang": "uk",
        "right_lang": "ru",
        "mark": "near",
    },
    {"label": "Given name", "left": "Андрій", "right": "Андрей", "left_lang": "uk", "right_lang": "ru", "mark": "near"},
    {"label": "Patronymic", "left": "О.", "right": "Осипович", "left_lang": "uk", "right_lang": "ru", "mark": "near"},
    {"label": "Born", "left": "14.03.1981", "right": "1979", "mark": "differs"},
    {
        "label": "Home",
        "left": "Тихоріг",
        "right": "Красный Рог",
        "left_lang": "uk",
        "right_lang": "ru",
        "mark": "near",
        "note": "renamed in 2016",
    },
    {"label": "Place held", "left": "", "right": "Centre 99", "mark": "missing"},
    {"label": "Sex", "left": "male", "right": "male", "mark": "same"},
]


def context() -> dict[str, Any]:
    """Give every page of the kitchen sink what it draws."""
    return {
        "demo": True,
        "today": date(2026, 11, 21),
        "version": "0.1.0",
        "shell_user": {"name": "Олена Гай", "role": "caseworker", "url": "#account"},
        "nav": _nav(),
        "andrii": ANDRII,
        "also": [ANDREY, "Andriy Kovylianko"],
        "facts": [
            {"label": "Known as", "value": "Detained civilian"},
            {
                "label": "Last place reported",
                "value": "Centre 99",
                "note": "two sources, not confirmed",
                "url": "#place",
            },
            {"label": "Held", "value": "412 days"},
            {
                "label": "Next door that shuts",
                "value": "in 11 days",
                "tone": "due",
                "note": "an urgent request to the UN",
            },
            {"label": "Carried by", "value": "O. H.", "note": "deputy R. T."},
        ],
        "tabs": [
            {"label": "What is known", "url": "#known", "current": True},
            {"label": "The law", "url": "#law"},
            {"label": "Letters", "url": "#letters", "count": 3},
            {"label": "Family", "url": "#family"},
            {"label": "Who looked", "url": "#looked"},
        ],
        "fact_rows": FACT_ROWS,
        "timeline": TIMELINE,
        "columns": [
            {"label": "Name", "sort_url": "?sort=-name", "sorted": "ascending"},
            {"label": "Born", "sort_url": "?sort=born"},
            {"label": "Place"},
            {"label": "Next"},
            {"label": "Days held", "numeric": True},
        ],
        "people_rows": PEOPLE_ROWS,
        **_list_parts(),
        **_compare_parts(),
        **_rest_parts(),
    }


def _nav() -> list[dict[str, Any]]:
    return [
        {"label": "My work", "url": "#w", "count": 4, "tone": "due", "key": "w"},
        {"label": "People", "url": "/person", "current": True, "key": "p"},
        {"label": "To compare", "url": "/compare", "count": 23, "tone": "act", "key": "c"},
        {"label": "Events", "url": "#e", "key": "e"},
        {"label": "Places", "url": "#pl"},
        {"label": "Lists and sources", "url": "/list", "key": "l", "gap": True},
        {"label": "History room", "url": "#h", "gap": True},
    ]


def _list_parts() -> dict[str, Any]:
    return {
        "sentence": "31 people: detained civilians, taken at Tykhorih, no word for 90 days",
        "active": [{"label": "detained civilians", "url": "?"}, {"label": "taken at Tykhorih", "url": "?"}],
        "groups": [
            {
                "name": "category",
                "label": "Category",
                "kind": "check",
                "options": [
                    {"value": "c", "label": "Detained civilian", "count": 31, "checked": True},
                    {"value": "p", "label": "Prisoner of war", "count": 204},
                    {"value": "k", "label": "Forcibly transferred child", "count": 12},
                ],
            },
            {"name": "place", "label": "Place", "kind": "text", "value": "Tykhorih"},
            {
                "name": "sort",
                "label": "Order",
                "kind": "select",
                "options": [{"value": "n", "label": "By name", "checked": True}],
            },
        ],
    }


def _compare_parts() -> dict[str, Any]:
    return {
        "left": {"text": "Ковилянко Андрій О.", "lang": "uk", "note": "Families’ list, 12 November 2025, row 318"},
        "right": {**ANDREY, "note": "Exchange list, 18 January 2026, row 77", "url": "#77"},
        "compare_rows": COMPARE_ROWS,
        "for_items": [
            {"text": "A rare surname, the same across scripts", "bits": 8.1},
            {"text": "Given name the same across languages", "bits": 1.9},
            {"text": "Home town renamed in 2016, the same place", "bits": 2.6},
        ],
        "against_items": [{"text": "Years of birth two apart", "bits": -3.4}],
        "choices": [
            {"label": "Same person", "value": "same", "key": "y"},
            {"label": "Different", "value": "different", "key": "n", "tone": "quiet"},
            {"label": "Not sure", "value": "unsure", "key": "u", "tone": "quiet"},
        ],
    }


def _rest_parts() -> dict[str, Any]:
    return {
        "steps": [
            {"label": "Upload", "state": "done", "url": "#1"},
            {"label": "Columns", "state": "done", "url": "#2", "note": "9 guessed"},
            {"label": "Check", "state": "current", "note": "17 dates"},
            {"label": "Preview", "state": "todo"},
            {"label": "Commit", "state": "todo"},
        ],
        "conflict_rows": [
            {"name": "place", "label": "Place held", "mine": "Centre 99", "theirs": "Стара Сосна", "lang": "uk"},
            {"name": "note", "label": "Note", "mine": "His brother called.", "theirs": ""},
        ],
        "cast": [
            {
                "value": "doc",
                "name": "Марта Лісовик",
                "lang": "uk",
                "role": "Documenter",
                "text": "Reads lists in, keeps sources in order.",
            },
            {
                "value": "cw",
                "name": "Олена Гай",
                "lang": "uk",
                "role": "Caseworker",
                "text": "Carries cases and compares records.",
            },
            {"value": "law", "name": "Ruth Calder", "lang": "en", "role": "Lawyer", "text": "Filings and dossiers."},
            {
                "value": "adm",
                "name": "Ігор Стах",
                "lang": "uk",
                "role": "Administrator",
                "text": "Accounts, backups, who looked.",
            },
        ],
        "tones": ["", "act", "home", "due", "stop", "mission", "muted"],
        "edtf": [
            "1981-03-14",
            "2022-03",
            "1981~",
            "198X",
            "19XX",
            "2022-05-01/2022-05-20",
            "2022-03/2022-05",
            "../1985",
            "2022-03-05/..",
            "1979?",
            "n/a",
        ],
    }
