# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sign-in and set-up forms."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from goodoffices.access.roles import ROLES


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class AcceptForm(forms.Form):
    """The name and passphrase of a new account."""

    display_name = forms.CharField(label=_("Your name"), max_length=120)
    passphrase = forms.CharField(
        label=_("Passphrase"),
        strip=False,
        max_length=1024,
        help_text=_("At least 15 characters. Several words that don't belong together are best."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        validate_password(passphrase)
        return passphrase


class SetupForm(AcceptForm):
    field_order = ("token", "display_name", "email", "passphrase")

    token = forms.CharField(
        label=_("Set-up token"),
        help_text=_("Printed at the console by “goodoffices init”. It works once."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))


class DigitsForm(forms.Form):
    digits = forms.CharField(
        label=_("Six digits from your authenticator app"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "data-nokeep": ""}),
    )

    def clean_digits(self) -> str:
        return "".join(str(self.cleaned_data["digits"]).split())


class PrintedCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Printed code"),
        max_length=80,
        help_text=_("It works once. Print a new one afterwards."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "data-nokeep": ""}),
    )


class PasskeyForm(forms.Form):
    label = forms.CharField(
        label=_("What you call it"), max_length=60, help_text=_("For example: the grey key; my telephone.")
    )


class InviteForm(forms.Form):
    display_name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), help_text=_("Nothing is sent: you hand the invitation over."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(role.key, role.label) for role in ROLES.values()],
        widget=forms.CheckboxSelectMultiple,
    )
