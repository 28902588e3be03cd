# SPDX-License-Identifier: AGPL-3.0-or-later
"""Events, places, sources and kept files in the browser."""

from __future__ import annotations

import pytest

from goodoffices.access.actors import SYSTEM
from goodoffices.core.vocabulary import PlaceKind, Sensitivity
from goodoffices.ledger.models import Entry
from goodoffices.registry.models import Claim, Event, Mention, Place, TakenWith
from goodoffices.registry.services.events import EventFacts, add_event
from goodoffices.registry.views.places import names_from

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def sweep(world, client_of, olena):
    said = {"title": "Tykhorih sweep", "kind": "sweep", "happened_on": "09.10.2025", "sensitivity": "2"}
    assert client_of(olena).post("/events/new/", said, secure=True).status_code == 303
    return Event.objects.get()


def test_somebody_is_found_in_any_script_added_to_an_event_and_taken_out(sweep, world, client_of, olena):
    person = world.person(world.record(family_name="Ковилянко", given_name="Андрій", status="held"))
    client = client_of(olena)
    address = f"/events/{sweep.public_id}/"
    assert "Ковилянко" in client.get(f"{address}?who=Kovylianko", secure=True).content.decode()
    client.post(f"{address}people/", {"person": person.public_id}, secure=True)
    page = client.get(address, secure=True).content.decode()
    assert "Андрій Ковилянко" in page
    assert "1 person" in page
    client.post(f"{address}people/remove/", {"person": person.public_id}, secure=True)
    assert not TakenWith.objects.filter(ended_at=None).exists()


@pytest.mark.req("LK1")
def test_an_event_neither_shows_nor_counts_hidden_people(sweep, world, client_of, olena, bohdan):
    world.source("hidden", sensitivity=Sensitivity.RESTRICTED)
    hidden = world.person(world.record("hidden", family_name="Схований"))
    client_of(olena).post(f"/events/{sweep.public_id}/people/", {"person": hidden.public_id}, secure=True)
    page = client_of(bohdan).get(f"/events/{sweep.public_id}/", secure=True).content.decode()
    assert "Схований" not in page
    assert "0 people" in page
    assert "Схований" in client_of(olena).get(f"/events/{sweep.public_id}/", secure=True).content.decode()


@pytest.mark.req("CO1")
def test_two_who_edit_one_event_see_both_versions_and_lose_nothing(sweep, client_of, olena, coordinator):
    address = f"/events/{sweep.public_id}/edit/"
    said = {"kind": "sweep", "happened_on": "2025-10-09", "sensitivity": "2", "version": "1"}
    assert client_of(olena).post(address, {**said, "title": "Sweep, first"}, secure=True).status_code == 303
    slower = client_of(coordinator)
    answer = slower.post(address, {**said, "title": "Sweep, second"}, secure=True)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Sweep, first" in page
    assert "Sweep, second" in page
    assert "Olena Invented" in page
    sweep.refresh_from_db()
    assert sweep.title == "Sweep, first"
    chosen = {**said, "title": "Sweep, second", "version": "2", "choose-title": "mine"}
    assert slower.post(address, chosen, secure=True).status_code == 303
    sweep.refresh_from_db()
    assert (sweep.title, sweep.version) == ("Sweep, second", 3)


@pytest.mark.req("CO1")
def test_on_a_conflict_the_others_words_may_be_kept(sweep, client_of, olena):
    said = {"kind": "sweep", "happened_on": "2025-10-09", "sensitivity": "2", "version": "1"}
    chosen = {**said, "title": "Mine", "choose-title": "theirs"}
    client_of(olena).post(f"/events/{sweep.public_id}/edit/", chosen, secure=True)
    sweep.refresh_from_db()
    assert sweep.title == "Tykhorih sweep"


