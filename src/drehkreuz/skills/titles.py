# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The titles of a region's own taxonomy, read once for all who ask."""

from __future__ import annotations

from typing import Literal

import polars as pl

from drehkreuz.region import Region, kept
from drehkreuz.skills.linking import TitleIndex


@kept
def titles_of(region: Region, concept: Literal["occupation", "skill"]) -> TitleIndex:
    """
    Return the titles of a region's occupations or skills, in every language it has.

    Args:
        region: The region; where people were laid over it, `region.ground`, so that they share one index.
        concept: Whose titles.
    """
    known = region.table(f"{concept}s")[f"{concept}_id"].implode()
    labels = region.table("labels").filter(pl.col("concept") == concept, pl.col("concept_id").is_in(known))
    return TitleIndex(labels, concept=concept)
