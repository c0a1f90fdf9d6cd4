# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where the planner's pages are."""

from __future__ import annotations

from django.urls import path

from drehkreuz_web.planner import views

app_name = "planner"

urlpatterns = [
    path("region", views.overview, name="overview"),
    path("region.json", views.overview_json, name="overview_json"),
    path("region/progress", views.progress, name="progress"),
    path("region/map", views.map_page, name="map"),
    path("region/map.json", views.map_json, name="map_json"),
    path("region/together", views.together, name="together"),
    path("region/together.json", views.together_json, name="together_json"),
    path("region/outlook", views.outlook_page, name="outlook"),
    path("region/outlook.json", views.outlook_json, name="outlook_json"),
    path("region/sources", views.sources, name="sources"),
    path("region/sources.json", views.sources_json, name="sources_json"),
    path("region/<slug:slug>", views.view, name="view"),
    path("region/<slug:slug>.json", views.view_json, name="view_json"),
    path("region/<slug:name>.csv", views.table_csv, name="csv"),
]
