# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's ways, computed in a process of their own while another makes the rest ready: `python -m … REGION SNAPSHOT`."""

from __future__ import annotations

import sys
from pathlib import Path

from drehkreuz.reach.stage import minutes_of_region
from drehkreuz.reach.triples import triples
from drehkreuz.region import Cache, open_region


def main(folder: str, snapshot: str) -> None:
    """Compute the ways into the cache, part by part; whoever needs a part meanwhile waits for that one alone."""
    region = open_region(Path(folder), int(snapshot))
    minutes_of_region(region, triples(region), cache=Cache.default())


if __name__ == "__main__":
    main(*sys.argv[1:])
