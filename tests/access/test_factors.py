# SPDX-License-Identifier: AGPL-3.0-or-later
"""Second factors: each proves once, for its own account, and no page opens without one."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from goodoffices.access import clock, factors, passkeys, services, throttle, totp
from goodoffices.access.actors import SYSTEM
from goodoffices.access.models import Authenticator, Passkey, Tries
from goodoffices.core.errors import GoodOfficesError
from tests.access.soft_key import SoftKey, digits_of, options_in

PHRASE = "kettle meadow harbour violin granite"
MIRA, IVAN = "mira@goodoffices.invalid", "ivan@goodoffices.invalid"
pytestmark = [pytest.mark.django_db, pytest.mark.store]


def open_account(email, now):
    user = services.create_user(
        email=email, display_name="Mira Invented", passphrase=PHRASE, language="en", actor=SYSTEM, now=now
    )
    services.give_roles(user, ["caseworker"], actor=SYSTEM, now=now)
    return user


@pytest.fixture
def mira(now):
    return open_account(MIRA, now)


@pytest.fixture
def ivan(now):
    return open_account(IVAN, now)


def passphrase(client, email=MIRA, **more):
    return client.post("/sign-in/", {"email": email, "passphrase": PHRASE, **more})


def enrol_key(client, email=MIRA):
    """Sign in with the passphrase alone and add the first passkey."""
    passphrase(client, email)
    key = SoftKey()
    answer = key.create(options_in(client.get("/account/passkeys/add/")))
    assert client.post("/account/passkeys/add/", {"label": "grey key", "answer": answer}).status_code == 302
    return key


def add_app(user, now):
    """Give a user a confirmed app; gives its seed."""
    seed = factors.begin_authenticator(user, now=now)
    factors.confirm_authenticator(user, digits_of(seed, now.timestamp()), now=now)
    return seed


@pytest.mark.req("SEC-AU")
def test_a_passphrase_alone_opens_no_page_but_the_one_that_adds_a_factor(mira, client):
    assert passphrase(client)["Location"] == "/sign-in/second/"
    for path in ("/", "/people/", "/lookup/?q=a", "/sources/", "/compare/"):
        assert client.get(path).status_code == 302, path
    assert client.get("/sign-in/second/")["Location"] == "/account/"
    assert client.get("/account/").status_code == 200


@pytest.mark.req("SEC-AU")
def test_a_first_passkey_lets_in_and_the_next_time_it_is_asked_for(mira, client):
    key = enrol_key(client)
    assert client.get("/people/").status_code == 200
    later = Client()
    assert passphrase(later, next="/people/")["Location"] == "/sign-in/second/?next=%2Fpeople%2F"
    page = later.get("/sign-in/second/?next=/people/")
    answer = later.post("/sign-in/second/", {"answer": key.get(options_in(page)), "next": "/people/"})
    assert answer["Location"] == "/people/"
    assert later.get("/people/").status_code == 200


@pytest.mark.req("SEC-AU")
def test_whoever_knows_a_passphrase_can_not_add_a_key_where_there_is_a_factor(mira, client):
    """Else the second step would be no step at all."""
    enrol_key(client)
    thief = Client()
    passphrase(thief)
    for path in ("/account/", "/account/passkeys/add/", "/account/app/add/"):
        assert thief.get(path).status_code == 404, path
        assert thief.post(path, {"label": "mine", "answer": "{}", "digits": "000000"}).status_code in (404, 405), path
    assert thief.post("/account/code/").status_code == 401
    assert mira.passkeys.count() == 1


@pytest.mark.req("SEC-AU")
@pytest.mark.parametrize("extra", [{}, {"user": "1"}, {"user_id": "1", "email": IVAN}])
def test_a_factor_is_added_to_the_own_account_whatever_the_form_says(mira, ivan, client, extra):
    """SECURITY AU4: the id of another in path, body or header does nothing."""
    passphrase(client)
    key = SoftKey()
    said = {"label": "k", "answer": key.create(options_in(client.get("/account/passkeys/add/"))), **extra}
    client.post("/account/passkeys/add/", said, headers={"X-User": str(ivan.public_id)})
    assert mira.passkeys.count() == 1
    assert ivan.passkeys.count() == 0


@pytest.mark.req("SEC-AU")
def test_anothers_passkey_is_not_taken_off_nor_named(mira, ivan, client):
    enrol_key(client)
    other = Client()
    enrol_key(other, IVAN)
    his = ivan.passkeys.get()
    answer = client.post(f"/account/passkeys/{his.public_id}/remove/")
    assert answer.status_code == 404
    assert Passkey.objects.filter(pk=his.pk).exists()


@pytest.mark.req("SEC-AU")
def test_anothers_passkey_proves_nothing(mira, ivan, client):
    enrol_key(client)
    his = enrol_key(Client(), IVAN)
    thief = Client()
    passphrase(thief)
    page = thief.get("/sign-in/second/")
    assert thief.post("/sign-in/second/", {"answer": his.get(options_in(page))}).status_code == 422
    assert thief.get("/people/").status_code == 302


@pytest.mark.req("SEC-AU")
def test_an_answer_counts_once_for_its_challenge_and_from_our_own_page_only(mira, client):
    key = enrol_key(client)
    other = Client()
    passphrase(other)
    good = key.get(options_in(other.get("/sign-in/second/")))
    phished = key.get(options_in(other.get("/sign-in/second/")), origin="https://goodoffices.example")
    assert other.post("/sign-in/second/", {"answer": good}).status_code == 422  # its challenge was replaced
    other.get("/sign-in/second/")
    assert other.post("/sign-in/second/", {"answer": phished}).status_code == 422
    fresh = key.get(options_in(other.get("/sign-in/second/")))
    assert other.post("/sign-in/second/", {"answer": fresh}).status_code == 302
    third = Client()
    passphrase(third)
    third.get("/sign-in/second/")
    assert third.post("/sign-in/second/", {"answer": fresh}).status_code == 422


@pytest.mark.req("SEC-AU")
def test_a_copied_key_is_found_by_its_counter(mira, client):
    key = enrol_key(client)
    other = Client()
    passphrase(other)
    key.count = 7
    assert (
        other.post("/sign-in/second/", {"answer": key.get(options_in(other.get("/sign-in/second/")))}).status_code
        == 302
    )
    copy = Client()
    passphrase(copy)
    key.count = 3
    assert (
        copy.post("/sign-in/second/", {"answer": key.get(options_in(copy.get("/sign-in/second/")))}).status_code == 422
    )


@pytest.mark.req("SEC-AU")
@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "no json", '{"id": "x"}', '{"id": 1, "response": []}'])
def test_no_answer_at_all_is_refused_without_a_fault(mira, client, answer):
    enrol_key(client)
    other = Client()
    passphrase(other)
    other.get("/sign-in/second/")
    assert other.post("/sign-in/second/", {"answer": answer}).status_code == 422


@pytest.mark.req("SEC-AU")
def test_digits_get_in_once(mira, client, now):
    seed = add_app(mira, now)
    later = now + timedelta(seconds=60)
    digits = digits_of(seed, later.timestamp())
    assert totp.accept(mira, digits, now=later)
    assert not totp.accept(mira, digits, now=later)
    assert not totp.accept(mira, digits_of(seed, now.timestamp()), now=later + timedelta(seconds=20))


@pytest.mark.req("SEC-AU")
def test_digits_of_a_neighbouring_step_get_in_and_of_no_other(mira, now):
    seed = add_app(mira, now)
    Authenticator.objects.update(last_step=0)
    for off, right in ((-90, False), (-30, True), (30, True), (90, False)):
        Authenticator.objects.update(last_step=0)
        assert totp.accept(mira, digits_of(seed, now.timestamp() + off), now=now) is right, off


@pytest.mark.req("SEC-AU")
@pytest.mark.parametrize("digits", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12 456"])
def test_what_is_no_six_digits_is_refused(mira, now, digits):
    add_app(mira, now)
    assert not totp.accept(mira, digits, now=now)


@pytest.mark.req("SEC-AU")
@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_the_same_digits_at_once_one_gets_in(mira, now):
    seed = add_app(mira, now)
    later = now + timedelta(seconds=60)
    digits, let_in = digits_of(seed, later.timestamp()), []

    def send():
        try:
            let_in.append(totp.accept(mira, digits, now=later))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(let_in) == [False] * 7 + [True]


@pytest.mark.req("SEC-CR")
def test_a_seed_moved_to_another_account_does_not_open(mira, ivan, now):
    add_app(mira, now)
    stolen = bytes(mira.authenticator.seed)
    Authenticator.objects.create(user=ivan, seed=stolen, created_at=now, confirmed_at=now)
    with pytest.raises(GoodOfficesError):
        totp.accept(ivan, "000000", now=now)
    assert b"=" not in stolen[:1]


@pytest.mark.req("SEC-AU")
def test_a_printed_code_gets_in_once_and_the_ledger_says_so(mira, client, now):
    add_app(mira, now)
    code = factors.print_code(mira, now=now)
    passphrase(client)
    assert client.post("/sign-in/second/", {"code": code.lower().replace("-", " ")}).status_code == 302
    again = Client()
    passphrase(again)
    assert again.post("/sign-in/second/", {"code": code}).status_code == 422
    from goodoffices.ledger.models import Entry

    assert Entry.objects.filter(act="access.code_used").count() == 1


@pytest.mark.req("SEC-AU")
def test_a_new_printed_code_makes_the_old_one_void_and_none_is_kept_in_plain(mira, now):
    old, new = factors.print_code(mira, now=now), factors.print_code(mira, now=now)
    assert not factors.accept_code(mira, old, now=now)
    kept = str(list(mira.spare_codes.values()))
    assert new not in kept
    assert new.replace("-", "") not in kept
    assert factors.accept_code(mira, new, now=now)


@pytest.mark.req("SEC-AU")
def test_anothers_printed_code_is_no_code(mira, ivan, now):
    assert not factors.accept_code(ivan, factors.print_code(mira, now=now), now=now)


@pytest.mark.req("SEC-AU")
def test_the_last_factor_stays(mira, client, now):
    enrol_key(client)
    answer = client.post(f"/account/passkeys/{mira.passkeys.get().public_id}/remove/")
    assert answer.status_code == 400
    assert mira.passkeys.count() == 1
    add_app(mira, clock.now())
    assert client.post(f"/account/passkeys/{mira.passkeys.get().public_id}/remove/").status_code == 302
    assert mira.passkeys.count() == 0


@pytest.mark.req("SEC-AU")
def test_a_weighty_act_asks_again_after_some_minutes(mira, client):
    key = enrol_key(client)
    session = client.session
    session["proof"] = {"how": "passkey", "at": clock.now().timestamp() - 6 * 60}
    session.save()
    answer = client.post("/account/code/", headers={"Referer": "http://testserver/account/?a=1"})
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/again/?next=%2Faccount%2F%3Fa%3D1"
    assert not mira.spare_codes.exists()
    page = client.get(answer["Location"])
    back = client.post("/sign-in/again/", {"answer": key.get(options_in(page)), "next": "/account/?a=1"})
    assert back["Location"] == "/account/?a=1"
    assert client.post("/account/code/").status_code == 200
    assert mira.spare_codes.filter(used_at=None).count() == 1


@pytest.mark.req("SEC-AU")
@pytest.mark.parametrize("path", ["/account/passkeys/add/", "/account/app/add/"])
def test_a_screen_left_unlocked_lets_nobody_add_a_factor(mira, client_of, path, now):
    add_app(mira, now)
    client = client_of(mira, fresh=False)
    assert client.get(path)["Location"].startswith("/sign-in/again/?")
    assert client.post(path, {"label": "mine", "answer": "{}"})["Location"].startswith("/sign-in/again/?")
    assert not mira.passkeys.exists()


@pytest.mark.req("SEC-AU")
def test_the_half_of_a_sign_in_ends_by_itself_and_with_the_account(mira, client):
    enrol_key(Client())
    passphrase(client)
    session = client.session
    session["half"] = {**session["half"], "at": clock.now().timestamp() - 11 * 60}
    session.save()
    assert client.get("/sign-in/second/")["Location"].startswith("/sign-in/?")
    passphrase(client)
    mira.is_active = False
    mira.save()
    assert client.get("/sign-in/second/")["Location"].startswith("/sign-in/?")


@pytest.mark.req("SEC-AU")
def test_passphrases_are_not_guessed_for_long_and_headers_dodge_nothing(mira, client):
    for number in range(throttle.ACCOUNT.tries):
        said = {"email": MIRA, "passphrase": f"wrong {number}"}
        assert client.post("/sign-in/", said, headers={"X-Forwarded-For": f"10.0.0.{number}"}).status_code == 422
    answer = passphrase(Client())
    assert answer.status_code == 422
    assert "Try again in 15 min." in answer.content.decode()
    assert "/sign-in/second/" not in answer.headers.get("Location", "")


@pytest.mark.req("SEC-AU")
def test_an_account_that_is_not_there_is_throttled_alike(client):
    for number in range(throttle.ACCOUNT.tries):
        client.post("/sign-in/", {"email": "nobody@goodoffices.invalid", "passphrase": f"wrong {number}"})
    answer = client.post("/sign-in/", {"email": "Nobody@goodoffices.invalid", "passphrase": "wrong"})
    assert "Try again in 15 min." in answer.content.decode()


@pytest.mark.req("SEC-AU")
def test_the_count_names_nobody_and_runs_out(mira, client, now):
    throttle.count_try(throttle.ACCOUNT, MIRA, now=now)
    assert "mira" not in str(list(Tries.objects.values()))
    for _ in range(throttle.ACCOUNT.tries):
        throttle.count_try(throttle.ACCOUNT, MIRA, now=now)
    assert throttle.seconds_to_wait(throttle.ACCOUNT, MIRA, now=now) == 15 * 60
    assert throttle.seconds_to_wait(throttle.ACCOUNT, MIRA, now=now + timedelta(minutes=15)) == 0


@pytest.mark.req("SEC-AU")
def test_the_second_step_is_not_guessed_for_long(mira, client, now):
    add_app(mira, now)
    passphrase(client)
    for _ in range(throttle.SECOND_FACTOR.tries):
        assert client.post("/sign-in/second/", {"digits": "000000"}).status_code == 422
    seed = totp.open_seed(mira.authenticator)
    at = clock.now()
    answer = client.post("/sign-in/second/", {"digits": digits_of(seed, at.timestamp())})
    assert answer.status_code == 422
    assert "too often" in answer.content.decode()


def test_the_same_seed_is_shown_until_it_is_confirmed(mira, client, now):
    passphrase(client)
    first, second = client.get("/account/app/add/"), client.get("/account/app/add/")
    seed = totp.seed_text(totp.open_seed(mira.authenticator))
    fours = " ".join(seed[at : at + 4] for at in range(0, 32, 4))
    assert fours in first.content.decode()
    assert fours in second.content.decode()
    digits = digits_of(totp.open_seed(mira.authenticator), clock.now().timestamp())
    assert client.post("/account/app/add/", {"digits": f"{digits[:3]} {digits[3:]}"}).status_code == 302
    assert client.get("/people/").status_code == 200


def test_an_address_for_the_app_is_as_apps_read_it(mira):
    said = totp.address(bytes(20), mira)
    assert said == (
        "otpauth://totp/Good%20Offices%3Amira%40goodoffices.invalid"
        "?secret=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&issuer=Good%20Offices&digits=6"
    )
    assert totp.picture(bytes(20), mira).startswith("data:image/svg+xml")


def test_a_challenge_for_enrolling_is_none_for_signing_in(mira, client):
    key = enrol_key(client)
    options = options_in(client.get("/account/passkeys/add/"))
    said = json.loads(key.create(options))
    request = client.get("/account/").wsgi_request
    with pytest.raises(passkeys.PasskeyRefused):
        passkeys.finish_check(request, mira, said, clock.now())
