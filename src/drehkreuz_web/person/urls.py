# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where the person's way is."""

from __future__ import annotations

from django.urls import path

from drehkreuz_web.person import views

app_name = "person"

urlpatterns = [
    path("", views.start, name="start"),
    path("skills", views.skills, name="skills"),
    path("way", views.way, name="way"),
    path("time", views.time, name="time"),
    path("life", views.life, name="life"),
    path("matters", views.matters, name="matters"),
    path("paths", views.paths, name="paths"),
    path("paths.json", views.paths_json, name="paths_json"),
    path("compare", views.compare, name="compare"),
    path("print", views.print_view, name="print"),
    path("case", views.case_file, name="case"),
    path("open", views.open_case, name="open"),
]
