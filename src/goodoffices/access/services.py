# SPDX-License-Identifier: AGPL-3.0-or-later
"""Change accounts, roles and grants."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from goodoffices.access.actors import SYSTEM, Actor, actor_for
from goodoffices.access.acts import acting
from goodoffices.access.models import Grant, RoleHeld, SetupToken, User
from goodoffices.access.policy import require_power
from goodoffices.access.roles import GRANTABLE, MANAGE_STAFF, ROLES
from goodoffices.core.errors import GoodOfficesError

TOKEN_MINUTES = 30


class SetupRefused(GoodOfficesError):
    """The set-up token is unknown, used or too old."""

    code = "setup_refused"


class AccountExists(GoodOfficesError):
    """There is an account with this address."""

    code = "account_exists"


def create_user(
    *, email: str, display_name: str, passphrase: str | None, language: str, actor: Actor, now: datetime
) -> User:
    """Create an account without roles; without a passphrase nobody can sign in to it."""
    require_power(actor, MANAGE_STAFF)
    if User.objects.filter(email__iexact=email).exists():
        raise AccountExists(
            "There is an account with this address.", where={"field": "email"}, hint="Use that account."
        )
    with acting("access.account_created", actor=actor, now=now) as line:
        user = User(email=email, display_name=display_name, language=language, created_at=now)
        if passphrase is None:
            user.set_unusable_password()
        else:
            user.set_password(passphrase)
        user.save()
        line.concerns("user", user.public_id)
    return user


def give_roles(user: User, roles: Iterable[str], *, actor: Actor, now: datetime) -> None:
    """Give roles; those held already stay."""
    require_power(actor, MANAGE_STAFF)
    for role in roles:
        if role not in ROLES:
            raise GoodOfficesError(
                f"There is no role {role!r}.", code="unknown_role", hint="Known: " + ", ".join(ROLES)
            )
        if user.roles.filter(role=role).exists():
            continue
        with acting("access.role_given", actor=actor, now=now, facts={"role": role}) as line:
            RoleHeld.objects.create(user=user, role=role)
            line.concerns("user", user.public_id)


def take_role(user: User, role: str, *, actor: Actor, now: datetime) -> None:
    """Take a role away; it is gone with the user's next request."""
    require_power(actor, MANAGE_STAFF)
    with acting("access.role_taken", actor=actor, now=now, facts={"role": role}) as line:
        user.roles.filter(role=role).delete()
        line.concerns("user", user.public_id)


def grant_power(user: User, power: str, *, actor: Actor, now: datetime) -> Grant:
    """Grant a power that belongs to no role."""
    require_power(actor, MANAGE_STAFF)
    if power not in GRANTABLE:
        raise GoodOfficesError(f"{power!r} can't be granted.", code="unknown_power")
    with acting("access.power_granted", actor=actor, now=now, facts={"power": power}) as line:
        grant = Grant.objects.create(user=user, power=power, granted_by_id=actor.user_id, granted_at=now)
        line.concerns("user", user.public_id)
    return grant


def revoke_power(user: User, power: str, *, actor: Actor, now: datetime) -> None:
    """Take a granted power back."""
    require_power(actor, MANAGE_STAFF)
    with acting("access.power_revoked", actor=actor, now=now, facts={"power": power}) as line:
        user.grants.filter(power=power, revoked_at=None).update(revoked_at=now)
        line.concerns("user", user.public_id)


def issue_setup_token(*, now: datetime) -> str:
    """Make the single-use token that lets somebody at the console create the first administrator."""
    token = secrets.token_urlsafe(24)
    with acting("access.token_issued", actor=SYSTEM, now=now):
        SetupToken.objects.create(token_hash=hash_token(token), expires_at=now + timedelta(minutes=TOKEN_MINUTES))
    return token


def use_setup_token(
    token: str, *, email: str, display_name: str, passphrase: str, language: str, now: datetime
) -> User:
    """Create the first administrator; the token works once, and only while there is no administrator.

    Raises:
        SetupRefused: unknown, used or expired token; the answer doesn't say which.
    """
    with acting("access.set_up", actor=SYSTEM, now=now) as line:
        used = SetupToken.objects.filter(token_hash=hash_token(token), used_at=None, expires_at__gt=now).update(
            used_at=now
        )
        if used != 1 or RoleHeld.objects.filter(role="administrator").exists():
            raise SetupRefused(
                "This set-up token doesn't work.", hint="Print a new one at the console: goodoffices init --token"
            )
        user = create_user(
            email=email, display_name=display_name, passphrase=passphrase, language=language, actor=SYSTEM, now=now
        )
        give_roles(user, ["administrator"], actor=SYSTEM, now=now)
        line.concerns("user", user.public_id)
    return user


def record_sign_in(user: User, *, now: datetime) -> None:
    """Write the sign-in's line."""
    with acting("access.signed_in", actor=actor_for(user), now=now) as line:
        line.concerns("user", user.public_id)


def record_sign_out(actor: Actor, *, now: datetime) -> None:
    """Write the sign-out's line."""
    with acting("access.signed_out", actor=actor, now=now):
        pass


def record_step_up(actor: Actor, *, how: str, now: datetime) -> None:
    """Write that somebody proved herself again."""
    with acting("access.stepped_up", actor=actor, now=now, facts={"factor": how}):
        pass


def record_failed_sign_in(*, now: datetime) -> None:
    """Write a failed sign-in's line; the address tried isn't kept."""
    with acting("access.sign_in_failed", actor=SYSTEM, now=now):
        pass


def hash_token(token: str) -> str:
    """Hash a random token; the only form in which one is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
