# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the codes of the vocabulary are called on screen, in the reader's language.

One table a code family; templates ask through ``{{ code|word:"category" }}``, presenters through ``word_for``.
A code that has no word is shown as it is: better an odd word than a hidden fact.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goodoffices.core.vocabulary import (
    ACCESS_PROPERTIES,
    ActorKind,
    Answer,
    Category,
    Confidence,
    EventKind,
    PlaceKind,
    Property,
    SaidBy,
    Sensitivity,
    Sex,
    SourceKind,
    Status,
)
from goodoffices.web.date_words import edtf_words

CATEGORY = {
    Category.PRISONER_OF_WAR: _("prisoner of war"),
    Category.CIVILIAN: _("detained civilian"),
    Category.CHILD: _("transferred child"),
    Category.POLITICAL_PRISONER: _("political prisoner"),
    Category.CONVICT: _("deported convict"),
    Category.PATIENT: _("patient"),
    Category.MEDIC: _("medic"),
    Category.FOREIGN_NATIONAL: _("foreign national"),
    Category.DISAPPEARED: _("forcibly disappeared"),
}
STATUS = {
    Status.HELD: pgettext_lazy("status", "held"),
    Status.MISSING: pgettext_lazy("status", "missing"),
    Status.RELEASED: pgettext_lazy("status", "released"),
    Status.TRANSFERRED: pgettext_lazy("status", "moved"),
    Status.DIED: pgettext_lazy("status", "died"),
    Status.DISAPPEARED: pgettext_lazy("status", "disappeared"),
    Status.UNKNOWN: pgettext_lazy("status", "not known"),
}
SEX = {Sex.FEMALE: pgettext_lazy("sex", "female"), Sex.MALE: pgettext_lazy("sex", "male")}
PROPERTY = {
    Property.NAME: _("Name"),
    Property.FAMILY_NAME: _("Family name"),
    Property.GIVEN_NAME: _("Given name"),
    Property.PATRONYMIC: _("Patronymic"),
    Property.FAMILY_NAME_2: _("Second family name"),
    Property.ALIAS: _("Another name"),
    Property.BIRTH_DATE: _("Born"),
    Property.BIRTH_PLACE: _("Place of birth"),
    Property.AGE: _("Age"),
    Property.SEX: _("Sex"),
    Property.CITIZENSHIP: _("Citizenship"),
    Property.RESIDENCE: _("Lived in"),
    Property.OCCUPATION: _("Occupation"),
    Property.UNIT: _("Unit"),
    Property.CATEGORY: _("Known as"),
    Property.STATUS: _("Present state"),
    Property.CAPTURE_DATE: _("Taken"),
    Property.CAPTURE_PLACE: _("Taken at"),
    Property.HOLDING_AUTHORITY: _("Held by"),
    Property.HOLDING_STATE: _("Holding State"),
    Property.REQUESTING_STATE: _("At the request of"),
    Property.PLACE_HELD: _("Place held"),
    Property.CHARGE: _("Accused of"),
    Property.SENTENCE: _("Sentence"),
    Property.SIGHTING: _("Seen"),
    Property.LAST_SEEN: _("Last seen"),
    Property.FAMILY_CONTACT: _("Contact with the family"),
    Property.COUNSEL: _("A lawyer of their own"),
    Property.HUMANITARIAN_VISIT: _("Visit of a humanitarian body"),
    Property.RELEASE_DATE: _("Released"),
    Property.DEATH_DATE: _("Date of death"),
    Property.DEATH_PLACE: _("Place of death"),
    Property.NOTE: _("Note in the source"),
}
CONFIDENCE = {
    Confidence.CONFIRMED: _("Confirmed"),
    Confidence.LIKELY: _("Likely"),
    Confidence.UNSETTLED: _("Unsettled"),
    Confidence.DOUBTFUL: _("Doubtful"),
}
CONFIDENCE_TONE = {
    Confidence.CONFIRMED: "home",
    Confidence.LIKELY: "home",
    Confidence.UNSETTLED: "due",
    Confidence.DOUBTFUL: "stop",
}
STATUS_TONE = {Status.RELEASED: "home", Status.DIED: "muted", Status.MISSING: "due", Status.DISAPPEARED: "due"}
RELIABILITY = {
    "A": _("completely reliable"),
    "B": _("usually reliable"),
    "C": _("fairly reliable"),
    "D": _("not usually reliable"),
    "E": _("unreliable"),
    "F": _("reliability can't be judged yet"),
}
CREDIBILITY = {
    1: _("confirmed by others"),
    2: _("probably true"),
    3: _("possibly true"),
    4: _("doubtful"),
    5: _("improbable"),
    6: _("truth can't be judged yet"),
}
SENSITIVITY = {
    Sensitivity.PUBLIC: _("may be public"),
    Sensitivity.PARTNER: _("for partners"),
    Sensitivity.TEAM: _("for the team"),
    Sensitivity.RESTRICTED: _("restricted"),
}
SOURCE_KIND = {
    SourceKind.LIST: _("list"),
    SourceKind.REGISTER: _("register"),
    SourceKind.FAMILY_REPORT: _("family's report"),
    SourceKind.LETTER: _("letter"),
    SourceKind.PRESS: _("press"),
    SourceKind.COURT_DECISION: _("court decision"),
    SourceKind.WEB_CAPTURE: _("web page as captured"),
    SourceKind.TESTIMONY: _("testimony"),
    SourceKind.STAFF_NOTE: _("staff's note"),
}
SAID_BY = {
    SaidBy.MOTHER: _("mother"),
    SaidBy.FATHER: _("father"),
    SaidBy.SPOUSE: _("wife or husband"),
    SaidBy.CHILD: _("daughter or son"),
    SaidBy.SIBLING: _("sister or brother"),
    SaidBy.GRANDPARENT: _("grandmother or grandfather"),
    SaidBy.RELATIVE: _("another relative"),
    SaidBy.FAMILY: _("the family"),
    SaidBy.SELF: _("the person in her or his own words"),
    SaidBy.FRIEND: _("friend"),
    SaidBy.NEIGHBOUR: _("neighbour"),
    SaidBy.LAWYER: _("lawyer"),
    SaidBy.RELEASED: _("somebody released from there"),
    SaidBy.CELLMATE: _("cellmate"),
    SaidBy.FELLOW: _("fellow in arms"),
    SaidBy.JOURNALIST: _("journalist"),
    SaidBy.OFFICIAL: _("official"),
    SaidBy.COURT: _("court"),
    SaidBy.INSTITUTION: _("the institution"),
    SaidBy.CHANNEL: _("a channel on the net"),
    SaidBy.VOLUNTEER: _("volunteer"),
    SaidBy.COLLEAGUE: _("colleague of ours"),
}
ANSWER = {Answer.YES: _("yes"), Answer.NO: _("no")}
EVENT_KIND = {
    EventKind.BATTLE: _("battle"),
    EventKind.SWEEP: _("sweep"),
    EventKind.CHECKPOINT: _("checkpoint"),
    EventKind.CONVOY: _("convoy"),
    EventKind.TRANSFER: pgettext_lazy("event", "transfer"),
    EventKind.EXCHANGE: pgettext_lazy("event", "exchange"),
}
PLACE_KIND = {
    PlaceKind.SETTLEMENT: _("settlement"),
    PlaceKind.REGION: _("region"),
    PlaceKind.PRISON: _("prison"),
    PlaceKind.PRETRIAL: _("pre-trial detention centre"),
    PlaceKind.COLONY: _("penal colony"),
    PlaceKind.CAMP: _("camp"),
    PlaceKind.HOSPITAL: _("hospital"),
    PlaceKind.INSTITUTION: _("care institution"),
    PlaceKind.UNOFFICIAL: _("unofficial place of detention"),
}
ACTOR_KIND = {
    ActorKind.STATE: _("State"),
    ActorKind.ARMED_GROUP: _("armed group"),
    ActorKind.AUTHORITY: _("authority"),
    ActorKind.ORGANISATION: _("organisation"),
}
LANGUAGE = {
    "en": _("English"),
    "uk": _("Ukrainian"),
    "ru": _("Russian"),
    "es": _("Spanish"),
    "be": _("Belarusian"),
}
COUNTRY = {
    "AM": _("Armenia"),
    "AR": _("Argentina"),
    "AZ": _("Azerbaijan"),
    "BY": _("Belarus"),
    "GE": _("Georgia"),
    "IL": _("Israel"),
    "KZ": _("Kazakhstan"),
    "MD": _("Moldova"),
    "PL": _("Poland"),
    "PS": _("Palestine"),
    "RU": _("Russia"),
    "SY": _("Syria"),
    "TR": _("Turkey"),
    "UA": _("Ukraine"),
    "US": _("United States"),
}

