# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list goes through the pages from the file to the report, and back."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goodoffices.intake.models import ListImport
from goodoffices.ledger.worker import run_due
from goodoffices.registry.models import Claim, Mention
from tests.intake.conftest import FIRST, HEADER

NEW_SOURCE = {"title": "Families' list", "language": "uk", "reliability": "B", "kind": "list", "sensitivity": "2",
              "room": "work", "publisher": "Lantern Desk", "edition_on": "01.11.2026"}  # fmt: skip


def upload(client, rows=FIRST, **more):
    data = "\n".join([HEADER, *rows]).encode()
    said = {**NEW_SOURCE, **more, "file": SimpleUploadedFile("families.csv", data)}
    return client.post(reverse("list-upload"), said)


def test_a_list_walks_from_the_file_to_the_report_and_back(documenter, client_of, now):
    client = client_of(documenter)
    assert client.get(reverse("lists")).status_code == 200
    response = upload(client)
    assert response.status_code == 303, response.content.decode()
    one = ListImport.objects.get()
    assert one.state == "staged"
    page = client.get(response["Location"])
    assert page.status_code == 200
    said = {f"column_{e['column']}": e["target"] for e in one.mapping}
    response = client.post(reverse("list-columns", args=[one.public_id]), {**said, "date_order": "", "missing": ""})
    assert response.status_code == 303, response.content.decode()
    page = client.get(response["Location"])
    assert page.status_code == 200
    assert "31.02.2016" in page.content.decode()
    response = client.post(reverse("list-on", args=[one.public_id]))
    page = client.get(response["Location"])
    assert page.status_code == 200
    response = client.post(reverse("list-commit", args=[one.public_id]))
    assert response["Location"] == reverse("list-progress", args=[one.public_id])
    assert client.get(response["Location"]).status_code == 200
    assert client.get(response["Location"], headers={"HX-Request": "true"}).status_code == 200
    from datetime import timedelta

    from goodoffices.access import clock

    run_due(clock=lambda: clock.now() + timedelta(seconds=1), worker_id="test")
    one.refresh_from_db()
    assert one.state == "committed"
    assert client.get(reverse("list-progress", args=[one.public_id]))["Location"].endswith("/report/")
    page = client.get(reverse("list-report", args=[one.public_id]))
    assert page.status_code == 200
    assert Mention.objects.filter(live=True).count() == 4
    row = one.rows.in_file()[0]
    assert client.get(reverse("list-row", args=[row.public_id])).status_code == 200
    assert client.post(reverse("list-undo", args=[one.public_id])).status_code == 303
    assert Mention.objects.filter(live=True).count() == 0
    assert not Claim.objects.standing().exists()
    assert client.get(reverse("list-report", args=[one.public_id])).status_code == 200
