# SPDX-License-Identifier: AGPL-3.0-or-later
"""What seals a record: canonical bytes, Merkle trees, salted commitments."""
