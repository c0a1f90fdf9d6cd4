# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""When a person's post ends: what is announced for the site, what the contract says, what the person says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from drehkreuz.region import Region

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ending:
    """
    When a post ends, as far as it is known.

    A closure is announced in years, and takes posts in steps; which step takes whose post is not announced. So the end is a
    span of days, a single one where the person's answers name it.

    Attributes:
        first: Earliest last day of the post; None: unknown.
        last: Latest last day of the post; None: unknown.
        site_first: First day of the site's steps still to come; None: unknown.
        site_last: Last day of the site's last step; None: unknown.
        label: Name of the closure; empty: unknown.
        source: Where the steps of the closure are from.
        may_be_late: Whether the closure's table gives a delay any chance.
        stated: The day follows from the first day on which the person can begin elsewhere.
        contract_end: Day on which a fixed term ends the post before the site does; None: it does not.
        fixed_term: The post ends by itself, without a dismissal: a fixed term, or an apprenticeship.
    """

    first: date | None
    last: date | None
    site_first: date | None
    site_last: date | None
    label: str
    source: str
    may_be_late: bool
    stated: bool
    contract_end: date | None
    fixed_term: bool

    @property
    def day(self) -> date | None:
        """The last day of the post where it is a single one."""
        return self.first if self.first == self.last else None


def ending(region: Region, person: Mapping[str, Any]) -> Ending:
    """
    Return when a person's post ends.

    A fixed-term contract that runs out before the site's last step ends the post. Otherwise the day before `available_from`
    does, if it lies within the years of the steps: outside them it only says when the person would like to begin.

    Args:
        region: The region; its table `projects` holds the closure.
        person: Row of table `people`.
    """
    today = region.manifest.day
    steps = (
        region.table("projects")
        .filter(
            pl.col("kind") == "closure",
            pl.col("project_id") == pl.lit(person["closure_id"], dtype=pl.String),
            pl.col("posts") < 0,
            pl.col("year") >= today.year,
        )
        .sort("year", "occupation_id")
    )
    site = steps.row(-1, named=True) if len(steps) else None
    site_first = max(today, date(steps["year"][0], 1, 1)) if site else None
    site_last = date(site["year"], 12, 31) if site else None
    contract, before = person["contract_end"], person["available_from"] - DAY
    if contract is not None and site_last is not None and contract > site_last:
        contract = None
    stated = not contract and site_first is not None and site_last is not None and site_first <= before <= site_last
    own = contract or (before if stated else None)
    return Ending(
        first=own or site_first,
        last=own or site_last,
        site_first=site_first,
        site_last=site_last,
        label=site["label"] if site else "",
        source=site["source"] if site else "",
        may_be_late=bool(site and site["probability_delay"]),
        stated=stated,
        contract_end=contract,
        fixed_term=contract is not None or person["employment_status"] == "apprentice",
    )
