# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What posts ask: the distinct sets of demands that vacancies share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from drehkreuz.region import Region
from drehkreuz.region.csr import Csr
from drehkreuz.skills.rows import rows_of, stacked
from drehkreuz.skills.taxonomy import Taxonomy

T = TypeVar("T")

CEFR: Final = ("A1", "A2", "B1", "B2", "C1", "C2")
"""Levels of the Common European Framework; level k of the arrays is `CEFR[k - 1]`, 0 is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Requirements:
    """
    Requirement profiles: vacancies that ask the same share one.

    Profiles are in order of occupation, then of their demands; row i of a Csr belongs to profile i, and arrays "beside" a
    Csr hold one value for each entry of its `indices`.

    Attributes:
        of_vacancy: int32[v], profile of each vacancy.
        occupation: int32[r].
        eqf: int8[r], level of the occupation, 0 where the taxonomy gives none.
        must: r → skills: essential ones of the occupation that are asked here, and those the post adds.
        nice: r → skills that are welcome beside.
        trainable_share: float64[r], share of the asked skills that the employer teaches on the job.
        trainable_weeks: float64[r], time the employer takes for it.
        qualifications: r → rows of `qualifications` that the post cannot do without.
        language_names: ISO 639-1 codes that the next Csr's entries stand for, ascending.
        languages: r → positions in `language_names`.
        cefr: int8, beside `languages`: level asked, 1 (A1) to 6 (C2).
        certified: bool, beside `languages`: a certificate is asked.
        licence_names: Licence classes that the next Csr's entries stand for, ascending.
        licences: r → positions in `licence_names`.
        code95: bool, beside `licences`: the professional driver's qualification is asked.
    """

    of_vacancy: NDArray[np.int32]
    occupation: NDArray[np.int32]
    eqf: NDArray[np.int8]
    must: Csr
    nice: Csr
    trainable_share: NDArray[np.float64]
    trainable_weeks: NDArray[np.float64]
    qualifications: Csr
    language_names: tuple[str, ...]
    languages: Csr
    cefr: NDArray[np.int8]
    certified: NDArray[np.bool_]
    licence_names: tuple[str, ...]
    licences: Csr
    code95: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.occupation)


class _Demands(NamedTuple):
    """Everything one vacancy asks, comparable and sortable."""

    occupation: int
    must: tuple[int, ...]
    nice: tuple[int, ...]
    trainable_share: float
    trainable_weeks: float
    qualifications: tuple[int, ...]
    languages: tuple[tuple[str, int, bool], ...]
    licences: tuple[tuple[str, bool], ...]


def requirement_profiles(region: Region, taxonomy: Taxonomy) -> Requirements:
    """
    Find the distinct sets of demands among the vacancies.

    Must skills are the occupation's essential skills without those the post does not ask, and the skills the post adds. A
    skill that is a must is not listed as nice.

    Raises:
        InputError: If a row names a vacancy, an occupation, a skill or a qualification that is not there.
    """
    of_each = _demands(region, taxonomy)
    profiles = sorted(set(of_each))
    number = {demands: r for r, demands in enumerate(profiles)}
    languages = [language for demands in profiles for language in demands.languages]
    licences = [licence for demands in profiles for licence in demands.licences]
    language_names = sorted({name for name, _, _ in languages})
    licence_names = sorted({name for name, _ in licences})
    occupation = np.array([demands.occupation for demands in profiles], dtype=np.int32)
    eqf = region.table("occupations")["eqf"].fill_null(0).to_numpy()
    return Requirements(
        of_vacancy=np.array([number[demands] for demands in of_each], dtype=np.int32),
        occupation=occupation,
        eqf=eqf[occupation].astype(np.int8),
        must=stacked([demands.must for demands in profiles]),
        nice=stacked([demands.nice for demands in profiles]),
        trainable_share=np.array([demands.trainable_share for demands in profiles], dtype=np.float64),
        trainable_weeks=np.array([demands.trainable_weeks for demands in profiles], dtype=np.float64),
        qualifications=stacked([demands.qualifications for demands in profiles]),
        language_names=tuple(language_names),
        languages=stacked([[language_names.index(name) for name, _, _ in demands.languages] for demands in profiles]),
        cefr=np.array([level for _, level, _ in languages], dtype=np.int8),
        certified=np.array([certified for _, _, certified in languages], dtype=np.bool_),
        licence_names=tuple(licence_names),
        licences=stacked([[licence_names.index(name) for name, _ in demands.licences] for demands in profiles]),
        code95=np.array([code95 for _, code95 in licences], dtype=np.bool_),
    )


def _demands(region: Region, taxonomy: Taxonomy) -> list[_Demands]:
    """Return what each vacancy asks, in the order of the table."""
    occupations = rows_of(region, "vacancies", "occupation_id", "occupations").tolist()
    awards = rows_of(region, "vacancy_qualifications", "qualification_id", "qualifications").tolist()
    asked = rows_of(region, "vacancy_skills", "skill_id", "skills").tolist()
    tongues = region.table("vacancy_languages")
    levels = [CEFR.index(level) + 1 for level in tongues["cefr"]]
    driving = region.table("vacancy_licences")
    skills = _by_vacancy(region, "vacancy_skills", zip(region.table("vacancy_skills")["demand"], asked, strict=True))
    qualifications = _by_vacancy(region, "vacancy_qualifications", awards)
    languages = _by_vacancy(
        region, "vacancy_languages", zip(tongues["language"], levels, tongues["certified"], strict=True)
    )
    licences = _by_vacancy(region, "vacancy_licences", zip(driving["licence"], driving["code95"], strict=True))
    on_the_job = region.table("vacancies").select("trainable_share", "trainable_weeks").iter_rows()
    found = []
    for v, (occupation, (share, weeks)) in enumerate(zip(occupations, on_the_job, strict=True)):
        named = {demand: {s for d, s in skills[v] if d == demand} for demand in ("must", "nice", "not_asked")}
        must = set(taxonomy.essential.row(occupation).tolist()) - named["not_asked"] | named["must"]
        found.append(
            _Demands(
                occupation=occupation,
                must=tuple(sorted(must)),
                nice=tuple(sorted(named["nice"] - must)),
                trainable_share=share,
                trainable_weeks=weeks,
                qualifications=tuple(sorted(qualifications[v])),
                languages=tuple(sorted(languages[v])),
                licences=tuple(sorted(licences[v])),
            )
        )
    return found


def _by_vacancy(region: Region, table: str, values: Iterable[T]) -> defaultdict[int, list[T]]:
    """Return a table's values, one a row, by the vacancy they belong to."""
    groups: defaultdict[int, list[T]] = defaultdict(list)
    for v, value in zip(rows_of(region, table, "vacancy_id", "vacancies").tolist(), values, strict=True):
        groups[v].append(value)
    return groups
