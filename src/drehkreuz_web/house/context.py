# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What every page knows: the way home, the other language, the region."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from drehkreuz import __version__
from drehkreuz_web.house.region import market, ready

SIMPLE: Final = "de-simple"
IN_SIMPLE_GERMAN: Final = frozenset({"house", "person"})
"""Features that have a catalogue of simple German; tools/messages.py sees to it that it lacks nothing."""

MARKED: Final = mark_safe(' lang="de"')  # nobody's text


def house(request: HttpRequest) -> dict[str, object]:
    """
    Return what base.html asks for.

    Simple German ends where the library speaks: `german` is the attribute that marks its sentences there as German, and
    `spoken` says whether the page's own sentences are simple; else the whole page is marked.
    """
    manifest = market().region.manifest if ready() else None
    simple, match = get_language() == SIMPLE, request.resolver_match
    return {
        "german": MARKED if simple else "",
        "spoken": not simple or match is None or match.app_name in IN_SIMPLE_GERMAN,
        "home": get_script_prefix(),
        "software_version": __version__,
        "region_manifest": manifest,
        "region_is_modelled": manifest is not None and manifest.provenance["people"].kind == "modelled",
    }
