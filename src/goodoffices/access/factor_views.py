# SPDX-License-Identifier: AGPL-3.0-or-later
"""The second step of signing in, and the page of one's own account."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goodoffices.access import clock, factors, passkeys, proving, services, throttle, totp
from goodoffices.access.doors import StaffRequest, door
from goodoffices.access.forms import DigitsForm, PasskeyForm, PrintedCodeForm
from goodoffices.access.models import Authenticator, Passkey, User
from goodoffices.access.passkeys import PasskeyRefused
from goodoffices.access.returning import next_of
from goodoffices.access.throttle import SECOND_FACTOR
from goodoffices.access.views import enter
from goodoffices.core.errors import GoodOfficesError
from goodoffices.web import toasts
from goodoffices.web.problems import tell


@door(methods=("GET", "POST"), auth="half", object_rule="own account")
def second_step(request: StaffRequest) -> HttpResponse:
    """Ask somebody whose passphrase was right for a passkey, the digits of her app, or her printed code."""
    user = _half(request)
    if not factors.has_factor(user):
        return redirect("account")
    how, mistake = _tried(request, user)
    if how:
        return enter(request, user, factor=how)
    return _ask(request, user, mistake)


@door(methods=("GET", "POST"), object_rule="own account")
def step_up(request: StaffRequest) -> HttpResponse:
    """Ask for the second factor again before a weighty act."""
    user, now = _own(request), clock.now()
    if not factors.has_factor(user):
        return redirect("account")
    how, mistake = _tried(request, user)
    if how:
        proving.prove(request, how, now)
        services.record_step_up(request.actor, how=how, now=now)
        return redirect(next_of(request) or "home")
    return _ask(request, user, mistake, again=True)


@door(auth="half", object_rule="own account")
def account(request: StaffRequest) -> HttpResponse:
    """Show how one proves oneself; somebody with no second factor yet is led to add one."""
    user = _enrolling(request)
    app = Authenticator.objects.filter(user=user, confirmed_at__isnull=False).first()
    context = {
        "passkeys": user.passkeys.all(),
        "app": app,
        "code": user.spare_codes.filter(used_at=None).first(),
        "has_factor": factors.has_factor(user),
        "signed_in": request.actor.kind == "user",
    }
    return render(request, "access/account.html", context)


@door(methods=("GET", "POST"), auth="half", object_rule="own account", fresh=True)
def add_passkey(request: StaffRequest) -> HttpResponse:
    """Enrol a passkey on one's own account."""
    user, now = _enrolling(request), clock.now()
    form = PasskeyForm(request.POST or None)
    status, mistake = 200, ""
    if request.method == "POST" and form.is_valid():
        try:
            credential = passkeys.finish_enrolment(request, user, _answer(request), now)
            factors.add_passkey(user, credential, form.cleaned_data["label"], now=now)
            return _added(request, user, "passkey")
        except GoodOfficesError as error:
            mistake = tell(error.as_dict()).text
    if request.method == "POST":
        status = 422
    context = {"form": form, "mistake": mistake, "options": json.dumps(passkeys.begin_enrolment(request, user, now))}
    return render(request, "access/add_passkey.html", context, status=status)


@door(methods=("GET", "POST"), auth="half", object_rule="own account", fresh=True)
def add_app(request: StaffRequest) -> HttpResponse:
    """Enrol an authenticator app on one's own account."""
    user, now = _enrolling(request), clock.now()
    seed = factors.begin_authenticator(user, now=now)
    form = DigitsForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                factors.confirm_authenticator(user, form.cleaned_data["digits"], now=now)
                return _added(request, user, "app")
            except GoodOfficesError as error:
                form.add_error("digits", tell(error.as_dict()).text)
        status = 422
    context = {"form": form, "picture": totp.picture(seed, user), "seed": _in_fours(totp.seed_text(seed))}
    return render(request, "access/add_app.html", context, status=status)


