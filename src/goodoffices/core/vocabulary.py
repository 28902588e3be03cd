# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the field as enums. Values are stored; labels for people live in templates and gettext."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Sensitivity(IntEnum):
    """Who may know: each step needs a higher clearance (DESIGN part 3)."""

    PUBLIC = 0
    PARTNER = 1
    TEAM = 2
    RESTRICTED = 3


class FieldClass(IntEnum):
    """What kind of fact it is; seen only by those whose role carries the class."""

    IDENTITY = 1
    CONTACT = 2
    HEALTH = 3
    SOURCE = 4
    WHEREABOUTS = 5


class Sex(StrEnum):
    FEMALE = "f"
    MALE = "m"


class Category(StrEnum):
    """Why somebody is held, symmetrical for all sides (REQUIREMENTS A40 to A43)."""

    PRISONER_OF_WAR = "prisoner_of_war"
    CIVILIAN = "civilian"
    CHILD = "child"
    POLITICAL_PRISONER = "political_prisoner"
    CONVICT = "convict"
    PATIENT = "patient"
    MEDIC = "medic"
    FOREIGN_NATIONAL = "foreign_national"
    DISAPPEARED = "disappeared"


class Status(StrEnum):
    """What a source says has become of the person."""

    HELD = "held"
    MISSING = "missing"
    RELEASED = "released"
    TRANSFERRED = "transferred"
    DIED = "died"
    DISAPPEARED = "disappeared"
    UNKNOWN = "unknown"


class Property(StrEnum):
    """The one vocabulary of what a claim can say."""

    NAME = "name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    PATRONYMIC = "patronymic"
    FAMILY_NAME_2 = "family_name_2"
    ALIAS = "alias"
    BIRTH_DATE = "birth_date"
    BIRTH_PLACE = "birth_place"
    AGE = "age"
    SEX = "sex"
    CITIZENSHIP = "citizenship"
    RESIDENCE = "residence"
    OCCUPATION = "occupation"
    UNIT = "unit"
    CATEGORY = "category"
    STATUS = "status"
    CAPTURE_DATE = "capture_date"
    CAPTURE_PLACE = "capture_place"
    HOLDING_AUTHORITY = "holding_authority"
    HOLDING_STATE = "holding_state"
    REQUESTING_STATE = "requesting_state"
    PLACE_HELD = "place_held"
    CHARGE = "charge"
    SENTENCE = "sentence"
    SIGHTING = "sighting"
    LAST_SEEN = "last_seen"
    FAMILY_CONTACT = "family_contact"
    COUNSEL = "counsel"
    HUMANITARIAN_VISIT = "humanitarian_visit"
    RELEASE_DATE = "release_date"
    DEATH_DATE = "death_date"
    DEATH_PLACE = "death_place"
    NOTE = "note"


FIELD_CLASS: dict[Property, FieldClass] = {
    **dict.fromkeys(Property, FieldClass.IDENTITY),
    Property.PLACE_HELD: FieldClass.WHEREABOUTS,
    Property.SIGHTING: FieldClass.WHEREABOUTS,
    Property.HOLDING_AUTHORITY: FieldClass.WHEREABOUTS,
    Property.FAMILY_CONTACT: FieldClass.WHEREABOUTS,
    Property.COUNSEL: FieldClass.WHEREABOUTS,
    Property.HUMANITARIAN_VISIT: FieldClass.WHEREABOUTS,
}

# Whom a held person may speak with. Said as yes or no by a source; what nobody says is not shown, never a no.
ACCESS_PROPERTIES = (Property.FAMILY_CONTACT, Property.COUNSEL, Property.HUMANITARIAN_VISIT)

NAME_PROPERTIES = (
    Property.NAME,
    Property.FAMILY_NAME,
    Property.GIVEN_NAME,
    Property.PATRONYMIC,
    Property.FAMILY_NAME_2,
    Property.ALIAS,
)


class Answer(StrEnum):
    """What a source says to a question of yes or no."""

    YES = "yes"
    NO = "no"


class SourceKind(StrEnum):
    LIST = "list"
    REGISTER = "register"
    FAMILY_REPORT = "family_report"
    LETTER = "letter"
    PRESS = "press"
    COURT_DECISION = "court_decision"
    WEB_CAPTURE = "web_capture"
    TESTIMONY = "testimony"
    STAFF_NOTE = "staff_note"


class SaidBy(StrEnum):
    """The part that whoever said something plays; never a name."""

    MOTHER = "mother"
    FATHER = "father"
    SPOUSE = "spouse"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    RELATIVE = "relative"
    FAMILY = "family"
    SELF = "self"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    LAWYER = "lawyer"
    RELEASED = "released person"
    CELLMATE = "cellmate"
    FELLOW = "fellow serviceman"
    JOURNALIST = "journalist"
    OFFICIAL = "official"
    COURT = "court"
    INSTITUTION = "institution"
    CHANNEL = "channel"
    VOLUNTEER = "volunteer"
    COLLEAGUE = "colleague"


class Room(StrEnum):
    """Where a source's people are worked on: real historical registers stay apart and read-only."""

    WORK = "work"
    HISTORY = "history"


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Decider(StrEnum):
    PERSON = "person"
    MODEL = "model"


class PlaceKind(StrEnum):
    SETTLEMENT = "settlement"
    REGION = "region"
    PRISON = "prison"
    PRETRIAL = "pretrial"
    COLONY = "colony"
    CAMP = "camp"
    HOSPITAL = "hospital"
    INSTITUTION = "institution"
    UNOFFICIAL = "unofficial"


class EventKind(StrEnum):
    BATTLE = "battle"
    SWEEP = "sweep"
    CHECKPOINT = "checkpoint"
    CONVOY = "convoy"
    TRANSFER = "transfer"
    EXCHANGE = "exchange"


class ActorKind(StrEnum):
    STATE = "state"
    ARMED_GROUP = "armed_group"
    AUTHORITY = "authority"
    ORGANISATION = "organisation"


class Confidence(StrEnum):
    CONFIRMED = "confirmed"
    LIKELY = "likely"
    UNSETTLED = "unsettled"
    DOUBTFUL = "doubtful"
