# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How long the first answer takes, and the next one; how long ESCO takes to become a region."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks.harness import DREHKREUZ, Figure, Measured, arguments, measure, median, report

ROOT = Path(__file__).parents[1]
SCALE = 0.2  # as the Makefile has it

ESCO = """
name = "esco"
title = "ESCO"
day = 2026-11-02
[provenance]
kind = "observed"
source = "ESCO, European Commission"
licence = "Decision 2011/833/EU"
date = 2026-11-02
[[source]]
kind = "esco"
paths = ["{path}"]
"""


def main() -> None:
    """Measure and print."""
    told = arguments(__doc__ or "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = [*_run(folder), _esco(folder, told.data)]
    report("start", figures, as_json=told.json)


def _run(folder: Path) -> list[Figure]:
    """Do what `make run` does after installation, with empty caches and with filled ones; the region is made once."""
    person = ROOT / "examples" / "aachen" / "baggerfahrer-inden.toml"
    make = ["region", "new", "aachen", "--model", "aachen", "--scale", str(SCALE)]
    answer = (["region", "show", "aachen"], ["paths", "aachen", "--person", str(person), "--top", "3"])
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}

    def run(*verbs: list[str]) -> Measured:
        parts = [measure([*DREHKREUZ, *verb], cwd=folder, environment=environment) for verb in verbs]
        return Measured(sum(p.wall_s for p in parts), sum(p.cpu_s for p in parts), max(p.peak_mb for p in parts))

    first, again = run(make, *answer), median(lambda: run(*answer))
    whole = run(["region", "new", "whole", "--model", "aachen"])
    note = f"model region at scale {SCALE:g}; kernels compiled, then from the cache"
    return [
        Figure("run_first_answer_s", first.wall_s, "s wall", 90, note=note),
        Figure("run_first_answer_cpu_s", first.cpu_s, "s CPU"),
        Figure("run_again_s", again.wall_s, "s wall", 10),
        Figure("run_again_cpu_s", again.cpu_s, "s CPU"),
        Figure("run_peak_mb", max(first.peak_mb, again.peak_mb), "MB"),
        Figure("region_new_full_s", whole.wall_s, "s wall", 30, note="model region at full scale"),
        Figure("region_new_full_mb", whole.peak_mb, "MB", 2000),
    ]


def _esco(folder: Path, data: Path | None) -> Figure:
    """Build a region from the whole of ESCO v1.1.1."""
    source = None if data is None else Path(data).resolve() / "esco" / "v1.1.1-en"
    if source is None or not source.is_dir():
        return Figure("esco_build_s", None, "s wall", 10, note="no ESCO: name its folder with --data")
    (folder / "esco.toml").write_text(ESCO.format(path=source), encoding="utf-8")
    command = [*DREHKREUZ, "region", "build", "esco.toml", "--out", "esco"]
    built = median(lambda: measure(command, cwd=folder, environment=os.environ))
    return Figure("esco_build_s", built.wall_s, "s wall", 10, note=f"{built.cpu_s:.1f} s CPU, {built.peak_mb:.0f} MB")


if __name__ == "__main__":
    main()
