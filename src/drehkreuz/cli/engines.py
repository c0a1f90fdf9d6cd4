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
from drehkreuz.region.kernels import declared, make_ready

ALL: Final = ("drehkreuz.learning", "drehkreuz.skills.linking", "drehkreuz.matching.pipeline")
"""Modules that bring every kernel an answer needs."""

KERNELS: Final = (
    "drehkreuz.learning.quick", "drehkreuz.learning.bitwise", "drehkreuz.reach.choice", "drehkreuz.reach", "drehkreuz.skills",
    "drehkreuz.learning",
)  # fmt: skip
"""Whose kernels an answer calls, in the order in which they are compiled; what another process begins with comes last."""

AHEAD: Final = ("drehkreuz.learning.search", "drehkreuz.learning.labels")
"""What the other process begins with: what takes longest after the first."""


def load_engines(screen: Screen, region: Region) -> None:
    """Make the kernels of an answer ready, with a progress bar where they are compiled; meanwhile the region's ways are computed."""
    for engine in ALL:
        import_module(engine)
    ahead(region)
    compile_kernels(screen, *KERNELS)


def compile_kernels(screen: Screen, *packages: str) -> None:
    """Import packages and compile those of their kernels that never were; the others are read from disk when they are called."""
    for package in packages:
        import_module(package)
    missing = [kernel for kernel in declared(*packages) if not kernel.on_disk]
    if missing:
        make_ready(missing, "engines", Bars(screen.words))


def ahead(region: Region) -> None:
    """
    Have another process compute a region's ways into the cache, and compile, where this one has long to compile.

    Compiling holds the interpreter's lock, so that a thread is no help. Whoever needs the ways takes what is there, waits for the
    part being computed and computes the others; should the process fail, nothing is lost but time.
    """
    if region.folder is None or all(kernel.on_disk for kernel in declared("drehkreuz.learning")):
        return
    command = [sys.executable, "-m", "drehkreuz.cli.ahead", str(region.folder.parent), str(int(region.folder.name))]
    silent = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent)  # noqa: S603  # ours
    atexit.register(process.terminate)