def test_a_place_keeps_all_its_names_and_is_found_by_an_old_one(world, client_of, olena):
    client = client_of(olena)
    names = "en: Colony at Stara Sosna\nuk: Колонія у Старій Сосні\nold ru 2019: Колония № 12"
    assert client.post("/places/new/", {"names": names, "kind": "colony"}, secure=True).status_code == 303
    place = Place.objects.get(names__name="Колония № 12")
    page = client.get(f"/places/{place.public_id}/", secure=True).content.decode()
    assert "Колонія у Старій Сосні" in page
    assert "until: 2019" in page or "until 2019" in page
    assert "Stara Sosna" in client.get("/places/?q=колония+№+12", secure=True).content.decode()


def test_a_place_is_edited_and_its_names_replaced(world, client_of, olena):
    client = client_of(olena)
    client.post("/places/new/", {"names": "en: Centre 9", "kind": "prison"}, secure=True)
    place = Place.objects.get(names__name="Centre 9")
    said = {"names": "en: Centre 99\nuk: Центр 99", "kind": "pretrial", "country": "ru", "version": "1"}
    assert client.post(f"/places/{place.public_id}/edit/", said, secure=True).status_code == 303
    place.refresh_from_db()
    assert (place.kind, place.country, place.version) == ("pretrial", "RU", 2)
    assert {name.name for name in place.names.all()} == {"Centre 99", "Центр 99"}


def test_a_source_is_described_anew(world, client_of, documenter):
    source = world.source()
    said = {"title": "A better title", "kind": "list", "reliability": "C", "sensitivity": "2", "version": "1"}
    answer = client_of(documenter).post(f"/sources/{source.public_id}/edit/", said, secure=True)
    assert answer.status_code == 303
    source.refresh_from_db()
    assert (source.title, source.reliability) == ("A better title", "C")


def test_names_of_a_place_are_read_with_language_age_and_year():
    read = names_from("uk: Центр 99\nCentre 99\nold ru 2016: Красный Рог\n\n")
    assert [(one.name, one.language, one.kind, one.until) for one in read] == [
        ("Центр 99", "uk", "main", ""),
        ("Centre 99", "", "alias", ""),
        ("Красный Рог", "ru", "old", "2016"),
    ]


def test_settlements_do_not_drown_places_of_detention(world, client_of, olena):
    client = client_of(olena)
    client.post("/places/new/", {"names": "Вигадане", "kind": PlaceKind.SETTLEMENT}, secure=True)
    client.post("/places/new/", {"names": "Вигадане СІЗО", "kind": PlaceKind.PRETRIAL}, secure=True)
    page = client.get("/places/?q=вигадане", secure=True).content.decode()
    assert ">Вигадане СІЗО<" in page
    assert ">Вигадане<" not in page
    assert "1 town or region has this name" in page
    assert ">Вигадане<" in client.get("/places/?q=вигадане&all=1", secure=True).content.decode()


def test_a_source_is_withdrawn_for_a_typed_reason_and_restored_whole(world, client_of, coordinator, olena):
    record = world.record(family_name="Ярчук")
    source = world.source()
    client = client_of(coordinator)
    address = f"/sources/{source.public_id}/"
    assert client.post(f"{address}withdraw/", {"reason": ""}, secure=True).status_code == 422
    assert client.post(f"{address}withdraw/", {"reason": "It was forged."}, secure=True).status_code == 303
    page = client.get(address, secure=True).content.decode()
    assert "It was forged." in page
    assert not Mention.objects.get(pk=record.pk).live
    assert client_of(olena).get(f"/people/{record.seed}/", secure=True).status_code == 404
    client.post(f"{address}restore/", secure=True)
    assert Claim.objects.standing().filter(mention=record).exists()
    assert client_of(olena).get(f"/people/{record.seed}/", secure=True).status_code == 200


def test_a_court_decision_and_a_web_capture_are_told_as_what_they_are(world, client_of, olena):
    court = world.source("court", kind="court_decision", publisher="Garrison Court", address="1-77/2026")
    page = client_of(olena).get(f"/sources/{court.public_id}/", secure=True).content.decode()
    assert "It does not show that the charge is true." in page
    web = world.source("web", kind="web_capture")
    assert (
        "What is kept here is the capture."
        in client_of(olena).get(f"/sources/{web.public_id}/", secure=True).content.decode()
    )


