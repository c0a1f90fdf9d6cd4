# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What people do today: hours, pay, years with the employer, what ends their post and when they are free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.pay import WEEKS_PER_MONTH, net_per_month, payroll
from drehkreuz.model.aachen.draw import Draws, Stream
from drehkreuz.model.aachen.population import DATA, Sample, assumed, groups
from drehkreuz.model.core import Market

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Names = NDArray[np.str_]

DAY: Final = date(2026, 11, 2)
"""The day the region speaks of."""
MINIMUM_WAGE: Final = 13.90
"""EUR an hour from 1 January 2026 (Fünfte Mindestlohnanpassungsverordnung)."""
FULL_WEEK: Final = 37.5
"""Hours a week that pay of the market is for; assumed."""

PART_TIME_MOST: Final = (((25.0, 0.4), (30.0, 0.6)), ((25.0, 0.6), (30.0, 0.4)), ((25.0, 0.5), (32.0, 0.5)))
"""Most hours a week of who wants part-time, and how often: without child, below school age, primary school; assumed."""
PART_TIME_LEAST: Final = 15.0
FULL_TIME_MOST: Final = 40.0
FULL_TIME_LEAST: Final = ((30.0, 0.35), (35.0, 0.65))
"""Fewest hours a week of who wants full-time, and how often; assumed."""
HOURS_WANTING_PART: Final = ((10.0, 0.3), (15.0, 0.4), (20.0, 0.3))
HOURS_WANTING_FULL: Final = ((15.0, 0.2), (20.0, 0.4), (25.0, 0.25), (30.0, 0.15))
"""Hours today of part-timers who want more, by what they want; assumed, each below what they want."""
MORE_HOURS: Final = 5.0
"""Hours a week by which such part-timers want more at least."""

ON_ROTAS: Final = {"lignite_operator": 0.7}
"""Share of a group's members that work continuous shifts, of the occupations that have premiums at all; assumed."""
MINE_PREMIUM: Final = 250.0
"""Tax-free premiums of continuous shifts at the mine, EUR a month at least; assumed."""
NEED_OF_NET: Final = (0.76, 0.94)
"""Net income needed against today's, from … to; assumed: most could live on a little less, few on much less."""
NEED_WITHOUT_WORK: Final = {
    "returners": 520.0,
    "students": 850.0,
    "graduates_abroad": 1250.0,
    "newcomers": 1050.0,
    "school_leavers": 420.0,
}
"""Net income needed at least by people without work, EUR a month; assumed, the order of basic support with rent."""
NEED_OTHERWISE: Final = 1080.0
NEED_SPREAD: Final = 420.0
NEED_OF_PARENTS: Final = 260.0

LONGEST_TENURE: Final = 40
TENURE_POWER: Final = 0.7
"""Below 1 leans to long tenures, which mines are known for; assumed."""
COAL_YEARS: Final = 8
"""Whole years with the operator that surely reach back to 30 September 2019 (§ 57 KVBG)."""
NOTICE_MONTHS: Final = 6
"""People at work are free within so many months from January on; assumed."""
STILL_AT_SCHOOL: Final = 0.7
"""Share of school leavers who leave only next summer; assumed."""
SCHOOL_ENDS: Final = date(2027, 8, 1)


@dataclass(frozen=True, slots=True)
class Hours:
    """
    Hours a week, float64[n] each.

    Attributes:
        least: Fewest wanted.
        most: Most possible.
        today: Worked today, 0 without work.
    """

    least: Floats
    most: Floats
    today: Floats


def at_work(sample: Sample) -> Bools:
    """Return who has a post today, bool[n]."""
    return np.asarray(groups()["status"].is_in(["employed", "part_time"]).to_numpy()[sample.group])


def hours(sample: Sample, group: Names, draws: Draws) -> Hours:
    """Draw the hours people want and work."""
    stream, n = draws.stream("hours"), len(sample)
    part_most = np.stack([stream.pick(table, n) for table in PART_TIME_MOST])[sample.care, np.arange(n)]
    most = np.where(sample.part_time, part_most, FULL_TIME_MOST)
    least = np.where(sample.part_time, PART_TIME_LEAST, stream.pick(FULL_TIME_LEAST, n))
    wants_part, wants_full = stream.pick(HOURS_WANTING_PART, n), stream.pick(HOURS_WANTING_FULL, n)
    short = np.where(sample.part_time, wants_part, wants_full)
    more = group == "part_timers"
    today = np.select([~at_work(sample), more, sample.part_time], [0.0, short, most], FULL_WEEK)
    return Hours(np.where(more, np.maximum(least, today + MORE_HOURS), least), most, today)


