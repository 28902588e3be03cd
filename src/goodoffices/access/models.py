# SPDX-License-Identifier: AGPL-3.0-or-later
"""Accounts, roles, granted powers, the set-up token and the keys of acts already done."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from goodoffices.access.roles import GRANTABLE, ROLES
from goodoffices.ledger.ids import new_id


class UserManager(BaseUserManager["User"]):
    """Look up by e-mail as it was given, in any case."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """A member of staff. The verifier in ``password`` opens nothing: see ``hashers``."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="en")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def account_url(self) -> str:
        """Where the user looks after her own account."""
        return reverse("account")

    @property
    def role_label(self) -> str:
        """The roles held, in the reader's language."""
        held = self.roles.values_list("role", flat=True)
        return ", ".join(str(role.label) for key, role in ROLES.items() if key in set(held)).lower()


class RoleHeld(models.Model):
    """A user holds a role."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=32, choices=[(key, key) for key in ROLES])

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["user", "role"], name="role_held_once")]

    def __str__(self) -> str:
        return self.role


class Grant(models.Model):
    """A power given to one user by another, until taken back."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    power = models.CharField(max_length=32, choices=[(power, power) for power in sorted(GRANTABLE)])
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.power


class Authenticator(models.Model):
    """A user's authenticator app. ``seed`` is sealed (see ``totp``); ``last_step`` the last time step that got in."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="authenticator")
    seed = models.BinaryField()
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return "authenticator app"


class Passkey(models.Model):
    """A user's passkey: ``credential`` is its id and public key as WebAuthn gives them."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    label = models.CharField(max_length=60)
    credential = models.BinaryField(unique=True)
    sign_count = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.label


class SpareCode(models.Model):
    """One printed code of a user: gets in once when phone and keys are lost; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="spare_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"printed code of {self.created_at:%Y-%m-%d}"


class Invitation(models.Model):
    """A way in for one person, once, by a link or on paper; only the token's hash is kept."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    email = models.EmailField()
    display_name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="en")
    roles = models.JSONField(default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation of {self.invited_at:%Y-%m-%d}"


class Tries(models.Model):
    """How often something was tried in a stretch of time; ``bucket`` is a keyed hash, so it names nobody."""

    bucket = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} tries"


class SetupToken(models.Model):
    """The single-use token that `init` prints; only its hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"set-up token until {self.expires_at:%H:%M}"


class DoneOnce(models.Model):
    """The answer to a POST that carried an idempotency key, kept to answer its repeats."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    path_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return self.key
