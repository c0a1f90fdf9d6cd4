# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where to look for the real thing: the official searches that go with a path, opened by a click alone."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import Final

import polars as pl

from drehkreuz.matching.market import Market
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
    region = market.region
    zone = region.table("zones").filter(zone_id=region.table("people")["zone_id"][0]).row(0, named=True)
    vacancy = region.table("vacancies").row(v, named=True)
    place = region.table("places").filter(place_id=vacancy["place_id"]).row(0, named=True)
    names = region.table("labels").filter(concept_id=vacancy["occupation_id"], kind="preferred")
    occupation = region.table("occupations").filter(occupation_id=vacancy["occupation_id"])
    town = region.table("municipalities").filter(pl.col("municipality") == (place["municipality"] or ""))
    near = hypot(place["lat"] - zone["lat"], (place["lon"] - zone["lon"]) * cos(radians(zone["lat"]))) * KM_PER_DEGREE
    return searches(
        _kinds(path),
        dict(names.select("language", "text").iter_rows()),
        occupation["kldb2010"][0] or "",
        town["name"][0] if len(town) else "",
        near + BEYOND_KM,
        town["country"][0] if len(town) else zone["country"],
        language,
    )


def _kinds(path: Values) -> list[Kind]:
    """Return what goes with a path: posts or apprenticeships, courses where something is to be learned, pay."""
    kinds: list[Kind] = ["apprenticeships"] if path["kind"].startswith(("apprenticeship", "dual")) else ["jobs"]
    kinds += ["training"] if path["learning"]["steps"] or path["missing"]["open"] else []
    reasons = {entry["barrier"] for entry in path["barriers"]}
    kinds += ["language_courses"] if "language" in reasons else []
    kinds += ["recognition"] if "formal" in reasons else []
    return [*kinds, "pay", "occupation"]
