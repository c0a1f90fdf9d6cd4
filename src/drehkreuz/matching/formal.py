# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Formal demands that no course of the region closes: regulated professions, recognition, driving licences, residence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.barriers import Reason
from drehkreuz.region import Region, kept

# Which classes a driving licence includes (§ 6 (3) FeV), the ones a post may ask.
INCLUDES: Final[dict[str, frozenset[str]]] = {
    "A": frozenset({"A2", "A1", "AM"}),
    "A2": frozenset({"A1", "AM"}),
    "A1": frozenset({"AM"}),
    "B": frozenset({"AM", "L"}),
    "BE": frozenset({"B", "AM", "L"}),
    "C1": frozenset({"B", "AM", "L"}),
    "C1E": frozenset({"C1", "BE", "B", "AM", "L"}),
    "C": frozenset({"C1", "B", "AM", "L"}),
    "CE": frozenset({"C", "C1", "C1E", "BE", "T", "B", "AM", "L"}),
    "D1": frozenset({"B", "AM", "L"}),
    "D": frozenset({"D1", "B", "AM", "L"}),
    "DE": frozenset({"D", "D1", "BE", "B", "AM", "L"}),
    "T": frozenset({"AM", "L"}),
}

PRACTISED: Final = ("job", "minijob", "working_student")
"""Kinds of post in which a profession is practised, and not only learned."""

# Kinds of post that a residence title admits without asking the immigration office (§ 4a, § 16b (3), § 20 AufenthG).
ALL_KINDS: Final = frozenset(
    {
        "job", "apprenticeship_dual", "apprenticeship_school", "dual_study", "internship", "entry_qualification",
        "minijob", "working_student",
    }
)  # fmt: skip
ADMITS: Final[dict[str, frozenset[str]]] = {
    "unrestricted": ALL_KINDS,
    "humanitarian": ALL_KINDS,
    "job_search": ALL_KINDS,
    "study": frozenset({"minijob", "working_student", "internship"}),
    "work_tied": frozenset(),
    "none": frozenset(),
}


DAYS_PER_MONTH: Final = 30.44
"""A month of a residence title, in days."""

MET: Final = np.uint32(0)
"""No reason."""


@dataclass(frozen=True, slots=True)
class FormalFit:
    """
    Formal demands a person does not meet.

    Attributes:
        reasons: uint32[n, v], bits FORMAL_REGULATED_PROFESSION, FORMAL_RECOGNITION, FORMAL_DRIVING_LICENCE, FORMAL_RESIDENCE.
        slack: float32[n, v], number of demands not met.
    """

    reasons: NDArray[np.uint32]
    slack: NDArray[np.float32]


def formal_fit(region: Region, people: range) -> FormalFit:
    """
    Compare what people hold with what posts cannot do without.

    A job in a regulated profession needs a complete award for it, from Germany or fully recognised; an apprenticeship or an
    internship does not, since it leads there; an award from abroad that is not yet recognised gives the reason "recognition"
    instead. Where a post names such an award in `vacancy_qualifications`, the learning engine answers for it and no reason
    is given here. A title that ends before the post begins counts as no title.

    Args:
        region: The region.
        people: Rows of table `people`.

    Returns:
        Blocks of shape [len(people), vacancies].
    """
    demands, of_vacancy = _demands(region.ground)
    held = _Held.of(region, people)
    reasons = np.zeros((len(people), len(demands)), dtype=np.uint32)
    slack = np.zeros((len(people), len(demands)), dtype=np.float32)
    for d, demand in enumerate(demands):
        for unmet in held.unmet(demand):
            reasons[:, d] |= unmet
            slack[:, d] += unmet != 0
    return FormalFit(reasons.take(of_vacancy, axis=1), slack.take(of_vacancy, axis=1))


Marks = NDArray[np.bool_]  # bool[n], one for each person of a block


class _Demand(NamedTuple):
    """
    What posts demand formally.

    Attributes:
        kind: Kind of post, which a residence title must admit.
        start: First day, on which title and code 95 must be valid.
        profession: Regulated occupation that asks an award; None for any other, or where the post names the award.
        licences: Classes of driving licence, and whether code 95 is asked with them.
    """

    kind: str
    start: date
    profession: str | None
    licences: tuple[tuple[str, bool], ...]


@kept
def _demands(region: Region) -> tuple[list[_Demand], NDArray[np.intp]]:
    """Return the distinct demands, and which of them each vacancy makes."""
    vacancies = region.table("vacancies")
    licences: dict[str, list[tuple[str, bool]]] = {}
    for vacancy, licence, code95 in region.table("vacancy_licences").iter_rows():
        licences.setdefault(vacancy, []).append((licence, code95))
    professions = _professions(region)
    number: dict[_Demand, int] = {}
    of_vacancy = [
        number.setdefault(
            _Demand(kind, start, professions.get(vacancy), tuple(sorted(licences.get(vacancy, ())))), len(number)
        )
        for vacancy, kind, start in vacancies.select("vacancy_id", "kind", "start").iter_rows()
    ]
    return list(number), np.array(of_vacancy, dtype=np.intp)


