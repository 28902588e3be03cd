# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo world: invented lists, places, events and reports, and real historical registers to measure on.

Everything under ``data/world`` is invented and rebuilt by ``tools/build_demo_world.py``; what is real (Argentina's
registers) carries a NOTICE beside it. ``world`` loads all of it as frozen dataclasses.
"""
