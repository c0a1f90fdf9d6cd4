# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where everything is."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("drehkreuz_web.person.urls")),
    path("", include("drehkreuz_web.supply.urls")),  # before the planner's, which takes any other page on the region
    path("", include("drehkreuz_web.planner.urls")),
    path("", include("drehkreuz_web.measures.urls")),
    path("", include("drehkreuz_web.sharing.urls")),
    path("", include("drehkreuz_web.employer.urls")),
    path("api/", include("drehkreuz_web.api.urls")),
    path("", include("drehkreuz_web.house.urls")),
]

handler400 = "drehkreuz_web.house.errors.bad_request"
handler403 = "drehkreuz_web.house.errors.forbidden"
handler404 = "drehkreuz_web.house.errors.not_found"
handler500 = "drehkreuz_web.house.errors.server_error"
