# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What every benchmark prints: figures with unit and target, the machine, the versions."""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

RUNS = 3
"""Counted runs; the median is the figure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One measured figure.

    Attributes:
        name: Name in the contract of benchmarks.
        value: Median; None where it could not be measured.
        unit: Unit.
        target: Figure to reach; None: for information.
        better: Which side of the target is good.
        peer: Who did the same work in the same run.
        peer_value: The peer's figure.
        note: What a reader must know.
    """

    name: str
    value: float | None
    unit: str
    target: float | None = None
    better: Literal["lower", "higher"] = "lower"
    peer: str | None = None
    peer_value: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.value is None or self.target is None:
            return None
        return self.value <= self.target if self.better == "lower" else self.value >= self.target


@dataclass(frozen=True, slots=True)
class Measured:
    """Wall and CPU seconds of a command with its children, and its peak memory."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def arguments(description: str, **flags: str) -> argparse.Namespace:
    """Return what a benchmark is told: `--data`, `--json`, and flags of its own by name and help."""
    parser = argparse.ArgumentParser(description=description)
    for name, told in flags.items():
        parser.add_argument(f"--{name}", action="store_true", help=told)
    parser.add_argument("--data", type=Path, default=os.environ.get("DREHKREUZ_DATA"), help="folder of real open data")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def measure(command: Sequence[str], *, cwd: Path, environment: Mapping[str, str]) -> Measured:
    """
    Run a command once.

    Raises:
        subprocess.CalledProcessError: If it fails.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    subprocess.run(command, cwd=cwd, env=dict(environment), check=True, capture_output=True)
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(wall, cpu, after.ru_maxrss / 1024)


def median(run: Callable[[], Measured]) -> Measured:
    """Return the median of `RUNS` runs, figure by figure."""
    runs = [run() for _ in range(RUNS)]
    return Measured(*(statistics.median(getattr(r, name) for r in runs) for name in ("wall_s", "cpu_s", "peak_mb")))


def report(benchmark: str, figures: Sequence[Figure], *, as_json: bool) -> None:
    """Print a benchmark's figures; exit status is 0 also where a target is missed."""
    if as_json:
        known = ("drehkreuz", "numba", "numpy", "polars", "scipy")
        answer = {
            "benchmark": benchmark,
            "machine": {"cores": os.cpu_count(), "processor": platform.machine(), "python": platform.python_version()},
            "versions": {name: metadata.version(name) for name in known},
            "figures": [asdict(figure) | {"met": figure.met} for figure in figures],
        }
        print(json.dumps(answer, indent=2))
        return
    print(f"{benchmark} ({os.cpu_count()} cores, Python {platform.python_version()})")
    for figure in figures:
        value = "—" if figure.value is None else f"{figure.value:.2f}"
        reached = {True: " met", False: " missed", None: ""}[figure.met]
        target = "" if figure.target is None else f"target {figure.target:g}{reached}"
        peer = f"{figure.peer} {figure.peer_value:.2f}; " if figure.peer and figure.peer_value is not None else ""
        print(f"  {figure.name:28} {value:>10} {figure.unit:8} {target:18} {peer}{figure.note}")


PYTHON = sys.executable
DREHKREUZ = (PYTHON, "-c", "from drehkreuz.cli import main; main()")
"""The command line of this interpreter."""
