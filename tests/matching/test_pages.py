# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of matching: they work by plain forms, a reader looks, a stranger sees nothing on any path."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from goodoffices.access import clock
from goodoffices.core.vocabulary import Sensitivity, Verdict
from goodoffices.matching.models import Candidate, Run
from goodoffices.matching.pages import undo_url
from goodoffices.registry.models import Judgement, Mention
from tests.matching.lists import ANDRII, DANIEL, a_list, run_jobs

pytestmark = pytest.mark.store


def post(client, url, data, key=None):
    return client.post(url, {**data, "idempotency_key": key or str(uuid.uuid4())}, secure=True)


@pytest.fixture
def asked(pair):
    """The pair of Андрій, put among those a person is asked about."""
    Candidate.objects.filter(pk=pair.pk).update(band="ask", priority=2.0)
    pair.refresh_from_db()
    return pair


@pytest.fixture
def person_ids(lists):
    """The persons' ids as strings."""
    return {name: str(one.person.public_id) for name, one in lists.items()}


def test_the_queue_opens_the_most_telling_pair_with_its_evidence(asked, olena, client_of):
    page = client_of(olena).get(reverse("compare"), follow=True, secure=True)
    text = page.content.decode()
    assert page.redirect_chain[-1][0] == reverse("compare-pair", args=[asked.public_id])
    assert "Ковилянко" in text
    assert "Ковылянко" in text
    assert "Speaks for one person" in text
    assert 'data-key="y"' in text
    assert "brother or sister" in text


def test_titles_and_addresses_hold_no_names(asked, olena, client_of):
    url = reverse("compare-pair", args=[asked.public_id])
    text = client_of(olena).get(url, secure=True).content.decode()
    title = text[text.index("<title>") : text.index("</title>")]
    assert "овилянко" not in title + url


@pytest.mark.parametrize("verdict", list(Verdict))
def test_an_answer_is_recorded_and_undone_by_forms_alone(asked, olena, client_of, verdict):
    client = client_of(olena)
    answer = post(client, reverse("compare-decide", args=[asked.public_id]), {"decision": str(verdict)})
    assert answer.status_code == 303
    made = Judgement.objects.live().get()
    assert (made.verdict, made.by.email) == (verdict, olena.email)
    page = client.get(answer["Location"], follow=True, secure=True).content.decode()
    undo = undo_url(made)
    assert undo in page
    back = post(client, undo, {})
    assert back.status_code == 303
    pair = client.get(back["Location"], secure=True)
    assert pair["Location"] == reverse("compare-pair", args=[asked.public_id])
    assert not Judgement.objects.live().exists()


def test_a_double_submit_is_done_once(asked, olena, client_of):
    client, key = client_of(olena), str(uuid.uuid4())
    url = reverse("compare-decide", args=[asked.public_id])
    first = post(client, url, {"decision": "same"}, key)
    second = post(client, url, {"decision": "same"}, key)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Judgement.objects.count() == 1


def test_an_answer_that_is_none_is_refused(asked, olena, client_of):
    assert (
        post(client_of(olena), reverse("compare-decide", args=[asked.public_id]), {"decision": "maybe"}).status_code
        == 400
    )


def test_what_bars_a_join_is_shown_and_nothing_is_changed(asked, lists, person_ids, olena, client_of):
    client = client_of(olena)
    for left, right, said in (("andrii", "anton", "different"), ("anton", "andrey", "same")):
        ends = {"left": str(lists[left].public_id), "right": str(lists[right].public_id)}
        assert post(client, reverse("merge-decide"), {**ends, "decision": said}).status_code == 303
    answer = post(client, reverse("compare-decide", args=[asked.public_id]), {"decision": "same"})
    assert answer.status_code == 409
    text = answer.content.decode()
    bar = Judgement.objects.live().get(verdict=Verdict.DIFFERENT)
    assert undo_url(bar) in text
    assert Judgement.objects.live().count() == 2


def test_a_reader_looks_but_cannot_decide(asked, bohdan, client_of):
    client = client_of(bohdan)
    page = client.get(reverse("compare-pair", args=[asked.public_id]), secure=True)
    assert page.status_code == 200
    assert 'data-key="y"' not in page.content.decode()
    assert post(client, reverse("compare-decide", args=[asked.public_id]), {"decision": "same"}).status_code == 403
    assert post(client, reverse("ready-start"), {}).status_code == 403
    assert not Judgement.objects.exists()
    assert not Run.objects.filter(kind="join").exists()


def test_a_stranger_sees_nothing_on_any_path(asked, lists, person_ids, stranger, client_of, olena):
    client = client_of(stranger)
    made = post(client_of(olena), reverse("compare-decide", args=[asked.public_id]), {"decision": "unsure"})
    assert made.status_code == 303
    judgement = Judgement.objects.get()
    person = person_ids["andrii"]
    paths = [
        reverse("compare"),
        reverse("compare-pair", args=[asked.public_id]),
        reverse("unsure"),
        reverse("ready"),
        reverse("conflicts"),
        reverse("lookup") + "?q=Ковилянко",
        reverse("lookup-suggest") + "?q=Ковилянко",
        reverse("merge") + f"?person={person}&person={person_ids['andrey']}",
        reverse("split", args=[person]),
        reverse("matching-run", args=[uuid.uuid4()]),
        reverse("judgement-pair", args=[judgement.public_id]),
    ]
    answers = {client.get(path, secure=True).status_code for path in paths}
    answers |= {
        post(client, path, {"decision": "same"}).status_code
        for path in (
            reverse("compare-decide", args=[asked.public_id]),
            undo_url(judgement),
            reverse("merge-decide"),
            reverse("split", args=[person]),
            reverse("confirm-joins", args=[person]),
            reverse("ready-start"),
        )
    }
    assert answers == {404}
    assert Judgement.objects.live().count() == 1


