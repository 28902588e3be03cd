# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ledger: an append-only, tamper-evident record of acts; and the jobs that acts leave behind."""
