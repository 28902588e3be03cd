# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings, all from the environment; each variable is described in docs/reference/settings.md."""

from __future__ import annotations

import os

import environ
from django.utils.translation import gettext_lazy as _

from goodoffices.config.folder import FolderError, data_dir, read_folder, store_key
from goodoffices.config.stores import ALIAS_OF_STORE, database_settings

env = environ.Env()
DATA_DIR = data_dir()

try:
    FOLDER_KIND = read_folder(DATA_DIR).kind
except FolderError:
    FOLDER_KIND = "none"

GOODOFFICES_DEMO = FOLDER_KIND in {"demo", "training"}
GOODOFFICES_TESTING = FOLDER_KIND == "testing"
GOODOFFICES_MAX_UPLOAD_MB = env.int("GOODOFFICES_MAX_UPLOAD_MB", default=64)
GOODOFFICES_CHUNK_ROWS = env.int("GOODOFFICES_CHUNK_ROWS", default=2000)
GOODOFFICES_ARGON2 = {
    "time_cost": env.int("GOODOFFICES_ARGON2_TIME", default=3),
    "memory_cost": env.int("GOODOFFICES_ARGON2_MEMORY_KIB", default=65536),
    "parallelism": env.int("GOODOFFICES_ARGON2_LANES", default=4),
}
GOODOFFICES_STAFF_PORT = env.int("GOODOFFICES_STAFF_PORT", default=8000)
GOODOFFICES_KEEP_JOBS_DAYS = env.int("GOODOFFICES_KEEP_JOBS_DAYS", default=90)
GOODOFFICES_EXPORT_LIMIT = env.int("GOODOFFICES_EXPORT_LIMIT", default=5000)
GOODOFFICES_TEAM = env.str("GOODOFFICES_TEAM", default="Good Offices")

DEBUG = False
ALLOWED_HOSTS = env.list("GOODOFFICES_STAFF_HOSTS", default=["localhost"])
ROOT_URLCONF = "goodoffices.config.urls"
WSGI_APPLICATION = "goodoffices.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "goodoffices.web",
    "goodoffices.ledger",
    "goodoffices.access",
    "goodoffices.registry",
    "goodoffices.intake",
    "goodoffices.matching",
    "goodoffices.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "goodoffices.access.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "goodoffices.access.middleware.actor",
    "goodoffices.access.middleware.session_end",
    "django_htmx.middleware.HtmxMiddleware",
    "goodoffices.access.middleware.errors",
    "goodoffices.access.middleware.doors",
    "goodoffices.access.middleware.idempotency",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "goodoffices.web.context.shell",
                "goodoffices.access.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "goodoffices.web.forms.KitRenderer"

_urls = {store: env.str(f"GOODOFFICES_{store.upper()}_DATABASE_URL", default="") for store in ALIAS_OF_STORE}
DATABASES = {
    alias: database_settings(
        store, _urls[store], DATA_DIR, checkpointer=env.bool("GOODOFFICES_CHECKPOINTER", default=True)
    )
    for store, alias in ALIAS_OF_STORE.items()
}
DATABASE_ROUTERS = ["goodoffices.config.stores.StoreRouter"]


def _secret_key() -> str:
    """Derive Django's signing key from the casework store's key, so that nothing else needs keeping."""
    import hashlib

    named = os.environ.get("GOODOFFICES_SECRET_KEY")
    if named:
        return named
    if FOLDER_KIND == "none":
        return hashlib.sha256(os.urandom(32)).hexdigest()
    return hashlib.sha256(b"goodoffices-signing-v1 " + store_key("casework").encode()).hexdigest()


SECRET_KEY = _secret_key()

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["goodoffices.access.backends.EmailBackend"]
PASSWORD_HASHERS = ["goodoffices.access.hashers.SplitArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"

SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_ENGINE = "goodoffices.access.sessions"
SESSION_COOKIE_AGE = env.int("GOODOFFICES_SESSION_SECONDS", default=8 * 3600)
GOODOFFICES_SESSION_LONGEST_SECONDS = env.int("GOODOFFICES_SESSION_LONGEST_SECONDS", default=24 * 3600)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Notices of what was done stay in the store, never in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "goodoffices.access.views.csrf_failure"
LANGUAGE_COOKIE_NAME = "__Host-language"
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("uk", _("Ukrainian")), ("ru", _("Russian"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("GOODOFFICES_TIME_ZONE", default="UTC")

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = ["goodoffices.access.uploads.MemoryFileUploadHandler"]

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Request lines carry look-up terms in their query string: Django's own request log stays off.
    "loggers": {
        "django.request": {"handlers": [], "propagate": False},
        "django.server": {"handlers": [], "propagate": False},
        "goodoffices": {"level": "INFO"},
    },
}
