# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The village as a region with municipalities, which its own tables do not name: three towns, one outside the study area."""

from __future__ import annotations

from typing import Final

import polars as pl

from drehkreuz.region import Provenance, Region

TOWNS: Final = {
    "01": ("Sonnenfeld", "Kreis Sonne", True, 50.87, 6.33),
    "02": ("Bachtal", "Kreis Sonne", True, 50.8547, 6.2944),
    "03": ("Übersee", "Kreis Ferne", False, 50.8835, 6.3642),
}
"""Key, name, district, study area, seat; a place belongs to the nearest."""


def with_towns(region: Region) -> Region:
    """Return the village with municipalities."""
    rows = [
        {
            "municipality": key,
            "name": name,
            "country": "DE",
            "district": district,
            "study_area": study,
            "lat": lat,
            "lon": lon,
        }
        for key, (name, district, study, lat, lon) in TOWNS.items()
    ]
    known = region.manifest.provenance["zones"]
    provenance = {
        **region.manifest.provenance,
        "municipalities": Provenance(known.kind, "test", "Apache-2.0", known.date),
    }
    named = region.with_manifest(provenance=provenance)
    return named.with_tables(
        {
            "municipalities": pl.DataFrame(rows),
            "zones": _within(region.table("zones")),
            "places": _within(region.table("places")),
        }
    )


def _within(frame: pl.DataFrame) -> pl.DataFrame:
    keys = [
        min(TOWNS, key=lambda key: (TOWNS[key][3] - lat) ** 2 + (0.63 * (TOWNS[key][4] - lon)) ** 2)
        for lat, lon in frame.select("lat", "lon").iter_rows()
    ]
    return frame.with_columns(municipality=pl.Series(keys, dtype=pl.String))
