# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the registry's pages: what people type, checked before a service sees it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodoffices.core.dates import DateUnreadable, read_date
from goodoffices.core.vocabulary import EventKind, PlaceKind, Property, Sensitivity, SourceKind
from goodoffices.registry.models import Source
from goodoffices.registry.portrait import read_edtf
from goodoffices.registry.services.noting import LONGEST
from goodoffices.registry.services.places import LONGEST_CONDITION
from goodoffices.registry.words import DATED, TABLES, options


class DateTextField(forms.CharField):
    """A full, partial or uncertain date in any usual writing; cleaned to EDTF."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("For example 14.03.1981, March 2022, 1958, about 1981."))
        super().__init__(max_length=60, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        if read_edtf(typed):
            return str(typed)
        try:
            return read_date(typed, order="DMY").edtf
        except DateUnreadable as error:
            raise forms.ValidationError(
                _("We can't read this as a date. Write a day, a month or a year, for example 14.03.1981.")
            ) from error


def sensitivity_field(clearance: int, initial: int = Sensitivity.TEAM) -> forms.TypedChoiceField:
    """Offer only the marks its writer could read herself."""
    return forms.TypedChoiceField(
        label=gettext_lazy("Who may read it"),
        choices=[(str(code), label) for code, label in TABLES["sensitivity"].items() if code <= clearance],
        coerce=int,
        initial=str(int(min(initial, clearance))),
    )


class NoteForm(forms.Form):
    """A note beside a person."""

    text = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
        help_text=gettext_lazy("What you learned or did, and from whom. It is no source's word and changes no fact."),
    )
    happened_on = DateTextField(label=gettext_lazy("When it happened"), required=False)

    def __init__(self, *args: Any, clearance: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sensitivity"] = sensitivity_field(clearance)


class AssessForm(forms.Form):
    """What we hold for true of one property: a source's value or our own, how surely, why."""

    choice = forms.ChoiceField(label=gettext_lazy("We hold for true"), widget=forms.RadioSelect)
    own = forms.CharField(label=gettext_lazy("Another value"), required=False, max_length=300)
    confidence = forms.ChoiceField(
        label=gettext_lazy("How sure are we?"), choices=lambda: options("confidence"), widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=gettext_lazy("Two or three sentences that a colleague could check a year from now."),
    )

    OWN = "own"

    def __init__(self, *args: Any, prop: str, values: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prop = prop
        self.fields["choice"].choices = [*values, (self.OWN, _("another value, written below"))]  # type: ignore[attr-defined]
        table = {Property.STATUS: "status", Property.SEX: "sex", Property.CATEGORY: "category"}.get(prop)  # type: ignore[call-overload]
        if table:
            self.fields["own"] = forms.ChoiceField(
                label=_("Another value"), required=False, choices=[("", "–"), *options(table)]
            )
        elif prop in DATED:
            self.fields["own"] = DateTextField(label=_("Another value"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("choice") == self.OWN and not cleaned.get("own") and not self.errors.get("own"):
            self.add_error("own", _("Write the value, or choose one that a source gives."))
        return cleaned


class EventForm(forms.Form):
    """What happened, when, where."""

    title = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=200,
        help_text=gettext_lazy("A few words without names of people, for example: sweep in Tykhorih."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=lambda: options("event_kind"), initial=EventKind.SWEEP)
    happened_on = DateTextField(label=gettext_lazy("When"), required=False)
    place = forms.CharField(
        label=gettext_lazy("Where"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("A place we know, by any of its names."),
    )
    note = forms.CharField(
        label=gettext_lazy("What is known of it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=8000,
    )

    def __init__(self, *args: Any, clearance: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sensitivity"] = sensitivity_field(clearance)


class PlaceForm(forms.Form):
    """A place and all its names, one a line."""

    names = forms.CharField(
        label=gettext_lazy("Names"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text=gettext_lazy(
            "One a line, the main one first. Begin with the language: “uk: Центр 99”. "
            "For a name no longer used: “old ru 2016: Красный Рог”."
        ),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=lambda: options("place_kind"), initial=PlaceKind.PRISON
    )
    country = forms.CharField(
        label=gettext_lazy("State"),
        required=False,
        max_length=2,
        help_text=gettext_lazy("Two letters, for example UA."),
    )
    region = forms.CharField(label=gettext_lazy("Region"), required=False, max_length=100)
    latitude = forms.FloatField(label=gettext_lazy("Latitude"), required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(label=gettext_lazy("Longitude"), required=False, min_value=-180, max_value=180)
    precision_m = forms.IntegerField(
        label=gettext_lazy("Precise to, in metres"), required=False, min_value=1, max_value=1_000_000
    )
    active_from = DateTextField(label=gettext_lazy("In use from"), required=False)
    active_to = DateTextField(label=gettext_lazy("In use until"), required=False)

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class ConditionForm(forms.Form):
    """What a source says of the conditions in a place."""

    source = forms.ModelChoiceField(
        label=gettext_lazy("Which source says it"),
        queryset=Source.objects.none(),
        to_field_name="public_id",
        empty_label=None,
    )
    period = DateTextField(
        label=gettext_lazy("When it was so"),
        required=False,
        help_text=gettext_lazy("A day, a month, a year, or a span: 2025-03/2025-09."),
    )
    text = forms.CharField(
        label=gettext_lazy("Conditions, in the source's words"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST_CONDITION,
        help_text=gettext_lazy("Of the place, not of a person: no names, nobody's health."),
    )

    def __init__(self, *args: Any, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]


class SourceForm(forms.Form):
    """A source described once, for all its claims."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=lambda: options("source_kind"), initial=SourceKind.LIST
    )
    publisher = forms.CharField(label=gettext_lazy("Who made it"), required=False, max_length=200)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False, choices=lambda: [("", "–"), *options("language")]
    )
    reliability = forms.ChoiceField(
        label=gettext_lazy("How reliable is it?"),
        choices=lambda: [(code, f"{code}: {label}") for code, label in TABLES["reliability"].items()],
        initial="F",
    )
    obtained_from = forms.CharField(label=gettext_lazy("From whom we have it"), required=False, max_length=200)
    obtained_on = DateTextField(label=gettext_lazy("When we got it"), required=False)
    address = forms.CharField(label=gettext_lazy("Address or case number"), required=False, max_length=500)
    handling = forms.CharField(
        label=gettext_lazy("How it may be used"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )
    licence = forms.CharField(label=gettext_lazy("Licence"), required=False, max_length=200)
    deduplicated = forms.BooleanField(label=gettext_lazy("It names each person only once"), required=False)

    def __init__(self, *args: Any, clearance: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sensitivity"] = sensitivity_field(clearance)


class ReasonForm(forms.Form):
    """A typed reason, for what can't be undone by one key."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 3}), min_length=5, max_length=1000
    )
