# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Schematic cells round homes, and the outlines of sets of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import KDTree, Voronoi

from drehkreuz.reach.points import EARTH_RADIUS_M

Ring = list[tuple[float, float]]
"""Corners, longitude and latitude in degrees, the first again at the end."""

Polygon = list[Ring]
"""An outline, counter-clockwise, and the holes in it, clockwise: as GeoJSON has it (RFC 7946)."""

ALONE_M: Final = 1000.0
"""Width of a cell where there is only one home."""

EMPTY_APART: Final = 0.7
"""Share of a cell's width from which on open country begins."""

MOST_EMPTY: Final = 40_000
"""Most cells of open country, so that a few homes close together do not make millions."""

DIGITS: Final = 6
"""Decimals of a degree that are kept: 0.1 m."""


@dataclass(frozen=True, slots=True)
class Cells:
    """
    Cells of homes and of the open country between them: every point belongs to the site it is nearest to.

    Where homes are far apart, or at the region's edge, cells of nobody stand between them, a cell's width apart, so that no home
    claims the country. Homes on a grid get its squares.

    Attributes:
        site: int64[homes], the site of each home; homes at one point share theirs.
        sites: float64[s, 2], metres east and north; those after the homes' are open country.
        corners: float64[c, 2], metres.
        between: int64[m, 2], the two sites on the sides of each border.
        ends: int64[m, 2], the corners at its ends.
        origin: Longitude and latitude at 0 m, degrees.
    """

    site: NDArray[np.int64]
    sites: NDArray[np.float64]
    corners: NDArray[np.float64]
    between: NDArray[np.int64]
    ends: NDArray[np.int64]
    origin: tuple[float, float]

    @classmethod
    def of(cls, lat: ArrayLike, lon: ArrayLike) -> Cells:
        """Draw the cells of homes; at least one."""
        degrees = np.stack([np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)], axis=1)
        origin = (float(degrees[:, 0].mean()), float(degrees[:, 1].mean()))
        homes, site = np.unique(_metres(degrees, origin).round(1), axis=0, return_inverse=True)
        sites = np.concatenate([homes, _open_country(homes)])
        found = Voronoi(sites)
        ends = np.array(found.ridge_vertices, dtype=np.int64)
        whole = (ends >= 0).all(axis=1)
        return cls(site.ravel(), sites, found.vertices, found.ridge_points[whole].astype(np.int64), ends[whole], origin)

    def outline(self, inside: NDArray[np.bool_]) -> list[Polygon]:
        """
        Return the outline of some homes' cells together, largest first.

        Args:
            inside: bool[homes].
        """
        chosen = np.zeros(len(self.sites), dtype=np.bool_)
        chosen[self.site[inside]] = True
        left, right = chosen[self.between].T
        border = left != right
        own = np.where(left[border], self.between[border, 0], self.between[border, 1])
        ends = self.ends[border]
        begin = self.corners[ends[:, 0]]
        ahead, aside = self.corners[ends[:, 1]] - begin, self.sites[own] - begin
        ends[_cross(ahead, aside) < 0] = ends[_cross(ahead, aside) < 0][:, ::-1]
        return self._polygons(_rings(ends, self.corners))

    def _polygons(self, rings: list[list[int]]) -> list[Polygon]:
        """Give every hole to the smallest outline round it."""
        drawn = [(_area(self.corners[ring]), ring) for ring in rings]
        shells = sorted(((area, ring) for area, ring in drawn if area > 0), key=lambda shell: -shell[0])
        polygons = [[self._degrees(ring)] for _, ring in shells]
        for area, ring in drawn:
            if area < 0:
                middle = self.corners[ring[:2]].mean(axis=0)
                round_it = [i for i, (_, shell) in enumerate(shells) if _contains(self.corners[shell], middle)]
                polygons[round_it[-1]].append(self._degrees(ring))
        return polygons

    def _degrees(self, ring: list[int]) -> Ring:
        """Return a ring in degrees, closed, without corners in the middle of a straight line."""
        points = self.corners[ring]
        before, after = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
        bends = np.abs(_cross(points - before, after - points)) > 1.0  # square metres
        kept = points[bends] if bends.sum() > 2 else points
        lon_lat = np.round(_degrees(kept, self.origin), DIGITS)
        return [(float(x), float(y)) for x, y in (*lon_lat, lon_lat[0])]


def _metres(degrees: NDArray[np.float64], origin: tuple[float, float]) -> NDArray[np.float64]:
    """Return metres east and north of the origin; true to scale along the origin's parallel, near enough for a picture."""
    scale = np.radians(EARTH_RADIUS_M) * np.array([np.cos(np.radians(origin[1])), 1.0])
    return np.asarray((degrees - origin) * scale)


def _degrees(metres: NDArray[np.float64], origin: tuple[float, float]) -> NDArray[np.float64]:
    scale = np.radians(EARTH_RADIUS_M) * np.array([np.cos(np.radians(origin[1])), 1.0])
    return np.asarray(metres / scale + origin)


def _open_country(homes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sites of nobody on a grid through the first home, where no home is near."""
    tree = KDTree(homes)
    low, high = homes.min(axis=0), homes.max(axis=0)
    near = np.asarray(tree.query(homes, 2)[0])
    apart = ALONE_M if len(homes) == 1 else float(np.median(near[:, 1]))
    apart = max(apart, float(np.sqrt(np.prod(high - low + 1.0) / MOST_EMPTY)))
    axes = [
        homes[0, i]
        + apart * np.arange(np.floor((low[i] - homes[0, i]) / apart) - 2, (high[i] - homes[0, i]) / apart + 3)
        for i in range(2)
    ]
    grid = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
    nearest, _ = tree.query(grid)
    return np.asarray(grid[np.asarray(nearest) > EMPTY_APART * apart])


def _rings(ends: NDArray[np.int64], corners: NDArray[np.float64]) -> list[list[int]]:
    """
    Join borders, each with the inside on its left, to rings.

    Where two cells touch at a corner alone the ring turns left, so that each has a ring of its own.
    """
    onward: dict[int, list[int]] = defaultdict(list)
    for begin, end in ends.tolist():
        onward[begin].append(end)
    rings = []
    for first in sorted(onward):
        while onward[first]:
            ring = [first, onward[first].pop()]
            while ring[-1] != first:
                ring.append(_leftmost(ring[-2], ring[-1], onward[ring[-1]], corners))
            rings.append(ring[:-1])
    return rings


def _leftmost(before: int, here: int, onward: list[int], corners: NDArray[np.float64]) -> int:
    """Take the way on that turns most to the left."""
    came = corners[here] - corners[before]

    def turn(corner: int) -> float:
        goes = corners[corner] - corners[here]
        return float(np.arctan2(_cross(came, goes), came @ goes))

    best = max(onward, key=turn)
    onward.remove(best)
    return best


def _cross(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])


def _area(points: NDArray[np.float64]) -> float:
    """Return the area of a ring, negative where it runs clockwise."""
    return float(_cross(points, np.roll(points, -1, axis=0)).sum() / 2)


def _contains(ring: NDArray[np.float64], point: NDArray[np.float64]) -> bool:
    """Whether a point lies in a ring, by the borders to its right."""
    inside = False
    for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]):
        if (y0 > point[1]) != (y1 > point[1]) and point[0] < x0 + (point[1] - y0) / (y1 - y0) * (x1 - x0):
            inside = not inside
    return inside