def _professions(region: Region) -> dict[str, str]:
    """Return the regulated occupation practised in each post that does not name an award for it."""
    regulated = region.table("occupations").filter("regulated").select("occupation_id")
    practised = region.table("vacancies").filter(pl.col("kind").is_in(PRACTISED)).join(regulated, on="occupation_id")
    named = region.table("vacancy_qualifications").join(region.table("qualifications"), on="qualification_id")
    unnamed = practised.join(named, on=["vacancy_id", "occupation_id"], how="anti")
    return dict(unnamed.select("vacancy_id", "occupation_id").iter_rows())


@dataclass(frozen=True, slots=True)
class _Held:
    """
    What n people hold.

    Attributes:
        day: The region's day.
        purposes: By residence title: who has it.
        days_left: float64[n], days until the title ends; NaN: it does not end.
        awards: By occupation: who has a complete award that is valid here.
        foreign_awards: By occupation: who has a complete award that is not yet recognised.
        licences: By class: who may drive it.
        code95: datetime64[n], last day of the professional driver's qualification; NaT: none.
    """

    day: date
    purposes: dict[str, Marks]
    days_left: NDArray[np.float64]
    awards: dict[str, Marks]
    foreign_awards: dict[str, Marks]
    licences: dict[str, Marks]
    code95: NDArray[np.datetime64]

    @classmethod
    def of(cls, region: Region, people: range) -> _Held:
        persons = region.table("people")[people.start : people.stop].with_row_index("who")
        ids = persons.select("who", "person_id")
        complete = pl.col("modules_total").is_null() | (pl.col("modules_done") >= pl.col("modules_total"))
        awards = (
            region.table("person_qualifications")
            .filter(complete)
            .join(ids, on="person_id")
            .join(region.table("qualifications").select("qualification_id", "occupation_id"), on="qualification_id")
            .filter(pl.col("occupation_id").is_not_null())
        )
        valid = (pl.col("country") == "DE") | (pl.col("recognition") == "full")
        licences = region.table("person_licences").join(ids, on="person_id")
        expires = licences.group_by("who").agg(pl.col("code95_expires").max())
        return cls(
            day=region.manifest.day,
            purposes=_marks(persons, "residence_purpose", len(people)),
            days_left=persons["residence_months_left"].cast(pl.Float64).to_numpy() * DAYS_PER_MONTH,
            awards=_marks(awards.filter(valid), "occupation_id", len(people)),
            foreign_awards=_marks(awards.filter(~valid), "occupation_id", len(people)),
            licences=_marks(licences, "licence", len(people)),
            code95=ids.join(expires, on="who", how="left", maintain_order="left")["code95_expires"].to_numpy(),
        )

    def unmet(self, demand: _Demand) -> Iterator[NDArray[np.uint32]]:
        """Yield for each thing demanded the reason of those who lack it, 0 of the others, uint32[n]."""
        admitted = self._any(self.purposes, {purpose for purpose, kinds in ADMITS.items() if demand.kind in kinds})
        ends_before = self.days_left < (demand.start - self.day).days
        yield np.where(admitted & ~ends_before, MET, np.uint32(Reason.FORMAL_RESIDENCE))
        if demand.profession is not None:
            foreign = self._any(self.foreign_awards, {demand.profession})
            lacks = np.where(
                foreign, np.uint32(Reason.FORMAL_RECOGNITION), np.uint32(Reason.FORMAL_REGULATED_PROFESSION)
            )
            yield np.where(self._any(self.awards, {demand.profession}), MET, lacks)
        for licence, code95 in demand.licences:
            including = {held for held in self.licences if licence == held or licence in INCLUDES.get(held, ())}
            drives = self._any(self.licences, including)
            if code95:
                drives &= self.code95 >= np.datetime64(demand.start)
            yield np.where(drives, MET, np.uint32(Reason.FORMAL_DRIVING_LICENCE))

    def _any(self, marks: Mapping[str, Marks], wanted: set[str]) -> Marks:
        """Return who has any of what is wanted."""
        found = np.zeros(len(self.days_left), dtype=np.bool_)
        for name in marks.keys() & wanted:
            found |= marks[name]
        return found


def _marks(rows: pl.DataFrame, column: str, n: int) -> dict[str, Marks]:
    """Return for each value of a column who of n people has it."""
    marks = {}
    for (value,), theirs in rows.select("who", column).partition_by(column, as_dict=True).items():
        marks[value] = np.zeros(n, dtype=np.bool_)
        marks[value][theirs["who"].to_numpy()] = True
    return marks
