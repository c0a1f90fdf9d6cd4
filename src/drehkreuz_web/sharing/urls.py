# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where the pages on shared vehicles are, and their feeds."""

from __future__ import annotations

from django.urls import path

from drehkreuz_web.sharing import feeds, views

app_name = "sharing"

urlpatterns = [
    path("sharing", views.stations, name="stations"),
    path("sharing/stations/<int:number>", views.station, name="station"),
    path("sharing/book", views.book, name="book"),
    path("sharing/booking", views.booking, name="booking"),
    path("sharing/gbfs/manifest.json", feeds.manifest, name="manifest"),
    path("sharing/gbfs/<str:system>/<slug:feed>.json", feeds.feed, name="feed"),
]
