# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stored verifier proves a passphrase and opens nothing else."""

from __future__ import annotations

from goodoffices.access.hashers import SplitArgon2Hasher, stretch, verifier

COSTS = (1, 64, 1)


def test_the_right_passphrase_passes_and_a_wrong_one_fails():
    hasher = SplitArgon2Hasher()
    encoded = hasher.encode("seven words that nobody would ever join", hasher.salt(), COSTS)
    assert hasher.verify("seven words that nobody would ever join", encoded)
    assert not hasher.verify("seven words that nobody would ever joint", encoded)


def test_the_stored_verifier_is_not_the_stretch_from_which_keys_will_come():
    stretched = stretch("a passphrase", b"0123456789abcdef", time_cost=1, memory_cost=64, parallelism=1)
    assert verifier(stretched) != stretched
    assert len(verifier(stretched)) == 32


def test_costs_travel_with_the_record_and_rise_when_settings_do(settings):
    hasher = SplitArgon2Hasher()
    encoded = hasher.encode("a passphrase", hasher.salt(), COSTS)
    settings.GOODOFFICES_ARGON2 = {"time_cost": 2, "memory_cost": 64, "parallelism": 1}
    assert hasher.verify("a passphrase", encoded)
    assert hasher.must_update(encoded)
