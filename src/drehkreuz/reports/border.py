# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Home in one country, post in another: what rules valid on the day say of it, and whom to ask."""

from __future__ import annotations

from typing import Any

import polars as pl

from drehkreuz.region import Region, kept, row_of

TOPIC = "cross_border"
"""Rules of this topic are shown; those on tax and social insurance that say nothing of a border hold for people within it."""


def border(region: Region, person: int, place_id: str, language: str) -> dict[str, Any] | None:
    """
    Return what is known of a way to work across a border.

    Args:
        region: The region.
        person: Row of table `people`.
        place_id: Where the post is.
        language: Language of what rules say, `de` or another: English.

    Returns:
        Countries of home and post, what the rules of either country say that are valid on the region's day, and whom to ask; None
        where both lie in one country, or the country of the place is not known.
    """
    zone = region.table("people")["zone_id"][person]
    home = region.table("zones")["country"][row_of(region, "zones", zone)]
    work = country_of(region, place_id)
    if work is None or work == home:
        return None
    day = region.manifest.day
    valid = (pl.col("valid_from") <= day) & (pl.col("valid_to").fill_null(day) >= day)
    concerned = pl.col("country").is_in([home, work]) & (pl.col("topic") == TOPIC)
    rules = region.table("rules").filter(valid & concerned).sort("rule_id")
    offices = (office.strip() for offices in rules["who_to_ask"] for office in offices.split(","))
    return {
        "home": home,
        "work": work,
        "known": rules["claim_de" if language == "de" else "claim_en"].to_list(),
        "who_to_ask": list(dict.fromkeys(offices)),
    }


def country_of(region: Region, place_id: str) -> str | None:
    """Return the country of a place's municipality; None where either is not known."""
    return _countries(region.ground).get(place_id)


@kept
def _countries(region: Region) -> dict[str, str]:
    """Return the country of every place where it is known."""
    countries = region.table("municipalities").select("municipality", "country")
    return dict(region.table("places").join(countries, on="municipality").select("place_id", "country").iter_rows())
