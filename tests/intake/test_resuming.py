# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cut off anywhere, an import goes on where it was: nothing lost, nothing doubled."""

from __future__ import annotations

import pytest

from goodoffices.intake.models import ListImport
from goodoffices.intake.services import committing, running
from goodoffices.ledger import faults
from goodoffices.ledger.models import Entry
from goodoffices.registry.models import Claim, Mention, Person
from tests.cli.conftest import data, made, prepared, run  # noqa: F401 - fixtures of the commands

POINTS = (
    "intake.stage.in_chunk", "intake.stage.after_chunk", "intake.commit.before_chunk", "intake.commit.in_chunk",
    "intake.commit.after_chunk", "intake.commit.before_end", "intake.commit.after_end",
)  # fmt: skip


def rows(count: int) -> list[str]:
    families = ("Ковилянко", "Зоренчук", "Неходько", "Вербівський", "Журавель")
    return [f"N{n:03},{families[n % 5]},Антон,,19{50 + n},ч,Центр {n % 7},зі слів" for n in range(count)]


def everything():
    """What the registry holds, without ids and times."""
    claims = Claim.objects.standing().filter(mention__live=True).order_by("mention__record_key", "pk")
    said = list(claims.values_list("mention__record_key", "property", "value", "original", "first_seen", "last_seen"))
    return said, sorted(Mention.objects.values_list("record_key", "listed", "last_seen")), Person.objects.count()


@pytest.fixture
def small_chunks(settings):
    settings.GOODOFFICES_CHUNK_ROWS = 4
    settings.GOODOFFICES_TESTING = True


@pytest.fixture
def fail_at(monkeypatch):
    """Make a fault point raise at its how-manyeth passing."""

    def arm(name, occurrence):
        monkeypatch.setenv("GOODOFFICES_FAULT", f"{name}:{occurrence}:error")
        faults.rearm()

    yield arm
    monkeypatch.delenv("GOODOFFICES_FAULT", raising=False)
    faults.rearm()


@pytest.mark.store
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("occurrence", [1, 2])
def test_an_import_that_breaks_off_is_as_if_it_never_had(
    lists, small_chunks, fail_at, monkeypatch, tmp_path, point, occurrence
):
    header = "id,surname,given name,patronymic,date of birth,sex,place held,note"
    path = tmp_path / "list.csv"

    def bring(lines):
        path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
        return running.run_import(path, lists.source.key, actor=lists.actor, clock=lists.clock)

    first, second = rows(11), [row.replace("Центр 3", "Колонія") for row in rows(14)[2:]]
    bring(first)
    fail_at(point, occurrence)
    try:
        bring(second)
    except faults.InjectedFault:
        monkeypatch.delenv("GOODOFFICES_FAULT")
        faults.rearm()
        bring(second)
    said, mentions, persons = everything()
    assert persons == 14
    assert len(mentions) == 14
    assert [key for key, listed, _ in mentions if not listed] == ["id:N000", "id:N001"]
    assert len(said) == len(set(said))
    assert sum(1 for each in said if each[1] == "family_name") == 14
    assert ListImport.objects.filter(state="committed").count() == 2
    chunks = Entry.objects.filter(act="intake.chunk_committed").count()
    assert chunks == 3 + 3 + 1  # eleven rows, then twelve, then the two that went


def test_two_workers_at_once_record_a_list_once(lists, small_chunks):
    one = lists.bring(rows(10), goal="previewed")
    committing.begin_commit(one, actor=lists.actor, now=lists.now, queue=False)
    other = ListImport.objects.get(pk=one.pk)
    seen = []

    def meanwhile():
        if not seen:
            seen.append(True)
            committing.commit(other, actor=lists.actor, clock=lists.clock)

    with pytest.raises(committing.Outrun):
        committing.commit(one, actor=lists.actor, clock=lists.clock, alive=meanwhile)
    assert Person.objects.count() == 10
    assert ListImport.objects.get(pk=one.pk).state == "committed"


@pytest.mark.kill
@pytest.mark.parametrize("point", ["intake.stage.in_chunk:2", "intake.commit.in_chunk:2", "intake.commit.before_end:1"])
def test_a_killed_command_started_again_ends_as_if_never_killed(run, tmp_path, point):  # noqa: F811
    path = tmp_path / "list.csv"
    header = "id,surname,given name,patronymic,date of birth,sex,place held,note"
    path.write_text("\n".join([header, *rows(9), ""]), encoding="utf-8")
    small = {"GOODOFFICES_CHUNK_ROWS": "4"}
    killed = run(
        "import", path, "--source", "families", "--yes", "--json", env={**small, "GOODOFFICES_FAULT": f"{point}:kill"}
    )
    assert killed.code == -9
    again = run("import", path, "--source", "families", "--yes", "--json", env=small)
    assert again.code == 0, again.err
    assert again.json["created"] == 9
    once_more = run("import", path, "--source", "families", "--yes", "--json", env=small)
    assert (once_more.json["created"], once_more.json["unchanged"]) == (0, 9)
    found = run("lookup", "Ковилянко Антон", "--json", "--limit", "20")
    assert len({each["person"] for each in found.json}) == len(found.json)
    assert run("verify-audit", "--json").code == 0
