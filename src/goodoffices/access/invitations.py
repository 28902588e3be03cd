# SPDX-License-Identifier: AGPL-3.0-or-later
"""Into the staff by invitation only: one person, one link or sheet of paper, once, for days; and out of it again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from goodoffices.access.actors import SYSTEM, Actor
from goodoffices.access.acts import acting
from goodoffices.access.models import Invitation, User
from goodoffices.access.policy import require_power
from goodoffices.access.roles import MANAGE_STAFF, ROLES
from goodoffices.access.services import AccountExists, create_user, give_roles, hash_token
from goodoffices.core.errors import GoodOfficesError

DAYS = 7
TOKEN_BYTES = 20


class InvitationRefused(GoodOfficesError):
    """An invitation is unknown, used, withdrawn or too old; which isn't said."""

    code = "invitation_refused"


class CannotClose(GoodOfficesError):
    """An account can't be closed by its own holder: somebody must be left who lets others in."""

    code = "cannot_close"


def invite(
    *, email: str, display_name: str, language: str, roles: Sequence[str], actor: Actor, now: datetime
) -> tuple[Invitation, str]:
    """Invite somebody; gives the invitation and its token, which is kept nowhere.

    Raises:
        AccountExists: the address has an account.
        GoodOfficesError: a role isn't known.
    """
    require_power(actor, MANAGE_STAFF)
    if User.objects.filter(email__iexact=email).exists():
        raise AccountExists(
            "There is an account with this address.", where={"field": "email"}, hint="Use that account."
        )
    if unknown := sorted(set(roles) - set(ROLES)):
        raise GoodOfficesError(f"There is no role {unknown[0]!r}.", code="unknown_role")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with acting("access.invited", actor=actor, now=now, facts={"roles": len(set(roles))}) as line:
        # An earlier invitation of the same person is void: one person, one way in.
        _open(now).filter(email__iexact=email).update(withdrawn_at=now)
        made = Invitation.objects.create(
            email=email,
            display_name=display_name,
            language=language,
            roles=sorted(set(roles)),
            token_hash=hash_token(token),
            invited_by=User.objects.get(pk=cast(int, actor.user_id)),
            invited_at=now,
            expires_at=now + timedelta(days=DAYS),
        )
        line.concerns("invitation", made.public_id)
    return made, token


def withdraw(invitation: Invitation, *, actor: Actor, now: datetime) -> None:
    """Withdraw an invitation; its link answers as one that never was."""
    require_power(actor, MANAGE_STAFF)
    with acting("access.invitation_withdrawn", actor=actor, now=now) as line:
        Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
        line.concerns("invitation", invitation.public_id)


def open_invitations(now: datetime) -> list[Invitation]:
    """Give the invitations that can still be used, the newest first."""
    return list(_open(now).order_by("-invited_at").select_related("invited_by"))


def find(token: str, *, now: datetime) -> Invitation:
    """Find the invitation of a token.

    Raises:
        InvitationRefused: there is none that can be used.
    """
    found: Invitation | None = _open(now).filter(token_hash=hash_token(token)).first()
    if found is None:
        raise InvitationRefused(
            "This invitation doesn't work.", hint="Ask the person who invited you for a new one; they last a week."
        )
    return found


def accept(token: str, *, display_name: str, passphrase: str, now: datetime) -> User:
    """Open the invited person's account. Of two who use a token at once, one gets in.

    Raises:
        InvitationRefused: the token can't be used.
    """
    invitation = find(token, now=now)
    with acting("access.invitation_used", actor=SYSTEM, now=now) as line:
        if not _open(now).filter(pk=invitation.pk).update(used_at=now):
            raise InvitationRefused("This invitation doesn't work.")
        user = create_user(
            email=invitation.email,
            display_name=display_name,
            passphrase=passphrase,
            language=invitation.language,
            actor=SYSTEM,
            now=now,
        )
        give_roles(user, invitation.roles, actor=SYSTEM, now=now)
        line.concerns("invitation", invitation.public_id)
        line.concerns("user", user.public_id)
    return user


def close_account(user: User, *, actor: Actor, now: datetime) -> None:
    """Close a colleague's account: her rights, grants and sessions end with this act; what she did stays hers.

    Raises:
        CannotClose: it is one's own account.
    """
    require_power(actor, MANAGE_STAFF)
    if user.pk == actor.user_id:
        raise CannotClose("You can't close your own account.", where={"why": "own"}, hint="Ask another administrator.")
    with acting("access.account_closed", actor=actor, now=now) as line:
        User.objects.filter(pk=user.pk).update(is_active=False)
        user.grants.filter(revoked_at=None).update(revoked_at=now)
        _end_sessions(user)
        line.concerns("user", user.public_id)


def _end_sessions(user: User) -> None:
    # Sessions are few; their rows name no user but inside.
    mine = [one.pk for one in Session.objects.iterator() if one.get_decoded().get("_auth_user_id") == str(user.pk)]
    Session.objects.filter(pk__in=mine).delete()


def _open(now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)
