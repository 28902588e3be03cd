# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the registry, one file per subject. Views fetch, validate, call one service, answer."""
