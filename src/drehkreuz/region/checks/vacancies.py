# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rules about vacancies and rotas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import polars as pl

from drehkreuz.region.checks.rule import Rule
from drehkreuz.region.region import Region

SWAP: Final = "Swap the two, or correct one."
STALE: Final = timedelta(days=730)
USUAL_PAY: Final = {"hour": (5.0, 500.0), "month": (100.0, 50_000.0), "year": (1_200.0, 600_000.0)}
"""EUR gross; outside of these, pay_period is likelier to be wrong than the pay. Assumed, wide on purpose."""

DAY: Final = 24 * 60
WEEK: Final = 7 * DAY
REST: Final = 11 * 60
"""Minutes of rest after a day's work: § 5 (1) ArbZG; some trades may go down to ten hours."""
PAID_TOLERANCE: Final = 0.25
"""Breaks, handover and free shifts explain so much of a difference between paid hours and shifts."""


def rules(region: Region) -> Iterator[Rule]:
    """Yield the rules of vacancies, their further places, rotas and shifts."""
    yield from _vacancies(region)
    yield from _shifts(region)
    yield from _rotas(region)


def _vacancies(region: Region) -> Iterator[Rule]:
    vacancies = region.table("vacancies")

    def rule(column: str, wrong: pl.Expr, problem: str, remedy: str) -> Rule:
        return Rule("vacancies", vacancies, column, wrong, problem, remedy)

    def warning(column: str, wrong: pl.Expr, problem: str, remedy: str) -> Rule:
        return Rule("vacancies", vacancies, column, wrong, problem, remedy, "warning")

    for low, high in (("hours_min", "hours_max"), ("pay_min", "pay_max"), ("months_shortest", "months_normal")):
        yield rule(low, pl.col(low) > pl.col(high), f"is more than {high} {{{high}}}", SWAP)
    ends = pl.col("contract_end") < pl.col("start")
    yield rule("contract_end", ends, "is before the first working day {start}", SWAP)
    stale = pl.col("start") + STALE < region.manifest.day
    problem = f"is more than two years before the region's day {region.manifest.day}"
    yield warning("start", stale, problem, "Take the vacancy away, or correct the date.")
    for period, (low_pay, high_pay) in USUAL_PAY.items():
        odd = (pl.col("pay_period") == period) & ~pl.col("pay_min").is_between(low_pay, high_pay)
        yield warning("pay_min", odd, f"is an unusual pay per {period}", "Correct it or pay_period.")
    places = region.table("vacancy_places")
    remedy = "Correct it; hours over midnight count on, over 24:00."
    empty = pl.col("end") <= pl.col("start")
    yield Rule("vacancy_places", places, "end", empty, "is no later than start {start}", remedy)


def _shifts(region: Region) -> Iterator[Rule]:
    weeks = region.table("shift_systems").select("shift_system_id", "weeks")
    shifts = region.table("shifts").join(weeks, "shift_system_id", how="left")

    def rule(column: str, wrong: pl.Expr, problem: str, remedy: str) -> Rule:
        return Rule("shifts", shifts, column, wrong, problem, remedy)

    length = pl.col("end") - pl.col("start")
    yield rule(
        "end", length <= 0, "is no later than start {start}", "A night's end counts on, over 24:00: 06:00 is 30:00."
    )
    yield rule("end", length > DAY, "makes the shift longer than a day", "Correct one of the two.")
    late = pl.col("start") >= DAY
    yield rule("start", late, "is past midnight", "Put the shift on the day it begins, with a start before 24:00.")
    beyond = pl.col("week") > pl.col("weeks")
    yield rule("week", beyond, "the rota has {weeks} weeks only", "Correct the week, or the rota's weeks.")


def _rotas(region: Region) -> Iterator[Rule]:
    systems = region.table("shift_systems")
    begin = (pl.col("week") - 1) * WEEK + pl.col("day") * DAY + pl.col("start")
    shifts = (
        region.table("shifts")
        .join(systems.select("shift_system_id", "weeks", "handover_minutes"), "shift_system_id")
        .filter(pl.col("end") > pl.col("start"), pl.col("week") <= pl.col("weeks"))
        .with_columns(begin=begin, finish=begin + pl.col("end") - pl.col("start"))
    )
    yield from _worked_hours(systems, shifts)
    yield from _rests(shifts.filter(~pl.col("on_call")))


def _worked_hours(systems: pl.DataFrame, shifts: pl.DataFrame) -> Iterator[Rule]:
    hours = (pl.col("finish") - pl.col("begin")) / 60 / pl.col("weeks")
    worked = shifts.group_by("shift_system_id").agg(hours=hours.sum(), present=hours.filter(~pl.col("on_call")).sum())
    systems = systems.join(worked, "shift_system_id", how="left")
    remedy = "Add its shifts, or take the rota away."
    yield Rule("shift_systems", systems, "", pl.col("hours").is_null(), "adds up to nothing: it has no shifts", remedy)
    paid = pl.col("paid_hours")
    apart = (pl.col("hours") < (1 - PAID_TOLERANCE) * paid) | (pl.col("present") > (1 + PAID_TOLERANCE) * paid)
    problem = "the shifts add up to {hours} hours a week"
    remedy = "Correct the paid hours, the shifts or the number of weeks."
    yield Rule("shift_systems", systems, "paid_hours", apart, problem, remedy, "warning")


def _rests(shifts: pl.DataFrame) -> Iterator[Rule]:
    """Yield the rules on each shift and the one that follows it, the last followed by the first of the next round."""
    rota = "shift_system_id"

    def following(column: str) -> pl.Expr:
        return pl.col(column).shift(-1, fill_value=pl.col(column).first()).over(rota, order_by="begin")

    is_last = pl.col("begin") == pl.col("begin").max().over(rota)
    next_begin = following("begin") + pl.when(is_last).then(pl.col("weeks") * WEEK).otherwise(0)
    both_split = (pl.col("name") == "split") & (following("name") == "split") & (following("day") == pl.col("day"))
    shifts = shifts.with_columns(
        latest=pl.col("finish").cum_max().over(rota, order_by="begin"),
        next_begin=next_begin,
        same_working_day=both_split & ~is_last,
    ).with_columns(rest=(pl.col("next_begin") - pl.col("finish") - 2 * pl.col("handover_minutes")) / 60)
    overlap = pl.col("latest") > pl.col("next_begin")
    yield Rule(
        "shifts", shifts, "end", overlap, "the next shift of the rota begins before", "Correct one of the two shifts."
    )
    short = (pl.col("rest") < REST / 60) & ~overlap & ~pl.col("same_working_day")
    problem = "leaves {rest} hours of rest before the next shift; § 5 ArbZG asks for 11"
    remedy = "Correct the shifts; two parts of one day's work are called split."
    yield Rule("shifts", shifts, "end", short, problem, remedy, "warning")
