#!/usr/bin/env python
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's own command door, for developers: migrations, messages, shell. Users have ``goodoffices``."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodoffices.config.settings")
    execute_from_command_line(sys.argv)
