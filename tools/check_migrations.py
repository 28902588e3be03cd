# SPDX-License-Identifier: AGPL-3.0-or-later
"""Say whether a model changed without its migration."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as folder:
    os.environ["GOODOFFICES_DATA"] = str(Path(folder) / "data")
    os.environ["DJANGO_SETTINGS_MODULE"] = "goodoffices.config.settings"
    from goodoffices.config.folder import create_folder

    create_folder(Path(folder) / "data", kind="testing")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("makemigrations", check_changes=True, dry_run=True)