def work_today(
    sample: Sample, group: Names, years_at_work: Ints, hours: Hours, market: Market, draws: Draws
) -> dict[str, object]:
    """
    Return columns of `people`: pay and need, years with the employer, what ends the post, when they are free.

    Args:
        sample: Who there is.
        group: Name of the group of each.
        years_at_work: int64[n], years since the occupation could first be worked in.
        hours: What they work.
        market: Figures of the occupations.
        draws: Where chance comes from.
    """
    stream, works = draws.stream("work today"), at_work(sample)
    net = _net(sample, group, hours, market, stream)
    of_net = net * stream.between(*NEED_OF_NET, len(sample))
    need = np.where(works, of_net, _need_without_work(sample, group, stream))
    tenure = np.floor(stream.uniform(len(sample)) ** TENURE_POWER * np.clip(years_at_work, 0, LONGEST_TENURE))
    closure, free = _closures(group, stream)
    operator = group == "lignite_operator"
    return {
        "closure_id": closure,
        "tenure_years": _where(works, tenure),
        "employed_on_2019_09_30": pl.Series(
            [bool(years >= COAL_YEARS) if coal else None for coal, years in zip(operator, tenure, strict=True)],
            dtype=pl.Boolean,
        ),
        "net_today_eur_month": _where(works, np.round(net, -1)),
        "net_need_eur_month": np.round(need, -1),
        "available_from": _free(free, works, group, stream),
    }


def _where(known: Bools, values: Floats) -> pl.Series:
    return pl.Series(np.where(known, values, np.nan)).fill_nan(None)


def _by_group(group: Names, values: Mapping[str, float], otherwise: float) -> Floats:
    return np.asarray(np.select([group == name for name in values], list(values.values()), otherwise))


def _net(sample: Sample, group: Names, hours: Hours, market: Market, stream: Stream) -> Floats:
    """Return the net income of today, EUR a month; who works shifts at the mine has tax-free premiums on top."""
    n, occupation = len(sample), sample.occupation
    spread = np.exp(market.numbers("pay_sigma")[occupation] * stream.normal(n))
    full = np.maximum(market.numbers("pay_median")[occupation] * spread, MINIMUM_WAGE * FULL_WEEK * WEEKS_PER_MONTH)
    net = net_per_month(full * hours.today / FULL_WEEK, market.numbers("pay_months")[occupation], payroll(DAY))
    share = _by_group(group, ON_ROTAS, 0.0)
    premium = market.numbers("premium")[occupation]
    on_rota = stream.happens(share, n) & (premium > 0)
    return net + np.where(on_rota, np.maximum(premium, MINE_PREMIUM), 0.0)


def _need_without_work(sample: Sample, group: Names, stream: Stream) -> Floats:
    least = _by_group(group, NEED_WITHOUT_WORK, NEED_OTHERWISE)
    parents = (sample.care > 0) & (group != "returners")
    return np.asarray(least + NEED_SPREAD * stream.uniform(len(sample)) + np.where(parents, NEED_OF_PARENTS, 0.0))


@cache
def closing_steps() -> pl.DataFrame:
    """Return the posts that end, a row a site and year: project_id, year, posts (positive), last (the site's day)."""
    ends = assumed()["site_ends"]
    projects = pl.read_csv((DATA / "projects.csv").read_bytes()).filter(pl.col("kind") == "closure")
    steps = projects.select("project_id", "year", posts=-pl.col("posts")).sort("project_id", "year")
    return steps.with_columns(last=pl.col("project_id").replace_strict(ends, return_dtype=pl.Date))


def _closures(group: Names, stream: Stream) -> tuple[list[str | None], list[date | None]]:
    """Draw the site and the day each post ends: in the years and as often as posts do, not after the last day."""
    steps, n = closing_steps(), len(group)
    months = np.where(steps["last"].dt.year() == steps["year"], steps["last"].dt.month(), 12)
    closure: list[str | None] = [None] * n
    free: list[date | None] = [None] * n
    for name, factors in assumed()["closures"].items():
        mine = np.flatnonzero(group == name)
        step = stream.choose(steps["posts"].to_numpy() * [factors[site] for site in steps["project_id"]], len(mine))
        month = stream.integers(1, months[step], len(mine))
        for who, at, when in zip(mine, step, month, strict=True):
            closure[who] = steps["project_id"][int(at)]
            free[who] = date(steps["year"][int(at)], int(when), 1)
    return closure, free


def _free(ends: list[date | None], works: Bools, group: Names, stream: Stream) -> list[date]:
    """Return the first working day of each: when the post ends, after notice, after school, or today."""
    notice = [date(DAY.year + 1, 1 + int(u * NOTICE_MONTHS), 1) for u in stream.uniform(len(group))]
    at_school = (group == "school_leavers") & stream.happens(STILL_AT_SCHOOL, len(group))
    otherwise = [SCHOOL_ENDS if school else DAY for school in at_school]
    return [
        end or (after if busy else other)
        for end, busy, after, other in zip(ends, works, notice, otherwise, strict=True)
    ]
