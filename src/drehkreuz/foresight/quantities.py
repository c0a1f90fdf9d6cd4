# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the outlook says of each municipality and year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

WHOLE: Final = "region"
"""Stands in the place of a municipality's key for the sum of all."""

UNPLACED: Final = "unplaced"
"""Stands in the place of a municipality's key for posts of projects that name no place."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """
    One thing that is projected. All add up over municipalities.

    Attributes:
        name: Its name in tables.
        kind: A stock at the end of the year; a flow during it, zero in the first; a value derived from both.
        unit: Its unit.
        doc: What it is, with its definition.
    """

    name: str
    kind: Literal["stock", "flow", "derived"]
    unit: str
    doc: str


QUANTITIES: Final = {
    quantity.name: quantity
    for quantity in (
        Quantity("working_age", "stock", "people", "Residents from 16 to below the pension age."),
        Quantity("came_of_age", "flow", "people", "Residents who turned 16."),
        Quantity("moved", "flow", "people", "People of working age who moved here, less those who moved away."),
        Quantity("died", "flow", "people", "People of working age who died."),
        Quantity("pension_age", "flow", "people", "Residents who reached the pension age."),
        Quantity("labour_force", "stock", "people", "Residents of working age who work or look for work."),
        Quantity(
            "entrants", "flow", "people", "Residents who entered the labour force before 55, school leavers above all."
        ),
        Quantity("labour_moved", "flow", "people", "Of those who moved, the ones in the labour force."),
        Quantity("labour_died", "flow", "people", "Of those who died, the ones in the labour force."),
        Quantity("retirements", "flow", "people", "Residents who left the labour force from 55 on."),
        Quantity("learned", "flow", "people", "Residents who reached a higher level of work by learning."),
        Quantity("posts", "stock", "posts", "Posts at workplaces there; empty: the region does not say."),
        Quantity("posts_created", "flow", "posts", "Posts of new sites, and what comes with them."),
        Quantity("posts_lost", "flow", "posts", "Posts that end with closures, and what goes with them."),
        Quantity("posts_other", "flow", "posts", "Change of all other posts."),
        Quantity(
            "replacement",
            "flow",
            "posts",
            "Posts that come free because somebody retires or dies; empty: as for posts.",
        ),
        Quantity(
            "gap", "derived", "people", "How much more the posts grew than the labour force since the first year."
        ),
        Quantity("living_lost", "flow", "people", "Residents whose post ended with a closure, wherever it was."),
        Quantity("bridge", "flow", "people", "Of these, old enough for adjustment pay by what the tables say."),
        Quantity("at_work", "derived", "people", "Residents at work."),
        Quantity("pay", "derived", "million EUR/year", "Net pay of residents at work, at today's prices and pay."),
        Quantity(
            "purchasing_power",
            "derived",
            "million EUR/year",
            "What of it is spent; pensions and benefits are not counted.",
        ),
    )
}
"""By name, in the order of tables."""
