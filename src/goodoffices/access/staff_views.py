# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is on the staff: invite, withdraw, close; and the page of whoever is invited."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goodoffices.access import clock, invitations, proving
from goodoffices.access.doors import StaffRequest, door
from goodoffices.access.forms import AcceptForm, InviteForm
from goodoffices.access.invitations import InvitationRefused
from goodoffices.access.models import Invitation, User
from goodoffices.access.throttle import INVITATION, count_try, seconds_to_wait
from goodoffices.core.errors import GoodOfficesError
from goodoffices.web import toasts
from goodoffices.web.problems import tell


@door("administrator")
def staff(request: StaffRequest) -> HttpResponse:
    """List accounts and open invitations."""
    people = User.objects.prefetch_related("roles").order_by("-is_active", "display_name")
    context = {"people": people, "invitations": invitations.open_invitations(clock.now())}
    return render(request, "access/staff.html", context)


@door("administrator", methods=("GET", "POST"), fresh=True)
def invite(request: StaffRequest) -> HttpResponse:
    """Invite somebody; the link is shown once, to be handed over or printed."""
    form = InviteForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made, token = invitations.invite(**form.cleaned_data, actor=request.actor, now=clock.now())
                link = request.build_absolute_uri(reverse("invited", args=[token]))
                return render(request, "access/invitation.html", {"invitation": made, "link": link})
            except GoodOfficesError as error:
                form.add_error(error.where.get("field"), tell(error.as_dict()).text)
        status = 422
    return render(request, "access/invite.html", {"form": form}, status=status)


@door("administrator", methods=("POST",), object_rule="open invitation", fresh=True)
def withdraw(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Withdraw an invitation."""
    found = Invitation.objects.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    invitations.withdraw(found, actor=request.actor, now=clock.now())
    toasts.say(request, _("The invitation was withdrawn."))
    return redirect("staff")


@door("administrator", methods=("POST",), object_rule="account of a colleague", fresh=True)
def close(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Close a colleague's account."""
    found = User.objects.filter(public_id=public_id, is_active=True).first()
    if found is None:
        raise Http404
    invitations.close_account(found, actor=request.actor, now=clock.now())
    toasts.say(request, _("The account was closed, its sessions ended."))
    return redirect("staff")


@door(methods=("GET", "POST"), auth="none", object_rule="token of an open invitation")
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Let the invited person choose a passphrase; then the second factor follows."""
    now, address = clock.now(), request.META.get("REMOTE_ADDR", "")
    if seconds_to_wait(INVITATION, address, now=now):
        raise Http404
    try:
        found = invitations.find(token, now=now)
    except InvitationRefused:
        count_try(INVITATION, address, now=now)
        raise Http404 from None
    form = AcceptForm(request.POST or None, initial={"display_name": found.display_name})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            user = invitations.accept(token, **form.cleaned_data, now=now)
            logout(request)
            proving.begin_half(request, user, now)
            return redirect("account")
        status = 422
    return render(request, "access/invited.html", {"form": form, "email": found.email}, status=status)
