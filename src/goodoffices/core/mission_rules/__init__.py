# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Mission's rules: who may be seated, which line a matter is on, what may be told. Pure, three-valued."""
