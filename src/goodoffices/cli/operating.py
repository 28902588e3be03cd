# SPDX-License-Identifier: AGPL-3.0-or-later
"""Operations: routes, ledger check, start-up checks, fault points."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from goodoffices.access.actors import Actor
from goodoffices.cli import door


def list_routes() -> list[dict[str, Any]]:
    """Give every route of the staff site with its door (CONTRACTS part 2)."""
    from goodoffices.access.checks import views_of
    from goodoffices.access.doors import door_of
    from goodoffices.access.roles import ROLES

    listed = []
    for path, entry in views_of():
        found = door_of(entry.callback)
        if found is None:
            continue
        listed.append(
            {
                "path": "/" + path,
                "name": entry.name,
                "methods": sorted(found.methods),
                "process": "staff",
                "roles": sorted(found.roles) or (sorted(ROLES) if found.auth in {"session", "half"} else ["anon"]),
                "object_rule": found.object_rule,
                "auth": found.auth,
            }
        )
    return sorted(listed, key=lambda route: str(route["path"]))


def verify() -> dict[str, Any]:
    """Verify the casework ledger."""
    from goodoffices.ledger.verify import verify_audit

    return asdict(verify_audit())


def check_everything() -> list[str]:
    """Run Django's and our own checks, ask the store how it runs, and look for missing migrations."""
    from django.core import checks
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from goodoffices.access.checks import store_problems

    problems = [str(found.msg) for found in checks.run_checks() if found.level >= checks.ERROR]
    problems += store_problems("default")
    executor = MigrationExecutor(connections["default"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        problems.append("The store belongs to an older version: run goodoffices migrate.")
    return problems


def rebuild(*, matching: bool, actor: Actor) -> dict[str, Any]:
    """Draw every line of the lists anew; with ``matching`` compare all records again with the present engine.

    For after an update of the engine, and for the day somebody doubts a list: what is drawn is only ever a picture of
    what sources said and people judged. Human judgements are never changed.
    """
    from goodoffices.access import clock
    from goodoffices.access.policy import require_power
    from goodoffices.access.roles import DECIDE_MATCHES
    from goodoffices.core.vocabulary import Room
    from goodoffices.matching.services.rooms import match_room
    from goodoffices.registry.services.projecting import rebuild_all

    require_power(actor, DECIDE_MATCHES)
    said: dict[str, Any] = {"persons": rebuild_all(now=clock.now())}
    if matching:
        said["matching"] = match_room(
            Room.WORK,
            actor=actor,
            now=clock.now,
            join=False,
            progress=lambda step, share: door.progress_line(step, round(share * 100), 100),
        )
    return said


def list_faults() -> list[dict[str, str]]:
    """Give the fault points and what happens there."""
    from goodoffices.ledger.faults import fault_points

    return [{"name": name, "where": where} for name, where in sorted(fault_points().items())]
