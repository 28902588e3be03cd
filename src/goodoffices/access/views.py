# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sign in, sign out, set up, choose a language; in a demo folder, choose who you are."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from goodoffices.access import clock, proving, services
from goodoffices.access.doors import StaffRequest, door
from goodoffices.access.forms import SetupForm, SignInForm
from goodoffices.access.models import User
from goodoffices.access.returning import next_of
from goodoffices.access.services import AccountExists, SetupRefused
from goodoffices.access.sessions import BEGAN
from goodoffices.access.throttle import ACCOUNT, ADDRESS, count_try, forget, seconds_to_wait
from goodoffices.web.problems import tell

LOOPBACK = frozenset({"127.0.0.1", "::1"})


@door(methods=("GET", "POST"), auth="none")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail and passphrase; a demo folder offers cards instead."""
    if settings.GOODOFFICES_DEMO and request.method == "GET":
        return redirect("choose-who")
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST":
        user = form.is_valid() and _known(request, form)
        if isinstance(user, User):
            target = next_of(request)
            proving.begin_half(request, user, clock.now())
            return redirect(f"{reverse('second-step')}?{urlencode({'next': target})}" if target else "second-step")
        status = 422
    return render(request, "access/sign_in.html", {"form": form, "next": next_of(request)}, status=status)


def _known(request: HttpRequest, form: SignInForm) -> User | None:
    """Give whose passphrase it is; count what fails, by account and by address, whether or not there is the account."""
    email, now = form.cleaned_data["email"], clock.now()
    tried = [(ACCOUNT, email)]
    address = request.META.get("REMOTE_ADDR", "")
    if address not in LOOPBACK:  # whoever is on this machine, or behind a proxy on it, is many
        tried.append((ADDRESS, address))
    wait = max(seconds_to_wait(limit, of, now=now) for limit, of in tried)
    if wait:
        form.add_error(None, _("That was tried too often. Try again in %(minutes)s min.") % {"minutes": -(-wait // 60)})
        return None
    user = authenticate(request, email=email, password=form.cleaned_data["passphrase"])
    if isinstance(user, User):
        forget(ACCOUNT, email)
        return user
    for limit, of in tried:
        count_try(limit, of, now=now)
    services.record_failed_sign_in(now=now)
    form.add_error(None, _("The e-mail or the passphrase is wrong."))
    return None


def enter(request: HttpRequest, user: User, *, factor: str, to: str = "") -> HttpResponse:
    """Open a fresh session for a user who proved herself, and go where she was going.

    Args:
        factor: what she proved herself with besides the passphrase; "demo" in a demo folder.
        to: where to go instead.
    """
    target = to or next_of(request) or "home"
    login(request, user, backend="goodoffices.access.backends.EmailBackend")
    request.session.pop(BEGAN, None)  # its longest life counts from this sign-in
    proving.prove(request, factor, clock.now())
    services.record_sign_in(user, now=clock.now())
    response = redirect(target)
    _remember_language(response, user.language)
    return response


@door(methods=("POST",))
def sign_out(request: StaffRequest) -> HttpResponse:
    """End the session and clear what the browser kept."""
    services.record_sign_out(request.actor, now=clock.now())
    logout(request)
    response = redirect("login")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@door(methods=("GET", "POST"), auth="none")
def set_up(request: HttpRequest) -> HttpResponse:
    """Make the first administrator with the token from the console."""
    form = SetupForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                user = services.use_setup_token(
                    form.cleaned_data["token"].strip(),
                    email=form.cleaned_data["email"],
                    display_name=form.cleaned_data["display_name"],
                    passphrase=form.cleaned_data["passphrase"],
                    language=translation.get_language() or "en",
                    now=clock.now(),
                )
                proving.begin_half(request, user, clock.now())
                return redirect("account")
            except (SetupRefused, AccountExists) as error:
                form.add_error(error.where.get("field", "token"), tell(error.as_dict()).text)
        status = 422
    return render(request, "access/set_up.html", {"form": form}, status=status)


@door(methods=("POST",), auth="none")
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and come back to the page."""
    wanted = request.POST.get("language", "")
    response = redirect(next_of(request) or "home")
    if wanted in dict(settings.LANGUAGES):
        _remember_language(response, wanted)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form came from an old page; nothing was done."""
    return render(request, "403.html", status=403)


def _remember_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=True,
        httponly=True,
        samesite="Strict",
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer alike for what isn't there and what the actor may not know of."""
    return render(request, "404.html", {"problem": {"code": "not_found"}}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say plainly that the fault is ours; no fact of the request is shown."""
    return render(request, "500.html", {"problem": {"code": "broken"}}, status=500)
