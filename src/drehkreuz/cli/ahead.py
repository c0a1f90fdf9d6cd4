# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's ways, and half the kernels, in a process of their own while another compiles: `python -m … REGION SNAPSHOT`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from drehkreuz.cli.engines import KERNELS
from drehkreuz.reach.stage import minutes_of_region
from drehkreuz.reach.triples import triples
from drehkreuz.region import Cache, open_region
from drehkreuz.region.kernels import declared, make_ready


def main(folder: str, snapshot: str) -> None:
    """Compute the ways into the cache, part by part, and compile from the other end; whoever needs a part waits for that one alone."""
    region = open_region(Path(folder), int(snapshot))
    minutes_of_region(region, triples(region), cache=Cache.default())
    for package in KERNELS:
        import_module(package)
    make_ready(reversed(declared(*KERNELS)), "engines")


if __name__ == "__main__":
    main(*sys.argv[1:])
