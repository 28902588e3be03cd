# SPDX-License-Identifier: AGPL-3.0-or-later
"""Put the demo world into the stores, through the same services as everybody: staff, places, sources, events."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from goodoffices.access import services as access
from goodoffices.access.actors import SYSTEM, Actor, actor_for
from goodoffices.access.acts import acting
from goodoffices.access.models import User
from goodoffices.access.roles import EXPORT
from goodoffices.core.vocabulary import Room, Sensitivity
from goodoffices.demo import world
from goodoffices.demo.world import DemoPlace, DemoReport, DemoSource
from goodoffices.intake.services.reporting import Report, record_report
from goodoffices.registry.drafts import ClaimDraft
from goodoffices.registry.models import Authority, Event, Mention, Place, Source
from goodoffices.registry.services.events import EventFacts, add_event, add_taken
from goodoffices.registry.services.places import NameFacts, PlaceFacts, add_places
from goodoffices.registry.services.sources import SourceFacts, add_source

EXPORTERS = {"caseworker", "coordinator"}
LANGUAGES = ("uk", "ru", "en")
DETENTION = {"capture_date", "capture_place", "place_held", "holding_authority", "holding_state", "release_date"}


def add_staff(*, now: datetime) -> dict[str, Actor]:
    """Create the cast's accounts; nobody has a passphrase, the demo's first page lets one choose."""
    actors = {}
    for account in world.load_accounts():
        user = access.create_user(
            email=account.email,
            display_name=account.name,
            passphrase=None,
            language=account.language,
            actor=SYSTEM,
            now=now,
        )
        access.give_roles(user, [account.role], actor=SYSTEM, now=now)
        if account.role in EXPORTERS:
            access.grant_power(user, EXPORT, actor=SYSTEM, now=now)
        actors[account.role] = actor_for(User.objects.get(pk=user.pk))
    return actors


def add_world_places(*, actor: Actor, now: datetime) -> int:
    """Add the invented authorities and places with all their names."""
    with acting("registry.authorities_added", actor=actor, now=now) as line:
        for one in world.load_actors():
            Authority.objects.create(
                key=one.key.lower(),
                kind=one.kind,
                name_en=one.names.get("en", one.key),
                name_uk=one.names.get("uk", ""),
                name_ru=one.names.get("ru", ""),
                state=one.state,
            )
        line.facts["authorities"] = len(world.load_actors())
    places = world.load_places()
    authorities = {one.key: one for one in Authority.objects.all()}
    return add_places(
        [_place(one) for one in places],
        actor=actor,
        now=now,
        operators={one.key: authorities[one.operator.lower()] for one in places if one.operator.lower() in authorities},
        parents={one.key: one.parent for one in places if one.parent},
    )


def describe_source(one: DemoSource, *, actor: Actor, now: datetime) -> Source:
    """Add a list's source, once however many editions it has."""
    known = Source.objects.filter(key=one.key).first()
    if known is not None:
        return known  # type: ignore[no-any-return]
    facts = SourceFacts(
        title=_source_title(one),
        kind=one.kind,
        publisher=one.publisher,
        language=one.language,
        reliability=one.reliability,
        obtained_on=one.obtained_on.isoformat(),
        licence=one.licence,
        room=Room.HISTORY if one.room == "history" else Room.WORK,
        deduplicated=one.deduplicated,
        sensitivity=Sensitivity[one.handling.upper()],
    )
    return add_source(facts, actor=actor, now=now, key=one.key)


def add_reports(*, actor: Actor, now: datetime) -> int:
    """Record the single reports, letters, press mentions, court decisions and captures, as staff would type them."""
    for report in world.load_reports():
        record_report(
            Report(
                SourceFacts(
                    title=report.title,
                    kind=report.kind,
                    publisher=report.publisher,
                    language=report.language,
                    reliability=report.reliability,
                    obtained_on=report.obtained_on.isoformat(),
                ),
                _report_claims(report),
            ),
            actor=actor,
            now=now,
        )
    return len(world.load_reports())


def add_world_events(mentions_of: dict[str, list[Mention]], *, actor: Actor, now: datetime) -> int:
    """Add the events, each titled in the language of the list that tells of it."""
    places = {place.key: place for place in Place.objects.all()}
    for one in world.load_events():
        taken = [mentions_of[person][0] for person in one.persons if person in mentions_of]
        told_by = Counter(mention.source for mention in taken).most_common(1)
        source = told_by[0][0] if told_by else None
        event: Event = add_event(
            EventFacts(
                title=one.names[source.language if source and source.language in one.names else "en"],
                kind=one.kind,
                happened_on=one.when,
                place=places.get(one.place),
                source=source,
            ),
            actor=actor,
            now=now,
        )
        add_taken(event, taken, actor=actor, now=now)
    return len(world.load_events())


def mentions_by_truth() -> dict[str, list[Mention]]:
    """Give each truth person's mentions in the lists, first list first: only the demo knows the truth."""
    found: dict[str, list[Mention]] = {}
    by_row = {
        (mention.source.key, mention.position): mention
        for mention in Mention.objects.filter(live=True).select_related("source").order_by("pk")
    }
    first_files = {one.file for one in world.load_sources() if one.edition == 1}
    for row in world.load_truth():
        mention = by_row.get((row.source, row.row)) if row.file in first_files else None
        if mention is not None and mention not in found.setdefault(row.person_id, []):
            found[row.person_id].append(mention)
    return found


def _place(one: DemoPlace) -> PlaceFacts:
    names = [NameFacts(one.names[language], language, "main") for language in LANGUAGES if language in one.names]
    until = str(one.renamed) if one.renamed else ""
    names += [NameFacts(name, language, "old", until) for language, name in one.old_names.items()]
    names += [NameFacts(alias.name, alias.language) for alias in one.aliases]
    start, _slash, end = one.active.partition("/")
    return PlaceFacts(
        key=one.key,
        names=tuple(names),
        kind=one.kind,
        country=one.state,
        active_from=start,
        active_to="" if end == ".." else end,
        origin="demo",
    )


def _source_title(one: DemoSource) -> str:
    title = one.title.get(one.language) or one.title["en"]
    return title.rpartition(",")[0] if one.key == "families" else title


def _report_claims(report: DemoReport) -> tuple[ClaimDraft, ...]:
    claims = [ClaimDraft("name", report.name, original=report.name, language=report.language, said_by=report.said_by)]
    for one in report.claims:
        start, _slash, end = one.valid.partition("/")
        claims.append(
            ClaimDraft(
                one.property,
                one.value,
                original=one.wording,
                language=report.language,
                valid_from=start,
                valid_to=end or start,
                said_by=report.said_by,
                credibility=one.credibility,
                sensitivity=int(Sensitivity[one.sensitivity.upper()]),
                episode=int(one.property in DETENTION),
            )
        )
    return tuple(claims)
