# SPDX-License-Identifier: AGPL-3.0-or-later
"""Build the demo world for the browser: the invented people whole, of the two real registers a few dozen rows.

Run in a process of its own: ``python -m tests.browser.world FOLDER``. Beside the folder it leaves ``known.json``: the
addresses that fill the routes, and who is who.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any

REGISTER_ROWS = 40


def build(folder: Path) -> None:
    """Build what `goodoffices demo` builds, with short registers."""
    from goodoffices.config.folder import create_folder

    create_folder(folder, "demo")
    from goodoffices.cli.door import start_django

    start_django()
    from goodoffices.access import clock
    from goodoffices.cli.folders import migrate_stores
    from goodoffices.demo import building

    migrate_stores()
    now = clock.now
    actors = building.prepare(now=now())
    lead, documenter = actors["coordinator"], actors["documenter"]
    _read_registers(folder.parent, actor=lead, clock=now)
    building.link_history(actor=lead, clock=now)
    building.read_lists("work", actor=documenter, clock=now, wanted=building.came_early)
    building.add_single_reports(actor=documenter, now=now())
    building.compare_early(actor=lead, clock=now)
    building.read_lists("work", actor=documenter, clock=now, wanted=lambda one: not building.came_early(one))
    building.compare_late(clock=now)
    (folder.parent / "known.json").write_text(json.dumps(_known(actors), ensure_ascii=False, indent=1), "utf-8")


def _read_registers(beside: Path, *, actor: Any, clock: Any) -> None:
    from goodoffices.demo import store, world
    from goodoffices.intake.reading.mapping import mapping_for, read_mapping
    from goodoffices.intake.services.running import run_import
    from goodoffices.intake.services.staging import Edition

    mappings = read_mapping(world.maps_path("history"))
    for one in world.load_sources("history"):
        short = beside / one.path.name
        lines = gzip.decompress(one.path.read_bytes()).splitlines(keepends=True)[: REGISTER_ROWS + one.header_row]
        short.write_bytes(gzip.compress(b"".join(lines)))
        source = store.describe_source(one, actor=actor, now=clock())
        edition = Edition(label=str(one.edition), on=one.as_of.isoformat())
        run_import(short, source.key, actor=actor, clock=clock, told=mapping_for(mappings, one.path), edition=edition)


def _known(actors: dict[str, Any]) -> dict[str, Any]:
    from django.urls import reverse

    from goodoffices.demo import world
    from goodoffices.intake.models import ListImport, ListRow, State
    from goodoffices.matching.models import Candidate, Run
    from goodoffices.registry.models import Artifact, Batch, Event, Mention, Person, Place, Source

    truth = {one.cast: one for one in world.load_persons() if one.cast}
    mentions = _mentions_of_cast()
    andriy = mentions["andriy"][0].person
    waiting = ListImport.objects.get(state=State.STAGED)
    recorded = ListImport.objects.filter(source__key="families", state=State.COMMITTED).get()
    report = Batch.objects.filter(source__in=Source.objects.filter(kind="family_report")).first()
    if report is None:
        report = Batch.objects.exclude(pk__in=ListImport.objects.values("batch_id")).first()
    joined = Person.objects.filter(pk__in=Mention.objects.filter(live=True).values("person_id"), room="work").first()
    values = {
        "person": andriy.public_id,
        "event": Event.objects.order_by("pk").first().public_id,
        "place": Place.objects.get(key="centre-99").public_id,
        "source": waiting.source.public_id,
        "row": ListRow.objects.filter(list_import=recorded).order_by("pk").first().public_id,
        "list": waiting.public_id,
        "recorded": recorded.public_id,
        "report": report.public_id,
        "pair": Candidate.objects.filter(room="work", band="ask").order_by("-priority").first().public_id,
        "run": Run.objects.filter(kind="join", room="work").order_by("pk").first().public_id,
        "artifact": Artifact.objects.order_by("pk").first().public_id,
        "joined": joined.public_id,
    }
    people = {cast: str(found[0].person.public_id) for cast, found in mentions.items() if found}
    return {
        "ids": {key: str(value) for key, value in values.items()},
        "people": people,
        "records": {cast: len(found) for cast, found in mentions.items()},
        "lists": reverse("lists"),
        "staff": {role: actor.user_id for role, actor in actors.items()},
        "cast": {cast: [one.name_uk, one.name_ru, one.name_en] for cast, one in truth.items()},
    }


def _mentions_of_cast() -> dict[str, list[Any]]:
    from goodoffices.demo import store, world

    by_person = store.mentions_by_truth()
    return {one.cast: by_person.get(one.person_id, []) for one in world.load_persons() if one.cast}


if __name__ == "__main__":
    os.environ["GOODOFFICES_DATA"] = sys.argv[1]
    build(Path(sys.argv[1]))
