# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sign-in by e-mail and passphrase. Permissions are not Django's: see ``policies``."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from goodoffices.access.models import User


class EmailBackend(BaseBackend):
    """Find the account in any case of its address; take the same time whether or not it exists."""

    def authenticate(
        self, request: HttpRequest | None, email: str = "", password: str = "", **kwargs: Any
    ) -> User | None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            make_password(password)
            return None
        if user.check_password(password) and user.is_active:
            return user
        return None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
