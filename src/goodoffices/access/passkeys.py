# SPDX-License-Identifier: AGPL-3.0-or-later
"""Passkeys: a security key, a phone or the computer itself vouches, and can't be phished (WebAuthn level 3).

A challenge is drawn here, kept in the session, answered once within minutes. What an answer is bound to (the
challenge, our host, the origin of the page) is checked by ``fido2``; that the credential is the user's own is
checked here, since nothing of whose it is may come from the request (the finding of SECURITY AU4).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from goodoffices.access.models import Passkey, User
from goodoffices.core.errors import GoodOfficesError

MINUTES = 5
MOST_KEYS = 10
_STATE = "passkey_challenge"


class PasskeyRefused(GoodOfficesError):
    """A passkey's answer doesn't hold: too late, of another page, of another person, or a copy."""

    code = "passkey_refused"


def begin_enrolment(request: HttpRequest, user: User, now: datetime) -> dict[str, Any]:
    """Draw a challenge for a new passkey; gives the options for the browser."""
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(id=user.public_id.bytes, name=user.email, display_name=user.display_name),
        credentials=[_credential(one) for one in user.passkeys.all()],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    _keep(request, "enrol", user, state, now)
    return dict(options["publicKey"])


def finish_enrolment(request: HttpRequest, user: User, answer: Mapping[str, Any], now: datetime) -> bytes:
    """Check the browser's answer; gives the credential to keep.

    Raises:
        PasskeyRefused: it doesn't hold.
    """
    state = _take(request, "enrol", user, now)
    try:
        found = _server(request).register_complete(state, answer)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _refused() from None
    if found.credential_data is None:
        raise _refused()
    return bytes(found.credential_data)


def begin_check(request: HttpRequest, user: User, now: datetime) -> dict[str, Any]:
    """Draw a challenge for one of the user's passkeys; gives the options for the browser."""
    options, state = _server(request).authenticate_begin(
        [_credential(one) for one in user.passkeys.all()], user_verification=UserVerificationRequirement.PREFERRED
    )
    _keep(request, "check", user, state, now)
    return dict(options["publicKey"])


def finish_check(request: HttpRequest, user: User, answer: Mapping[str, Any], now: datetime) -> Passkey:
    """Check the browser's answer; gives the user's passkey that answered.

    Raises:
        PasskeyRefused: it doesn't hold, or the key counts backwards as a copy does.
    """
    state = _take(request, "check", user, now)
    own = {bytes(_credential(one).credential_id): one for one in user.passkeys.all()}
    try:
        found = _server(request).authenticate_complete(state, [_credential(one) for one in own.values()], answer)
        count = _count_of(answer)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _refused() from None
    passkey = own[bytes(found.credential_id)]
    # A counter that doesn't rise is a copied key; keys that don't count say 0 for ever.
    rises = (
        Passkey.objects.filter(pk=passkey.pk, sign_count__lt=count)
        if count
        else Passkey.objects.filter(pk=passkey.pk, sign_count=0)
    )
    if not rises.update(sign_count=count, last_used_at=now):
        raise _refused()
    return passkey


def _server(request: HttpRequest) -> Fido2Server:
    host = request.get_host().rsplit(":", 1)[0]
    origin = f"{request.scheme}://{request.get_host()}"
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=host, name="Good Offices"), verify_origin=lambda said: said == origin
    )


def _credential(one: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(one.credential))


def _count_of(answer: Mapping[str, Any]) -> int:
    from fido2.webauthn import AuthenticationResponse

    return int(AuthenticationResponse.from_dict(answer).response.authenticator_data.counter)


def _keep(request: HttpRequest, what: str, user: User, state: Any, now: datetime) -> None:
    request.session[_STATE] = {"for": what, "user": str(user.public_id), "at": now.timestamp(), "state": state}


def _take(request: HttpRequest, what: str, user: User, now: datetime) -> Any:
    """Take the challenge out of the session: it is answered once, by whom it was drawn for, in time."""
    kept = request.session.pop(_STATE, None)
    if not kept or kept["for"] != what or kept["user"] != str(user.public_id):
        raise _refused()
    if not 0 <= now.timestamp() - kept["at"] <= MINUTES * 60:
        raise _refused()
    return kept["state"]


def _refused() -> PasskeyRefused:
    return PasskeyRefused(
        "The passkey's answer doesn't hold.",
        hint="Try again, with the same passkey you enrolled here; or use the authenticator app or a printed code.",
    )
