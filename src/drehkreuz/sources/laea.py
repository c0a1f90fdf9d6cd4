# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Cells of the European 1 km grid by their INSPIRE code: from ETRS89-LAEA (EPSG:3035) to degrees."""

from __future__ import annotations

import re
from math import asin, atan2, cos, degrees, hypot, log, radians, sin, sqrt
from typing import Final

_LONG: Final = re.compile(r"CRS3035RES(\d+)mN(\d{5,7})E(\d{5,7})", re.ASCII)
_SHORT: Final = re.compile(r"(\d+)(k?)mN(\d{2,7})E(\d{2,7})", re.ASCII)

_AXIS: Final = 6_378_137.0
_E2: Final = 0.006_694_380_022_90
_E: Final = sqrt(_E2)
_EAST, _NORTH = 4_321_000.0, 3_210_000.0
_LAT, _LON = radians(52.0), radians(10.0)


def cell_centre(code: str) -> tuple[float, float] | None:
    """
    Return latitude and longitude of the centre of a cell, None for what is no code of a cell.

    Args:
        code: `CRS3035RES1000mN3100000E4050000` or `1kmN3100E4050`; the numbers name the corner to the south-west.
    """
    if found := _LONG.fullmatch(code):
        side, north, east = (float(number) for number in found.groups())
    elif found := _SHORT.fullmatch(code):
        unit = 1000.0 if found[2] else 1.0
        side = float(found[1]) * unit
        north, east = float(found[3]) * side, float(found[4]) * side
        if side >= 1000.0 * 10:  # cells of 10 and 100 km are no place to live in
            return None
    else:
        return None
    return to_degrees(east + side / 2, north + side / 2) if 0 < side <= 2000 else None


def to_degrees(east: float, north: float) -> tuple[float, float]:
    """
    Return latitude and longitude of a point in metres of ETRS89-LAEA.

    Source:
        IOGP Guidance Note 7-2, Lambert Azimuthal Equal Area (EPSG method 9820), reverse case, series to the sixth order.
    """
    q_pole, q0 = _q(1.0), _q(sin(_LAT))
    beta0 = asin(q0 / q_pole)
    r_q = _AXIS * sqrt(q_pole / 2)
    d = _AXIS * (cos(_LAT) / sqrt(1 - _E2 * sin(_LAT) ** 2)) / (r_q * cos(beta0))
    x, y = east - _EAST, north - _NORTH
    rho = hypot(x / d, y * d)
    if rho == 0:
        return degrees(_LAT), degrees(_LON)
    c = 2 * asin(min(1.0, rho / (2 * r_q)))
    beta = asin(cos(c) * sin(beta0) + d * y * sin(c) * cos(beta0) / rho)
    lat = (
        beta
        + (_E2 / 3 + 31 * _E2**2 / 180 + 517 * _E2**3 / 5040) * sin(2 * beta)
        + (23 * _E2**2 / 360 + 251 * _E2**3 / 3780) * sin(4 * beta)
        + (761 * _E2**3 / 45360) * sin(6 * beta)
    )
    lon = _LON + atan2(x * sin(c), d * rho * cos(beta0) * cos(c) - d * d * y * sin(beta0) * sin(c))
    return degrees(lat), degrees(lon)


def _q(sine: float) -> float:
    return (1 - _E2) * (sine / (1 - _E2 * sine * sine) - log((1 - _E * sine) / (1 + _E * sine)) / (2 * _E))
