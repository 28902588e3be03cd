# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the kitchen sink: every component with invented people."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from goodoffices.web import toasts
from tests.web.kit import data

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def content_security_policy(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Serve the pages under the policy that the product uses, so that nothing inline goes unseen."""

    def with_policy(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response["Content-Security-Policy"] = POLICY
        return response

    return with_policy


def page(request: HttpRequest, template: str) -> HttpResponse:
    """Draw one page of the kitchen sink; ``?said`` adds a toast with an undo."""
    if "said" in request.GET:
        toasts.say(request, "Joined with row 41.", undo_url="/undo")
    form = data.sample_form(refused=template == "forms")
    return render(request, f"kit/{template}.html", {**data.context(), "form": form})


def nothing(request: HttpRequest) -> HttpResponse:
    """Stand in for views of other apps."""
    return HttpResponse("")


def error(request: HttpRequest, code: int) -> HttpResponse:
    """Draw an error page with no more context than a failing server has."""
    return render(request, f"{code}.html", status=code)


urlpatterns = [
    path("", page, {"template": "person"}, name="home"),
    path("person", page, {"template": "person"}),
    path("list", page, {"template": "list"}, name="people"),
    path("compare", page, {"template": "compare"}),
    path("forms", page, {"template": "forms"}),
    path("plain", page, {"template": "plain"}),
    path("cast", page, {"template": "cast"}),
    path("rest", page, {"template": "rest"}),
    path("error/<int:code>", error),
    path("lookup", nothing, name="lookup"),
    path("logout", nothing, name="logout"),
    path("help", nothing, name="help"),
    path("undo", nothing),
    path("i18n/", include("django.conf.urls.i18n")),
]
