# SPDX-License-Identifier: AGPL-3.0-or-later
"""The policy base: every model that pages show is registered here with who may see which rows and do what.

``fetch`` is the only way to get one object in a request. It answers "not found" alike for what isn't there and
for what the actor may not know of, and "refused" only for what she may see but not do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from goodoffices.access.actors import Actor

M = TypeVar("M", bound=Model)


class Refused(PermissionDenied):
    """The actor may see this but not do that. ``act`` and ``subject`` go to the ledger, never a name."""

    def __init__(self, act: str, subject: tuple[str, str] | None = None) -> None:
        super().__init__(act)
        self.act = act
        self.subject = subject


@dataclass(frozen=True)
class Policy:
    """Who may see rows of a model, and who may do what to one of them."""

    visible_to: Callable[[Actor], QuerySet[Any]]
    can: Mapping[str, Callable[[Actor, Any], bool]] = field(default_factory=dict)


_policies: dict[type[Model], Policy] = {}


def register(
    model: type[Model],
    *,
    visible_to: Callable[[Actor], QuerySet[Any]],
    can: Mapping[str, Callable[[Actor, Any], bool]] | None = None,
) -> None:
    """Give a model its policy, once, from its app's ``policies`` module."""
    _policies[model] = Policy(visible_to=visible_to, can=dict(can or {}))


def policies() -> Mapping[type[Model], Policy]:
    """Give all registered policies, for the tests that prove them."""
    return dict(_policies)


def fetch(actor: Actor, model: type[M], public_id: UUID | str, to: str = "see") -> M:
    """Get one object the actor may know of, and check that she may do ``to`` with it.

    Raises:
        Http404: it doesn't exist, or the actor may not know of it.
        Refused: she may see it, but not do that.
    """
    policy = _policies[model]
    found = policy.visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    require(actor, to, found)
    return found  # type: ignore[no-any-return]


def allowed(actor: Actor, to: str, obj: Model) -> bool:
    """Say whether the actor may do ``to`` with an object she can see."""
    if to == "see":
        return _policies[type(obj)].visible_to(actor).filter(pk=obj.pk).exists()
    return _policies[type(obj)].can[to](actor, obj)


def require(actor: Actor, to: str, obj: Model) -> None:
    """Raise Refused unless the actor may do ``to`` with the object; services call it too."""
    if to != "see" and not _policies[type(obj)].can[to](actor, obj):
        raise Refused(f"{obj._meta.model_name}.{to}", (str(obj._meta.model_name), str(getattr(obj, "public_id", ""))))


def require_power(actor: Actor, power: str) -> None:
    """Raise Refused unless the actor has a power, for acts that have no object yet."""
    if not actor.has(power):
        raise Refused(f"power.{power}")
