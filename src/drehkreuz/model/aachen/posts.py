# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Table `vacancies`: openings drawn from a table of jobs by occupation, section and place; never from people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.aachen.draw import Draws, Stream
from drehkreuz.model.aachen.people import DAY, FULL_WEEK, MINIMUM_WAGE, WEEKS_A_MONTH
from drehkreuz.model.aachen.workplaces import Workplaces
from drehkreuz.model.core import Core, Market
from drehkreuz.region import TABLES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

OPENINGS: Final = 15_000
"""Openings at full scale."""
APPRENTICESHIPS: Final = 2_300
"""Of these, places to learn an occupation from August 2027 on; assumed."""
SIZES: Final = ((1, 0.74), (2, 0.14), (3, 0.06), (5, 0.04), (8, 0.02))
"""Openings a post has, and how often; assumed."""
MEAN_SIZE: Final = sum(size * share for size, share in SIZES)

SHORT_HOURS: Final = {"vormittag": 20.0, "vormittag-25": 25.0, "nachmittag": 20.0, "abend": 15.0, "frueh-tz": 20.0, "wochenende": 10.0}
"""Weekly hours of the part-time rotas."""
NIGHTS: Final = frozenset({"drei", "konti", "nacht"})
PREMIUM: Final = {"konti": 1.0, "nacht": 0.8, "drei": 0.55, "pflege": 0.6, "wochenende": 0.25, "geteilt": 0.2, "zwei": 0.08, "fahrer": 0.1, "abend": 0.1}
"""Tax-free premiums of a rota against a full continuous one; assumed."""
SATURDAYS: Final = frozenset({"handel", "pflege", "konti", "geteilt", "wochenende"})

DEAR: Final = {"Köln": 1.07, "Düsseldorf": 1.10, "Kreis Euskirchen": 0.97, "Kreis Heinsberg": 0.97}
"""Pay against the area's median, by district; assumed."""

TITLES: Final = {"apprenticeship_dual": "Ausbildung", "apprenticeship_school": "Schulische Ausbildung", "dual_study": "Duales Studium", "entry_qualification": "Einstiegsqualifizierung"}  # noqa: E501


@dataclass(frozen=True, slots=True)
class Posts:
    """
    Openings and what other tables need of them.

    Attributes:
        table: Table `vacancies`, in order of `vacancy_id`.
        occupation: int64[v], row of the market.
        learning: bool[v], an apprenticeship, dual study or entry qualification.
    """

    table: pl.DataFrame
    occupation: Ints
    learning: NDArray[np.bool_]


def posts(places: Workplaces, towns: pl.DataFrame, rotas: Mapping[str, float], core: Core, market: Market, scale: float, draws: Draws) -> Posts:
    """
    Draw the openings.

    Args:
        places: Workplaces with their pull.
        towns: Municipalities with their district.
        rotas: Paid hours a week of each rota.
        core: The taxonomy.
        market: Figures of the occupations.
        scale: Openings against full scale.
        draws: Where chance comes from.
    """
    vacant = market.numbers("employed_per_10000") * market.numbers("openings_per_1000")
    kinds = market.frame["apprenticeship"].to_numpy()
    trains = vacant * (kinds != "none")
    jobs = _sized(vacant, round((OPENINGS - APPRENTICESHIPS) * scale), draws.stream("jobs"))
    places_to_learn = _sized(trains, round(APPRENTICESHIPS * scale), draws.stream("apprenticeships"))
    parts = [
        _rows(jobs, False, places, towns, rotas, core, market, draws),  # noqa: FBT003  # not for learning
        _rows(places_to_learn, True, places, towns, rotas, core, market, draws),  # noqa: FBT003  # for learning
    ]
    frame = pl.concat([frame for frame, _ in parts])
    occupation = np.concatenate([occupation for _, occupation in parts])
    mixed = draws.stream("order of posts").permutation(len(frame))
    frame = frame[mixed].with_columns(vacancy_id=pl.Series([f"V{i + 1:05d}" for i in range(len(frame))]))
    learning = (~frame["kind"].is_in(["job"])).to_numpy()
    return Posts(TABLES["vacancies"].conform(frame), occupation[mixed], learning)


