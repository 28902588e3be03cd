# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes the invented demo world: people first, then what seven sources say about them, mistakes included."""
