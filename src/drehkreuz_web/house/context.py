# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What every page knows: the way home, the other language, the region."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import get_script_prefix

from drehkreuz import __version__
from drehkreuz_web.house.region import market, ready


def house(_request: HttpRequest) -> dict[str, object]:
    """Return what base.html asks for."""
    manifest = market().region.manifest if ready() else None
    return {
        "home": get_script_prefix(),
        "software_version": __version__,
        "region_manifest": manifest,
        "region_is_modelled": manifest is not None and manifest.provenance["people"].kind == "modelled",
    }
