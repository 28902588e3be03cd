# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django database backend for SQLCipher: SQLite whose whole file is encrypted."""
