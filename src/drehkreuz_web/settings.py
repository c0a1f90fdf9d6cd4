# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The site's settings, from environment variables; docs/reference/settings.md says what each means.

Nothing of a person is stored: there are no sessions and no accounts, uploads stay in memory, logs hold no text. The database holds
bookings of shared vehicles alone, without who booked.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path
from typing import Any, Final

from platformdirs import user_data_path

from drehkreuz.cli.secret import installation_secret
from drehkreuz.errors import Finding, InputError, shorten
from drehkreuz_web.house.database import database

PACKAGE: Final = Path(__file__).parent
MEBIBYTE: Final = 1024 * 1024


def _flag(name: str) -> bool:
    return os.environ.get(name, "") not in {"", "0"}


def _list(name: str, default: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def _count(name: str, default: int, least: int = 1) -> int:
    stated = os.environ.get(name, "")
    if stated and not (stated.isascii() and stated.isdecimal() and int(stated) >= least):
        problem = f"{shorten(stated)!r} is no whole number from {least} on"
        raise InputError(Finding(name, "", "", "", problem, f"Write {default}, say."))
    return int(stated or default)


def _derived_key() -> str:
    """Return a key that follows from the installation's one secret and tells nothing about it."""
    return hmac.new(installation_secret(), b"drehkreuz-web: signing", hashlib.sha256).hexdigest()


# ----------------------------------------------------------------------------------------------------- of the house

STATE: Final = Path(os.environ.get("DREHKREUZ_STATE") or user_data_path("drehkreuz") / "web")
"""Folder of what the site itself writes: static files with hashes, the database, the region's figures, the village if that is served."""

REGION: Final = os.environ.get("DREHKREUZ_REGION", "")
"""Folder of the region that is served; empty: the village that comes with the software."""

OPERATOR: Final = os.environ.get("DREHKREUZ_OPERATOR", "")
"""TOML file that says who runs this site; what it lacks is marked on the legal pages."""

POSTS_PER_MINUTE: Final = _count("DREHKREUZ_POSTS_PER_MINUTE", 120)
"""Forms that one address may send in a minute; an advice centre behind one address fits."""

WORKERS: Final = _count("DREHKREUZ_WORKERS", min(max((os.cpu_count() or 1) - 1, 0), 4), least=0)
"""Processes beside the site's own that work answers out; 0: none."""

LARGEST_BODY: Final = MEBIBYTE
"""Bytes of a form that are read; more is answered with 413."""

LENDER: Final = os.environ.get("DREHKREUZ_LENDER") or "drehkreuz_web.sharing.own.OwnLender"
"""Class that keeps the shared vehicles and their bookings; an operator's own has the methods of `drehkreuz_web.sharing.lender.Lender`."""

QUOTE_FAULTS: Final = _flag("DREHKREUZ_DEBUG")
"""Whether the log repeats the messages of exceptions, which may quote what was typed: never where others type."""

# ------------------------------------------------------------------------------------------------------ of Django

DEBUG = False  # Django's pages of faults show what was typed, and settings, to whoever asks
SECRET_KEY = os.environ.get("DREHKREUZ_SECRET_KEY") or _derived_key()
ALLOWED_HOSTS = _list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

ROOT_URLCONF = "drehkreuz_web.urls"
WSGI_APPLICATION = "drehkreuz_web.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "drehkreuz_web.house",
    "drehkreuz_web.person",
    "drehkreuz_web.planner",
    "drehkreuz_web.supply",
    "drehkreuz_web.measures",
    "drehkreuz_web.sharing",
    "drehkreuz_web.employer",
    "drehkreuz_web.api",
]

MIDDLEWARE = [
    "drehkreuz_web.house.security.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "drehkreuz_web.house.logs.RequestLog",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "drehkreuz_web.house.errors.InWords",
    "drehkreuz_web.house.limits.BodyLimit",
    "drehkreuz_web.house.limits.PostLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "drehkreuz_web.house.access.AccessControl",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.template.context_processors.i18n",
                "drehkreuz_web.house.context.house",
            ],
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), STATE)}

# Uploads stay in memory: a case file never touches the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = LARGEST_BODY
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_BODY

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("de-simple", "Einfache Sprache"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

STATIC_URL = "static/"
STATIC_ROOT = STATE / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True

# -------------------------------------------------------------------------------------------------------- security

HTTPS: Final = _flag("DREHKREUZ_HTTPS")
"""Whether people reach the site by https; the server knows it from the X-Forwarded-Proto of a proxy it trusts."""

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REDIRECT_EXEMPT = [r"^health$"]
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True  # the token stands in the page, scripts read it there
CSRF_FAILURE_VIEW = "drehkreuz_web.house.errors.csrf_failure"
LANGUAGE_COOKIE_SECURE = HTTPS

LOGGING_CONFIG = "drehkreuz_web.house.logs.configure"
LOGGING = {"version": 1}  # not empty, or Django does not call it
