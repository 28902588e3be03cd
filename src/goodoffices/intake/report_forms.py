# SPDX-License-Identifier: AGPL-3.0-or-later
"""The dense form of a report about one person.

Contact, health in words and witnesses can't be kept until they can be sealed: the form has no field for them and
refuses text that holds a telephone number or an e-mail address.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodoffices.access.actors import Actor
from goodoffices.core.vocabulary import ACCESS_PROPERTIES, Property, SourceKind
from goodoffices.intake.forms import DATE_HELP, LANGUAGES, PartialDateField, reliability_choices, set_sensitivity
from goodoffices.intake.services.reporting import Report
from goodoffices.registry import words as registry_words
from goodoffices.registry.drafts import ClaimDraft
from goodoffices.registry.services.places import fold_place, place_index
from goodoffices.registry.services.sources import SourceFacts
from goodoffices.registry.tongues import tongue_of

KINDS = (
    SourceKind.FAMILY_REPORT, SourceKind.STAFF_NOTE, SourceKind.LETTER, SourceKind.PRESS,
    SourceKind.COURT_DECISION, SourceKind.WEB_CAPTURE, SourceKind.TESTIMONY,
)  # fmt: skip
ROLES = (("", gettext_lazy("Not said")), *registry_words.options("said_by"))
_SEALED_TEXT = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}|(?<![\d.\-/])\+?\d(?:[\s().\-]?\d){8,14}(?![\d.\-/])")
SEALED_FIELDS = ("contact", "phone", "email", "health", "witness")
PLACES = frozenset({Property.BIRTH_PLACE, Property.RESIDENCE, Property.CAPTURE_PLACE, Property.PLACE_HELD})
DETENTION = frozenset(
    {
        Property.STATUS, Property.CAPTURE_DATE, Property.CAPTURE_PLACE, Property.PLACE_HELD,
        Property.HOLDING_AUTHORITY, Property.CHARGE, Property.LAST_SEEN, *ACCESS_PROPERTIES,
    }
)  # fmt: skip
# Field of the form -> what it claims, in the order of the claims.
CLAIMED: tuple[tuple[str, Property], ...] = (
    ("name", Property.NAME),
    ("family_name", Property.FAMILY_NAME),
    ("given_name", Property.GIVEN_NAME),
    ("patronymic", Property.PATRONYMIC),
    ("alias", Property.ALIAS),
    ("birth_date", Property.BIRTH_DATE),
    ("birth_place", Property.BIRTH_PLACE),
    ("sex", Property.SEX),
    ("citizenship", Property.CITIZENSHIP),
    ("residence", Property.RESIDENCE),
    ("occupation", Property.OCCUPATION),
    ("unit", Property.UNIT),
    ("category", Property.CATEGORY),
    ("status", Property.STATUS),
    ("capture_date", Property.CAPTURE_DATE),
    ("capture_place", Property.CAPTURE_PLACE),
    ("holding_authority", Property.HOLDING_AUTHORITY),
    ("place_held", Property.PLACE_HELD),
    ("charge", Property.CHARGE),
    ("last_seen", Property.LAST_SEEN),
    *((str(prop), prop) for prop in ACCESS_PROPERTIES),
    ("what_happened", Property.NOTE),
)
_CODED = frozenset({"sex", "category", "status", "birth_date", "capture_date", "last_seen", *ACCESS_PROPERTIES})
_DATED = frozenset({"birth_date", "capture_date", "last_seen"})


def _text(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=more.pop("max_length", 200), **more)


def _choice(label: Any, table: str) -> forms.ChoiceField:
    choices = [("", gettext_lazy("Not said")), *registry_words.options(table)]
    return forms.ChoiceField(label=label, choices=choices, required=False)


class ReportForm(forms.Form):
    """One report about one person, in groups: the person, what happened, the report itself."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=[(str(kind), registry_words.SOURCE_KIND[kind]) for kind in KINDS]
    )
    said_by = forms.ChoiceField(
        label=gettext_lazy("Who says it"),
        choices=ROLES,
        required=False,
        help_text=gettext_lazy("Only the part this person plays; names and numbers can't be kept yet."),
    )
    obtained_on = PartialDateField(label=gettext_lazy("Date of the report or publication"), help_text=DATE_HELP)
    title = _text(gettext_lazy("Title"), help_text=gettext_lazy("Of the letter, article, decision or page."))
    publisher = _text(gettext_lazy("Who publishes it"), help_text=gettext_lazy("Newspaper, court, site."))
    address = forms.URLField(
        label=gettext_lazy("Address of the page"), required=False, max_length=500, assume_scheme="https"
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES, required=False)
    reliability = forms.ChoiceField(label=gettext_lazy("How reliable is it?"), initial="F")
    sensitivity = forms.ChoiceField(label=gettext_lazy("Who may see it"))

    name = _text(gettext_lazy("Whole name"), help_text=gettext_lazy("As it is said; or in parts below."))
    family_name = _text(gettext_lazy("Family name"))
    given_name = _text(gettext_lazy("Given name"))
    patronymic = _text(gettext_lazy("Patronymic"))
    alias = _text(gettext_lazy("Nickname or call sign"))
    birth_date = PartialDateField(
        label=gettext_lazy("Born"), help_text=gettext_lazy("For example 14.03.1981, or about 1981.")
    )
    birth_place = _text(gettext_lazy("Place of birth"))
    sex = _choice(gettext_lazy("Sex"), "sex")
    citizenship = _text(gettext_lazy("Citizenship"))
    residence = _text(gettext_lazy("Town where the person lived"))
    occupation = _text(gettext_lazy("Occupation"))
    unit = _text(gettext_lazy("Military unit"))
    category = _choice(gettext_lazy("Category"), "category")

    status = _choice(gettext_lazy("Present state"), "status")
    capture_date = PartialDateField(label=gettext_lazy("Date taken"), help_text=DATE_HELP)
    capture_place = _text(gettext_lazy("Place where taken"))
    holding_authority = _text(gettext_lazy("Who holds the person"))
    place_held = _text(gettext_lazy("Place held"))
    charge = _text(gettext_lazy("Accusation"))
    last_seen = PartialDateField(label=gettext_lazy("Last seen"), help_text=DATE_HELP)
    family_contact = _choice(gettext_lazy("Contact with the family"), "answer")
    counsel = _choice(gettext_lazy("A lawyer of their own"), "answer")
    humanitarian_visit = _choice(gettext_lazy("Visit of a humanitarian body"), "answer")
    what_happened = forms.CharField(
        label=gettext_lazy("What happened"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("In their own words. No telephone numbers, no health, no witnesses."),
    )

    # Two columns, so that the whole form is seen at once on a desk.
    COLUMNS: tuple[tuple[tuple[Any, tuple[str, ...]], ...], ...] = (
        (
            (gettext_lazy("The person"), ("name", "family_name", "given_name", "patronymic", "alias", "birth_date",
                                         "birth_place", "sex", "citizenship", "residence", "occupation", "unit",
                                         "category")),
            (gettext_lazy("Weighing it"), ("language", "reliability", "sensitivity")),
        ),
        (
            (gettext_lazy("What happened"), ("capture_date", "capture_place", "holding_authority", "place_held",
                                            "status", "charge", "last_seen", "family_contact", "counsel",
                                            "humanitarian_visit", "what_happened")),
            (gettext_lazy("The report"), ("kind", "said_by", "obtained_on", "title", "publisher", "address")),
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reliability"].choices = reliability_choices()  # type: ignore[attr-defined]
        set_sensitivity(self.fields["sensitivity"], actor)

    def columns(self) -> list[list[tuple[Any, list[forms.BoundField]]]]:
        return [[(label, [self[name] for name in names]) for label, names in groups] for groups in self.COLUMNS]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(cleaned.get(name) for name in ("name", "family_name", "given_name", "alias")):
            self.add_error("name", _("Give at least one name, or a part of it."))
        sealed = _("Telephone numbers and e-mail addresses can't be kept until they can be sealed. Leave them out.")
        for name, value in list(cleaned.items()):
            if name not in {"address", *_DATED} and isinstance(value, str) and _SEALED_TEXT.search(value):
                self.add_error(name, sealed)
        if any((self.data.get(name) or "").strip() for name in SEALED_FIELDS):
            self.add_error(None, _("Contact, health in words and witnesses can't be kept until they can be sealed."))
        return cleaned

    def draft(self) -> list[ClaimDraft]:
        """Give what has been typed so far of the person, whatever is still wrong elsewhere; for finding her or him."""
        said = self.cleaned_data
        return [ClaimDraft(property=str(prop), value=said[name]) for name, prop in CLAIMED if said.get(name)]

    def report(self, title: str) -> Report:
        """Give the report; ``title`` names its source where none was typed."""
        said = self.cleaned_data
        facts = SourceFacts(
            title=said["title"] or title,
            kind=said["kind"],
            publisher=said["publisher"],
            language=said["language"],
            reliability=said["reliability"],
            obtained_from=said["said_by"],
            obtained_on=said["obtained_on"],
            address=said["address"],
            sensitivity=int(said["sensitivity"]),
        )
        places = place_index()
        claims = [self._claim(name, prop, places) for name, prop in CLAIMED if said.get(name)]
        return Report(facts, claims)

    def _claim(self, name: str, prop: Property, places: dict[str, int]) -> ClaimDraft:
        value = self.cleaned_data[name]
        original = self.data.get(name, "").strip() if name in _DATED else ("" if name in _CODED else value)
        language, script = ("", "") if name in _CODED else tongue_of(value, self.cleaned_data["language"])
        return ClaimDraft(
            property=str(prop),
            value=value,
            original=original,
            language=language,
            script=script,
            said_by=self.cleaned_data["said_by"],
            episode=1 if prop in DETENTION else 0,
            place_id=places.get(fold_place(value)) if prop in PLACES else None,
        )
