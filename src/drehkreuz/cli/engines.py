# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The engines, imported when a verb needs them: the first time their kernels are compiled, and that is shown."""

from __future__ import annotations

import atexit
import subprocess
import sys
from importlib import import_module
from typing import Final

from drehkreuz.cli.output import Bars, Screen
from drehkreuz.region import Region
from drehkreuz.region.kernels import on_disk, watched

ALL: Final = ("drehkreuz.learning", "drehkreuz.skills.linking", "drehkreuz.matching.pipeline")
"""Modules that bring every kernel an answer needs."""

SLOWEST: Final = "drehkreuz.learning.quick._kernels"
"""Where this is compiled, the rest is as well, or soon."""


def load_engines(screen: Screen, region: Region) -> None:
    """Make every compiled kernel ready, with a progress bar where it takes long; meanwhile the region's ways are computed."""
    ways_ahead(region)
    with watched("engines", Bars(screen.words)):
        for engine in ALL:
            import_module(engine)


def load_reach(screen: Screen) -> None:
    """Make the kernels of ways ready."""
    with watched("engines", Bars(screen.words)):
        import_module("drehkreuz.reach")


def ways_ahead(region: Region) -> None:
    """
    Have another process compute a region's ways into the cache, where this one has long to compile.

    Compiling holds the interpreter's lock, so that a thread is no help. Whoever needs the ways takes what is there, waits for the
    part being computed and computes the others; should the process fail, nothing is lost but time.
    """
    if region.folder is None or on_disk(SLOWEST):
        return
    command = [sys.executable, "-m", "drehkreuz.reach.ahead", str(region.folder.parent), str(int(region.folder.name))]
    silent = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent)  # noqa: S603  # ours
    atexit.register(process.terminate)
