# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Write the figures of the model region's page: pictures, tables and sentences counted in a region made anew.

Run `python docs/figures.py` after a change to the model region; it makes the region at full scale with seed 1. With a folder
after it, that region is shown instead.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import model_charts
import model_maps
import model_tables
from drawing import Sheet

from drehkreuz.model.aachen.build import build_aachen
from drehkreuz.region import Region, open_region

DOCS: Final = Path(__file__).parent
PAGE: Final = DOCS / "model-region.md"
IMAGES: Final = DOCS / "img" / "model"

PICTURES: Final[dict[str, Callable[[Region], Sheet]]] = {
    "density": model_maps.density,
    "tension": model_maps.tension,
    "lines": model_maps.lines,
    "early": model_maps.early,
    "composition": model_charts.composition,
    "occupations": model_charts.occupations,
    "ways": model_charts.ways,
    "ages": model_charts.ages,
}
"""What draws each file `docs/img/model/*.svg`."""

BLOCK: Final = re.compile(r"(<!-- figures: ([a-z-]+) -->\n).*?(^<!-- end -->$)", flags=re.DOTALL | re.MULTILINE)
"""A part of the page that is counted, not written."""


def with_blocks(text: str, region: Region) -> str:
    """Return the page with its blocks as this region has them."""
    return BLOCK.sub(lambda found: f"{found[1]}\n{model_tables.BLOCKS[found[2]](region)}\n\n{found[3]}", text)


def pictures(region: Region) -> dict[str, str]:
    """Return the content of each picture by file name."""
    return {f"{name}.svg": draw(region).svg() for name, draw in PICTURES.items()}


def write(region: Region) -> None:
    """Write pictures and blocks of the page."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures(region).items():
        (IMAGES / name).write_text(picture, encoding="utf-8")
    PAGE.write_text(with_blocks(PAGE.read_text(encoding="utf-8"), region), encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Write everything from the region of a folder, or from one made for it."""
    if arguments:
        write(open_region(Path(arguments[0])))
        return
    with tempfile.TemporaryDirectory() as folder:
        build_aachen(Path(folder) / "aachen", scale=1.0, seed=1)
        write(open_region(Path(folder) / "aachen"))


if __name__ == "__main__":
    main(sys.argv[1:])
