# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a report on a region may be called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from drehkreuz.region import TABLES, Kind, Region
from drehkreuz.region.fitted import PREFIX
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.sentences import kind, title
from drehkreuz.reports.words import Words


def fitted(region: Region, *results: float, posts: Kind = "observed") -> dict[str, Any]:
    """Return the answer on a region whose people were fitted to margins with these deviations."""
    rows = [
        {
            "target_id": f"{PREFIX}{i}",
            "label_de": "x",
            "value": 0.0,
            "low": 0.0,
            "high": 0.01,
            "result": result,
            "source": "Amt",
            "date": date(2025, 12, 31),
            "grade": "observed",
        }
        for i, result in enumerate(results)
    ]
    known = dict(region.manifest.provenance)
    known["vacancies"] = replace(known["vacancies"], kind=posts)
    targets = TABLES["targets"].conform(pl.DataFrame(rows)) if rows else TABLES["targets"].empty()
    return {"provenance": provenance(region.with_tables({"targets": targets}).with_manifest(provenance=known))}


def test_only_fitted_people_speak_for_the_region(village: Region) -> None:
    """A report is "für die Region" where its people keep to every margin and no post is modelled, and else says what they are."""
    words = Words("de")
    assert title(fitted(village, 0.0, 0.004), words) == "Modelldorf Sonnenfeld, 02.11.2026: Bericht für die Region"
    assert (
        title(fitted(village, 0.0, 0.4), words) == title(fitted(village), words) == "Modelldorf Sonnenfeld, 02.11.2026"
    )
    assert "angepasst an 2 amtliche Randverteilungen" in kind(fitted(village, 0.0, 0.4), words)
    assert kind(fitted(village), words) == "modellierte Bevölkerung; keine Aussage über wirkliche Menschen"


def test_sources_of_the_margins_are_named(village: Region) -> None:
    """The answer names every margin with source and day."""
    assert fitted(village, 0.0)["provenance"]["margins"] == ["Amt (0, 2025-12-31)"]
