# SPDX-License-Identifier: AGPL-3.0-or-later
"""The staff site as a WSGI application."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodoffices.config.settings")
application = get_wsgi_application()
