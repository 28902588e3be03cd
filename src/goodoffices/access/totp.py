# SPDX-License-Identifier: AGPL-3.0-or-later
"""Six digits from an authenticator app, each accepted once (RFC 6238; ASVS 5.0 6.5.1).

The seed lies sealed to its owner's row, so that neither a copied table nor a row moved to another account is of
use. The replay check is one conditional update in the store: of two who send the same digits at once, one gets in.
"""

from __future__ import annotations

import os
from datetime import datetime
from urllib.parse import quote

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings

from goodoffices.access.models import Authenticator, User
from goodoffices.core.sealing.envelope import Place, open_record, seal_record
from goodoffices.core.sealing.userkeys import wrapping_key

SEED_BYTES = 20
DIGITS = 6
STEP_SECONDS = 30
# One step either way: clocks of phones drift.
STEPS_AROUND = (0, -1, 1)
SEED_LABEL = b"goodoffices authenticator seeds v1"
ISSUER = "Good Offices"
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def new_seed() -> bytes:
    """Draw a seed of 160 bits."""
    return os.urandom(SEED_BYTES)


def seal_seed(seed: bytes, user: User) -> bytes:
    """Seal a seed to its owner's row."""
    return seal_record(_key(), seed, _place(user))


def open_seed(held: Authenticator) -> bytes:
    """Open the seed of an authenticator."""
    return open_record(_key(), bytes(held.seed), _place(held.user))


def step_of(seed: bytes, digits: str, now: datetime) -> int | None:
    """Give the 30-second step whose digits these are, the present one or a neighbour; None if they are none's."""
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdecimal():
        return None
    # Authenticator apps know SHA-1 only; nothing here rests on its collision resistance.
    generator = TOTP(seed, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303
    present = int(now.timestamp()) // STEP_SECONDS
    for around in STEPS_AROUND:
        try:
            generator.verify(digits.encode(), (present + around) * STEP_SECONDS)
        except InvalidToken:
            continue
        return present + around
    return None


def accept(user: User, digits: str, *, now: datetime) -> bool:
    """Accept digits of a user's confirmed authenticator, once: a step used, or an earlier one, never counts again."""
    held = Authenticator.objects.filter(user=user, confirmed_at__isnull=False).first()
    if held is None:
        return False
    step = step_of(open_seed(held), digits, now)
    if step is None:
        return False
    return bool(Authenticator.objects.filter(pk=held.pk, last_step__lt=step).update(last_step=step))


def address(seed: bytes, user: User) -> str:
    """Give the otpauth address an authenticator app reads."""
    label = quote(f"{ISSUER}:{user.email}")
    return f"otpauth://totp/{label}?secret={seed_text(seed)}&issuer={quote(ISSUER)}&digits={DIGITS}"


def picture(seed: bytes, user: User) -> str:
    """Give the address as a QR code: an SVG as a data address, which the page's policy lets through."""
    return str(segno.make(address(seed, user), micro=False).svg_data_uri(scale=4, border=4, dark="#000", light="#fff"))


def seed_text(seed: bytes) -> str:
    """Write a seed in base 32, for those who type it."""
    number = int.from_bytes(seed, "big")
    return "".join(_BASE32[number >> shift & 31] for shift in range(len(seed) * 8 - 5, -1, -5))


def _key() -> bytes:
    return wrapping_key(settings.SECRET_KEY.encode(), SEED_LABEL)


def _place(user: User) -> Place:
    return Place("access_authenticator", str(user.public_id), "seed", "server", 1)
