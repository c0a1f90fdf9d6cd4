# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Polygons from well-known binary (WKB; OGC 06-103r4, 8.2), as GeoPackages hold them.

Read here and not by shapely: the library it stands on follows a collection within a collection as deep as it goes, and a file
made to harm ends the process that way.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from drehkreuz.sources.features import Polygons, Ring, UnfitError, closed

POLYGON: Final = 3
MULTIPOLYGON: Final = 6
FURTHER: Final = {0: 0, 1: 1, 2: 1, 3: 2}
"""Numbers of a position beside longitude and latitude, by the thousands of the type: none, height, measure, both."""


class _Bytes:
    """Takes numbers from bytes, and nothing beyond their end."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0
        self._order: Literal["<", ">"] = "<"

    def begin(self) -> tuple[int, int]:
        """Take the byte order and the type of a geometry; return the type and the numbers of a position."""
        self._order = "<" if self._take(1)[0] else ">"
        thousands, kind = divmod(self.count(), 1000)
        if thousands not in FURTHER:
            message = "is no geometry of the standard"
            raise UnfitError(message)
        return kind, 2 + FURTHER[thousands]

    def count(self) -> int:
        return int(np.frombuffer(self._take(4), f"{self._order}u4")[0])

    def ring(self, numbers: int) -> Ring:
        positions = np.frombuffer(self._take(8 * numbers * self.count()), f"{self._order}f8")
        return closed(positions.reshape(-1, numbers)[:, :2].astype(np.float64))

    def _take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        if len(taken) < count:
            message = "ends in the middle"
            raise UnfitError(message)
        self._at += count
        return taken


def wkb_polygons(data: bytes) -> Polygons:
    """
    Return the polygons of a geometry; heights and measures are left out.

    Raises:
        UnfitError: If it is no polygon or multipolygon, or ends in the middle.
    """
    given = _Bytes(data)
    kind, numbers = given.begin()
    if kind == POLYGON:
        return [_rings(given, numbers)]
    if kind != MULTIPOLYGON:
        message = f"is a geometry of type {kind}, not an area"
        raise UnfitError(message)
    found = []
    for _ in range(given.count()):
        kind, numbers = given.begin()
        if kind != POLYGON:
            message = f"holds a geometry of type {kind} among its polygons"
            raise UnfitError(message)
        found.append(_rings(given, numbers))
    return found


def _rings(given: _Bytes, numbers: int) -> list[Ring]:
    return [given.ring(numbers) for _ in range(given.count())]
