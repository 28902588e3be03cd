# SPDX-License-Identifier: AGPL-3.0-or-later
"""The catalogue of acts and its reference page."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from goodoffices.ledger import acts
from goodoffices.ledger.acts import BadAct, UnknownAct, catalogue, known_act, reference_page, register_acts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "ledger-acts.md"


def test_every_act_of_every_app_is_in_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        acts, "_glosses", {name: gloss for name, gloss in catalogue().items() if not name.startswith("test.")}
    )
    settings = "DJANGO_SETTINGS_MODULE=goodoffices.config.settings"
    remedy = f"Run: {settings} python -m django ledger_acts > docs/reference/ledger-acts.md"
    assert PAGE.read_text("utf-8") == reference_page(), remedy


def test_the_page_is_printed_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("ledger_acts")
    assert capsys.readouterr().out == reference_page()
    assert "| `ledger.private_erased` |" in reference_page()


@pytest.mark.parametrize("name", ["thing", "Thing.done", "a.b c", "a.", "", "a." + "b" * 64, "імпорт.done"])
def test_a_name_out_of_shape_is_refused(name: str) -> None:
    with pytest.raises(BadAct):
        register_acts({name: "Something happened."})


def test_an_act_has_one_gloss_and_not_an_empty_one() -> None:
    register_acts({"test.thing_done": "A test did a thing."})
    with pytest.raises(BadAct):
        register_acts({"test.thing_done": "Another thing."})
    with pytest.raises(BadAct):
        register_acts({"test.silent": " "})


def test_an_act_outside_the_catalogue_is_unknown() -> None:
    assert known_act("test.thing_done") == "test.thing_done"
    with pytest.raises(UnknownAct):
        known_act("test.unheard_of")
