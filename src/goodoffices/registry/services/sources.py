# SPDX-License-Identifier: AGPL-3.0-or-later
"""Describe sources, keep their files, withdraw them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.utils.text import slugify

from goodoffices.access.actors import Actor
from goodoffices.access.acts import acting
from goodoffices.access.policy import require, require_power
from goodoffices.access.roles import IMPORT_LISTS, RECORD_FACTS
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.vocabulary import Room, Sensitivity, SourceKind
from goodoffices.ledger.ids import new_id
from goodoffices.registry import artifacts
from goodoffices.registry.models import Artifact, Source
from goodoffices.registry.querysets import KEY_BESIDE, KEY_LENGTH
from goodoffices.registry.services.versions import save_version


@dataclass(frozen=True)
class SourceFacts:
    """What is said once of a source and inherited by all its claims."""

    title: str
    kind: str = SourceKind.LIST
    publisher: str = ""
    language: str = ""
    reliability: str = "F"
    obtained_from: str = ""
    obtained_on: str = ""
    address: str = ""
    handling: str = ""
    licence: str = ""
    room: str = Room.WORK
    deduplicated: bool = False
    sensitivity: int = Sensitivity.TEAM


def add_source(
    facts: SourceFacts, *, actor: Actor, now: datetime, key: str = "", lineage: Source | None = None
) -> Source:
    """Add a source; its key is made from its title unless one is given.

    Whoever adds it learns only of keys of sources she may see. One that a hidden source has is to her a free one:
    hers is stored beside it, and ``source_called`` finds for each actor the one she means.

    Raises:
        GoodOfficesError: a source the actor may see has the key.
    """
    require_power(actor, RECORD_FACTS)
    key = key or _free_key(facts.title)
    if Source.objects.visible_to(actor).called(key).exists():
        raise GoodOfficesError(
            f"There is a source with the key {key!r}.", code="source_exists", hint="Use it, or give another key."
        )
    stored = _beside(key) if Source.objects.filter(key=key).exists() else key
    with acting("registry.source_added", actor=actor, now=now, facts={"kind": str(facts.kind)}) as line:
        source = Source.objects.create(key=stored, created_at=now, lineage=lineage, **asdict(facts))
        line.concerns("source", source.public_id)
    return source


def source_called(key: str, *, actor: Actor) -> Source | None:
    """Give the source an actor means by a key, among those she may see; None if there is none.

    Raises:
        GoodOfficesError: several go by it, which only those see who may see them all.
    """
    found = list(Source.objects.visible_to(actor).called(key).order_by("pk")[:2])
    if len(found) < 2:
        return found[0] if found else None
    raise GoodOfficesError(
        "Several sources go by this key.",
        code="ambiguous_source",
        where={"keys": [one.key for one in found]},
        hint="Hand the list in on the page Lists, where you choose the source by its title.",
    )


def describe_source(source: Source, facts: SourceFacts, *, version: int, actor: Actor, now: datetime) -> Source:
    """Change a source's description; claims inherit it from now on.

    Raises:
        Conflict: somebody changed it since ``version`` was read.
    """
    require(actor, "describe", source)
    with acting("registry.source_described", actor=actor, now=now) as line:
        save_version(source, version, asdict(facts))
        line.concerns("source", source.public_id)
    source.refresh_from_db()
    return source


def keep_file(source: Source, data: bytes, *, name: str, actor: Actor, now: datetime) -> Artifact:
    """Encrypt and keep a file as it came, or give the one already kept if the bytes are the same."""
    require_power(actor, IMPORT_LISTS)
    digest = artifacts.digest(data)
    kept = source.artifacts.filter(sha256=digest).first()
    if kept is not None:
        return kept
    stored_name, identity = artifacts.store(data)
    with acting("registry.file_kept", actor=actor, now=now, facts={"sha256": digest, "size": len(data)}) as line:
        artifact = Artifact.objects.create(
            source=source,
            sha256=digest,
            name=Path(name).name[:255],
            size=len(data),
            stored_name=stored_name,
            age_identity=identity,
            taken_at=now,
            taken_by_id=actor.user_id,
        )
        line.concerns("artifact", artifact.public_id)
    return artifact


def open_file(artifact: Artifact, *, actor: Actor, now: datetime) -> bytes:
    """Decrypt a kept file for handing out; the ledger says who had it.

    Raises:
        ArtifactDamaged: it can't be read, or its bytes changed.
    """
    require(actor, "open", artifact)
    data = artifacts.read(artifact)
    with acting("registry.file_opened", actor=actor, now=now) as line:
        line.concerns("artifact", artifact.public_id)
    return data


def _beside(key: str) -> str:
    return f"{key[:KEY_LENGTH]}{KEY_BESIDE}{new_id().hex[-8:]}"


def _free_key(title: str) -> str:
    base = slugify(title)[:50] or "source"
    if not Source.objects.filter(key=base).exists():
        return base
    return f"{base}-{new_id().hex[-8:]}"
