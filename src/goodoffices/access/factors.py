# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a user proves herself with besides the passphrase: passkeys, an authenticator app, printed codes.

Every act here is on the actor's own account: no user's id is taken from a request, so that nobody enrols on, or
reads off, another's account (SECURITY AU4). The last factor can't be taken off.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from goodoffices.access import totp
from goodoffices.access.actors import actor_for
from goodoffices.access.acts import acting
from goodoffices.access.models import Authenticator, Passkey, SpareCode, User
from goodoffices.access.passkeys import MOST_KEYS
from goodoffices.core.errors import GoodOfficesError
from goodoffices.core.sealing.userkeys import BadCode, code_text, new_code, read_code

CODE_LABEL = b"goodoffices printed sign-in code v1"


class FactorRefused(GoodOfficesError):
    """A second factor can't be added, confirmed or taken off."""

    code = "factor_refused"


def has_factor(user: User) -> bool:
    """Say whether the user can prove herself with more than the passphrase; printed codes alone don't count."""
    return user.passkeys.exists() or Authenticator.objects.filter(user=user, confirmed_at__isnull=False).exists()


def begin_authenticator(user: User, *, now: datetime) -> bytes:
    """Draw a seed for the user's authenticator app; it counts once its digits were confirmed.

    Asked again before that, the same seed is given: a page that is loaded twice must not void the one scanned.

    Raises:
        FactorRefused: there is a confirmed one already.
    """
    held = Authenticator.objects.filter(user=user).first()
    if held is not None and held.confirmed_at is not None:
        raise FactorRefused(
            "There is an authenticator app on this account already.",
            where={"why": "has_app"},
            hint="Take it off first, then add the new one.",
        )
    if held is not None:
        return totp.open_seed(held)
    seed = totp.new_seed()
    Authenticator.objects.create(user=user, seed=totp.seal_seed(seed, user), created_at=now)
    return seed


def confirm_authenticator(user: User, digits: str, *, now: datetime) -> None:
    """Confirm the app by the digits it shows.

    Raises:
        FactorRefused: they are not its digits now.
    """
    with acting("access.factor_added", actor=actor_for(user), now=now, facts={"factor": "app"}) as line:
        held = Authenticator.objects.select_for_update().filter(user=user, confirmed_at=None).first()
        step = totp.step_of(totp.open_seed(held), digits, now) if held else None
        if held is None or step is None:
            raise FactorRefused(
                "These are not the digits the app shows now.",
                where={"field": "digits", "why": "digits"},
                hint="Type the six digits of Good Offices in your app. If they are refused again, look at the clock "
                "of your phone.",
            )
        held.confirmed_at, held.last_step = now, step
        held.save(update_fields=["confirmed_at", "last_step"])
        line.concerns("user", user.public_id)


def add_passkey(user: User, credential: bytes, label: str, *, now: datetime) -> Passkey:
    """Keep a passkey whose enrolment was checked.

    Raises:
        FactorRefused: the user has the most keys one may have.
    """
    with acting("access.factor_added", actor=actor_for(user), now=now, facts={"factor": "passkey"}) as line:
        if user.passkeys.count() >= MOST_KEYS:
            raise FactorRefused(
                "There are ten passkeys on this account already.",
                where={"why": "most_keys"},
                hint="Take one off that you don't use.",
            )
        found = Passkey.objects.create(user=user, credential=credential, label=label, created_at=now)
        line.concerns("user", user.public_id)
    return found


def remove_passkey(user: User, public_id: UUID, *, now: datetime) -> None:
    """Take one of the user's own passkeys off.

    Raises:
        Passkey.DoesNotExist: it isn't hers, or isn't there.
        FactorRefused: it is her last factor.
    """
    with acting("access.factor_removed", actor=actor_for(user), now=now, facts={"factor": "passkey"}) as line:
        user.passkeys.get(public_id=public_id).delete()
        _need_one(user)
        line.concerns("user", user.public_id)


def remove_authenticator(user: User, *, now: datetime) -> None:
    """Take the user's authenticator app off.

    Raises:
        FactorRefused: it is her last factor.
    """
    with acting("access.factor_removed", actor=actor_for(user), now=now, facts={"factor": "app"}) as line:
        Authenticator.objects.filter(user=user).delete()
        _need_one(user)
        line.concerns("user", user.public_id)


def print_code(user: User, *, now: datetime) -> str:
    """Draw the user's printed code and give it once, as it is to be printed; the one before works no more."""
    code = new_code()
    with acting("access.code_printed", actor=actor_for(user), now=now) as line:
        user.spare_codes.filter(used_at=None).update(used_at=now)
        SpareCode.objects.create(user=user, code_hash=_hash(user, code), created_at=now)
        line.concerns("user", user.public_id)
    return code_text(code)


def accept_code(user: User, text: str, *, now: datetime) -> bool:
    """Accept the user's printed code, once. Of fifty who send it at once, one gets in."""
    try:
        code = read_code(text)
    except BadCode:
        return False
    with transaction.atomic():
        mine = SpareCode.objects.filter(user=user, code_hash=_hash(user, code), used_at=None)
        if not mine.update(used_at=now):
            return False
        with acting("access.code_used", actor=actor_for(user), now=now) as line:
            line.concerns("user", user.public_id)
    return True


def _need_one(user: User) -> None:
    if not has_factor(user):
        raise FactorRefused(
            "This is the only second factor of the account.",
            where={"why": "last"},
            hint="Add another passkey or an authenticator app first.",
        )


def _hash(user: User, code: bytes) -> str:
    # The code is 128 random bits: nothing to guess, so nothing to stretch; the key ties the hash to this house.
    key = CODE_LABEL + settings.SECRET_KEY.encode()
    return hmac.new(key, user.public_id.bytes + code, hashlib.sha256).hexdigest()
