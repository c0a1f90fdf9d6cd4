# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is to be decided: who would be served from where, at what cost, under which conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.region.csr import Csr


@dataclass(frozen=True, slots=True, kw_only=True)
class Siting:
    """
    Candidate sites and the demand that each would serve.

    Attributes:
        covers: Demand that each site serves, site → demand.
        weight: float64[d], how much each demand counts, for example people.
        shares: float64[m], which share of its demand each entry of `covers` serves, 0 to 1; None: all of it. Only the best open
            site serves a demand.
        cost: float64[s], what opening a site costs; None: 1 each, so that a budget is a number of sites.
        existing: bool[s], sites that stand already: they serve, cost nothing and stay; None: none does.
        near: Sites that may not stand together, site → sites, both ways; None: all may. Existing ones may.
        capacity: float64[s], weight that a site can serve, existing ones too; None: no limit. With capacities a demand may be shared
            out among sites.
        group: int32[d], group of each demand, for example its municipality, from 0; None: all are group 0.
        floor: float64[g], share of each group's weight that must be served; None: no floor.
        group_names: Name of each group, for what is said to people; None: its number.
    """

    covers: Csr
    weight: NDArray[np.float64]
    shares: NDArray[np.float64] | None = None
    cost: NDArray[np.float64] | None = None
    existing: NDArray[np.bool_] | None = None
    near: Csr | None = None
    capacity: NDArray[np.float64] | None = None
    group: NDArray[np.int32] | None = None
    floor: NDArray[np.float64] | None = None
    group_names: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        findings = tuple(self._findings())
        if findings:
            raise InputError(*findings)

    def __len__(self) -> int:
        return len(self.covers)

    @property
    def costs(self) -> NDArray[np.float64]:
        """Cost of opening each site, 0 for existing ones, float64[s]."""
        return np.where(self.stands, 0.0, 1.0 if self.cost is None else self.cost)

    @property
    def stands(self) -> NDArray[np.bool_]:
        """Which sites exist already, bool[s]."""
        return np.zeros(len(self), dtype=np.bool_) if self.existing is None else self.existing

    @property
    def groups(self) -> NDArray[np.int32]:
        """Group of each demand, int32[d]."""
        return np.zeros(len(self.weight), dtype=np.int32) if self.group is None else self.group

    @property
    def odd(self) -> bool:
        """Whether there are capacities or floors, which only the exact solver knows."""
        return self.capacity is not None or (self.floor is not None and bool((self.floor > 0).any()))

    def worth(self) -> NDArray[np.float64]:
        """Return the weight that each entry of `covers` serves, float64[m]."""
        whole = self.weight[self.covers.indices]
        return whole if self.shares is None else whole * self.shares

    def _findings(self) -> Iterator[Finding]:
        sites, demand = len(self.covers), len(self.weight)
        lengths = (
            ("shares", self.shares, len(self.covers.indices)),
            ("cost", self.cost, sites),
            ("existing", self.existing, sites),
            ("near", self.near, sites),
            ("capacity", self.capacity, sites),
            ("group", self.group, demand),
        )
        for name, values, length in lengths:
            if values is not None and len(values) != length:
                yield _finding(name, "", len(values), f"must have {length} values", "Give one for each.")
        for name, reach, limit in (("covers", self.covers, demand), ("near", self.near, sites)):
            if reach is not None and len(reach.indices) and not 0 <= reach.indices.min() <= reach.indices.max() < limit:
                yield _finding(name, "", int(reach.indices.max()), f"is not one of {limit} rows", "Count rows from 0.")
        for name, numbers, high in (
            ("weight", self.weight, np.inf),
            ("shares", self.shares, 1.0),
            ("cost", self.cost, np.inf),
            ("capacity", self.capacity, np.inf),
            ("floor", self.floor, 1.0),
        ):
            if numbers is not None:
                for row in np.flatnonzero(~((numbers >= 0) & (numbers <= high)))[:1].tolist():
                    yield _finding(name, str(row), float(numbers[row]), f"is not between 0 and {high:g}", "Correct it.")
        if self.group is not None and len(self.group):
            n_groups = np.inf if self.floor is None else len(self.floor)
            if not 0 <= self.group.min() <= self.group.max() < n_groups:
                yield _finding(
                    "group", "", int(self.group.max()), "has no floor", "Give each group a floor, 0 for none."
                )


def _finding(column: str, row: str, value: object, problem: str, remedy: str) -> Finding:
    return Finding("siting", row, column, str(value), problem, remedy)
