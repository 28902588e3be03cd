# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads of the registry. Every one that serves a person starts with ``visible_to``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from goodoffices.access.actors import Actor
from goodoffices.core.linkage import query_keys
from goodoffices.core.names import compare_names
from goodoffices.core.vocabulary import NAME_PROPERTIES, FieldClass, PlaceKind, Property, Room
from goodoffices.registry.filters import NONE, PeopleQuery, day_after

NAME_CANDIDATES = 800
# A key that a hidden source has already is stored with this sign and a random ending: see services.sources.
KEY_BESIDE, KEY_LENGTH = "~", 54


class SourceQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> SourceQuerySet:
        """Sources whose own sensitivity the actor's clearance reaches."""
        if not actor.sees_people:
            return self.none()
        return self.filter(sensitivity__lte=actor.clearance)

    def standing(self) -> SourceQuerySet:
        return self.filter(withdrawn_at=None)

    def called(self, key: str) -> SourceQuerySet:
        """Sources that go by a key: as stored, or stored beside one that is hidden from whoever described it."""
        return self.filter(Q(key=key) | Q(key__startswith=f"{key[:KEY_LENGTH]}{KEY_BESIDE}"))

    def telling_of(self, place: Any) -> SourceQuerySet:
        """Standing sources of the work, those that name the place first, then the latest."""
        from goodoffices.registry.models import Claim

        names_it = Claim.objects.standing().filter(place=place, batch__source=OuterRef("pk"))
        found: SourceQuerySet = (
            self.standing().filter(room=Room.WORK).annotate(names_it=Exists(names_it)).order_by("-names_it", "-pk")
        )
        return found


class MentionQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> MentionQuerySet:
        """Live mentions of sources the actor may know of, of which at least one claim is visible to her."""
        from goodoffices.registry.models import Claim

        if not actor.sees_people:
            return self.none()
        told = Claim.objects.visible_to(actor).filter(mention=OuterRef("pk"))
        return self.filter(live=True, source__sensitivity__lte=actor.clearance).filter(Exists(told))


class ClaimQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> ClaimQuerySet:
        """Standing claims within the actor's clearance and field classes."""
        if not actor.sees_people:
            return self.none()
        return self.standing().filter(sensitivity__lte=actor.clearance, field_class__in=sorted(actor.field_classes))

    def standing(self) -> ClaimQuerySet:
        return self.filter(retired_by=None)


class JudgementQuerySet(models.QuerySet[Any]):
    def live(self) -> JudgementQuerySet:
        return self.filter(revoked_at=None)


class PersonQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """Persons of whom at least one mention is visible: those with a line at the actor's clearance."""
        from goodoffices.registry.models import Listing

        lines = Listing.objects.visible_to(actor).filter(person=OuterRef("pk"))
        return self.filter(Exists(lines))


class ListingQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> ListingQuerySet:
        """The lines drawn for the actor's clearance."""
        if not actor.sees_people:
            return self.none()
        return self.filter(tier_from__lte=actor.clearance, tier_to__gte=actor.clearance)

    def walked_by(self, actor: Actor) -> ListingQuerySet:
        """The same lines, asked for so that an index is walked in its order.

        A bound on a bare column tempts SQLite to seek by it and then sort a hundred thousand rows.
        """
        if not actor.sees_people:
            return self.none()
        tiers = self.alias(low=F("tier_from") + 0, high=F("tier_to") + 0)
        found: ListingQuerySet = tiers.filter(low__lte=actor.clearance, high__gte=actor.clearance)
        return found

    def in_room(self, room: str) -> ListingQuerySet:
        return self.filter(room=room)

    def marked(self, query: PeopleQuery) -> ListingQuerySet:
        """Narrow by what the counted groups hold: category, status, sex and the three marks."""
        found = self
        for name in ("category", "status", "sex"):
            if wanted := getattr(query, name):
                found = found.filter(**{f"{name}__in": ["" if one == NONE else one for one in wanted]})
        return found.filter(**dict.fromkeys(query.mark, True)) if query.mark else found

    def asked(self, query: PeopleQuery, actor: Actor, *, walk: bool = False) -> ListingQuerySet:
        """Narrow by all the rest: a name in any script, a source, a place, dates.

        A source or a place is asked for only through what the actor may see of it.
        """
        found = self
        if query.q:
            found = found.filter(person__in=people_by_name(query.q, actor))
        if query.source:
            of_source = _mentions_of_source(query.source, actor)
            # Along an index each person is asked for alone; else the whole list would be gathered for one page.
            named = (
                Exists(of_source.filter(person=OuterRef("person")))
                if walk
                else Q(person__in=of_source.values("person"))
            )
            found = found.filter(named)
        if query.place.startswith("~"):
            found = found.filter(place_id=None, place_held=query.place[1:])
        elif query.place:
            found = found.filter(place_id__in=_places(query.place, actor))
        if query.born_from:
            found = found.filter(born_year__gte=int(query.born_from[:4]), born__gte=query.born_from)
        if query.born_to:
            found = found.filter(born_year__lte=int(query.born_to[:4]), born__lt=day_after(query.born_to))
        if query.taken_from:
            found = found.filter(taken__gte=query.taken_from)
        if query.taken_to:
            found = found.filter(taken__gt="", taken__lt=day_after(query.taken_to))
        return found


class EventQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> EventQuerySet:
        if not actor.sees_people:
            return self.none()
        return self.filter(sensitivity__lte=actor.clearance)

    def with_counts(self, actor: Actor) -> EventQuerySet:
        """Add how many visible people were in each, the latest event first."""
        from goodoffices.registry.models import TakenWith

        taken = TakenWith.objects.visible_to(actor).filter(event=OuterRef("pk")).order_by().values("event")
        people = taken.annotate(n=Count("mention__person", distinct=True)).values("n")
        counted = self.annotate(people=Coalesce(Subquery(people), 0)).select_related("place", "source")
        found: EventQuerySet = counted.prefetch_related("place__names").order_by("-happened_on", "-pk")
        return found


class PlaceQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> PlaceQuerySet:
        """Places are known to all who may see people; who is in them is another question."""
        return self.all() if actor.sees_people else self.none()

    def detaining(self) -> PlaceQuerySet:
        """Places that hold people: neither settlements nor regions."""
        return self.exclude(kind__in=[PlaceKind.SETTLEMENT, PlaceKind.REGION])

    def named_like(self, text: str) -> PlaceQuerySet:
        """Places one of whose names, old ones too, begins with a text or holds it as a word."""
        from goodoffices.registry.services.places import fold_place

        folded = fold_place(text)
        near = Q(names__folded__startswith=folded) | Q(names__folded__contains=f" {folded}")
        return self.filter(near).distinct() if folded else self

    def with_people(self, actor: Actor) -> PlaceQuerySet:
        """Add how many people were last reported there, as the actor's own list has it."""
        from goodoffices.registry.models import Listing

        if int(FieldClass.WHEREABOUTS) not in actor.field_classes:
            unseen: PlaceQuerySet = self.annotate(people=Value(0))
            return unseen
        there = Listing.objects.visible_to(actor).filter(place_id=OuterRef("pk")).order_by().values("place_id")
        counted = there.annotate(n=Count("pk")).values("n")
        found: PlaceQuerySet = self.annotate(people=Coalesce(Subquery(counted), 0))
        return found


class PlaceConditionQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> PlaceConditionQuerySet:
        """Standing words on conditions, of standing sources the actor may know of."""
        from goodoffices.registry.models import Source

        known = Source.objects.visible_to(actor).standing()
        return self.filter(ended_at=None, source__in=known.values("pk"))


class TakenWithQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> TakenWithQuerySet:
        """Standing words that somebody was in an event: event, record and person all within the actor's sight."""
        from goodoffices.registry.models import Event, Mention

        if not actor.sees_people:
            return self.none()
        return self.filter(
            ended_at=None,
            event__in=Event.objects.visible_to(actor).values("pk"),
            mention__in=Mention.objects.visible_to(actor).values("pk"),
        )

    def of_person(self, event: Any, person: Any, actor: Actor) -> TakenWithQuerySet:
        """Visible words that one person was in an event."""
        found: TakenWithQuerySet = (
            self.visible_to(actor).filter(event=event, mention__person=person).select_related("event", "mention")
        )
        return found

    def people_in(self, event: Any, actor: Actor) -> dict[Any, Any]:
        """Give those taken with an event, by name: each word with its person's line."""
        from goodoffices.registry.models import Listing

        taken: dict[Any, Any] = {}
        for one in self.visible_to(actor).filter(event=event).select_related("mention").order_by("pk"):
            taken.setdefault(one.mention.person_id, one)
        lines = Listing.objects.visible_to(actor).filter(person__in=list(taken)).select_related("person")
        return {taken[line.person_id]: line for line in lines.order_by("sort_key", "pk")}


class NoteQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> NoteQuerySet:
        """Standing notes within the actor's clearance, on records she may know of."""
        from goodoffices.registry.models import Mention

        if not actor.sees_people:
            return self.none()
        known = Mention.objects.visible_to(actor).values("pk")
        return self.filter(ended_at=None, sensitivity__lte=actor.clearance, anchor__in=known)


def _mentions_of_source(public_id: str, actor: Actor) -> Any:
    from goodoffices.registry.models import Mention

    return Mention.objects.visible_to(actor).filter(source__public_id=public_id)


def _places(public_id: str, actor: Actor) -> Any:
    from goodoffices.registry.models import Place

    return list(Place.objects.visible_to(actor).filter(public_id=public_id).values_list("pk", flat=True))


def people_by_name(text: str, actor: Actor) -> list[int]:
    """Find persons by a name in any script, spelling and order: inner ids, at most NAME_CANDIDATES records looked at.

    Keys find the records; then the name is compared only with names the actor may see, so that a hidden alias
    finds nobody.
    """
    from goodoffices.registry.models import Claim, Mention, NameKey

    keys = query_keys(text)
    hits = NameKey.objects.filter(key__in=keys).values("mention").annotate(hits=Count("key")).order_by("-hits")
    near = [mention for mention, _ in hits.values_list("mention", "hits")[:NAME_CANDIDATES]]
    said: dict[int, dict[str, str]] = {}
    aliases: dict[int, list[str]] = {}
    claims = Claim.objects.visible_to(actor).filter(mention__in=near, mention__live=True, property__in=NAME_PROPERTIES)
    for mention, prop, value in claims.order_by("-pk").values_list("mention_id", "property", "value"):
        if prop in {Property.NAME, Property.ALIAS}:
            aliases.setdefault(mention, []).append(value)
        else:
            said.setdefault(mention, {})[prop] = value
    for mention, parts in said.items():
        order = (Property.FAMILY_NAME, Property.GIVEN_NAME, Property.PATRONYMIC, Property.FAMILY_NAME_2)
        aliases.setdefault(mention, []).append(" ".join(parts[part] for part in order if part in parts))
    alike = [
        mention
        for mention, names in aliases.items()
        if any(compare_names(text, name).verdict != "different" for name in names)
    ]
    return list(Mention.objects.filter(pk__in=alike).values_list("person_id", flat=True).distinct())


def place_names(place_ids: Sequence[int], actor: Actor) -> dict[int, tuple[str, str]]:
    """Give places' public ids and names in the reader's language, by inner id."""
    from goodoffices.registry.models import Place

    places = Place.objects.visible_to(actor).filter(pk__in=place_ids).prefetch_related("names")
    return {place.pk: (str(place.public_id), place.name_in(get_language() or "en")) for place in places}


def place_named(public_id: str, actor: Actor) -> str:
    """Give a place's name in the reader's language; "?" for what isn't there for the actor."""
    from goodoffices.registry.models import Place

    place = Place.objects.visible_to(actor).filter(public_id=public_id).prefetch_related("names").first()
    return place.name_in(get_language() or "en") if place else "?"


def place_of_name(text: str) -> Any:
    """Give the one place that bears a name, detention places before settlements; None for none or several."""
    from goodoffices.registry.models import Place
    from goodoffices.registry.services.places import fold_place

    found = list(Place.objects.filter(names__folded=fold_place(text)).distinct()[:20])
    facilities = [place for place in found if place.kind not in {PlaceKind.SETTLEMENT, PlaceKind.REGION}]
    for group in (facilities, found):
        if len(group) == 1:
            return group[0]
    return None
