# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of intake: hand a list in, map its columns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodoffices.access.actors import Actor
from goodoffices.core.dates import DateUnreadable, read_date
from goodoffices.core.vocabulary import Room, SourceKind
from goodoffices.intake import words
from goodoffices.intake.models import ListImport
from goodoffices.intake.reading import IGNORE, OTHER
from goodoffices.intake.services.mapping import Choices
from goodoffices.registry import words as registry_words
from goodoffices.registry.models import Source
from goodoffices.registry.policies import visible_sources
from goodoffices.registry.services.sources import SourceFacts
from goodoffices.web.forms import DropZone

LIST_KINDS = (SourceKind.LIST, SourceKind.REGISTER)
LANGUAGES = (("", gettext_lazy("Several, or not known")), *registry_words.LANGUAGE.items())
DATE_HELP = gettext_lazy("For example 12.11.2026, or only November 2026.")


class PartialDateField(forms.CharField):
    """A date as people write it; cleaned to EDTF."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            reading = read_date(text, order="DMY")
        except DateUnreadable as error:
            raise forms.ValidationError(
                _("This can't be read as a date. Write it like 14.03.1981, March 1981 or about 1981.")
            ) from error
        return reading.edtf


class UploadForm(forms.Form):
    """A list: a file or pasted text, from a source that is known or described here once."""

    file = forms.FileField(
        label=gettext_lazy("The list"),
        required=False,
        widget=DropZone,
        help_text=gettext_lazy("CSV in any encoding, or an XLSX workbook. The file is encrypted and kept as it is."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the rows here"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=gettext_lazy("With the line of headings, as copied from a spreadsheet or a web page."),
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Where it comes from"),
        required=False,
        help_text=gettext_lazy("A newer edition of a list belongs to the same source."),
    )
    edition = forms.CharField(
        label=gettext_lazy("Name of this edition"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("For example “version 2” or “as of November”."),
    )
    edition_on = PartialDateField(label=gettext_lazy("Day it speaks for"), help_text=DATE_HELP)
    title = forms.CharField(label=gettext_lazy("Title of the new source"), required=False, max_length=200)
    publisher = forms.CharField(label=gettext_lazy("Who publishes it"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[(str(kind), registry_words.SOURCE_KIND[kind]) for kind in LIST_KINDS],
        initial=SourceKind.LIST,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES, required=False)
    reliability = forms.ChoiceField(
        label=gettext_lazy("How reliable is the publisher?"),
        initial="F",
        widget=forms.RadioSelect,
    )
    deduplicated = forms.BooleanField(
        label=gettext_lazy("The publisher names each person only once"),
        required=False,
        help_text=gettext_lazy("Leave it open if you don't know."),
    )
    sensitivity = forms.ChoiceField(label=gettext_lazy("Who may see it"))
    room = forms.ChoiceField(
        label=gettext_lazy("Where its people are worked on"),
        choices=[
            (str(Room.WORK), gettext_lazy("In our work")),
            (str(Room.HISTORY), gettext_lazy("In the history room: a historical register, to be read only")),
        ],
        initial=Room.WORK,
    )

    NEW_SOURCE = ("title", "publisher", "kind", "language", "reliability", "deduplicated", "sensitivity", "room")
    THE_LIST = ("file", "text", "source", "edition", "edition_on")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = {
            str(source.public_id): source for source in visible_sources(actor).standing().filter(kind__in=LIST_KINDS)
        }
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            ("", _("A new source, described below")),
            *((key, _source_words(source)) for key, source in self.sources.items()),
        ]
        self.fields["reliability"].choices = reliability_choices()  # type: ignore[attr-defined]
        set_sensitivity(self.fields["sensitivity"], actor)

    def the_list(self) -> list[forms.BoundField]:
        return [self[name] for name in self.THE_LIST]

    def new_source(self) -> list[forms.BoundField]:
        return [self[name] for name in self.NEW_SOURCE]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("file") and not (cleaned.get("text") or "").strip():
            self.add_error("file", _("Choose a file, or paste the rows."))
        if cleaned.get("file") and (cleaned.get("text") or "").strip():
            self.add_error("text", _("Hand in either a file or pasted rows, not both."))
        if not cleaned.get("source") and not (cleaned.get("title") or "").strip():
            self.add_error("title", _("Give the new source a title, or choose a known source above."))
        return cleaned

    def data_and_name(self) -> tuple[bytes, str]:
        """Give the bytes handed in and their name."""
        file = self.cleaned_data.get("file")
        if file:
            return file.read(), file.name
        return self.cleaned_data["text"].encode(), "pasted.csv"

    def known_source(self) -> Source | None:
        return self.sources.get(self.cleaned_data["source"])

    def source_facts(self) -> SourceFacts:
        """Give the description of a new source."""
        said = self.cleaned_data
        return SourceFacts(
            title=said["title"].strip(),
            kind=said["kind"] or SourceKind.LIST,
            publisher=said["publisher"].strip(),
            language=said["language"],
            reliability=said["reliability"] or "F",
            obtained_on=said["edition_on"],
            room=said["room"] or Room.WORK,
            deduplicated=said["deduplicated"],
            sensitivity=int(said["sensitivity"]),
        )


class MappingForm(forms.Form):
    """One choice a column, and what holds for the list as a whole."""

    date_order = forms.ChoiceField(
        label=gettext_lazy("Order of dates"),
        required=False,
        choices=[
            ("", gettext_lazy("As each column shows")),
            ("DMY", gettext_lazy("Day, month, year")),
            ("MDY", gettext_lazy("Month, day, year")),
            ("YMD", gettext_lazy("Year, month, day")),
        ],
    )
    missing = forms.CharField(
        label=gettext_lazy("What the list writes for “unknown”"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("With commas between. Empty cells, dashes and “n/a” are known already."),
    )

    def __init__(self, one: ListImport, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one = one
        self.fields["date_order"].initial = one.date_order
        self.fields["missing"].initial = ", ".join(one.missing)
        for entry in one.mapping:
            column = entry["column"]
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=one.header[column],
                choices=_target_choices(one.header[column], entry["target"]),
                initial=entry["target"],
            )

    def choices(self) -> Choices:
        """Give what was chosen."""
        said = self.cleaned_data
        return Choices(
            targets={entry["column"]: said[f"column_{entry['column']}"] for entry in self.one.mapping},
            date_order=said["date_order"],
            missing=[sign for sign in said["missing"].split(",") if sign.strip()],
        )


def reliability_choices() -> list[tuple[str, str]]:
    """Give the letters A to F with their meaning in words."""
    return [(letter, f"{letter}: {meaning}") for letter, meaning in registry_words.RELIABILITY.items()]


def set_sensitivity(field: Any, actor: Actor) -> None:
    """Offer only what the actor herself may see afterwards."""
    field.choices = [
        (str(int(level)), label) for level, label in registry_words.SENSITIVITY.items() if int(level) <= actor.clearance
    ]
    field.initial = str(min(2, max(actor.clearance, 0)))


def _source_words(source: Source) -> str:
    room = f" · {_('history room')}" if source.room == Room.HISTORY else ""
    publisher = f" · {source.publisher}" if source.publisher else ""
    return f"{source.title}{publisher}{room}"


def _target_choices(header: str, chosen: str) -> list[Any]:
    note = OTHER + header
    groups: list[Any] = [
        (IGNORE, words.target_words(IGNORE)),
        (note, words.target_words(note)),
    ]
    for label, targets in words.TARGET_GROUPS:
        groups.append((label, [(target, words.target_words(target)) for target in targets]))
    if chosen.startswith(OTHER) and chosen != note:
        groups.append((chosen, words.target_words(chosen)))
    return groups
