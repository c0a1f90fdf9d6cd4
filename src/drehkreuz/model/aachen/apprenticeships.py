# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a place to learn an occupation offers: dual, at school, part-time, entry qualification, dual study."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drehkreuz.model.aachen.draw import Stream
from drehkreuz.model.core import Core, Market

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

TITLES: Final = {
    "apprenticeship_dual": "Ausbildung",
    "apprenticeship_school": "Schulische Ausbildung",
    "entry_qualification": "Einstiegsqualifizierung",
}
STARTS: Final = np.datetime64("2027-08-01")
ENTRY_STARTS: Final = np.datetime64("2027-02-01")
ENTRY: Final = 0.05
"""Share of dual places that are entry qualifications (§ 54a SGB III); assumed."""
PART_TIME: Final = 0.10
PART_TIME_HOURS, FULL_TIME_HOURS = 30.0, 40.0
"""Share of apprenticeships that may be done part-time (§ 7a BBiG), assumed; and weekly hours."""

MEAN_PAY: Final = np.array([1010.0, 1130.0, 1240.0])
"""Mean gross pay, EUR a month, by level 1 to 3 of the occupation; assumed, above § 17 BBiG of 2026."""
SCHOOL_PAY: Final = 1.12
"""Pay at schools of health and social care against that, where it follows the public service's; assumed."""
ENTRY_PAY: Final = 420.0
STUDY_PAY: Final = 1350.0
PAY_SPREAD: Final = 0.08

HELPER_MONTHS, SHORT_MONTHS, MONTHS, LONG_MONTHS = 18, 24, 36, 42
LONG: Final = 0.5
"""Share of occupations' places that take three and a half years; assumed: of metal and electrical trades most."""
CREDIT_MONTHS: Final = 12
SHORT_CREDIT_MONTHS: Final = 6
"""Months that credit can save (§ 8 BBiG), of apprenticeships over and up to two years; assumed."""
ENTRY_MONTHS, ENTRY_SHORTEST = 12, 6
STUDY_MONTHS: Final = 42
WEEKS_A_MONTH: Final = 52 / 12
LONGEST_WEEKS: Final = 156.0

BACHELOR: Final = 6
"""Level of the Deutscher Qualifikationsrahmen that a dual study leads to."""
SHORT_DQR: Final = 3
"""Level that apprenticeships of two years lead to."""


def trained(core: Core, market: Market) -> Bools:
    """Return which occupations take apprentices, bool[o]: not those that ask another award first."""
    vocational = core.qualifications.filter(kind="vocational")["occupation_id"].drop_nulls().to_list()
    named = market.frame["apprenticeship"].to_numpy() != "none"
    return np.asarray(named & np.isin(market.occupation_ids, vocational))


def studied(core: Core, market: Market) -> Bools:
    """Return which occupations take dual students, bool[o]: whose award is a bachelor's degree, unless regulated."""
    degrees = core.qualifications.filter(kind="degree", dqr=BACHELOR)["occupation_id"].drop_nulls().to_list()
    return np.asarray(np.isin(market.occupation_ids, degrees) & ~core.occupations["regulated"].to_numpy())


def apprenticeships(occupation: Ints, stream: Stream, core: Core, market: Market) -> dict[str, ArrayLike]:
    """
    Return columns of `vacancies` for apprenticeships and entry qualifications, each [v], and `prefix` of the title.

    Args:
        occupation: int64[v], row of the market.
        stream: Where chance comes from.
        core: The taxonomy.
        market: Figures of the occupations.
    """
    n = len(occupation)
    school = market.frame["apprenticeship"].to_numpy()[occupation] == "school"
    entry = ~school & stream.happens(ENTRY, n)
    part = stream.happens(PART_TIME, n) & ~entry
    kind = np.select([school, entry], ["apprenticeship_school", "entry_qualification"], "apprenticeship_dual")
    hours = np.where(part, PART_TIME_HOURS, FULL_TIME_HOURS)
    level = core.occupations["level"].to_numpy()[occupation]
    pay = MEAN_PAY[level - 1] * (1 + PAY_SPREAD * (2 * stream.uniform(n) - 1)) * np.where(school, SCHOOL_PAY, 1.0)
    pay = np.where(entry, ENTRY_PAY, np.round(pay * hours / FULL_TIME_HOURS, -1)).astype(np.float64)
    months = np.where(entry, ENTRY_MONTHS, _months(occupation, core, stream))
    credit = np.where(months > SHORT_MONTHS, CREDIT_MONTHS, SHORT_CREDIT_MONTHS)
    return {
        "prefix": [TITLES[name] for name in kind],
        "kind": kind,
        "start": np.where(entry, ENTRY_STARTS, STARTS),
        "hours_min": hours,
        "hours_max": hours,
        "shift_system_id": np.select([part, school], ["ausbildung-tz", "frueh"], "tag"),
        "months_shortest": np.where(entry, ENTRY_SHORTEST, months - credit),
        "part_time_share": np.where(part, PART_TIME_HOURS / FULL_TIME_HOURS, np.nan),
        **_of_all(pay, months),
    }


def dual_studies(n: int) -> dict[str, ArrayLike]:
    """Return columns of `vacancies` for dual studies, each [v] or one for all, and `prefix` of the title."""
    return {
        "prefix": "Duales Studium",
        "kind": "dual_study",
        "start": STARTS,
        "hours_min": FULL_TIME_HOURS,
        "hours_max": FULL_TIME_HOURS,
        "shift_system_id": "buero",
        "months_shortest": STUDY_MONTHS,
        **_of_all(np.full(n, STUDY_PAY), np.full(n, STUDY_MONTHS)),
    }


def _months(occupation: Ints, core: Core, stream: Stream) -> Ints:
    level, dqr = (core.occupations[name].to_numpy()[occupation] for name in ("level", "dqr"))
    usual = np.where(stream.happens(LONG, len(occupation)), LONG_MONTHS, MONTHS)
    return np.select([level == 1, dqr <= SHORT_DQR], [HELPER_MONTHS, SHORT_MONTHS], usual)


def _of_all(pay: Floats, months: Ints) -> dict[str, ArrayLike]:
    """Return what all places to learn have in common: everything is taught, nothing is remote."""
    return {
        "pay_min": pay,
        "pay_max": pay,
        "months_normal": months,
        "trainable_share": 1.0,
        "trainable_weeks": np.minimum(np.round(months * WEEKS_A_MONTH), LONGEST_WEEKS),
    }
