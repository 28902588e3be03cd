# SPDX-License-Identifier: AGPL-3.0-or-later
"""The doors of intake: who may enter, what stays hidden, what a second press does."""

from __future__ import annotations

import csv
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from goodoffices.core.vocabulary import Sensitivity
from goodoffices.intake.models import ListImport
from goodoffices.ledger.models import Entry
from goodoffices.registry.models import Batch, Claim, Mention, Source
from goodoffices.registry.services.sources import SourceFacts, add_source
from tests.intake.conftest import FIRST, HEADER
from tests.intake.test_walk import NEW_SOURCE, upload

STEPS = ("list", "list-columns", "list-check", "list-preview", "list-progress", "list-report")
POSTS = ("list-repair", "list-drop-repair", "list-problems", "list-on", "list-commit", "list-undo", "list-aside")
REPORT = {"kind": "family_report", "said_by": "mother", "name": "Ковилянко Андрій Остапович",
          "birth_date": "14.03.1981",
          "capture_date": "жовтень 2025", "what_happened": "Забрали з дому.", "reliability": "B", "sensitivity": "2",
          "language": "uk", "place_held": "Центр 99"}  # fmt: skip


@pytest.mark.parametrize("who", ["olena", "bohdan", "stranger"])
def test_lists_are_not_there_for_those_who_do_not_feed_them(request, lists, client_of, who):
    one = lists.bring(FIRST)
    client = client_of(request.getfixturevalue(who))
    for route in STEPS:
        assert client.get(reverse(route, args=[one.public_id])).status_code == 404
    for route in POSTS:
        assert client.post(reverse(route, args=[one.public_id])).status_code == 404
    assert client.get(reverse("list-upload")).status_code == 404
    one.refresh_from_db()
    assert one.state == "committed"


def test_a_caseworker_enters_reports_and_reads_rows_but_sees_no_lists(lists, olena, client_of):
    one = lists.bring(FIRST)
    client = client_of(olena)
    page = client.get(reverse("lists"))
    assert page.status_code == 200
    assert "Families" not in page.content.decode()
    assert client.get(reverse("list-row", args=[one.rows.in_file()[0].public_id])).status_code == 200


@pytest.mark.parametrize("who", ["bohdan", "stranger"])
def test_a_reader_and_a_stranger_find_nothing(request, lists, client_of, who):
    one = lists.bring(FIRST)
    client = client_of(request.getfixturevalue(who))
    for url in (
        reverse("lists"),
        reverse("report-new"),
        reverse("list-row", args=[one.rows.in_file()[0].public_id]),
        reverse("report", args=[one.batch.public_id]),
    ):
        assert client.get(url).status_code == 404


def test_absent_and_hidden_lists_answer_alike(lists, coordinator, documenter, actor_of, client_of, now):
    boss = actor_of(coordinator)
    lists.actor = boss
    lists.source = add_source(SourceFacts(title="Guarded", sensitivity=Sensitivity.RESTRICTED), actor=boss, now=now)
    one = lists.bring(FIRST)
    client = client_of(documenter)
    row = one.rows.in_file()[0]
    for route, hidden in [(step, one.public_id) for step in STEPS] + [("list-row", row.public_id)]:
        there = client.get(reverse(route, args=[hidden]))
        absent = client.get(reverse(route, args=[uuid.uuid4()]))
        assert (there.status_code, there.content.count(b"Guarded")) == (absent.status_code, 0) == (404, 0)
    assert b"Guarded" not in client.get(reverse("lists")).content
    assert b"Guarded" not in client.get(reverse("list-upload")).content
    assert client_of(coordinator).get(reverse("list-report", args=[one.public_id])).status_code == 200


def test_reading_pages_changes_nothing(lists, documenter, client_of):
    client = client_of(documenter)
    waiting = lists.bring(FIRST, goal="checked")

    def state():
        rows = list(ListImport.objects.order_by("pk").values_list("pk", "state", "version", "position"))
        return rows, Entry.objects.count(), Claim.objects.count()

    before = state()
    for route in (*STEPS, "lists"):
        client.get(reverse(route, args=[] if route == "lists" else [waiting.public_id]))
    for route in POSTS:
        assert client.get(reverse(route, args=[waiting.public_id])).status_code == 405
    assert state() == before


