# SPDX-License-Identifier: AGPL-3.0-or-later
"""Into the staff by invitation only, once; and out of it at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from goodoffices.access import invitations
from goodoffices.access.actors import actor_for
from goodoffices.access.invitations import CannotClose, InvitationRefused
from goodoffices.access.models import Invitation, User
from goodoffices.access.policy import Refused
from goodoffices.access.services import AccountExists

PHRASE = "kettle meadow harbour violin granite"
INES = "ines@goodoffices.invalid"
pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def head(make_user):
    return make_user("head", "administrator")


@pytest.fixture
def admin(head, client_of):
    """The administrator's browser."""
    return client_of(head)


@pytest.fixture
def token(head, now):
    said = {"email": INES, "display_name": "Ines Invented", "language": "uk", "roles": ["caseworker"]}
    return invitations.invite(**said, actor=actor_for(head), now=now)[1]


def test_an_invited_person_opens_her_account_and_goes_on_to_the_second_factor(admin):
    said = {"display_name": "Ines Invented", "email": INES, "language": "uk", "roles": ["caseworker", "lawyer"]}
    page = admin.post("/staff/invite/", said).content.decode()
    link = page.split('<code translate="no">')[1].split("</code>")[0]
    ines = Client()
    assert ines.get(link).status_code == 200
    answer = ines.post(link, {"display_name": "Ines Invented", "passphrase": PHRASE})
    assert answer["Location"] == "/account/"
    assert ines.get("/people/").status_code == 302, "no page opens before the second factor"
    user = User.objects.get(email=INES)
    assert actor_for(user).roles == {"caseworker", "lawyer"}
    assert user.language == "uk"
    assert Client().get(link).status_code == 404


@pytest.mark.req("SEC-AU")
def test_a_token_works_once_and_is_kept_nowhere(token, now):
    assert token not in str(list(Invitation.objects.values()))
    invitations.accept(token, display_name="Ines", passphrase=PHRASE, now=now)
    with pytest.raises(InvitationRefused):
        invitations.accept(token, display_name="Ines", passphrase=PHRASE, now=now)
    assert User.objects.filter(email=INES).count() == 1


@pytest.mark.req("SEC-AU")
def test_old_withdrawn_and_replaced_invitations_do_not_work(token, head, now):
    with pytest.raises(InvitationRefused):
        invitations.find(token, now=now + timedelta(days=7, seconds=1))
    said = {"email": INES.upper(), "display_name": "Ines", "language": "uk", "roles": []}
    second, newer = invitations.invite(**said, actor=actor_for(head), now=now)
    with pytest.raises(InvitationRefused):
        invitations.find(token, now=now)
    invitations.withdraw(second, actor=actor_for(head), now=now)
    with pytest.raises(InvitationRefused):
        invitations.find(newer, now=now)


@pytest.mark.req("SEC-ID")
@pytest.mark.parametrize("wrong", ["x", "", "../", "A" * 27])
def test_a_wrong_token_answers_as_no_page_at_all(token, client, wrong):
    assert client.get(f"/invited/{wrong}/").status_code == 404
    assert client.get(f"/invited/{token[:-1]}/").status_code == 404


@pytest.mark.req("SEC-AU")
def test_somebody_with_an_account_is_not_invited_again(head, make_user, now):
    there = make_user("there", "lawyer")
    said = {"email": there.email.upper(), "display_name": "x", "language": "en", "roles": []}
    with pytest.raises(AccountExists):
        invitations.invite(**said, actor=actor_for(head), now=now)


@pytest.mark.req("SEC-AZ")
@pytest.mark.parametrize("role", ["coordinator", "caseworker", "auditor"])
def test_nobody_but_an_administrator_lets_in_or_closes(role, make_user, client_of, now):
    user = make_user("somebody", role)
    client = client_of(user)
    assert client.get("/staff/").status_code == 404
    assert client.post("/staff/invite/", {}).status_code == 404
    with pytest.raises(Refused):
        invitations.close_account(make_user("other", "lawyer"), actor=actor_for(user), now=now)


@pytest.mark.req("SEC-AU")
def test_inviting_and_closing_ask_for_the_second_factor_again(head, make_user, client_of):
    other = make_user("other", "lawyer")
    client = client_of(head, fresh=False)
    assert client.get("/staff/").status_code == 200
    for path in ("/staff/invite/", f"/staff/{other.public_id}/close/"):
        assert client.post(path, {})["Location"].startswith("/sign-in/again/"), path
    other.refresh_from_db()
    assert other.is_active


@pytest.mark.req("SEC-AZ")
def test_a_closed_account_is_out_with_the_next_request(admin, make_user, client_of, now):
    other = make_user("other", "coordinator", powers=("export",))
    hers = client_of(other)
    assert hers.get("/people/").status_code == 200
    assert admin.post(f"/staff/{other.public_id}/close/").status_code == 302
    assert hers.get("/people/").status_code == 302
    other.refresh_from_db()
    assert actor_for(other).powers == frozenset()
    assert not other.grants.filter(revoked_at=None).exists()
    assert "/sign-in/second/" not in Client().post("/sign-in/", {"email": other.email, "passphrase": "x"}).headers.get(
        "Location", ""
    )


def test_ones_own_account_stays_open(head, now):
    with pytest.raises(CannotClose):
        invitations.close_account(head, actor=actor_for(head), now=now)


def test_an_invitation_sent_twice_is_made_once(admin):
    said = {"display_name": "Ines", "email": INES, "language": "uk", "roles": ["lawyer"], "idempotency_key": "k1"}
    assert admin.post("/staff/invite/", said).status_code == 200
    again = admin.post("/staff/invite/", said)
    assert again.status_code == 400
    assert "shown once" in again.content.decode()
    assert Invitation.objects.count() == 1


def test_a_role_that_is_none_is_refused(head, now):
    said = {"email": INES, "display_name": "x", "language": "en", "roles": ["king"]}
    with pytest.raises(Exception, match="no role"):
        invitations.invite(**said, actor=actor_for(head), now=now)
