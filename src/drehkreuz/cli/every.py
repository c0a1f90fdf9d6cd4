# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`--every`: a region too large for memory is thinned evenly, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from drehkreuz.region import Region

every = click.option(
    "--every",
    metavar="K",
    type=click.IntRange(min=1),
    help="Count every K-th person and post, each for K.  [default: 1; more where the region is too large for memory]",
)


def thinned_to(region: Region, k: int | None) -> tuple[Region, int]:
    """
    Return a region as it is counted, and to one of how many it is thinned.

    Args:
        region: The region.
        k: What was asked for; None: the least with which all pairs find room in memory.
    """
    from drehkreuz.matching.thinning import IN_MEMORY, share_for, thinned

    chosen = k or share_for(region, IN_MEMORY)
    return thinned(region, chosen), chosen
