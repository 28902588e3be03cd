# SPDX-License-Identifier: AGPL-3.0-or-later
"""The person page: what it shows to whom, what it writes, where old addresses lead."""

from __future__ import annotations

import re

import pytest

from goodoffices.core.vocabulary import Room, SaidBy, Sensitivity, Verdict
from goodoffices.ledger.models import Entry
from goodoffices.registry.models import Assessment, Claim, Judgement, Listing, Note
from goodoffices.registry.words import SAID_BY

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def get(client, person, tail: str = "") -> str:
    answer = client.get(f"/people/{person.public_id}/{tail}", secure=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def andrii(world):
    """One man in two lists that disagree on the place."""
    world.source("list-b", title="Второй список", language="ru", reliability="C")
    first = world.record(
        family_name=("Ковилянко", "Ковилянко", "uk"),
        given_name="Андрій",
        birth_date=("1981-03-14", "14.03.1981", ""),
        place_held=("Центр 99", "Центр 99", "uk"),
        capture_date="2025-10-09",
        occupation=("водій", "водій", "uk"),
    )
    second = world.record(
        "list-b",
        name=("Ковылянко Андрей", "Ковылянко Андрей", "ru"),
        birth_date="1981",
        place_held=("Старая Сосна", "ИК Старая Сосна", "ru"),
    )
    world.join(first, second)
    return world.person(first), first, second


def test_sources_stand_beside_each_other_in_their_own_words_and_language(andrii, client_of, olena):
    page = get(client_of(olena), andrii[0])
    assert "Sources disagree:" in page
    assert '<span lang="ru">Старая Сосна</span>' in page
    assert "usually reliable" in page
    assert "14.03.1981" in page
    assert "2 sources agree" in page


def test_the_line_says_how_long_somebody_is_held(andrii, client_of, olena, monkeypatch):
    from datetime import date

    from goodoffices.registry.views import person as view

    monkeypatch.setattr(view.timezone, "localdate", lambda *_a, **_k: date(2026, 11, 21))
    assert "408 days" in get(client_of(olena), andrii[0])


def test_every_seed_leads_to_the_present_address(andrii, client_of, olena):
    person, first, second = andrii
    answer = client_of(olena).get(f"/people/{second.seed}/", secure=True)
    assert answer.status_code == 302
    assert answer["Location"] == f"/people/{person.public_id}/"
    assert person.public_id == first.seed


def test_the_seed_of_a_hidden_record_leads_nowhere_for_who_may_not_know_of_it(world, andrii, client_of, bohdan, olena):
    world.source("hidden", sensitivity=Sensitivity.RESTRICTED)
    hidden = world.record("hidden", family_name="Ковилянко")
    world.join(andrii[1], hidden)
    assert client_of(olena).get(f"/people/{hidden.seed}/", secure=True).status_code == 302
    assert client_of(bohdan).get(f"/people/{hidden.seed}/", secure=True).status_code == 404


@pytest.mark.req("LK1")
def test_a_lower_clearance_sees_no_trace_of_a_restricted_claim(world, client_of, olena, bohdan):
    record = world.record(hide=("sighting",), family_name="Ярчук", sighting=("in the yard", "CANARY-TOKEN", ""))
    person = world.person(record)
    assert "CANARY-TOKEN" in get(client_of(olena), person)
    for tail in ("", "records/", "history/"):
        page = get(client_of(bohdan), person, tail)
        assert "CANARY-TOKEN" not in page
        assert "in the yard" not in page


def test_who_told_a_source_is_shown_only_to_those_who_see_sources(world, client_of, olena, bohdan):
    from goodoffices.registry.models import Claim

    record = world.record(family_name="Ярчук", place_held="Centre 99")
    Claim.objects.filter(mention=record).update(said_by="a neighbour CANARY")
    person = world.person(record)
    assert "CANARY" in get(client_of(olena), person)
    assert "CANARY" not in get(client_of(bohdan), person)


def test_reading_restricted_facts_is_entered_in_the_ledger_reading_others_is_not(world, client_of, olena):
    plain = world.person(world.record(family_name="Ярчук"))
    secret = world.person(world.record("list-b", hide=("sighting",), family_name="Вербик", sighting="seen"))
    get(client_of(olena), plain)
    assert not Entry.objects.of_acts(["registry.person_read"]).exists()
    get(client_of(olena), secret, "records/")
    line = Entry.objects.of_acts(["registry.person_read"]).get()
    assert ["person", str(secret.public_id)] in [list(one) for one in line.subjects]


def test_an_assessment_is_made_from_a_sources_value_and_shown_beside_it(andrii, client_of, olena):
    client = client_of(olena)
    address = f"/people/{andrii[0].public_id}/assess/place_held/"
    assert "Старая Сосна" in client.get(address, secure=True).content.decode()
    said = {"choice": "Центр 99", "confidence": "likely", "reasons": "Two people saw him there."}
    answer = client.post(address, said, secure=True)
    assert answer.status_code == 303
    one = Assessment.objects.get()
    assert (one.value, one.confidence, len(one.claims)) == ("Центр 99", "likely", 1)
    page = get(client, andrii[0])
    assert "Likely" in page
    assert "Sources disagree:" not in page


def test_an_assessment_without_a_reason_is_asked_again_and_nothing_typed_is_lost(andrii, client_of, olena):
    address = f"/people/{andrii[0].public_id}/assess/place_held/"
    answer = client_of(olena).post(address, {"choice": "own", "own": "Lake camp", "confidence": "likely"}, secure=True)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Error:" in page
    assert 'value="Lake camp"' in page


def test_an_assessment_says_so_when_its_sources_change(andrii, world, client_of, olena):
    client = client_of(olena)
    said = {"choice": "Центр 99", "confidence": "likely", "reasons": "Two people saw him there."}
    client.post(f"/people/{andrii[0].public_id}/assess/place_held/", said, secure=True)
    third = world.record("list-c", family_name="Ковилянко", place_held="Lake camp")
    world.join(andrii[1], third)
    assert "sources have changed since" in get(client, andrii[0])
    assert "Sources have changed under 1 assessment" in client.get("/", secure=True).content.decode()


def test_a_death_stands_only_when_a_second_person_agrees(andrii, client_of, olena, coordinator):
    first, second = client_of(olena), client_of(coordinator)
    said = {"choice": "own", "own": "died", "confidence": "confirmed", "reasons": "The certificate was seen."}
    first.post(f"/people/{andrii[0].public_id}/assess/status/", said, secure=True)
    one = Assessment.objects.get()
    assert "waits for a second person" in get(first, andrii[0])
    assert first.post(f"/assessments/{one.public_id}/agree/", secure=True).status_code == 403
    assert "1 death was assessed" in second.get("/", secure=True).content.decode()
    assert second.post(f"/assessments/{one.public_id}/agree/", secure=True).status_code == 303
    assert not re.search(r"waits for a second person", get(second, andrii[0]))


def test_a_note_is_written_shown_and_taken_back_by_its_writer_alone(andrii, client_of, olena, coordinator):
    client = client_of(olena)
    said = {"text": "His sister called.", "happened_on": "2 November 2026", "sensitivity": "2"}
    assert client.post(f"/people/{andrii[0].public_id}/note/", said, secure=True).status_code == 303
    assert "His sister called." in get(client, andrii[0], "history/?kind=note")
    note = Note.objects.get()
    assert client_of(coordinator).post(f"/notes/{note.public_id}/end/", secure=True).status_code == 403
    client.post(f"/notes/{note.public_id}/end/", secure=True)
    assert "His sister called." not in get(client, andrii[0], "history/")


def test_a_restricted_note_is_not_read_below_its_mark(andrii, client_of, olena, bohdan):
    said = {"text": "CANARY-NOTE", "sensitivity": "3"}
    client_of(olena).post(f"/people/{andrii[0].public_id}/note/", said, secure=True)
    assert "CANARY-NOTE" not in get(client_of(bohdan), andrii[0], "history/")


def test_a_join_of_the_program_is_confirmed_or_taken_back_on_the_page(world, client_of, olena):
    first = world.record(family_name="Ярчук")
    second = world.record("list-b", family_name="Ярчук")
    world.join_by_model(first, second)
    client = client_of(olena)
    assert "nobody has looked yet" in get(client, world.person(first))
    one = Judgement.objects.live().get()
    client.post(f"/judgements/{one.public_id}/confirm/", secure=True)
    assert "nobody has looked yet" not in get(client, world.person(first))
    client.post(f"/judgements/{one.public_id}/take-back/", secure=True)
    assert world.person(first) != world.person(second)


def test_a_reader_is_offered_no_act_and_refused_each(andrii, client_of, bohdan):
    client = client_of(bohdan)
    page = get(client, andrii[0])
    assert "Write a note" not in page
    assert "Weigh them" not in page
    one = Judgement.objects.live().get()
    for path in (f"people/{andrii[0].public_id}/note", f"judgements/{one.public_id}/take-back"):
        assert client.post(f"/{path}/", {"text": "x"}, secure=True).status_code == 404
    assert client.get(f"/people/{andrii[0].public_id}/assess/status/", secure=True).status_code == 404


def test_the_history_room_is_read_only_and_says_where_one_is(world, client_of, olena):
    world.source("old", room=Room.HISTORY)
    person = world.person(world.record("old", name="Nombre Inventado"))
    client = client_of(olena)
    page = get(client, person)
    assert "real people of the past" in page
    assert "Write a note" not in page
    assert client.post(f"/people/{person.public_id}/note/", {"text": "x"}, secure=True).status_code == 403
    assert client.get(f"/people/{person.public_id}/assess/status/", secure=True).status_code == 403
    assert "Nombre Inventado" in client.get("/history/people/", secure=True).content.decode()


def test_the_timeline_tells_joins_with_reasons_and_names_the_other_person(world, client_of, olena):
    first = world.record(family_name="Ярчук", given_name="Ніна")
    second = world.record("list-b", family_name="Ярчук", given_name="Марта")
    world.join(first, second, verdict=Verdict.DIFFERENT)
    page = get(client_of(olena), world.person(first), "history/?kind=identity")
    assert "Judged to be different people" in page
    assert "Марта Ярчук" in page


def test_a_record_no_longer_listed_is_never_called_a_release(world, client_of, olena):
    from goodoffices.registry.models import Mention
    from goodoffices.registry.services.recording import refresh

    record = world.record(family_name="Ярчук")
    later = world.batch()
    Mention.objects.filter(pk=record.pk).update(listed=False, unlisted_by=later, last_seen="2026-02")
    refresh([record.pk], now=world.now)
    page = get(client_of(olena), world.person(record), "records/")
    assert "No longer on this list; last seen there February 2026." in page
    assert "not read as a release" in page


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "said by daughter or son"), ("uk", "зі слів: дочка або син"), ("ru", "со слов: дочь или сын")],
)
def test_who_said_it_is_told_in_the_readers_language(language, said, world, client_of, coordinator):
    record = world.record(family_name="Ковилянко")
    Claim.objects.filter(mention=record).update(said_by="child")
    client = client_of(coordinator)
    client.post("/language/", {"language": language}, secure=True)
    page = client.get(f"/people/{world.person(record).public_id}/records/", secure=True)
    assert said in page.content.decode()


