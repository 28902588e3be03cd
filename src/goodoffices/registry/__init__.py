# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known: sources, mentions, claims, judgements, persons, events, places, authorities."""
