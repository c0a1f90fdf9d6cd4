# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Pages that every site has."""

from __future__ import annotations

from django.urls import path

from drehkreuz_web.house import health, language, legal

app_name = "house"

urlpatterns = [
    path("health", health.health, name="health"),
    path("language", language.switch, name="language"),
    path("imprint", legal.imprint, name="imprint"),
    path("privacy", legal.privacy, name="privacy"),
    path("accessibility", legal.accessibility, name="accessibility"),
]
