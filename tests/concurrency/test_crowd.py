# SPDX-License-Identifier: AGPL-3.0-or-later
"""Four writers and four readers on one embedded store: no act is lost, nobody is told "locked" (SECURITY CO3)."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.command import call, goodoffices
from tests.concurrency import crowd
from tests.kill.rows import write_rows
from tests.kill.store import acts, contents, opened

WRITERS = READERS = 4
PEOPLE = 460
LONGEST_WAIT_SECONDS = 10
PATIENCE_SECONDS = 300


@pytest.mark.slow
@pytest.mark.req("SEC-CO")
def test_what_four_writers_do_at_once_is_all_there(tmp_path):
    data, go, stop = tmp_path / "data", tmp_path / "go", tmp_path / "stop"
    assert goodoffices("init", "--testing", "--data", data).code == 0
    words = ["import", write_rows(tmp_path, PEOPLE), "--source", "s", "--yes"]
    assert goodoffices(*words, "--data", data).code == 0
    env = {"GOODOFFICES_DATA": str(data)}
    readers = [call(crowd.read, str(go), str(stop), env=env) for _ in range(READERS)]
    writers = [call(crowd.write, number, str(go), env=env) for number in range(WRITERS)]
    go.touch()
    written = [one.end(PATIENCE_SECONDS) for one in writers]
    stop.touch()
    seen = [one.end() for one in readers]
    for done in [*written, *seen]:
        assert done.code == 0, done.err
        assert done.err == ""
    assert all(done.json["slowest"] < LONGEST_WAIT_SECONDS for done in written)
    assert all(done.json["looks"] > 0 for done in seen)

    assert acts(data)["registry.judged_same"] == WRITERS * crowd.ACTS
    contents(data)
    with opened(data) as connection:
        rows = connection.execute("SELECT left_id, right_id, revoked_at IS NULL FROM registry_judgement").fetchall()
    assert len(rows) == WRITERS * crowd.ACTS
    live = Counter((left, right) for left, right, standing in rows if standing)
    own = WRITERS * crowd.ACTS * 4 // 5
    assert set(live.values()) == {1}
    assert len(live) == own + crowd.SHARED_PAIRS
    said_of = Counter((left, right) for left, right, _ in rows)
    assert sorted(said_of.values())[-crowd.SHARED_PAIRS :] == [WRITERS * crowd.ACTS // 5 // crowd.SHARED_PAIRS] * 5
    assert goodoffices("verify-audit", "--json", "--data", data).json["ok"] is True