@door(methods=("POST",), object_rule="own account", fresh=True)
def remove_passkey(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take one of one's own passkeys off."""
    try:
        factors.remove_passkey(_own(request), public_id, now=clock.now())
    except Passkey.DoesNotExist:
        raise Http404 from None
    toasts.say(request, _("The passkey was taken off."))
    return redirect("account")


@door(methods=("POST",), object_rule="own account", fresh=True)
def remove_app(request: StaffRequest) -> HttpResponse:
    """Take one's own authenticator app off."""
    factors.remove_authenticator(_own(request), now=clock.now())
    toasts.say(request, _("The authenticator app was taken off."))
    return redirect("account")


@door(methods=("POST",), object_rule="own account", fresh=True)
def print_code(request: StaffRequest) -> HttpResponse:
    """Draw one's printed code and show it once."""
    code = factors.print_code(_own(request), now=clock.now())
    return render(request, "access/printed_code.html", {"code": code})


def _tried(request: HttpRequest, user: User) -> tuple[str, str]:
    """Give how a sent form proves the user, "" if it doesn't, and what to say then; a failure is counted."""
    if request.method != "POST":
        return "", ""
    now, whose = clock.now(), str(user.public_id)
    how = "" if throttle.seconds_to_wait(SECOND_FACTOR, whose, now=now) else _proved(request, user)
    if how:
        throttle.forget(SECOND_FACTOR, whose)
        return how, ""
    throttle.count_try(SECOND_FACTOR, whose, now=now)
    return "", _said(user)


def _proved(request: HttpRequest, user: User) -> str:
    """Say how the request proves the user, "" if it doesn't."""
    now, said = clock.now(), request.POST
    if said.get("answer"):
        try:
            passkeys.finish_check(request, user, _answer(request), now)
        except PasskeyRefused:
            return ""
        return "passkey"
    if said.get("digits"):
        return "app" if totp.accept(user, "".join(said["digits"].split()), now=now) else ""
    return "code" if factors.accept_code(user, said.get("code", ""), now=now) else ""


def _said(user: User) -> str:
    wait = throttle.seconds_to_wait(SECOND_FACTOR, str(user.public_id), now=clock.now())
    if wait:
        return _("That was tried too often. Try again in %(minutes)s min.") % {"minutes": -(-wait // 60)}
    return _("This doesn't prove it is you. Try again, or another way.")


def _ask(request: HttpRequest, user: User, mistake: str, *, again: bool = False) -> HttpResponse:
    has_keys = user.passkeys.exists()
    page = {
        "options": json.dumps(passkeys.begin_check(request, user, clock.now())) if has_keys else "",
        "digits": DigitsForm() if Authenticator.objects.filter(user=user, confirmed_at__isnull=False) else None,
        "printed": PrintedCodeForm() if user.spare_codes.filter(used_at=None).exists() else None,
        "mistake": mistake,
        "has_errors": bool(mistake),
        "next": next_of(request),
        "again": again,
    }
    return render(request, "access/second_step.html", page, status=422 if mistake else 200)


def _answer(request: HttpRequest) -> dict[str, Any]:
    """Read the browser's answer; what isn't one is an empty one, and refused further down."""
    try:
        found = json.loads(request.POST.get("answer", ""))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _half(request: StaffRequest) -> User:
    if request.half is None:
        raise Http404
    return request.half


def _own(request: StaffRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _enrolling(request: StaffRequest) -> User:
    """Give the user who may add a factor: signed in whole, or with the passphrase alone while there is none yet.

    Else whoever knows a passphrase could enrol a key of her own and walk in.
    """
    if isinstance(request.user, User):
        return request.user
    if request.half is None or factors.has_factor(request.half):
        raise Http404
    return request.half


def _added(request: StaffRequest, user: User, factor: str) -> HttpResponse:
    toasts.say(request, _("Your second factor works. Print a code too, for the day it is lost."))
    if request.half is not None:
        return enter(request, user, factor=factor, to="account")
    return redirect("account")


def _in_fours(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