def test_a_second_press_of_the_button_imports_once(documenter, client_of):
    client = client_of(documenter)
    said = {**NEW_SOURCE, "idempotency_key": str(uuid.uuid4())}
    answers = []
    for _ in range(2):
        file = SimpleUploadedFile("families.csv", "\n".join([HEADER, *FIRST]).encode())
        answers.append(client.post(reverse("list-upload"), {**said, "file": file}))
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert ListImport.objects.count() == Source.objects.count() == 1


def test_recording_twice_makes_one_batch(lists, documenter, client_of):
    one = lists.bring(FIRST, goal="previewed")
    client = client_of(documenter)
    for _ in range(2):
        assert client.post(reverse("list-commit", args=[one.public_id])).status_code == 303
    assert Batch.objects.filter(kind="import").count() == 1


def test_the_same_file_again_leads_to_its_report(lists, documenter, client_of):
    one = lists.bring(FIRST)
    data = "\n".join([HEADER, *FIRST, ""]).encode()
    file = SimpleUploadedFile("again.csv", data)
    said = {**NEW_SOURCE, "source": str(lists.source.public_id), "file": file}
    response = client_of(documenter).post(reverse("list-upload"), said)
    assert response["Location"] == reverse("list-report", args=[one.public_id])


def test_a_pasted_list_is_read_like_a_file(documenter, client_of):
    text = "\n".join(row.replace(",", "\t") for row in [HEADER, *FIRST])
    response = client_of(documenter).post(reverse("list-upload"), {**NEW_SOURCE, "text": text})
    assert response.status_code == 303
    assert ListImport.objects.get().total == 4


