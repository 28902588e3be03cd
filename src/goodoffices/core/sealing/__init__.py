# SPDX-License-Identifier: AGPL-3.0-or-later
"""What seals: canonical bytes, Merkle trees, commitments, mutual consent; envelopes, keys, grants, recovery."""
