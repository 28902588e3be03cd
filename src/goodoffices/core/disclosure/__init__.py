# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be told in numbers, and what a text gives away. Pure: tables, releases and facts in, findings out."""
