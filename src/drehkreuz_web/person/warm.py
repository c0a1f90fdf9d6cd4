# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the first visitor would otherwise wait for: everything that is computed once for a region."""

from __future__ import annotations

from django.conf import settings

from drehkreuz.learning.catalogue import catalogue
from drehkreuz.matching.market import Market
from drehkreuz.progress import SILENT, Progress
from drehkreuz.reach import PARAMETERS
from drehkreuz.reach.network import network
from drehkreuz_web.person import workers
from drehkreuz_web.person.homes import homes
from drehkreuz_web.person.understand import POSSIBLE, index


def warm(market: Market, progress: Progress = SILENT) -> None:
    """Read the region's titles and places, its network and its courses, each once for all visitors; begin the workers."""
    region = market.region
    progress.start("site", len(POSSIBLE) + 3)
    for kind in POSSIBLE:
        index(region, kind)
        progress.advance()
    homes(region)
    progress.advance()
    network(region, PARAMETERS)
    progress.advance()
    catalogue(region, market.taxonomy, market.requirements, market.learning)
    progress.advance()
    progress.finish()
    workers.begin(settings.WORKERS, region)
