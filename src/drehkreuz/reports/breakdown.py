# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
What keeps people and openings apart, by groups of openings and of people; every line closes, and so does every column.

Openings compete for people: v_g(B) counts the openings of group g that are filled in the largest allocation found for the
coalition of barriers B. The groups' shares sum to the region's. How many are filled is proved; of which groups they are is
not: another allocation, as large, may fill others, so a group's share can even be negative.

People are counted each by themselves: v_g(B) counts the people of group g for whom at least one post is open if the barriers
in B are thought away, whether or not others take it. That is one figure and no other, it never falls with more barriers
thought away, and it does not say that all of them find a post at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drehkreuz.matching.barriers import Barrier, Reason
from drehkreuz.matching.coalitions import Certificate
from drehkreuz.matching.headcount import Headcount
from drehkreuz.matching.pipeline import Matched
from drehkreuz.matching.shapley import shapley
from drehkreuz.region import Region
from drehkreuz.reports.groups import Groups, groups_of_openings, groups_of_people
from drehkreuz.reports.pair import Values
from drehkreuz.reports.rounding import whole

Counts = NDArray[np.int64]

COALITIONS = 1 << len(Barrier)

ROWS_AT_ONCE = 4096


def breakdown(matched: Matched) -> Values:
    """
    Return both reports as whole numbers, in all and by groups, fit for JSON.

    Returns:
        By side, `openings` and `people`: `all`, a line, and `by`, lists of lines by what they are grouped. A line has `key`,
        `total`, `found` (filled, or with a post that nothing keeps them from, today), `shares` by barrier, and `left` with all
        barriers thought away: `total = found + Σ shares + left`. Shares are rounded so that lines and columns add up.
    """
    return breakdown_of(matched.market.region, matched.counted, matched.certificate, people_with_a_post(matched))


def breakdown_of(region: Region, counted: Headcount, certificate: Certificate, opened: NDArray[np.bool_]) -> Values:
    """
    Return both reports for whoever is counted.

    Args:
        region: The region.
        counted: Who is counted.
        certificate: The largest allocations of all coalitions of them.
        opened: bool[rows, coalitions], from `people_with_a_post`.
    """
    of_openings = region.table("vacancies")["openings"].to_numpy().astype(np.int64)
    filled = np.array([np.bincount(v[v >= 0], minlength=len(of_openings)) for v in certificate.vacancy])
    return {
        "openings": _report(groups_of_openings(region), of_openings, filled),
        "people": _report(groups_of_people(region), counted.of_row, opened.T * counted.of_row),
    }


def people_with_a_post(matched: Matched) -> NDArray[np.bool_]:
    """
    Return for whom some post is open if the barriers of a coalition are thought away, bool[rows, coalitions].

    A post that is over before the person can begin is open to them in no coalition.
    """
    mask, reasons = matched.arrays["mask"].astype(np.uint8), matched.arrays["reasons"]
    found = np.zeros((len(mask), COALITIONS + 1), dtype=np.bool_)  # one more: posts that are over
    for first in range(0, len(mask), ROWS_AT_ONCE):
        some = slice(first, first + ROWS_AT_ONCE)
        over = (reasons[some].astype(np.uint32) & np.uint32(Reason.OVER)) != 0
        at = np.where(over, COALITIONS, mask[some])
        found[np.arange(first, first + len(at))[:, None], at] = True
    opened = found[:, :COALITIONS]
    for barrier in Barrier:
        without = np.flatnonzero((np.arange(COALITIONS) & int(barrier)) == 0)
        opened[:, without | int(barrier)] |= opened[:, without]
    return opened


def _report(by: dict[str, Groups], total: Counts, found: Counts) -> Values:
    """
    Return a side's line in all and its lines by groups.

    Args:
        by: The groups of the side's rows.
        total: int64[rows], what each row counts.
        found: int64[coalitions, rows], what of it finds its counterpart.
    """
    everything = Groups(["all"], np.zeros(len(total), dtype=np.int64))
    whole_line = _lines(everything, total, found, None)[0]
    columns = list(whole_line["shares"].values())
    return {"all": whole_line, "by": {name: _lines(groups, total, found, columns) for name, groups in by.items()}}


def _lines(groups: Groups, total: Counts, found: Counts, columns: list[int] | None) -> list[Values]:
    """Return the lines of the groups that there are, their shares rounded to sum to `columns`."""
    n = len(groups.keys)
    values = np.zeros((COALITIONS, n), dtype=np.int64)
    np.add.at(values.T, groups.of_row, found.T)
    counts = np.zeros(n, dtype=np.int64)
    np.add.at(counts, groups.of_row, total)
    exact = [shapley(values[:, group]) for group in range(n)]
    rounded = whole([[shares[barrier] for barrier in Barrier] for shares in exact], columns)
    return [
        {
            "key": key,
            "total": int(counts[group]),
            "found": int(values[0, group]),
            "shares": {
                str(barrier.name).lower(): share for barrier, share in zip(Barrier, rounded[group], strict=True)
            },
            "left": int(counts[group] - values[-1, group]),
        }
        for group, key in enumerate(groups.keys)
        if counts[group]
    ]
