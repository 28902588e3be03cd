# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings from the environment, the stores and their keys, the web addresses."""
