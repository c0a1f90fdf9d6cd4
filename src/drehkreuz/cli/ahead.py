# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A large kernel and a region's ways, in a process of their own while another compiles the rest: `python -m … REGION SNAPSHOT`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from drehkreuz.cli.engines import AHEAD
from drehkreuz.reach.stage import minutes_of_region
from drehkreuz.reach.triples import triples
from drehkreuz.region import Cache, open_region
from drehkreuz.region.kernels import declared, make_ready


def main(folder: str, snapshot: str) -> None:
    """Compile one large kernel, compute the ways into the cache, part by part; whoever needs a part waits for that one alone."""
    for package in AHEAD:
        import_module(package)
    make_ready(declared(*AHEAD), "engines")
    region = open_region(Path(folder), int(snapshot))
    minutes_of_region(region, triples(region), cache=Cache.default())


if __name__ == "__main__":
    main(*sys.argv[1:])