def test_an_upload_without_list_or_source_says_so_and_keeps_what_was_typed(documenter, client_of):
    response = client_of(documenter).post(reverse("list-upload"), {"publisher": "Lantern Desk"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Choose a file, or paste the rows." in page
    assert "Lantern Desk" in page
    assert "<title>Error:" in page


HOSTILE = {
    "empty": b"",
    "nothing but blanks": b"\n \n\n",
    "a zip bomb by name": b"PK\x03\x04" + b"\0" * 200,
    "an old workbook": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    "one endless line": b"a" * 6_000_000,
    "many columns": b",".join([b"c%d" % n for n in range(5000)]) + b"\n" + b",".join([b"x"] * 5000),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "a web page": b"<!doctype html><html><body><table><tr><td>x</td></tr></table></body></html>",
}


@pytest.mark.req("SEC-DS")
@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_hostile_file_at_the_door_is_refused_in_words_and_leaves_nothing(documenter, client_of, kind):
    file = SimpleUploadedFile("list.csv", HOSTILE[kind])
    response = client_of(documenter).post(reverse("list-upload"), {**NEW_SOURCE, "file": file})
    assert response.status_code == 422
    assert "summary" in response.content.decode()
    assert not Source.objects.exists()
    assert not ListImport.objects.exists()


@pytest.mark.req("SEC-DS")
def test_odd_but_readable_files_walk_through(documenter, client_of):
    odd = '"=HYPERLINK(""http://x.invalid"")",@SUM(1),Андрій\x00,,14.03.1981,ч,<script>alert(1)</script>,\u202eабв'
    client = client_of(documenter)
    assert upload(client, [odd, *FIRST]).status_code == 303
    one = ListImport.objects.get()
    said = {f"column_{entry['column']}": entry["target"] for entry in one.mapping}
    client.post(reverse("list-columns", args=[one.public_id]), {**said, "date_order": "", "missing": ""})
    for route in ("list-check", "list-columns"):
        page = client.get(reverse(route, args=[one.public_id]))
        assert page.status_code == 200
        assert b"<script>alert" not in page.content
    table = client.post(reverse("list-problems", args=[one.public_id]))
    cells = [cell for row in csv.reader(io.StringIO(table.content.decode("utf-8-sig"))) for cell in row]
    assert cells
    assert not [cell for cell in cells if cell.lstrip()[:1] in {"=", "+", "-", "@"}]


def test_a_repair_mends_all_its_cells_at_one_press(lists, documenter, client_of):
    rows = [f"B{n},Журавель{'а' * n},Степан,,0{n}/0{n + 1}/1970,ч,," for n in range(1, 8)]
    one = lists.bring(rows, goal="checked")
    group = one.groups[0]
    assert (group["kind"], group["count"]) == ("ambiguous_order", 7)
    choice = {"target": "dob", "kind": group["kind"], "pattern": group["pattern"], "code": "order", "value": "DMY"}
    response = client_of(documenter).post(reverse("list-repair", args=[one.public_id]), choice)
    assert response.status_code == 303
    one.refresh_from_db()
    assert (one.state, one.groups) == ("checked", [])
    client_of(documenter).post(reverse("list-drop-repair", args=[one.public_id]), {"place": "0"})
    one.refresh_from_db()
    assert one.groups[0]["count"] == 7


def test_a_repair_nobody_offered_is_refused(lists, documenter, client_of):
    one = lists.bring(FIRST, goal="checked")
    choice = {"target": "dob", "kind": "not_a_calendar_date", "pattern": "*", "code": "value", "value": "1999"}
    assert client_of(documenter).post(reverse("list-repair", args=[one.public_id]), choice).status_code == 400


def test_a_list_set_aside_keeps_no_rows(lists, documenter, client_of):
    one = lists.bring(FIRST, goal="checked")
    assert client_of(documenter).post(reverse("list-aside", args=[one.public_id])).status_code == 303
    one.refresh_from_db()
    assert (one.state, one.rows.count()) == ("refused", 0)


def test_a_report_is_a_source_of_its_own_with_claims_and_can_be_taken_back(olena, client_of):
    client = client_of(olena)
    assert client.get(reverse("report-new") + "?kind=letter").status_code == 200
    response = client.post(reverse("report-new"), REPORT)
    assert response.status_code == 303, response.content.decode()
    batch = Batch.objects.get()
    assert (batch.kind, batch.source.kind, batch.source.reliability) == ("report", "family_report", "B")
    said = {claim.property: claim for claim in Claim.objects.all()}
    assert said["birth_date"].value == "1981-03-14"
    assert said["birth_date"].original == "14.03.1981"
    assert said["capture_date"].value == "2025-10"
    assert {claim.said_by for claim in said.values()} == {"mother"}
    assert said["place_held"].episode == said["capture_date"].episode == 1
    assert client.get(response["Location"]).status_code == 200
    assert client.post(reverse("report-undo", args=[batch.public_id])).status_code == 303
    assert not Mention.objects.filter(live=True).exists()
    assert not Claim.objects.standing().exists()


@pytest.mark.parametrize(
    "more",
    [
        {"name": "", "what_happened": "Nobody is named."},
        {"what_happened": "Дзвоніть +380 50 123 45 67"},
        {"residence": "olha@lantern.invalid"},
        {"phone": "+380501234567"},
        {"health": "wounded"},
        {"birth_date": "31.02.1990"},
        {"kind": "list"},
        {"said_by": "Ольга Ковилянко"},
    ],
)
def test_a_report_that_says_what_cannot_be_kept_is_sent_back_with_what_was_typed(olena, client_of, more):
    response = client_of(olena).post(reverse("report-new"), {**REPORT, **more})
    assert response.status_code == 422
    assert "Центр 99" in response.content.decode()
    assert not Batch.objects.exists()


def test_a_report_of_an_import_batch_is_not_there(lists, documenter, client_of):
    one = lists.bring(FIRST)
    client = client_of(documenter)
    assert client.get(reverse("report", args=[one.batch.public_id])).status_code == 404
    assert client.post(reverse("report-undo", args=[one.batch.public_id])).status_code == 404
    assert Mention.objects.filter(live=True).count() == 4


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_every_page_speaks_the_readers_language(lists, documenter, client_of, language):
    client = client_of(documenter)
    client.cookies["__Host-language"] = language
    one = lists.bring(FIRST, goal="checked")
    for route, args in (("lists", []), ("list-upload", []), ("report-new", []), ("list-check", [one.public_id])):
        page = client.get(reverse(route, args=args))
        assert page.status_code == 200
        assert f'<html lang="{language}"' in page.content.decode()


def test_a_large_list_walks_by_jobs_that_the_page_waits_for(documenter, client_of, monkeypatch):
    from datetime import timedelta

    from goodoffices.access import clock
    from goodoffices.intake.services import running
    from goodoffices.ledger.worker import run_due

    monkeypatch.setattr(running, "INLINE_BYTES", 10)
    monkeypatch.setattr(running, "INLINE_ROWS", 2)
    client = client_of(documenter)

    def wait(response):
        one = ListImport.objects.get()
        assert response["Location"] == reverse("list-progress", args=[one.public_id])
        assert client.get(response["Location"]).status_code == 200
        tally = run_due(clock=lambda: clock.now() + timedelta(seconds=1), worker_id="test")
        assert (tally.done, tally.failed) == (tally.total, 0)
        one.refresh_from_db()
        return one

    one = wait(upload(client))
    assert one.state == "staged"
    said = {f"column_{entry['column']}": entry["target"] for entry in one.mapping}
    said.update(date_order="", missing="")
    assert wait(client.post(reverse("list-columns", args=[one.public_id]), said)).state == "checked"
    assert wait(client.post(reverse("list-on", args=[one.public_id]))).state == "previewed"
    assert wait(client.post(reverse("list-commit", args=[one.public_id]))).state == "committed"
    assert Mention.objects.filter(live=True).count() == 4
    assert wait(client.post(reverse("list-undo", args=[one.public_id]))).state == "undone"
    assert Mention.objects.filter(live=True).count() == 0


def test_my_work_names_the_list_that_waits_only_to_those_who_feed_lists(lists, documenter, olena, actor_of, now):
    from goodoffices.intake.work import waiting_lists

    lists.bring(FIRST)
    assert list(waiting_lists(actor_of(documenter), now)) == []
    one = lists.bring(FIRST[:2], on="2026-11-12", goal="staged")
    with translation.override("en"):
        (group,) = waiting_lists(actor_of(documenter), now)
    assert (group.count, group.items[0].url) == (1, reverse("list-columns", args=[one.public_id]))
    assert "Edition 2" in str(group.items[0].note)
    assert list(waiting_lists(actor_of(olena), now)) == []


def test_a_report_says_whom_the_held_person_may_speak_with(olena, client_of):
    said = {**REPORT, "family_contact": "no", "counsel": "yes"}
    assert client_of(olena).post(reverse("report-new"), said).status_code == 303
    claims = {claim.property: claim for claim in Claim.objects.all()}
    assert (claims["family_contact"].value, claims["counsel"].value) == ("no", "yes")
    assert claims["counsel"].episode == claims["capture_date"].episode == 1
    assert "humanitarian_visit" not in claims
    page = client_of(olena).get(f"/people/{Mention.objects.get().person.public_id}/").content.decode()
    assert "A lawyer of their own" in page


def test_words_the_program_does_not_know_are_named_and_can_be_explained(lists, documenter, client_of):
    rows = ["A1,Ковилянко,Андрій,утримується", "A2,Неходько,Григорій,невідь"]
    one = lists.bring(rows, header="id,surname,given name,status", goal="checked")
    page = client_of(documenter).get(reverse("list-check", args=[one.public_id])).content.decode()
    notes = page[page.index("Worth knowing") :]
    assert "невідь" in notes
    assert 'name="pattern" value="невідь"' in notes


def test_a_date_only_written_otherwise_is_shown_as_near_and_a_new_one_as_different(lists, documenter, client_of):
    lists.bring(FIRST)
    again = [FIRST[0].replace("14.03.1981", "1981-03-14").replace("Центр 99", "Колонія"), *FIRST[1:]]
    one = lists.bring(again, on="2026-12-01", goal="previewed")
    page = client_of(documenter).get(reverse("list-preview", args=[one.public_id]) + "?show=changed").content.decode()
    near = page[page.index('class="near"') :]
    assert "date of birth" in near[: near.index("</tr>")]
    assert "only written otherwise" in near[: near.index("</tr>")]
    differs = page[page.index('class="differs"') :]
    assert "place held" in differs[: differs.index("</tr>")]
