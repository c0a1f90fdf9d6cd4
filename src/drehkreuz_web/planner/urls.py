# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where the planner's pages are."""

from __future__ import annotations

from django.urls import path

from drehkreuz_web.planner import places_views, views

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
    path("region/places", places_views.places, name="places"),
    path("region/places.json", places_views.places_json, name="places_json"),
    path("region/places/propose", places_views.propose, name="propose"),
    path("region/places/tables/<slug:table>.csv", places_views.places_csv, name="places_csv"),
    path("region/places/<slug:key>", places_views.proposal, name="proposal"),
    path("region/places/<slug:key>.json", places_views.proposal_json, name="proposal_json"),
    path("region/places/<slug:key>.csv", places_views.proposal_csv, name="proposal_csv"),
    path("region/places/<slug:key>/progress", places_views.proposal_progress, name="proposal_progress"),
    path("region/places/<slug:key>/stop", places_views.proposal_stop, name="proposal_stop"),
    path("region/<slug:slug>", views.view, name="view"),
    path("region/<slug:slug>.json", views.view_json, name="view_json"),
    path("region/<slug:name>.csv", views.table_csv, name="csv"),
]
