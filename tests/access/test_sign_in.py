# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sign in, sign out, set up: sessions turn over, cookies are strict, tokens work once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from goodoffices.access import clock, factors, services, totp
from goodoffices.access.actors import SYSTEM, actor_for
from goodoffices.access.models import Authenticator, User
from goodoffices.access.services import SetupRefused
from goodoffices.ledger.models import Entry
from tests.access.soft_key import digits_of

PHRASE = "kettle meadow harbour violin granite"
pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def account(now):
    user = services.create_user(
        email="mira@goodoffices.invalid",
        display_name="Mira Invented",
        passphrase=PHRASE,
        language="uk",
        actor=SYSTEM,
        now=now,
    )
    services.give_roles(user, ["caseworker"], actor=SYSTEM, now=now)
    seed = factors.begin_authenticator(user, now=now)
    factors.confirm_authenticator(user, digits_of(seed, now.timestamp()), now=now)
    return user


def say_passphrase(client, email="mira@goodoffices.invalid", passphrase=PHRASE, **more):
    return client.post("/sign-in/", {"email": email, "passphrase": passphrase, **more})


def sign_in(client, **more):
    """Go both steps; the digits may be those of a sign-in seconds ago, which a person would wait for."""
    answer = say_passphrase(client, **more)
    assert answer["Location"].startswith("/sign-in/second/")
    held = Authenticator.objects.get(user__email="mira@goodoffices.invalid")
    Authenticator.objects.update(last_step=0)
    digits = digits_of(totp.open_seed(held), clock.now().timestamp())
    return client.post(answer["Location"], {"digits": digits, **more})


def test_the_right_passphrase_opens_and_the_language_follows(account, client):
    answer = sign_in(client)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert client.cookies["__Host-language"].value == "uk"


@pytest.mark.req("SEC-AU")
def test_cookies_are_host_bound_secure_and_strict(account, client):
    sign_in(client)
    for name in ("__Host-session", "__Host-language"):
        cookie = client.cookies[name]
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert not cookie["domain"]
        assert cookie["path"] == "/"


@pytest.mark.req("SEC-RL")
def test_wrong_passphrase_and_unknown_account_get_the_same_page(account, client):
    wrong = say_passphrase(client, passphrase="kettle meadow harbour violin marble")
    unknown = say_passphrase(Client(), email="nobody@goodoffices.invalid")
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.content.count(b"wrong") == unknown.content.count(b"wrong")


@pytest.mark.req("SEC-AU")
def test_the_session_changes_at_sign_in(account, client):
    client.get("/sign-in/")
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key
    client.cookies["__Host-session"] = before
    sign_in(client)
    assert client.session.session_key != before


def test_signing_out_needs_a_post_and_ends_the_session(account, client):
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    answer = client.post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/").status_code == 302


@pytest.mark.req("SEC-XS")
@pytest.mark.parametrize(
    "target", ["https://evil.invalid/", "//evil.invalid", "/\\evil.invalid", "javascript:alert(1)"]
)
def test_no_way_back_leads_to_another_site(account, client, target):
    assert sign_in(client, next=target)["Location"] == "/"


@pytest.mark.req("SEC-AZ")
def test_a_role_taken_away_is_gone_with_the_next_request(account, client, now):
    sign_in(client)
    assert client.get("/people/").status_code == 200
    services.take_role(account, "caseworker", actor=SYSTEM, now=now)
    assert client.get("/people/").status_code == 404


def test_a_deactivated_account_has_no_rights(account):
    account.is_active = False
    assert actor_for(account).powers == frozenset()


@pytest.mark.req("SEC-AU")
def test_the_set_up_token_works_once(now):
    token = services.issue_setup_token(now=now)
    made = services.use_setup_token(
        token, email="first@goodoffices.invalid", display_name="First", passphrase=PHRASE, language="en", now=now
    )
    assert actor_for(made).roles == {"administrator"}
    with pytest.raises(SetupRefused):
        services.use_setup_token(
            token, email="second@goodoffices.invalid", display_name="Second", passphrase=PHRASE, language="en", now=now
        )
    assert not User.objects.filter(email="second@goodoffices.invalid").exists()


@pytest.mark.req("SEC-AU")
def test_the_set_up_token_expires(now):
    token = services.issue_setup_token(now=now)
    with pytest.raises(SetupRefused):
        services.use_setup_token(
            token,
            email="late@goodoffices.invalid",
            display_name="Late",
            passphrase=PHRASE,
            language="en",
            now=now + timedelta(minutes=services.TOKEN_MINUTES, seconds=1),
        )


@pytest.mark.req("SEC-AL")
def test_sign_ins_and_failures_are_in_the_ledger_without_the_address(account, client):
    say_passphrase(client, passphrase="kettle meadow harbour violin marble")
    sign_in(client)
    acts = list(Entry.objects.order_by("-seq").values_list("act", flat=True)[:2])
    assert acts == ["access.signed_in", "access.sign_in_failed"]
    assert "mira@" not in str(list(Entry.objects.values("facts", "subjects")))


def test_staff_pages_are_never_cached_and_allow_no_other_origin(account, client):
    sign_in(client)
    answer = client.get("/")
    assert answer["Cache-Control"] == "no-store"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
