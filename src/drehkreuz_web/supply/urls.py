# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where the pages on learning are."""

from __future__ import annotations

from django.urls import path

from drehkreuz_web.supply import files, views, work_views

app_name = "supply"

urlpatterns = [
    path("region/learning", views.seats, name="seats"),
    path("region/learning.json", views.seats_json, name="seats_json"),
    path("region/learning/offers", views.offers_page, name="offers"),
    path("region/learning/offers.json", views.offers_json, name="offers_json"),
    path("region/learning/offers.ics", files.offers_ics, name="offers_ics"),
    path("region/learning/modules", views.modules, name="modules"),
    path("region/learning/modules.json", views.modules_json, name="modules_json"),
    path("region/learning/places", views.places, name="places"),
    path("region/learning/places.json", views.places_json, name="places_json"),
    path("region/learning/digital", views.digital_page, name="digital"),
    path("region/learning/digital.json", views.digital_json, name="digital_json"),
    path("region/learning/tables/<slug:sheet_name>.csv", files.table_csv, name="csv"),
    path("region/learning/start", work_views.start, name="start"),
    path("region/learning/stop", work_views.stop, name="stop"),
    path("region/learning/progress", work_views.progress, name="progress"),
]