def test_a_pair_weighed_on_a_restricted_fact_is_hidden_with_its_count(db, documenter, coordinator, client_of, now):
    a_list("open", [ANDRII], now=now)
    a_list("closed", [ANDRII], now=now, hidden=("birth_date",))
    run_jobs(now)
    one = Candidate.objects.get()
    Candidate.objects.update(band="ask")
    url = reverse("compare-pair", args=[one.public_id])
    assert client_of(documenter).get(url, secure=True).status_code == 404
    assert client_of(coordinator).get(url, secure=True).status_code == 200
    assert "Nothing to compare" in client_of(documenter).get(reverse("compare"), secure=True).content.decode()


def test_merge_shows_both_and_the_result_then_joins_and_undoes(lists, person_ids, olena, client_of):
    client = client_of(olena)
    url = reverse("merge") + f"?person={person_ids['andrii']}&person={person_ids['andrey']}"
    text = client.get(url, secure=True).content.decode()
    assert "What would come of it" in text
    ends = {"left": str(lists["andrii"].public_id), "right": str(lists["andrey"].public_id)}
    assert post(client, reverse("merge-decide"), {**ends, "decision": "same"}).status_code == 303
    ids = {Mention.objects.get(pk=lists[name].pk).person_id for name in ("andrii", "andrey")}
    assert len(ids) == 1


def test_merge_with_one_person_asks_for_the_other(person_ids, olena, client_of):
    url = reverse("merge") + f"?person={person_ids['andrii']}&q=Ковылянко Андрей"
    text = client_of(olena).get(url, secure=True).content.decode()
    assert f"person={person_ids['andrii']}&amp;person={person_ids['andrey']}" in text


def test_split_previews_both_results_then_sets_apart(lists, olena, client_of):
    client = client_of(olena)
    ends = {"left": str(lists["andrii"].public_id), "right": str(lists["andrey"].public_id)}
    post(client, reverse("merge-decide"), {**ends, "decision": "same"})
    person = Mention.objects.get(pk=lists["andrii"].pk).person
    url = reverse("split", args=[person.public_id])
    text = client.get(url, {"record": ends["right"]}, secure=True).content.decode()
    assert "Result: 2 persons" in text
    assert post(client, url, {"record": ends["right"]}).status_code == 303
    ids = {Mention.objects.get(pk=lists[name].pk).person_id for name in ("andrii", "andrey")}
    assert len(ids) == 2


def test_a_split_of_nothing_or_all_is_refused_in_words(lists, person_ids, olena, client_of):
    url = reverse("split", args=[person_ids["andrii"]])
    assert post(client_of(olena), url, {}).status_code == 400


def test_ready_shows_the_counts_first_joins_in_the_background_and_takes_back(lists, olena, client_of, now):
    a_list("third", [ANDRII, DANIEL], now=now)
    run_jobs(now)
    client = client_of(olena)
    count = Candidate.objects.ready().count()
    assert f"<b>{count}</b>" in client.get(reverse("ready"), secure=True).content.decode()
    answer = post(client, reverse("ready-start"), {})
    assert answer.status_code == 303
    assert not Judgement.objects.exists()
    assert "hx-get" in client.get(answer["Location"], secure=True).content.decode()
    run_jobs(clock.now())
    run = Run.objects.get(kind="join")
    text = client.get(answer["Location"], secure=True).content.decode()
    assert "Take the whole run back" in text
    assert post(client, reverse("run-undo", args=[run.public_id]), {}).status_code == 303
    run_jobs(clock.now())
    assert not Judgement.objects.live().exists()


def test_a_run_is_its_starters_alone(lists, olena, coordinator, client_of, now):
    a_list("third", [ANDRII, DANIEL], now=now)
    run_jobs(now)
    post(client_of(olena), reverse("ready-start"), {})
    url = reverse("matching-run", args=[Run.objects.get(kind="join").public_id])
    assert client_of(coordinator).get(url, secure=True).status_code == 404


def test_machine_joins_are_confirmed_on_the_persons_page(lists, olena, client_of, now):
    a_list("third", [DANIEL], now=now)
    run_jobs(now)
    client = client_of(olena)
    post(client, reverse("ready-start"), {})
    run_jobs(clock.now())
    person = Mention.objects.get(pk=lists["daniel"].pk).person
    assert post(client, reverse("confirm-joins", args=[person.public_id]), {}).status_code == 303
    joined = Judgement.objects.live().filter(left__person=person)
    assert joined.exists()
    assert all(one.confirmed_by_id == olena.pk for one in joined)


def test_the_unsure_list_brings_a_pair_back(asked, olena, client_of):
    client = client_of(olena)
    post(client, reverse("compare-decide", args=[asked.public_id]), {"decision": "unsure"})
    text = client.get(reverse("unsure"), secure=True).content.decode()
    assert undo_url(Judgement.objects.get()) in text


def test_a_hidden_source_is_not_found_by_look_up(db, documenter, coordinator, client_of, now):
    a_list("closed", [ANDRII], now=now, sensitivity=Sensitivity.RESTRICTED)
    url = reverse("lookup") + "?q=Ковилянко Андрій"
    assert "Nobody found" in client_of(documenter).get(url, secure=True).content.decode()
    assert "Nobody found" not in client_of(coordinator).get(url, secure=True).content.decode()
