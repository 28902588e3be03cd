# SPDX-License-Identifier: AGPL-3.0-or-later
"""A report being entered says who it may be about, and never stops anybody."""

from __future__ import annotations

import pytest
from django.urls import reverse

from goodoffices.core.vocabulary import Sensitivity
from goodoffices.registry.models import Batch, Mention
from tests.intake.conftest import FIRST

pytestmark = pytest.mark.django_db

ANDRII = {"kind": "letter", "name": "Ковилянко Андрей Остапович", "birth_date": "14.03.1981"}
ANDRII |= {"reliability": "B", "sensitivity": "2"}
NEAR = {"name": ANDRII["name"], "birth_date": "14.03.1981"}


@pytest.fixture
def andrii(lists):
    lists.bring(FIRST)
    return Mention.objects.get(position=2).person


def test_while_typing_the_page_says_who_is_here_already_and_why(andrii, olena, client_of):
    said = client_of(olena).post(reverse("report-near"), NEAR).content.decode()
    assert f"/people/{andrii.public_id}/" in said
    assert "Maybe already here" in said
    assert f'name="looked" value="{andrii.public_id}"' in said


def test_half_a_form_with_mistakes_elsewhere_is_enough_to_look(andrii, olena, client_of):
    typed = {"family_name": "Kovylianko", "given_name": "Andrii", "birth_date": "31.02.1990", "kind": "nonsense"}
    assert str(andrii.public_id) in client_of(olena).post(reverse("report-near"), typed).content.decode()


@pytest.mark.parametrize(
    "typed", [{}, {"name": ""}, {"name": "Щерба"}, {"residence": "Тихоріг"}, {"name": "\x00" * 90}]
)
def test_nobody_near_is_an_empty_answer(typed, andrii, olena, client_of):
    answer = client_of(olena).post(reverse("report-near"), typed)
    assert answer.status_code == 200
    assert "Maybe" not in answer.content.decode()


def test_without_script_it_is_a_step_after_sending_and_the_next_press_records(andrii, olena, client_of):
    client = client_of(olena)
    before = Batch.objects.count()
    first = client.post(reverse("report-new"), {**ANDRII, "idempotency_key": "a" * 32})
    page = first.content.decode()
    assert first.status_code == 422
    assert "Maybe already here" in page
    assert "Record it all the same" in page
    assert ANDRII["name"] in page
    assert Batch.objects.count() == before
    again = {**ANDRII, "looked": str(andrii.public_id), "idempotency_key": "a" * 32}
    assert client.post(reverse("report-new"), again).status_code == 303
    assert Batch.objects.count() == before + 1


def test_who_was_shown_them_while_typing_is_not_asked_again(andrii, olena, client_of):
    said = {**ANDRII, "looked": f"{andrii.public_id} something-else"}
    assert client_of(olena).post(reverse("report-new"), said).status_code == 303


def test_a_report_of_somebody_new_is_recorded_at_once(andrii, olena, client_of):
    said = {**ANDRII, "name": "Щерба Марія", "birth_date": "1990"}
    assert client_of(olena).post(reverse("report-new"), said).status_code == 303


def test_nobody_hidden_is_pointed_out(lists, documenter, coordinator, client_of):
    lists.bring(FIRST)
    type(lists.source).objects.filter(pk=lists.source.pk).update(sensitivity=Sensitivity.RESTRICTED)
    Mention.objects.get(position=2).claims.update(sensitivity=Sensitivity.RESTRICTED)
    assert "Maybe" not in client_of(documenter).post(reverse("report-near"), NEAR).content.decode()
    assert client_of(documenter).post(reverse("report-new"), ANDRII).status_code == 303


def test_those_who_may_not_enter_reports_may_not_ask(andrii, bohdan, stranger, client_of):
    assert client_of(bohdan).post(reverse("report-near"), NEAR).status_code == 404
    assert client_of(stranger).post(reverse("report-near"), NEAR).status_code == 404