def _sized(weights: Floats, total: int, stream: Stream) -> tuple[Ints, Ints]:
    """Return (occupation, openings) of rows whose openings sum to `total`; every occupation follows its weight."""
    rows = max(1, round(total / MEAN_SIZE))
    counts = stream.apportion(weights, rows)
    occupation = np.repeat(np.arange(len(weights)), counts)
    size = np.array([size for size, _ in SIZES])[stream.choose([share for _, share in SIZES], rows)]
    # The sum is made right one opening at a time, at rows of more than one first.
    order = np.lexsort((stream.permutation(rows), -size))
    over = int(size.sum()) - total
    at = 0
    while over != 0:
        i = order[at % rows]
        step = 1 if over > 0 else -1
        if size[i] - step >= 1:
            size[i] -= step
            over -= step
        at += 1
    return occupation, size


def _rows(
    sized: tuple[Ints, Ints],
    learn: bool,
    places: Workplaces,
    towns: pl.DataFrame,
    rotas: Mapping[str, float],
    core: Core,
    market: Market,
    draws: Draws,
) -> tuple[pl.DataFrame, Ints]:
    occupation, openings = sized
    n = len(occupation)
    stream = draws.stream("apprenticeships in detail" if learn else "jobs in detail")
    place = _place(occupation, places, market, stream)
    table = places.places[place]
    district = table.join(towns.select("municipality", "district"), on="municipality", how="left", maintain_order="left")["district"]
    labels = _titles(core, market)
    what = _apprenticeship(occupation, core, market, stream) if learn else _job(occupation, market, stream, rotas, district.to_list())
    base = {
        "employer": table["name"],
        "occupation_id": pl.Series(market.occupation_ids).gather(occupation),
        "place_id": table["place_id"],
        "openings": openings,
        "collective_agreement": market.frame["collective"].gather(occupation).replace({"none": None}),
        "physical": market.frame["physical"].gather(occupation),
        "trainable_share": np.ones(n) if learn else market.numbers("trainable_share")[occupation],
        "trainable_weeks": what.pop("weeks_taught", market.numbers("trainable_weeks")[occupation]),
        "employer_trains_career_changers": stream.happens(market.numbers("trains_changers_share")[occupation], n),
        "transit_job_ticket": stream.happens(0.35, n),
    }
    prefix = what.pop("prefix")
    title = [f"{first} {labels[o]}".strip() for first, o in zip(prefix, occupation, strict=True)]
    return pl.DataFrame({"title": [f"{text} (Beispielstelle)" for text in title], **base, **what}), occupation


def _titles(core: Core, market: Market) -> list[str]:
    named = core.labels.filter(
        (pl.col("concept") == "occupation") & (pl.col("language") == "de") & (pl.col("kind") == "preferred")
    )
    text = dict(named.select("concept_id", "text").iter_rows())
    return [text[name] for name in market.occupation_ids]


def _place(occupation: Ints, places: Workplaces, market: Market, stream: Stream) -> Ints:
    """Draw a workplace for each row, by the occupation's sections."""
    names, share = market.shares("sectors")
    pull = share @ np.array([places.pull[places.sections.index(name)] for name in names])
    at = np.empty(len(occupation), dtype=np.int64)
    for o in np.unique(occupation):
        mine = np.flatnonzero(occupation == o)
        at[mine] = stream.choose(pull[o], len(mine))
    return at


