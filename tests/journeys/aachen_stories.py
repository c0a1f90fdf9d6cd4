# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The people of examples/aachen, and a small model region to ask about them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from drehkreuz.model import new_region
from drehkreuz.region import Region, open_region
from drehkreuz.sources.person import Person, read_person

FILES: Final = Path(__file__).parents[2] / "examples" / "aachen"

SCALE: Final = 0.01
"""About a hundred posts; the places, the timetable, the occupations and most courses are those of every scale."""

Stories = dict[str, Person]


def small_region(folder: Path) -> Region:
    """Return the model region, small, made in a folder."""
    new_region(folder, "aachen", scale=SCALE)
    return open_region(folder)


def read_stories(region: Region) -> Stories:
    """Return every person, by name of the file."""
    return {file.stem: read_person(file, region) for file in sorted(FILES.glob("*.toml"))}