def test_every_part_that_somebody_can_play_has_a_word():
    assert set(SAID_BY) == set(SaidBy)


def test_the_detention_line_says_whom_a_held_person_may_speak_with(world, client_of, olena):
    first = world.record(family_name="Ковилянко", capture_date="2025-10-09", family_contact="no", counsel="yes")
    world.join(first, world.record("list-b", family_name="Ковилянко", family_contact="yes"))
    page = client_of(olena).get(f"/people/{world.person(first).public_id}/", secure=True).content.decode()
    line = re.sub(r"\s+", " ", page[page.index('id="line-h"') :])
    contact = line[line.index("Contact with the family") : line.index("A lawyer of their own")]
    assert re.findall(r"<dd>(No|Yes) |> ?(No|Yes) <span", contact)
    assert "No <span" in contact
    assert "Yes <span" in contact
    lawyer = line[line.index("A lawyer of their own") : line.index("Visit of a humanitarian body")]
    assert "Yes <span" in lawyer
    assert "<dd>Not shown.</dd>" in line[line.index("Visit of a humanitarian body") :]


def test_contact_said_two_ways_at_two_times_is_no_contradiction(world):
    first = world.record(family_name="Ковилянко", family_contact="no")
    world.join(first, world.record("list-b", family_name="Ковилянко", family_contact="yes"))
    assert not Listing.objects.filter(person=world.person(first), conflict=True).exists()


@pytest.mark.parametrize(
    ("asked", "goes_to"),
    [("/compare/", "/compare/"), ("https://elsewhere.invalid/", "/people/"), ("//x.invalid", "/people/")],
)
def test_after_taking_a_judgement_back_one_goes_where_the_form_says_but_never_away(
    asked, goes_to, world, client_of, coordinator
):
    first = world.record(family_name="Ковилянко")
    made = world.join(first, world.record("list-b", family_name="Ковилянко"))
    answer = client_of(coordinator).post(f"/judgements/{made.public_id}/take-back/?next={asked}", secure=True)
    assert answer.status_code == 303
    assert answer["Location"].startswith(goes_to)


def test_the_records_lead_to_joining_and_parting_for_those_who_may_decide(world, client_of, coordinator, bohdan):
    first = world.record(family_name="Ковилянко")
    world.join(first, world.record("list-b", family_name="Ковилянко"))
    address = f"/people/{world.person(first).public_id}/records/"
    for who, may in ((coordinator, True), (bohdan, False)):
        page = client_of(who).get(address, secure=True).content.decode()
        assert ("These are not all one person" in page) is may
        assert ("Join with another person" in page) is may
