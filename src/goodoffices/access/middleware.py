# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every request passes: headers, the actor, doors, one error shape, acts done once.

Order matters: ``errors`` stands outside ``doors`` and ``idempotency`` so that a refusal rolls back what a view
began before its line goes into the ledger.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.static import serve as django_static

from goodoffices.access import clock
from goodoffices.access.actors import actor_for
from goodoffices.access.doors import Door, door_of
from goodoffices.access.models import DoneOnce
from goodoffices.access.policy import Refused
from goodoffices.access.proving import half_of, is_fresh
from goodoffices.access.returning import came_from
from goodoffices.access.sessions import seconds_left
from goodoffices.core.errors import GoodOfficesError
from goodoffices.ledger.services import record
from goodoffices.web.problems import tell

log = logging.getLogger("goodoffices.access")
Handler = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
KEY_LENGTH = 64


class Conflict(GoodOfficesError):
    """Somebody else changed it first; both versions are shown."""

    code = "conflict"


def headers(get_response: Handler) -> Handler:
    """Forbid other origins and inline code everywhere; keep staff pages out of every cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def actor(get_response: Handler) -> Handler:
    """Read the signed-in user's present rights into ``request.actor``."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user if request.user.is_authenticated else None
        request.actor = actor_for(user)  # type: ignore[attr-defined]
        request.half = None if user else half_of(request, clock.now())  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def session_end(get_response: Handler) -> Handler:
    """Let a request prolong its session, and say in every answer how long it still lasts."""

    def middleware(request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        if signed_in:
            request.session.prolong()  # type: ignore[attr-defined]
        response = get_response(request)
        left = seconds_left(request.session) if signed_in and request.user.is_authenticated else None
        if left is not None:
            response["Session-Seconds"] = str(left)
        return response

    return middleware


def errors(get_response: Handler) -> Handler:
    """Draw refusals and mistakes in one shape: a page, or problem+json for those who ask for it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer_to(request, error)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def answer_to(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Draw the mistakes a person can mend and the refusals; None for faults of ours."""
    if isinstance(error, Refused):
        _record_refusal(request, error)
        return _problem(request, 403, {"code": "refused", "message": "", "where": {}, "hint": ""})
    if isinstance(error, Http404):
        return _problem(request, 404, {"code": "not_found", "message": "", "where": {}, "hint": ""})
    if isinstance(error, GoodOfficesError):
        return _problem(request, 409 if isinstance(error, Conflict) else 400, error.as_dict())
    return None


def doors(get_response: Handler) -> Handler:
    """Let nobody through a view that doesn't say who may enter."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        entry = door_of(view)
        if entry is None:
            if getattr(view, "__wrapped__", view) is django_static:
                return None
            log.error("a view without a door was asked for: %s", getattr(view, "__name__", "?"))
            raise Http404
        return _check(request, entry)

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def idempotency(get_response: Handler) -> Handler:
    """Do each form once, whatever the browser, the network or a double click does.

    The key's row commits with the act it guards, so a crash leaves both or neither.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        key = _key_of(request)
        user_id = request.actor.user_id  # type: ignore[attr-defined]
        if not key or user_id is None:
            return None
        try:
            return _do_once(request, view, args, kwargs, key, user_id)
        except IntegrityError:
            done = DoneOnce.objects.filter(user_id=user_id, key=key).first()
            if done is None:
                raise
            return _repeat(done, request)
        except Exception as error:
            # Django asks process_exception only about the view it calls itself.
            answer = answer_to(request, error)
            if answer is None:
                raise
            return answer

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def _do_once(request: HttpRequest, view: Any, args: Any, kwargs: Any, key: str, user_id: int) -> HttpResponse:

    with transaction.atomic():
        done = DoneOnce.objects.filter(user_id=user_id, key=key).first()
        if done is not None:
            return _repeat(done, request)
        row = DoneOnce.objects.create(user_id=user_id, key=key, path_hash=_path_hash(request), created_at=clock.now())
        response: HttpResponse = view(request, *args, **kwargs)
        if response.status_code >= 400:
            transaction.set_rollback(True)
            return response
        row.status = response.status_code
        row.location = response.get("Location", "") or response.get("HX-Redirect", "")
        row.save(update_fields=["status", "location"])
    return response


def _key_of(request: HttpRequest) -> str:
    if request.method != "POST":
        return ""
    key: str = request.headers.get("Idempotency-Key") or request.POST.get("idempotency_key", "")
    return key if len(key) <= KEY_LENGTH else hashlib.sha256(key.encode()).hexdigest()


def _path_hash(request: HttpRequest) -> str:
    return hashlib.sha256(request.path.encode()).hexdigest()


def _repeat(done: DoneOnce, request: HttpRequest) -> HttpResponse:
    if done.path_hash != _path_hash(request):
        raise GoodOfficesError(
            "This key was used for another form.", code="bad_key", hint="Open the page again and repeat the act."
        )
    if done.status == 200:  # a page that showed a secret: it isn't kept, so it can't be shown again
        raise GoodOfficesError("This was done already, and what it showed is shown once.", code="shown_once")
    response = HttpResponse(status=done.status or 303)
    if done.location:
        response["Location"] = done.location
    response["Idempotency-Replayed"] = "true"
    return response


def _check(request: HttpRequest, entry: Door) -> HttpResponse | None:
    answered = set(entry.methods) | ({"HEAD"} if "GET" in entry.methods else set())
    if request.method not in answered:
        return _not_answered(request, answered)
    if entry.auth == "none":
        return None
    if entry.auth == "demo":
        if not settings.GOODOFFICES_DEMO:
            raise Http404
        return None
    actor = request.actor  # type: ignore[attr-defined]
    if entry.auth == "half" and request.half:  # type: ignore[attr-defined]
        return None
    if actor.kind != "user":
        if request.method in {"GET", "HEAD"}:
            step = "second-step" if request.half else "login"  # type: ignore[attr-defined]
            return redirect_to_login(request.get_full_path(), reverse(step))
        return _problem(request, 401, {"code": "signed_out", "message": "", "where": {}, "hint": ""})
    if entry.roles and not (entry.roles & actor.roles):
        # The same answer as for a page that doesn't exist: a role learns nothing about others' pages.
        raise Http404
    if entry.fresh and not is_fresh(request, clock.now()):
        return _prove_again(request)
    return None


def _prove_again(request: HttpRequest) -> HttpResponse:
    """Lead to the second step and back: to the page itself, or to the one a form was sent from."""
    target = request.get_full_path() if request.method in {"GET", "HEAD"} else came_from(request)
    address = f"{reverse('step-up')}?{urlencode({'next': target})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _not_answered(request: HttpRequest, answered: set[str]) -> HttpResponse:
    """Say that the address isn't asked so; RFC 9110, section 15.5.6 wants the methods it answers beside it."""
    response = _problem(request, 405, {"code": "method_not_allowed", "message": "", "where": {}, "hint": ""})
    response["Allow"] = ", ".join(sorted(answered))
    return response


def _record_refusal(request: HttpRequest, error: Refused) -> None:
    with transaction.atomic():
        record(
            act="access.refused",
            actor=request.actor,  # type: ignore[attr-defined]
            now=clock.now(),
            subjects=[error.subject] if error.subject else [],
            facts={"asked": error.act},
            outcome="refused",
        )


def _problem(request: HttpRequest, status: int, said: dict[str, object]) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"status": status, **said}, status=status, content_type="application/problem+json")
    told = tell(said) if said["message"] else None
    return render(request, f"{status}.html", {"problem": told}, status=status)
