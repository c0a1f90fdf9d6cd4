# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The village: a small region, written as readable tables and small enough to check by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from drehkreuz.progress import SILENT, Progress
from drehkreuz.sources.build import BuildReport, build
from drehkreuz.sources.recipe import read_recipe

RECIPE: Final = Path(__file__).parent / "village" / "region.toml"


def build_village(folder: Path, *, progress: Progress = SILENT) -> BuildReport:
    """
    Build the village and write it as the next snapshot of a folder, unless the folder already holds it.

    Raises:
        DrehkreuzError: If the folder cannot be written.
    """
    return build(read_recipe(RECIPE), folder, progress=progress)
