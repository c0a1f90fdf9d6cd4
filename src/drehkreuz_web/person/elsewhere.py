# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where to look for the real thing: the official searches that go with a path, opened by a click alone."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, hypot, radians
from typing import Final

from drehkreuz.matching.market import Market
from drehkreuz.region import Region, kept, row_of
from drehkreuz.reports.pair import Values
from drehkreuz.reports.searches import Kind, Search, searches
from drehkreuz.reports.words import Language

KM_PER_DEGREE: Final = 111.2
BEYOND_KM: Final = 5.0
"""Kilometres beyond the post that are searched as well; assumed."""


def look_elsewhere(market: Market, v: int, path: Values, language: Language) -> list[Search]:
    """
    Return the official searches for a path, around where the person lives.

    Args:
        market: The region with the person laid over it.
        v: Row of table `vacancies`.
        path: Values of `drehkreuz.reports.pair.describe_pair`.
        language: Language of the sentences.
    """
    region, ground = market.region, market.region.ground
    zone = region.table("zones").row(row_of(region, "zones", region.table("people")["zone_id"][0]), named=True)
    vacancy = region.table("vacancies").row(v, named=True)
    place = region.table("places").row(row_of(region, "places", vacancy["place_id"]), named=True)
    occupation = region.table("occupations").row(row_of(region, "occupations", vacancy["occupation_id"]), named=True)
    town = _towns(ground).get(place["municipality"] or "")
    near = hypot(place["lat"] - zone["lat"], (place["lon"] - zone["lon"]) * cos(radians(zone["lat"]))) * KM_PER_DEGREE
    return searches(
        _kinds(path),
        _names(ground).get(vacancy["occupation_id"], {}),
        occupation["kldb2010"] or "",
        town[0] if town else "",
        near + BEYOND_KM,
        town[1] if town else zone["country"],
        language,
    )


@kept
def _names(region: Region) -> Mapping[str, dict[str, str]]:
    """Return the preferred names of each occupation by language."""
    names: dict[str, dict[str, str]] = {}
    preferred = region.table("labels").filter(concept="occupation", kind="preferred")
    for occupation, language, text in preferred.select("concept_id", "language", "text").iter_rows():
        names.setdefault(occupation, {})[language] = text
    return names


@kept
def _towns(region: Region) -> Mapping[str, tuple[str, str]]:
    """Return name and country of each municipality."""
    towns = region.table("municipalities").select("municipality", "name", "country")
    return {municipality: (name, country) for municipality, name, country in towns.iter_rows()}


def _kinds(path: Values) -> list[Kind]:
    """Return what goes with a path: posts or apprenticeships, courses where something is to be learned, pay."""
    kinds: list[Kind] = ["apprenticeships"] if path["kind"].startswith(("apprenticeship", "dual")) else ["jobs"]
    kinds += ["training"] if path["learning"]["steps"] or path["missing"]["open"] else []
    reasons = {entry["barrier"] for entry in path["barriers"]}
    kinds += ["language_courses"] if "language" in reasons else []
    kinds += ["recognition"] if "formal" in reasons else []
    return [*kinds, "pay", "occupation"]
