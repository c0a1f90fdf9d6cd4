# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A firm's people as groups that are large enough to be shown or handed on: small ones are merged, and a large one with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import polars as pl

from drehkreuz.commuting.workforce import MODES, UNKNOWN, Workforce
from drehkreuz.region import Region

ANY: Final = "any"
"""In place of a mode, times or area that was merged away."""

UNTOLD: Final = "unknown"
"""Mode of people whose way of coming is not told."""

LEVELS: Final = ("zone", "municipality", "district", ANY)
"""What an area may be."""

SCHEMA: Final = pl.Schema(
    {
        "level": pl.String(),
        "area": pl.String(),
        "times": pl.String(),
        "mode": pl.String(),
        "people": pl.Int64(),
        "days": pl.Float64(),
    }
)
"""Kind of area and its key, begin and end of the shifts, way of coming, people, and their mean days a week."""


class Key(NamedTuple):
    """What the people of a group have in common."""

    level: str
    area: str
    times: str
    mode: str


Group = tuple[int, float]
"""People, and their days a week added up."""


def shared(region: Region, staff: Workforce, least: int) -> pl.DataFrame:
    """
    Return a firm's people in groups of at least so many, fit to leave the firm; the schema is `SCHEMA`.

    Groups by cell, times and mode that are too small are merged by municipality, then without mode, then by district, then without area,
    then without times. What is still too small at the end takes the smallest other group with it. Every person is in one group, and no
    group or difference of groups is smaller than the least.

    Args:
        region: The region.
        staff: The people.
        least: Fewest people of a group.

    Returns:
        Groups by level, area, times and mode; none where there are fewer people than that in all.
    """
    zones = region.table("zones").select("zone_id", pl.col("municipality").fill_null("")).rows()
    districts = dict(
        region.table("municipalities").select("municipality", pl.col("district").fill_null("")).iter_rows()
    )
    first: defaultdict[tuple[int, str, str], list[float]] = defaultdict(lambda: [0, 0.0])
    for zone, rota, mode, people, days in zip(
        staff.zone, staff.rota, staff.mode, staff.people, staff.days, strict=True
    ):
        told = UNTOLD if mode == UNKNOWN else MODES[mode].value
        entry = first[int(zone), staff.rotas[rota].clock, told]
        entry[0] += int(people)
        entry[1] += float(people * days)

    def area(level: str, zone: int) -> tuple[str, str]:
        if zone < 0 or level == ANY:
            return ANY, ANY
        if level == "zone":
            return level, zones[zone][0]
        key = zones[zone][1] if level == "municipality" else districts.get(zones[zone][1], "")
        return (level, key) if key else (ANY, ANY)

    steps: tuple[Callable[[tuple[int, str, str]], Key], ...] = (
        lambda one: Key(*area("zone", one[0]), one[1], one[2]),
        lambda one: Key(*area("municipality", one[0]), one[1], one[2]),
        lambda one: Key(*area("municipality", one[0]), one[1], ANY),
        lambda one: Key(*area("district", one[0]), one[1], ANY),
        lambda one: Key(ANY, ANY, one[1], ANY),
        lambda _: Key(ANY, ANY, ANY, ANY),
    )
    groups = merged({key: (int(people), days) for key, (people, days) in first.items()}, steps, least)
    rows = [(*key, people, round(days / people, 1)) for key, (people, days) in sorted(groups.items())]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def merged(
    groups: Mapping[tuple[int, str, str], Group],
    steps: Sequence[Callable[[tuple[int, str, str]], Key]],
    least: int,
) -> dict[Key, Group]:
    """
    Merge groups step by step until none is too small; what an earlier step let stand stays as it is.

    Args:
        groups: The smallest groups.
        steps: What to call a group at each step, coarser and coarser; the last gives one name to all.
        least: Fewest people.
    """
    kept: dict[Key, Group] = {}
    left = dict(groups)
    for step in steps:
        together: dict[Key, list[tuple[int, str, str]]] = defaultdict(list)
        for one in sorted(left):
            together[step(one)].append(one)
        for key, members in together.items():
            people, days = _sum(left[one] for one in members)
            if people >= least:
                old = kept.get(key, (0, 0.0))  # a coarser group may bear the name of one without an area
                kept[key] = (old[0] + people, old[1] + days)
                for one in members:
                    del left[one]
    if left and kept:
        smallest = min(kept, key=lambda key: (kept[key][0], key))
        rest = Key(ANY, ANY, ANY, ANY)
        kept[rest] = _sum([kept.pop(smallest), *left.values()])
    return kept


def _sum(groups: Iterable[Group]) -> Group:
    people, days = 0, 0.0
    for some, theirs in groups:
        people += some
        days += theirs
    return people, days
