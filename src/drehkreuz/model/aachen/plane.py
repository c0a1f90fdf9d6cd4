# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Distances on a flat map of the region: right to a percent over a hundred kilometres."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

AACHEN: Final = (50.776, 6.084)
"""Latitude and longitude of the town hall, degrees."""
KM: Final = 111.2
"""Kilometres a degree of latitude."""
KM_EAST: Final = 70.3
"""Kilometres a degree of longitude, at Aachen's latitude."""


def nearest_km(
    lat: NDArray[np.float64], lon: NDArray[np.float64], to_lat: NDArray[np.float64], to_lon: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the distance of each point to the nearest of others, km as the crow flies."""
    return np.asarray(np.sqrt(_squared(lat, lon, to_lat, to_lon).min(axis=1)))


def nearest(
    lat: NDArray[np.float64], lon: NDArray[np.float64], to_lat: NDArray[np.float64], to_lon: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the position of the nearest of other points, int64[n]; of equals the first."""
    return np.asarray(_squared(lat, lon, to_lat, to_lon).argmin(axis=1))


def _squared(
    lat: NDArray[np.float64], lon: NDArray[np.float64], to_lat: NDArray[np.float64], to_lon: NDArray[np.float64]
) -> NDArray[np.float64]:
    north = (lat[:, None] - to_lat[None, :]) * KM
    east = (lon[:, None] - to_lon[None, :]) * KM_EAST
    return np.asarray(north * north + east * east)
