# SPDX-License-Identifier: AGPL-3.0-or-later
"""The timeline that writes itself: what sources say happened, and what we did, newest first.

Nothing is stored for it. What happened in the world stands at the day it happened; what we did at the moment we
did it. Both only as far as the actor may see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goodoffices.access.roles import DECIDE_MATCHES
from goodoffices.core.vocabulary import Decider, FieldClass, Property, Verdict
from goodoffices.registry.known import Known
from goodoffices.registry.models import Claim, Judgement, Mention, Note
from goodoffices.registry.portrait import read_edtf, sort_key
from goodoffices.registry.reasons import reasons_words
from goodoffices.registry.statements import grade_words
from goodoffices.registry.words import value_words, word_for
from goodoffices.web.date_words import day_words, edtf_words

KINDS = ("happened", "source", "identity", "assessed", "event", "note")
LATELY = {"happened": 6, "event": 3, "note": 4, "source": 2, "identity": 2, "assessed": 0}
HAPPENED = (
    Property.CAPTURE_DATE,
    Property.SIGHTING,
    Property.LAST_SEEN,
    Property.RELEASE_DATE,
    Property.PLACE_HELD,
)


@dataclass(frozen=True)
class Entry:
    """One line. ``when`` sorts; ``said_when`` is shown."""

    kind: str
    when: str
    said_when: str
    title: str
    note: str = ""
    source: str = ""
    who: str = ""
    url: str = ""
    tone: str = ""
    lang: str = ""
    undo_url: str = ""
    undo_label: str = ""
    extra_url: str = ""
    extra_label: str = ""
    aside: bool = False


def kind_words(kind: str) -> str:
    """Say what kind of entries these are."""
    return {
        "happened": _("What happened"),
        "source": _("Sources"),
        "identity": _("Joins and splits"),
        "assessed": _("What we assessed"),
        "event": _("Events"),
        "note": _("Notes"),
    }[kind]


def entries_of(known: Known, kind: str = "") -> list[Entry]:
    """Give the entries, newest first; ``kind`` is one of KINDS or empty for all."""
    drawn = [
        *_happened(known),
        *_sources(known),
        *_identity(known),
        *_assessed(known),
        *_events(known),
        *_notes(known),
    ]
    wanted = [entry for entry in drawn if not kind or entry.kind == kind]
    return sorted(wanted, key=lambda entry: entry.when, reverse=True)


def _happened(known: Known) -> Iterator[Entry]:
    """Tell dated claims, those that say the same of the same day as one line."""
    groups: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in known.claims:
        day = _day_of(claim)
        if claim.property in HAPPENED and day:
            told = "" if claim.property == Property.CAPTURE_DATE else str(claim.place_id or sort_key(claim.value))
            groups.setdefault((claim.property, day, told), []).append(claim)
    for (prop, day, _told), claims in groups.items():
        first = claims[0]
        title, lang = _happening(prop, first)
        yield Entry(
            kind="happened",
            when=_sortable(day),
            said_when=edtf_words(day),
            title=title,
            lang=lang,
            source=", ".join(dict.fromkeys(claim.batch.source.title for claim in claims)),
            who=word_for(first.said_by, "said_by") if known.sees(FieldClass.SOURCE) else "",
            note=f"({grade_words(first)})" if len(claims) == 1 else "",
            tone="home" if prop == Property.RELEASE_DATE else "act" if prop == Property.CAPTURE_DATE else "",
        )


def _day_of(claim: Claim) -> str:
    if claim.property in {Property.SIGHTING, Property.PLACE_HELD}:
        return str(claim.valid_from)
    return str(claim.value) if read_edtf(claim.value) else ""


def _happening(prop: str, claim: Claim) -> tuple[str, str]:
    if prop == Property.CAPTURE_DATE:
        return _("Taken"), ""
    if prop == Property.RELEASE_DATE:
        return _("Released, a source says"), ""
    if prop == Property.LAST_SEEN:
        return _("Last seen"), ""
    if prop == Property.PLACE_HELD:
        return _("Held at %(place)s, a source says") % {"place": claim.value}, ""
    return claim.original or claim.value, claim.language


def _sources(known: Known) -> Iterator[Entry]:
    for mention in known.mentions:
        yield Entry(
            kind="source",
            when=_moment(mention.batch.at),
            said_when=day_words(_local(mention.batch.at)),
            title=_("Named in “%(source)s”") % {"source": mention.source.title},
            note=_("(%(kind)s)") % {"kind": word_for(mention.source.kind, "source_kind")},
            source=mention.source.publisher,
            who=_person(mention.batch.by),
            url=reverse("source", args=[mention.source.public_id]),
        )
        if not mention.listed and mention.unlisted_by is not None:
            yield _unlisted(mention, mention.unlisted_by.at)


def _unlisted(mention: Mention, at: datetime) -> Entry:
    return Entry(
        kind="source",
        when=_moment(at),
        said_when=day_words(_local(at)),
        title=_("No longer in “%(source)s”") % {"source": mention.source.title},
        note=_("Its claims stand. This is not read as a release."),
        tone="due",
    )


def _identity(known: Known) -> Iterator[Entry]:
    for one in known.judgements:
        yield _judged(known, one)
        if one.revoked_at is not None and one.revoked_why != "replaced":
            yield Entry(
                kind="identity",
                when=_moment(one.revoked_at),
                said_when=day_words(_local(one.revoked_at)),
                title=_("A judgement was taken back"),
                note=_between(known, one),
                who=_person(one.revoked_by),
                aside=True,
            )


def _judged(known: Known, one: Judgement) -> Entry:
    by_model = one.decider == Decider.MODEL
    live = one.revoked_at is None
    titles = {
        Verdict.SAME: _("Joined by the program") if by_model else _("Judged to be one person"),
        Verdict.DIFFERENT: _("Judged to be different people"),
        Verdict.UNSURE: _("Left undecided"),
    }
    may = live and known.actor.has(DECIDE_MATCHES)
    unlooked = may and by_model and one.confirmed_at is None
    return Entry(
        kind="identity",
        when=_moment(one.at),
        said_when=day_words(_local(one.at)),
        title=titles[Verdict(one.verdict)],
        note=_between(known, one),
        source=reasons_words(one.reasons),
        who=_("confirmed by %(who)s") % {"who": _person(one.confirmed_by)} if one.confirmed_at else _person(one.by),
        tone="due" if live and by_model and one.confirmed_at is None else "",
        undo_url=reverse("judgement-take-back", args=[one.public_id]) if may else "",
        extra_url=reverse("judgement-confirm", args=[one.public_id]) if unlooked else "",
        extra_label=_("I looked: it is one person") if unlooked else "",
        aside=one.verdict != Verdict.SAME or not live,
    )


def _between(known: Known, one: Judgement) -> str:
    """Say which records are meant: by their sources, and by name where one is of another person."""
    for side, other in ((one.left, one.right), (one.right, one.left)):
        line = known.others.get(side.person_id)
        if line is not None and side.person_id != known.person.pk and line.name:
            return _("“%(source)s” here, and %(name)s in “%(other)s”") % {
                "source": other.source.title,
                "name": line.name,
                "other": side.source.title,
            }
    return _("“%(left)s” and “%(right)s”") % {"left": one.left.source.title, "right": one.right.source.title}


def _assessed(known: Known) -> Iterator[Entry]:
    for one in known.assessments:
        title = _("Assessed: %(property)s") % {"property": word_for(one.property, "property").lower()}
        said = _("%(value)s, %(confidence)s") % {
            "value": value_words(one.property, one.value),
            "confidence": word_for(one.confidence, "confidence").lower(),
        }
        yield Entry(
            kind="assessed",
            when=_moment(one.at),
            said_when=day_words(_local(one.at)),
            title=title,
            note=f"{said}. {one.reasons}".strip(),
            who=_person(one.by),
        )
        if one.seconded_at is not None:
            yield Entry(
                kind="assessed",
                when=_moment(one.seconded_at),
                said_when=day_words(_local(one.seconded_at)),
                title=_("A second person agreed"),
                note=title,
                who=_person(one.seconded_by),
            )
        if one.ended_at is not None and one.ended_why != "replaced":
            yield Entry(
                kind="assessed",
                when=_moment(one.ended_at),
                said_when=day_words(_local(one.ended_at)),
                title=_("An assessment was taken back"),
                note=title,
            )


def _events(known: Known) -> Iterator[Entry]:
    for event in known.events:
        yield Entry(
            kind="event",
            when=_sortable(event.happened_on) if event.happened_on else _moment(event.created_at),
            said_when=edtf_words(event.happened_on) if event.happened_on else _("day not known"),
            title=event.title,
            lang=event.title_language,
            note=_("(%(kind)s)") % {"kind": word_for(event.kind, "event_kind")},
            url=reverse("event", args=[event.public_id]),
        )


def _notes(known: Known) -> Iterator[Entry]:
    found = Note.objects.visible_to(known.actor).filter(anchor__in=[one.pk for one in known.mentions])
    for note in found.select_related("by"):
        yield Entry(
            kind="note",
            when=_sortable(note.happened_on) if note.happened_on else _moment(note.at),
            said_when=edtf_words(note.happened_on) if note.happened_on else day_words(_local(note.at)),
            title=note.text,
            who=_person(note.by),
            tone="act",
            undo_url=reverse("note-end", args=[note.public_id]) if note.by_id == known.actor.user_id else "",
        )


def latest(entries: Sequence[Entry]) -> list[Entry]:
    """Give what tells the person's own story lately; how we came to know it is kept short, so as not to drown it."""
    kept: Counter[str] = Counter()
    found = []
    for entry in entries:
        kept[entry.kind] += not entry.aside
        if not entry.aside and kept[entry.kind] <= LATELY[entry.kind]:
            found.append(entry)
    return found


def kinds_present(entries: Sequence[Entry]) -> list[str]:
    """Give the kinds that occur, in a settled order."""
    present = {entry.kind for entry in entries}
    return [kind for kind in KINDS if kind in present]


def _sortable(edtf: str) -> str:
    read = read_edtf(edtf)
    return f"{read.earliest:%Y-%m-%d}" if read and read.earliest else ""


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}"


def _local(at: datetime) -> date:
    return timezone.localtime(at).date()


def _person(user: Any) -> str:
    return str(user.display_name) if user is not None else ""
