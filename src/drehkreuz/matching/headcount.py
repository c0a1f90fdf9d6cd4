# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The people that the rows of a sample stand for, each of whom counts as one, and the pair relation of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.pairs import DenseRelation, PairBlock, id_keys
from drehkreuz.region import Region

UNIT: Final = "\x1f"
"""Stands between the id of a row and the number of a person it stands for: the control character "unit separator"."""


@dataclass(frozen=True, slots=True)
class Headcount:
    """
    Who is counted: n people, those of one row alike and one after another.

    Attributes:
        of_row: int64[rows], how many people each row of table `people` stands for.
        row_of: int32[n], the row of each person, never falling.
        ids: Each person's own id: the first of a row has the row's, so that a sample of everybody is counted as it stands.
    """

    of_row: NDArray[np.int64]
    row_of: NDArray[np.int32]
    ids: list[str]

    def __len__(self) -> int:
        return len(self.row_of)


def headcount(people: pl.DataFrame) -> Headcount:
    """
    Settle how many people each row of table `people` stands for.

    A weight of w is w people. Of weights that are not whole, the fractions are settled by systematic rounding: laid end to
    end, in the order of the ids' hashes, they pass the marks 0.5, 1.5, 2.5 …, and a row has one person more for the mark its
    fraction reaches. So each weight is rounded down or up, a weight below 1 may stand for nobody, and there are as many people
    as the weights sum to, rounded; no order of rows changes that.

    Args:
        people: Table `people`.

    Raises:
        ValueError: If an id stands twice.

    Source:
        Madow: On the theory of systematic sampling, II. Ann. Math. Stat. 20 (1949).
    """
    weight, ids = people["weight"].to_numpy(), people["person_id"].to_list()
    whole = np.floor(weight)
    order = np.argsort(id_keys(ids))
    marks_passed = np.floor(np.cumsum((weight - whole)[order]) + 0.5)
    of_row = whole.astype(np.int64)
    of_row[order] += np.diff(marks_passed, prepend=0.0).astype(np.int64)
    return Headcount(
        of_row,
        np.repeat(np.arange(len(of_row), dtype=np.int32), of_row),
        [
            row_id if number == 0 else f"{row_id}{UNIT}{number + 1}"
            for row_id, count in zip(ids, of_row, strict=True)
            for number in range(count)
        ],
    )


@dataclass(frozen=True, slots=True)
class PeopleRelation:
    """
    The pair relation of everybody counted: the people of a row share its pairs, held once, and have ties of their own.

    Attributes:
        rows: The pairs of rows.
        row_of: int32[n], the row of each person.
        person_keys: uint64[n].
        block: People a block; small enough for a block's pairs to stay in a processor's cache.
    """

    rows: DenseRelation
    row_of: NDArray[np.int32]
    person_keys: NDArray[np.uint64]
    block: int = 256

    @classmethod
    def of(cls, rows: DenseRelation, counted: Headcount) -> PeopleRelation:
        """Return the relation of the people that the rows of another stand for."""
        return cls(rows, counted.row_of, id_keys(counted.ids))

    @classmethod
    def of_region(
        cls,
        region: Region,
        arrays: Mapping[str, NDArray[np.generic]],
        counted: Headcount,
        openings: NDArray[np.int64] | None = None,
    ) -> PeopleRelation:
        """
        Return the pairs of everybody counted with all openings of a region.

        Args:
            region: The region.
            arrays: `mask`, `utility_person` and `utility_employer` of its pair relation, each [rows of people, vacancies].
            counted: Who is counted.
            openings: int64[v], how many people each vacancy takes; None: as many as the region says.
        """
        people, vacancies = region.table("people"), region.table("vacancies")
        rows = DenseRelation.of(
            arrays["mask"],
            arrays["utility_person"],
            arrays["utility_employer"],
            vacancies["openings"].to_numpy() if openings is None else openings,
            people["person_id"].to_list(),
            vacancies["vacancy_id"].to_list(),
        )
        return cls.of(rows, counted)

    @property
    def capacity(self) -> NDArray[np.int32]:
        """Openings of each vacancy, int32[v]."""
        return self.rows.capacity

    @property
    def vacancy_keys(self) -> NDArray[np.uint64]:
        """`id_keys` of the vacancies, uint64[v]."""
        return self.rows.vacancy_keys

    def blocks(self) -> Iterator[PairBlock]:
        """Yield the pairs of `block` people at a time, gathered from their rows."""
        for first in range(0, len(self.row_of), self.block):
            rows = self.row_of[first : first + self.block]
            yield PairBlock(
                first, self.rows.mask[rows], self.rows.utility_person[rows], self.rows.utility_employer[rows]
            )
