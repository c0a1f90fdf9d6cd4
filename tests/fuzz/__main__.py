# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: T201 -- a program that prints
"""
Fuzz the readers for as long as one likes: `PYTHONPATH=tests python -m fuzz --minutes 10 [READER …]`.

Files on which a reader failed are left in `build/fuzz/READER/N/`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random

from drehkreuz.model import new_region
from drehkreuz.region import open_region
from fuzz.guided import Search, written
from fuzz.readers import READERS


def main() -> int:
    """Fuzz, print what was found, and return how many failures there are."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("reader", nargs="*", help=f"one of {', '.join(READERS)}; without: each in turn")
    parser.add_argument("--minutes", type=float, default=10.0, help="for all readers together")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"))
    asked = parser.parse_args()
    names = asked.reader or list(READERS)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        new_region(Path(folder) / "village")
        village = open_region(Path(folder) / "village")
        for name in names:
            reader = READERS[name]
            search = Search(lambda files, reader=reader: reader.run(files, village), list(reader.seeds(village)))  # type: ignore[misc]
            search.run(Random(f"{asked.seed} {name}"), seconds=60 * asked.minutes / len(names))
            print(
                f"{name}: {search.tried:,} tried, {len(search.steps):,} steps, {len(search.failures)} failures",
                flush=True,
            )
            for number, (key, failure) in enumerate(sorted(search.failures.items()), 1):
                print(f"  {number}. {key}: {failure.what}", flush=True)
                written(asked.out / name / str(number), failure.files)
            failed += len(search.failures)
    return min(failed, 100)


if __name__ == "__main__":
    sys.exit(main())