def test_a_kept_file_is_handed_out_only_by_post_as_an_attachment_and_entered(world, client_of, documenter, olena):
    from goodoffices.registry.services.sources import keep_file

    kept = keep_file(world.source(), b"=1+1;names", name="Kovylianko list.csv", actor=SYSTEM, now=world.now)
    client = client_of(documenter)
    address = f"/files/{kept.public_id}/download/"
    assert client.get(address, secure=True).status_code == 405
    answer = client.post(address, secure=True)
    assert answer.content == b"=1+1;names"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "Kovylianko" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Entry.objects.of_acts(["registry.file_opened"]).count() == 1
    assert client_of(olena).post(address, secure=True).status_code == 404


def test_a_hidden_source_is_answered_like_none(world, client_of, documenter):
    hidden = world.source("hidden", sensitivity=Sensitivity.RESTRICTED)
    client = client_of(documenter)
    assert client.get(f"/sources/{hidden.public_id}/", secure=True).status_code == 404
    assert "List hidden" not in client.get("/sources/", secure=True).content.decode()


@pytest.mark.parametrize(
    ("title", "language", "lang"),
    [
        ("Зачистка в Тихорозі", "", "uk"),
        ("Вивезення засуджених", "uk", "uk"),
        ("Tykhorih sweep", "uk", ""),
        ("Бой", "", ""),
    ],
)
def test_an_events_title_says_its_language_where_source_and_letters_show_it(
    title, language, lang, world, client_of, olena
):
    source = world.source(language=language) if language else None
    made = add_event(EventFacts(title=title, source=source), actor=SYSTEM, now=world.now)
    assert made.title_language == lang
    page = client_of(olena).get("/events/", secure=True).content.decode()
    assert (f'<span lang="{lang}">{title}</span>' if lang else f"<span>{title}</span>") in page


def test_editing_an_event_keeps_the_source_that_tells_of_it(world, client_of, olena):
    made = add_event(EventFacts(title="Sweep", source=world.source()), actor=SYSTEM, now=world.now)
    said = {"title": "Sweep at dawn", "kind": "sweep", "sensitivity": "2", "version": "1"}
    client_of(olena).post(f"/events/{made.public_id}/edit/", said, secure=True)
    made.refresh_from_db()
    assert (made.title, made.source) == ("Sweep at dawn", world.source())


def add_to(sweep, person, client):
    client.post(f"/events/{sweep.public_id}/people/", {"person": person.public_id}, secure=True)


def test_somebody_free_agrees_to_be_asked_and_takes_it_back(sweep, world, client_of, olena):
    person = world.person(world.record(family_name="Ковилянко", status="released"))
    client = client_of(olena)
    add_to(sweep, person, client)
    address = f"/events/{sweep.public_id}/people/testify/"
    assert client.post(address, {"person": person.public_id, "agreed": "yes"}, secure=True).status_code == 303
    assert TakenWith.objects.get().may_testify
    assert Entry.objects.order_by("-seq").first().act == "registry.testimony_agreed"
    assert "has agreed to be asked</span>" in client.get(f"/events/{sweep.public_id}/", secure=True).content.decode()
    client.post(address, {"person": person.public_id, "agreed": "no"}, secure=True)
    assert not TakenWith.objects.get().may_testify


@pytest.mark.parametrize("status", ["held", "missing", ""])
def test_nobody_who_is_not_free_is_asked_to_testify(status, sweep, world, client_of, olena):
    said = {"family_name": "Ковилянко", **({"status": status} if status else {})}
    person = world.person(world.record(**said))
    client = client_of(olena)
    add_to(sweep, person, client)
    assert "testify" not in client.get(f"/events/{sweep.public_id}/", secure=True).content.decode()
    form = {"person": person.public_id, "agreed": "yes"}
    answer = client.post(f"/events/{sweep.public_id}/people/testify/", form, secure=True)
    assert answer.status_code == 400
    assert not TakenWith.objects.get().may_testify


