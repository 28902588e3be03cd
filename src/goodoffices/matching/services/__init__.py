# SPDX-License-Identifier: AGPL-3.0-or-later
"""What matching does: find pairs, decide, join and take back, look up."""
