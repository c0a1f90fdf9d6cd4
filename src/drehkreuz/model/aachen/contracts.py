# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a job offers: rota, hours, pay, term, presence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drehkreuz.matching.pay import WEEKS_PER_MONTH
from drehkreuz.model.aachen.draw import Stream
from drehkreuz.model.aachen.terms import last_day
from drehkreuz.model.aachen.work_today import DAY, FULL_WEEK, MINIMUM_WAGE
from drehkreuz.model.core import Market

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Names = NDArray[np.str_]

SHORT: Final = 30.0
"""A rota of fewer paid hours a week is part-time by itself."""
PART_TIME_OFFERED: Final = 0.7
"""Share of an occupation's part-time that is advertised so on other rotas; assumed."""
PART_TIME_HOURS: Final = ((20.0, 0.3), (25.0, 0.3), (30.0, 0.4))
FEWER_HOURS: Final = 5.0
FEWEST_HOURS: Final = 15.0
"""Part-time posts may be taken with so many hours less, down to so many; assumed."""
FLEXIBLE: Final = 0.3
"""Share of full-time posts that may be taken with `SHORT` hours; assumed."""

DEAR: Final = {"Köln": 1.07, "Düsseldorf": 1.10, "Kreis Euskirchen": 0.97, "Kreis Heinsberg": 0.97}
"""Pay against the area's median, by district; assumed."""
AGENCY_PAY: Final = 0.93
"""Pay of temporary agency work against others'; assumed."""
SPREAD: Final = (0.02, 0.09)
"""Half the width of an advertised pay range against its middle, from … to; assumed."""
PREMIUM: Final = {
    "konti": 1.0,
    "nacht": 0.8,
    "pflege": 0.6,
    "drei": 0.55,
    "wochenende": 0.25,
    "geteilt": 0.2,
    "fahrer": 0.1,
    "abend": 0.1,
    "zwei": 0.08,
}
"""Tax-free premiums of a rota (§ 3b EStG) against a full continuous one; assumed."""

NIGHTS: Final = ("drei", "konti", "nacht")
"""Rotas with nights; in care only some posts have them."""
NIGHTS_IN_CARE: Final = 0.4
FIXED_TERM_MONTHS: Final = ((12, 0.6), (24, 0.4))
STARTS_EVERY_DAYS, STARTS = 14, 12
"""Posts start every so many days, so many times from the region's day on; assumed."""
REMOTE_OFFERED: Final = 0.8
"""Share of posts that may be done from home as their occupation usually is; assumed."""
REMOTE_MOST: Final = 0.8
PRESENCE_DAYS: Final = 5.0
WEEKEND_DAYS: Final = 2.0


def contracts(
    occupation: Ints, district: list[str], stream: Stream, rotas: Mapping[str, float], market: Market
) -> dict[str, ArrayLike]:
    """
    Return columns of `vacancies` for jobs, each [v], and `prefix` of the title.

    Args:
        occupation: int64[v], row of the market.
        district: Where the workplace is.
        stream: Where chance comes from.
        rotas: Paid hours a week of each rota.
        market: Figures of the occupations.
    """
    names, share = market.shares("rotas")
    rota = np.array(names)[stream.choose_each(share[occupation])]
    paid = np.array([rotas[name] for name in rota])
    part, least, most = _hours(occupation, paid, market, stream)
    agency = stream.happens(market.numbers("agency_share")[occupation], len(rota))
    care_nights = (rota == "pflege") & stream.happens(NIGHTS_IN_CARE, len(rota))
    full_premium = market.numbers("premium")[occupation] * np.array([PREMIUM.get(name, 0.0) for name in rota])
    return {
        "prefix": "",
        "kind": "job",
        "shift_system_id": rota,
        "hours_min": least,
        "hours_max": most,
        "agency": agency,
        "premiums_tax_free_eur_month": np.round(full_premium * np.where(part, most / paid, 1.0), -1),
        "night": np.isin(rota, NIGHTS) | care_nights,
        "trainable_share": market.numbers("trainable_share")[occupation],
        "trainable_weeks": market.numbers("trainable_weeks")[occupation],
        **_pay(occupation, district, agency, paid, most, market, stream),
        **_term(occupation, agency, market, stream),
        **_presence(occupation, rota, market, stream),
    }


def _hours(occupation: Ints, paid: Floats, market: Market, stream: Stream) -> tuple[Bools, Floats, Floats]:
    """Return which posts are part-time on a full rota, and the fewest and most weekly hours of each."""
    n, short = len(occupation), paid < SHORT
    part = ~short & stream.happens(market.numbers("part_time_share")[occupation] * PART_TIME_OFFERED, n)
    most = np.where(part, stream.pick(PART_TIME_HOURS, n), paid)
    flexible = ~short & ~part & stream.happens(FLEXIBLE, n)
    least = np.select([part, flexible], [np.maximum(most - FEWER_HOURS, FEWEST_HOURS), SHORT], most)
    return part, least, most


def _pay(
    occupation: Ints, district: list[str], agency: Bools, paid: Floats, most: Floats, market: Market, stream: Stream
) -> dict[str, ArrayLike]:
    """Return the pay range at the most hours: lognormal around the median, never below the minimum wage."""
    n = len(occupation)
    monthly = market.numbers("pay_median")[occupation] * np.array([DEAR.get(name, 1.0) for name in district])
    monthly *= np.exp(market.numbers("pay_sigma")[occupation] * stream.normal(n)) * np.where(agency, AGENCY_PAY, 1.0)
    least = np.ceil(MINIMUM_WAGE * WEEKS_PER_MONTH * most)
    middle = np.maximum(monthly * most / np.maximum(paid, FULL_WEEK), least)
    spread = stream.between(*SPREAD, n)
    low = np.maximum(np.round(middle * (1 - spread), -1), least)
    high = np.maximum(np.round(middle * (1 + spread), -1), low)
    return {"pay_min": low, "pay_max": high, "pay_months": market.numbers("pay_months")[occupation]}


def _term(occupation: Ints, agency: Bools, market: Market, stream: Stream) -> dict[str, ArrayLike]:
    """Return the first day, and the last of a fixed term: of whole months, from the first of a month to be plain."""
    n = len(occupation)
    fixed = stream.happens(market.numbers("fixed_term_share")[occupation], n) & ~agency
    turns = stream.integers(1, STARTS, n)
    start = np.datetime64(DAY, "D") + (STARTS_EVERY_DAYS * turns).astype("timedelta64[D]")
    last = last_day(start, stream.pick(FIXED_TERM_MONTHS, n))
    return {"start": start, "contract_end": np.where(fixed, last, np.datetime64("NaT", "D"))}


def _presence(occupation: Ints, rota: Names, market: Market, stream: Stream) -> dict[str, ArrayLike]:
    """Return the share of working time that may be done from home, and the days at the workplace."""
    n = len(occupation)
    usual = market.numbers("remote_share")[occupation] * (0.5 + stream.uniform(n))
    remote = np.where(stream.happens(REMOTE_OFFERED, n), np.minimum(np.round(usual, 1), REMOTE_MOST), 0.0)
    days = np.where(rota == "wochenende", WEEKEND_DAYS, PRESENCE_DAYS)
    return {"remote_share": remote, "presence_days": np.round(days * (1 - remote), 1)}