def test_an_agreement_is_shown_no_more_when_the_person_is_held_again(sweep, world, client_of, olena):
    record = world.record(family_name="Ковилянко", status="released")
    client = client_of(olena)
    add_to(sweep, world.person(record), client)
    TakenWith.objects.update(may_testify=True)
    world.source("list-b", reliability="A")
    world.join(record, world.record("list-b", family_name="Ковилянко", status="held"))
    assert "has agreed to be asked" not in client.get(f"/events/{sweep.public_id}/", secure=True).content.decode()


def test_only_those_who_record_facts_note_an_agreement_and_only_of_people_they_see(
    sweep, world, client_of, bohdan, documenter
):
    world.source("hidden", sensitivity=Sensitivity.RESTRICTED)
    hidden = world.person(world.record("hidden", family_name="Схований", status="released"))
    address = f"/events/{sweep.public_id}/people/testify/"
    form = {"person": hidden.public_id, "agreed": "yes"}
    assert client_of(bohdan).post(address, form, secure=True).status_code == 404
    assert client_of(documenter).post(address, form, secure=True).status_code == 404


@pytest.fixture
def centre(world):
    from goodoffices.registry.services.places import NameFacts, PlaceFacts, add_place

    facts = PlaceFacts(key="", names=(NameFacts("Центр 99", "uk", "main"),), kind=PlaceKind.PRISON)
    return add_place(facts, actor=SYSTEM, now=world.now)


def test_conditions_are_written_with_their_source_and_taken_back(centre, world, client_of, olena):
    client = client_of(olena)
    form = {"source": world.source().public_id, "period": "2025-03/2025-09", "text": "Без прогулянок."}
    assert client.post(f"/places/{centre.public_id}/conditions/new/", form, secure=True).status_code == 303
    assert Entry.objects.order_by("-seq").first().act == "registry.condition_added"
    page = client.get(f"/places/{centre.public_id}/", secure=True).content.decode()
    assert "Без прогулянок." in page
    assert world.source().title in page
    made = centre.conditions.get()
    assert client.post(f"/conditions/{made.public_id}/end/", secure=True).status_code == 303
    assert Entry.objects.order_by("-seq").first().act == "registry.condition_ended"
    assert "Без прогулянок." not in client.get(f"/places/{centre.public_id}/", secure=True).content.decode()
    assert centre.conditions.get().ended_at is not None


def test_conditions_of_a_hidden_or_withdrawn_source_are_not_there(centre, world, client_of, olena, documenter):
    from goodoffices.registry.services.places import add_condition
    from goodoffices.registry.services.undoing import withdraw_source

    world.source("hidden", sensitivity=Sensitivity.RESTRICTED)
    made = add_condition(centre, world.source("hidden"), text="Темно.", actor=SYSTEM, now=world.now)
    add_condition(centre, world.source(), text="Тісно.", actor=SYSTEM, now=world.now)
    address = f"/places/{centre.public_id}/"
    client = client_of(documenter)
    page = client.get(address, secure=True).content.decode()
    assert "Тісно." in page
    assert "Темно." not in page
    assert client.post(f"/conditions/{made.public_id}/end/", secure=True).status_code == 404
    form = {"source": world.source("hidden").public_id, "text": "Холодно."}
    assert client.post(f"{address}conditions/new/", form, secure=True).status_code == 422
    assert "List hidden" not in client.get(f"{address}conditions/new/", secure=True).content.decode()
    withdraw_source(world.source(), actor=SYSTEM, now=world.now)
    assert "Тісно." not in client_of(olena).get(address, secure=True).content.decode()


def test_only_those_who_record_facts_write_conditions(centre, world, client_of, bohdan):
    form = {"source": world.source().public_id, "text": "Тісно."}
    answer = client_of(bohdan).post(f"/places/{centre.public_id}/conditions/new/", form, secure=True)
    assert answer.status_code == 404
    assert "conditions/new" not in client_of(bohdan).get(f"/places/{centre.public_id}/", secure=True).content.decode()