TABLES: dict[str, dict[Any, Any]] = {
    "category": CATEGORY,
    "status": STATUS,
    "sex": SEX,
    "property": PROPERTY,
    "confidence": CONFIDENCE,
    "confidence_tone": CONFIDENCE_TONE,
    "status_tone": STATUS_TONE,
    "reliability": RELIABILITY,
    "credibility": CREDIBILITY,
    "sensitivity": SENSITIVITY,
    "source_kind": SOURCE_KIND,
    "said_by": SAID_BY,
    "answer": ANSWER,
    "event_kind": EVENT_KIND,
    "place_kind": PLACE_KIND,
    "actor_kind": ACTOR_KIND,
    "language": LANGUAGE,
    "country": COUNTRY,
}
_BY_PROPERTY: dict[Property, dict[Any, Any]] = {
    Property.CATEGORY: CATEGORY,
    Property.STATUS: STATUS,
    Property.SEX: SEX,
    Property.CITIZENSHIP: COUNTRY,
    Property.HOLDING_AUTHORITY: COUNTRY,  # a list may name the State alone
    Property.HOLDING_STATE: COUNTRY,
    Property.REQUESTING_STATE: COUNTRY,
    **dict.fromkeys(ACCESS_PROPERTIES, ANSWER),
}
DATED = frozenset(
    {
        Property.BIRTH_DATE,
        Property.CAPTURE_DATE,
        Property.RELEASE_DATE,
        Property.DEATH_DATE,
        Property.LAST_SEEN,
    }
)


def word_for(code: Any, table: str) -> str:
    """Say a code in words; a code without a word comes back as it is."""
    return str(TABLES[table].get(code, code))


def value_words(prop: str, value: str) -> str:
    """Say a claim's value: dates and codes in the reader's language, all else as it stands."""
    if prop in DATED:
        return edtf_words(value)
    return str(_BY_PROPERTY.get(prop, {}).get(value, value))  # type: ignore[call-overload]


def options(table: str) -> list[tuple[str, Any]]:
    """Give a table as form choices."""
    return [(str(getattr(code, "value", code)), label) for code, label in TABLES[table].items()]
