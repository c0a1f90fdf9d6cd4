# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The stops of the model region: real places, called by their names."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

METRES_PER_DEGREE: Final = 111_200.0
MIDDLE_LATITUDE: Final = 50.8


def read_data(name: str) -> list[dict[str, str]]:
    """Return the rows of a table that ships with the model."""
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@dataclass(frozen=True)
class Stops:
    """
    Stops in order of their ids; everywhere else a stop is its position here.

    Attributes:
        ids: Ids of the source, kept so that the table can be cut anew.
        names: Unique names; stops of buses end in ", municipality", stations do not.
        lat: float64[n], degrees WGS 84.
        lon: float64[n], degrees WGS 84.
        rail: bool[n]: a station where the model's trains call.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    rail: NDArray[np.bool_]

    @classmethod
    def read(cls) -> Stops:
        """Read `data/stops.csv`."""
        rows = read_data("stops.csv")
        return cls(
            tuple(row["stop_id"] for row in rows),
            tuple(row["name"] for row in rows),
            np.array([float(row["lat"]) for row in rows]),
            np.array([float(row["lon"]) for row in rows]),
            np.array([row["rail"] == "true" for row in rows]),
        )

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def metres(self) -> NDArray[np.float64]:
        """Return float64[n, 2]: metres to the east and north, on a plane that fits the region within 0.5 %."""
        east = self.lon * METRES_PER_DEGREE * np.cos(np.radians(MIDDLE_LATITUDE))
        return np.stack([east, self.lat * METRES_PER_DEGREE], axis=1)

    @cached_property
    def _position(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.names)}

    def at(self, name: str) -> int:
        """Return the position of the stop of that name."""
        return self._position[name]

    def lengths(self, way: Sequence[int]) -> NDArray[np.float64]:
        """Return float64[len(way) - 1]: straight metres from each stop of a way to the next."""
        steps = np.diff(self.metres[np.asarray(way)], axis=0)
        return np.asarray(np.hypot(steps[:, 0], steps[:, 1]))
