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


def part(request: HttpRequest) -> HttpResponse:
    """Answer an htmx act: a list of 31, or a refusal."""
    refused = "refuse" in request.GET
    context = {"problems": [{"text": "Give a reason."}]} if refused else {"announce": "31 people"}
    return render(request, "kit/part.html", context, status=422 if refused else 200)


def job(request: HttpRequest) -> HttpResponse:
    """Answer the poll of a job that is done."""
    return render(request, "web/parts/progress.html", {"id": "job", "label": "Done", "value": 100, "max": 100})


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
    path("report", page, {"template": "report"}),
    path("plain", page, {"template": "plain"}),
    path("cast", page, {"template": "cast"}),
    path("rest", page, {"template": "rest"}),
    path("error/<int:code>", error),
    path("live", page, {"template": "live"}),
    path("part", part),
    path("job", job),
    path("lookup", nothing, name="lookup"),
    path("logout", nothing, name="logout"),
    path("help", nothing, name="help"),
    path("favicon.ico", nothing),
    path("undo", nothing),
    path("i18n/", include("django.conf.urls.i18n")),
]