def _job(occupation: Ints, market: Market, stream: Stream, rotas: Mapping[str, float], district: list[str]) -> dict[str, Any]:
    n = len(occupation)
    names, share = market.shares("rotas")
    rota = np.array(names)[stream.choose_each(share[occupation])]
    full = np.array([rotas[name] for name in rota])
    short = np.isin(rota, list(SHORT_HOURS))
    part = ~short & stream.happens(market.numbers("part_time_share")[occupation] * 0.7, n)
    hours = np.where(short, [SHORT_HOURS.get(name, 0.0) for name in rota], np.where(part, np.array([20.0, 25.0, 30.0])[stream.choose((0.3, 0.3, 0.4), n)], full))  # noqa: E501
    flexible = ~short & ~part & stream.happens(0.3, n)
    least = np.where(flexible, np.minimum(30.0, hours), np.where(part, np.maximum(hours - 5, 15.0), hours))
    dear = np.array([DEAR.get(name, 1.0) for name in district])
    monthly = market.numbers("pay_median")[occupation] * np.exp(market.numbers("pay_sigma")[occupation] * stream.normal(n)) * dear
    agency = stream.happens(market.numbers("agency_share")[occupation], n)
    monthly *= np.where(agency, 0.93, 1.0)
    at_hours = np.maximum(monthly * hours / np.maximum(full, FULL_WEEK), MINIMUM_WAGE * WEEKS_A_MONTH * hours)
    spread = 0.02 + 0.07 * stream.uniform(n)
    low = np.maximum(np.round(at_hours * (1 - spread), -1), np.ceil(MINIMUM_WAGE * WEEKS_A_MONTH * hours))
    premium = market.numbers("premium")[occupation] * [PREMIUM.get(name, 0.0) for name in rota] * np.where(part, hours / full, 1.0)
    start = [DAY + timedelta(days=14 * int(1 + u * 12)) for u in stream.uniform(n)]
    fixed = stream.happens(market.numbers("fixed_term_share")[occupation], n) & ~agency
    months = stream.choose((0.6, 0.4), n)
    remote = np.where(stream.happens(0.8, n), np.round(market.numbers("remote_share")[occupation] * (0.5 + stream.uniform(n)), 1), 0.0)
    days = np.select([np.isin(rota, ["konti", "pflege"]), short & (rota == "wochenende")], [5.0, 2.0], 5.0)
    return {
        "prefix": [""] * n,
        "kind": np.full(n, "job"),
        "start": start,
        "contract_end": [_later(day, 12 if m == 0 else 24) if yes else None for day, m, yes in zip(start, months, fixed, strict=True)],
        "agency": agency,
        "hours_min": least,
        "hours_max": hours,
        "shift_system_id": rota,
        "presence_days": np.round(days * (1 - np.minimum(remote, 0.8)), 1),
        "remote_share": np.minimum(remote, 0.8),
        "pay_min": low,
        "pay_max": np.maximum(np.round(at_hours * (1 + spread), -1), low),
        "pay_months": market.numbers("pay_months")[occupation],
        "premiums_tax_free_eur_month": np.round(premium, -1),
        "night": np.isin(rota, list(NIGHTS)) | (rota == "pflege") & stream.happens(0.4, n),
        "months_normal": pl.Series([None], dtype=pl.Int32).new_from_index(0, n),
        "months_shortest": pl.Series([None], dtype=pl.Int32).new_from_index(0, n),
        "part_time_share": pl.Series([None], dtype=pl.Float64).new_from_index(0, n),
    }


def _later(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 + months
    return date(whole // 12, whole % 12 + 1, min(day.day, 28))


FIRST_YEARS_PAY: Final = {1: 1010.0, 2: 1130.0, 3: 1240.0, 4: 1350.0}
"""Mean gross pay of an apprenticeship by level of the occupation, EUR a month; assumed, above § 17 BBiG of 2026."""


def _apprenticeship(occupation: Ints, core: Core, market: Market, stream: Stream) -> dict[str, Any]:
    n = len(occupation)
    school = market.frame["apprenticeship"].to_numpy()[occupation] == "school"
    entry = ~school & stream.happens(0.05, n)
    part = stream.happens(0.10, n) & ~entry
    level = core.occupations["level"].to_numpy()[occupation]
    kind = np.select([school, entry], ["apprenticeship_school", "entry_qualification"], "apprenticeship_dual")
    months = np.select([entry, level == 1], [12, 24], np.where(core.occupations["dqr"].to_numpy()[occupation] <= 3, 24, np.where(stream.happens(0.5, n), 42, 36)))  # noqa: E501, PLR2004
    hours = np.where(part, 30.0, 40.0)
    pay = np.array([FIRST_YEARS_PAY[int(each)] for each in level]) * (0.92 + 0.16 * stream.uniform(n)) * np.where(school, 1.12, 1.0)
    pay = np.round(pay * hours / 40.0, -1)
    return {
        "prefix": [TITLES[name] for name in kind],
        "kind": kind,
        "start": [date(2027, 2, 1) if e else date(2027, 8, 1) for e in entry],
        "contract_end": [None] * n,
        "agency": np.zeros(n, dtype=np.bool_),
        "hours_min": hours,
        "hours_max": hours,
        "shift_system_id": np.where(part, "ausbildung-tz", np.where(school, "frueh", "tag")),
        "presence_days": np.full(n, 5.0),
        "remote_share": np.zeros(n),
        "pay_min": pay,
        "pay_max": pay,
        "pay_months": np.full(n, 12.0),
        "premiums_tax_free_eur_month": np.zeros(n),
        "night": np.zeros(n, dtype=np.bool_),
        "months_normal": pl.Series(months, dtype=pl.Int32),
        "months_shortest": pl.Series(np.where(entry, months, months - np.where(months > 24, 12, 6)), dtype=pl.Int32),  # noqa: PLR2004
        "part_time_share": pl.Series(np.where(part, 0.75, np.nan)).fill_nan(None),
        "weeks_taught": np.round(months * 52 / 12).clip(max=156),
    }
