# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Formal demands that no course of the region closes: regulated professions, recognition, driving licences, residence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.barriers import Reason
from drehkreuz.region import Region

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
    internship does not, since it leads there; an award from abroad that is
    not yet recognised gives the reason "recognition" instead. Where a post names such an award in
    `vacancy_qualifications`, the learning engine answers for it and no reason is given here. A title that ends before the
    post begins counts as no title.

    Args:
        region: The region.
        people: Rows of table `people`.

    Returns:
        Blocks of shape [len(people), vacancies].
    """
    vacancies = region.table("vacancies")
    persons = region.table("people")[people.start : people.stop]
    demands = _Demands(region)
    reasons = np.zeros((len(persons), len(vacancies)), dtype=np.uint32)
    slack = np.zeros((len(persons), len(vacancies)), dtype=np.float32)
    for i, person in enumerate(persons.iter_rows(named=True)):
        held = _Held(region, person)
        for v, missing in demands.unmet(held):
            for reason in missing:
                reasons[i, v] |= np.uint32(reason)
            slack[i, v] = len(missing)
    return FormalFit(reasons, slack)


class _Held:
    """What one person holds."""

    def __init__(self, region: Region, person: dict[str, object]) -> None:
        mine = pl.col("person_id") == person["person_id"]
        licences = region.table("person_licences").filter(mine)
        self.code95: date | None = licences["code95_expires"].max()  # type: ignore[assignment]
        self.licences: set[str] = set(licences["licence"])
        for licence in licences["licence"]:
            self.licences |= INCLUDES.get(licence, frozenset())
        self.admits = ADMITS[str(person["residence_purpose"])]
        self.months_left = person["residence_months_left"]
        complete = pl.col("modules_total").is_null() | (pl.col("modules_done") >= pl.col("modules_total"))
        awards = (
            region.table("person_qualifications")
            .filter(mine & complete)
            .join(region.table("qualifications").select("qualification_id", "occupation_id"), on="qualification_id")
            .filter(pl.col("occupation_id").is_not_null())
        )
        valid = (pl.col("country") == "DE") | (pl.col("recognition") == "full")
        self.awards = set(awards.filter(valid)["occupation_id"])
        self.foreign_awards = set(awards.filter(~valid)["occupation_id"])


class _Demands:
    """What the posts demand formally, row by row, only posts that demand anything beside a residence title."""

    def __init__(self, region: Region) -> None:
        vacancies = region.table("vacancies").with_row_index("v")
        occupations = region.table("occupations").select("occupation_id", "regulated")
        self.day = region.manifest.day
        self.kinds = vacancies["kind"].to_list()
        self.starts = vacancies["start"].to_list()
        position = dict(zip(vacancies["vacancy_id"], vacancies["v"], strict=True))
        self.licences: dict[int, list[tuple[str, bool]]] = {}
        for vacancy, licence, code95 in region.table("vacancy_licences").iter_rows():
            self.licences.setdefault(position[vacancy], []).append((licence, code95))
        practised = vacancies.filter(pl.col("kind").is_in(PRACTISED))
        regulated = practised.join(occupations, on="occupation_id").filter(pl.col("regulated"))
        named = (
            region.table("vacancy_qualifications")
            .join(region.table("qualifications").select("qualification_id", "occupation_id"), on="qualification_id")
            .select("vacancy_id", "occupation_id")
        )
        unnamed = regulated.join(named, on=["vacancy_id", "occupation_id"], how="anti")
        self.regulated: dict[int, str] = dict(zip(unnamed["v"], unnamed["occupation_id"], strict=True))

    def unmet(self, held: _Held) -> list[tuple[int, list[Reason]]]:
        """Return (vacancy row, reasons) of the posts with a demand that is not met."""
        found = []
        for v, kind in enumerate(self.kinds):
            missing = [
                *self._residence(v, kind, held),
                *self._profession(v, held),
                *(
                    Reason.FORMAL_DRIVING_LICENCE
                    for demand in self.licences.get(v, ())
                    if not self._drives(v, demand, held)
                ),
            ]
            if missing:
                found.append((v, missing))
        return found

    def _residence(self, v: int, kind: str, held: _Held) -> list[Reason]:
        months = held.months_left
        ends_before = isinstance(months, int) and months * 30.44 < (self.starts[v] - self.day).days
        return [Reason.FORMAL_RESIDENCE] if kind not in held.admits or ends_before else []

    def _profession(self, v: int, held: _Held) -> list[Reason]:
        occupation = self.regulated.get(v)
        if occupation is None or occupation in held.awards:
            return []
        foreign = occupation in held.foreign_awards
        return [Reason.FORMAL_RECOGNITION if foreign else Reason.FORMAL_REGULATED_PROFESSION]

    def _drives(self, v: int, demand: tuple[str, bool], held: _Held) -> bool:
        licence, code95 = demand
        valid95 = held.code95 is not None and held.code95 >= self.starts[v]
        return licence in held.licences and (valid95 or not code95)
