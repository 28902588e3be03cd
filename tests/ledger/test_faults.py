# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fault points act only in a testing folder, at the named passing, and are all in the catalogue."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

import goodoffices
from goodoffices.ledger import faults
from goodoffices.ledger.faults import BadFault, InjectedFault, declare_faults, fault, fault_points

POINT = "ledger.record.before_insert"


@pytest.fixture
def arm(monkeypatch: pytest.MonkeyPatch, settings: object) -> object:
    def arm_with(said: str, *, testing: bool = True) -> None:
        settings.GOODOFFICES_TESTING = testing  # type: ignore[attr-defined]
        monkeypatch.setenv(faults.VARIABLE, said)
        faults.rearm()

    return arm_with


def test_the_named_passing_fails_and_no_other(arm: object) -> None:
    arm(f"{POINT}:3:error")  # type: ignore[operator]
    fault(POINT)
    fault("ledger.record.after_insert")
    fault(POINT)
    with pytest.raises(InjectedFault):
        fault(POINT)
    fault(POINT)


def test_a_delay_waits(arm: object, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(faults.time, "sleep", waited.append)
    arm(f"{POINT}:1:delay")  # type: ignore[operator]
    fault(POINT)
    assert waited == [faults.DELAY_SECONDS]


def test_a_kill_sends_the_signal_nothing_can_catch(arm: object, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(faults.os, "kill", lambda *arguments: sent.append(arguments))
    arm(f"{POINT}:1:kill")  # type: ignore[operator]
    fault(POINT)
    assert sent == [(faults.os.getpid(), 9)]


def test_nothing_happens_outside_a_testing_folder(arm: object) -> None:
    arm(f"{POINT}:1:error", testing=False)  # type: ignore[operator]
    fault(POINT)


@pytest.mark.parametrize(
    "said", ["no.such:1:kill", POINT, f"{POINT}:0:kill", f"{POINT}:x:kill", f"{POINT}:1:burn", ":::"]
)
def test_a_fault_that_cannot_be_read_is_refused(arm: object, said: str) -> None:
    with pytest.raises(BadFault):
        arm(said)  # type: ignore[operator]


def test_a_point_out_of_shape_is_refused() -> None:
    with pytest.raises(BadFault):
        declare_faults({"No Point": "x"})


def test_every_point_in_the_source_is_in_the_catalogue_and_the_reverse() -> None:
    package = Path(goodoffices.__file__).parent
    passed = {
        name
        for file in package.rglob("*.py")
        for name in re.findall(r"\bfault\(\s*\"([^\"]+)\"", file.read_text("utf-8"))
    }
    assert passed == set(fault_points())


def test_a_point_that_is_off_costs_next_to_nothing() -> None:
    faults.rearm()
    began = time.perf_counter()
    for _ in range(100_000):
        fault(POINT)
    assert (time.perf_counter() - began) / 100_000 < 5e-6
