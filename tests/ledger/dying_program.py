# SPDX-License-Identifier: AGPL-3.0-or-later
"""A program for test_kill: writes acts with their lines and jobs, runs the jobs, says aloud what is acknowledged.

Run as a file in a process of its own, which a fault point kills.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import django


def main(mode: str, rounds: int) -> None:
    from django.core.management import call_command

    if mode == "prepare":
        call_command("migrate", "ledger", verbosity=0)
        return
    from django.db import transaction

    from goodoffices.ledger.actors import PROGRAM
    from goodoffices.ledger.acts import register_acts
    from goodoffices.ledger.services import enqueue, record
    from goodoffices.ledger.topics import handles
    from goodoffices.ledger.worker import Job, finish, run_due

    register_acts({"test.asked": "A job was asked for.", "test.carried_out": "The job was carried out."})

    @handles("test.job")
    def carry_out(job: Job) -> None:
        with transaction.atomic():
            record(act="test.carried_out", actor=PROGRAM, now=job.clock(), facts={"n": job.payload["n"]})
            if job.payload["n"] % 2:
                finish(job)

    # Each process looks at a later hour, so that a dead one's leases are over.
    hour = datetime(2026, 11, 21, tzinfo=UTC) + timedelta(hours=rounds)
    if mode == "ask":
        for number in range(rounds, rounds + 6):
            with transaction.atomic():
                enqueue("test.job", {"n": number}, now=hour, dedup_key=f"n:{number}")
                record(act="test.asked", actor=PROGRAM, now=hour, facts={"n": number}, private={"n": number})
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
    else:
        tally = run_due(clock=lambda: hour, worker_id=f"w{rounds}")
        sys.stdout.write(f"{tally.done}\n")


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], int(sys.argv[2]))
