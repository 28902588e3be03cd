# SPDX-License-Identifier: AGPL-3.0-or-later
"""The least a Django needs to draw the kit by itself, without stores: for its tests and for looking at it."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent

SECRET_KEY = "only-for-drawing-the-kit"
DEBUG = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
ROOT_URLCONF = "tests.web.kit.urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "django.contrib.messages", "django_htmx", "goodoffices.web"]
MIDDLEWARE = [
    "django.middleware.locale.LocaleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tests.web.kit.urls.content_security_policy",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "goodoffices.web.forms.KitRenderer"
STATIC_URL = "/static/"
USE_TZ = True
TIME_ZONE = "Europe/Kyiv"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("uk", "Українська"), ("ru", "Русский")]
