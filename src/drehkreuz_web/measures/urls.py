# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where the pages on measures are."""

from __future__ import annotations

from django.urls import path

from drehkreuz_web.measures import views

app_name = "measures"

urlpatterns = [
    path("measures", views.catalogue, name="catalogue"),
    path("measures.json", views.catalogue_json, name="catalogue_json"),
    path("measures/<slug:measure>", views.kind, name="kind"),
    path("scenario", views.scenario, name="scenario"),
    path("scenario/file", views.download, name="download"),
    path("scenario/run", views.run, name="run"),
    path("scenario/<slug:key>", views.result, name="result"),
    path("scenario/<slug:key>.json", views.result_json, name="result_json"),
    path("scenario/<slug:key>/stop", views.stop, name="stop"),
    path("scenario/<slug:key>/report", views.report, name="report"),
    path("scenario/<slug:key>/progress", views.progress, name="progress"),
]
