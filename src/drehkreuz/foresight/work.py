# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Posts and pay by year: what closures end and sites bring in each draw, who is at work then, and what they earn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.foresight.grain import grained
from drehkreuz.foresight.people import People
from drehkreuz.foresight.projects import Project, shifted
from drehkreuz.foresight.start import Start

Array = NDArray[np.float64]

MONTHS: Final = 12

MILLION: Final = 1e6


def work(
    begin: Start, ahead: Sequence[Project], living: People, assumed: dict[str, float], draws: int
) -> dict[str, Array]:
    """
    Return what happens to posts and to pay.

    Args:
        begin: The first year.
        ahead: Closures and sites.
        living: People by year.
        assumed: The values of a variant.
        draws: How often closures and sites are drawn.

    Returns:
        Quantities of `drehkreuz.foresight.quantities` by name, each float64[draws, years, m + 1]; the last column is of
        posts at no named place.
    """
    n_years, n = living.by_name["labour_force"].shape
    shape = (draws, n_years, n + 1)
    lost, created, lost_home, bridge, lost_pay, paid_again, new_home = (np.zeros(shape) for _ in range(7))
    for project in ahead:
        comes, late = project.drawn(assumed, draws)
        ends = shifted(project.lost, comes, late) * (1 + assumed["posts_lost_with"])
        begins = shifted(project.created, comes, late) * (1 + assumed["posts_come_with"])
        if project.place is not None:
            lost[:, :, project.place] += grained(ends)
            created[:, :, project.place] += grained(begins)
        who = ends[:, :, None] * project.homes
        on_bridge = who * project.bridge[:, None]
        pay = assumed["net_pay"] if project.net_pay is None else project.net_pay
        lost_home[:, :, :n] += grained(who)
        bridge[:, :, :n] += grained(on_bridge)
        lost_pay[:, :, :n] += who * pay
        paid_again[:, :, :n] += (who - on_bridge) * assumed["again_at_work"] * assumed["pay_again"] * pay
        new_home[:, :, :n] += begins[:, :, None] * project.homes * assumed["new_at_work"]
    posts, other = _posts(begin, lost, created, assumed["other_posts"])
    out = (lost_home - bridge) * (1 - assumed["again_at_work"]) + bridge
    at_work, new = _at_work(living, out.cumsum(axis=1), new_home.cumsum(axis=1), assumed["out_of_work"])
    force = np.pad(living.by_name["labour_force"], ((0, 0), (0, 1)))
    steady = force * (1 - assumed["out_of_work"]) * assumed["net_pay"]
    pay = steady - (lost_pay - paid_again).cumsum(axis=1) + new * assumed["net_pay"]
    pay = np.maximum(pay, 0) * MONTHS / MILLION
    grew = (created - lost + np.nan_to_num(other)).cumsum(axis=1)
    return {
        "posts": posts,
        "posts_created": created,
        "posts_lost": lost,
        "posts_other": other,
        "replacement": _replacement(posts, living),
        "gap": grew - (force - force[0]),
        "living_lost": lost_home,
        "bridge": bridge,
        "at_work": at_work,
        "pay": grained(pay),
        "purchasing_power": grained(pay * assumed["spent"]),
    }


def _posts(begin: Start, lost: Array, created: Array, rate: float) -> tuple[Array, Array]:
    """Return posts at the end of each year and the change of those that no project touches; not a number where unknown."""
    posts, other = np.zeros_like(lost), np.zeros_like(lost)
    posts[:, 0] = np.append(grained(begin.posts), 0.0)
    for t in range(1, lost.shape[1]):
        other[:, t, :-1] = grained(posts[:, t - 1, :-1] * rate)
        posts[:, t] = posts[:, t - 1] + created[:, t] - lost[:, t] + other[:, t]
    other[:, 0, :-1] += np.where(np.isnan(begin.posts), np.nan, 0.0)
    return posts, other


def _at_work(living: People, out: Array, new: Array, out_of_work: float) -> tuple[Array, Array]:
    """
    Return residents at work, and how many of them new sites brought to work: no more than are out of work.

    Args:
        living: People by year.
        out: People whose post ended and who are not at work again, since the first year.
        new: People whom new sites would bring to work, since the first year.
        out_of_work: Share of the labour force.
    """
    force = np.pad(living.by_name["labour_force"], ((0, 0), (0, 1)))
    left = np.maximum(force * (1 - out_of_work) - out, 0.0)
    brought = np.minimum(new, force - left)
    return grained(left + brought), brought


def _replacement(posts: Array, living: People) -> Array:
    """Return the posts that come free: those of the year before, at the rate at which the region's labour force left."""
    leaving = (living.by_name["retirements"] + living.by_name["labour_died"]).sum(axis=1)
    force = living.by_name["labour_force"].sum(axis=1)
    free = np.zeros_like(posts)
    free[:, 1:] = grained(posts[:, :-1] * (leaving[1:] / np.maximum(force[:-1], 1.0))[:, None])
    free[:, 0] += np.where(np.isnan(posts[:, 0]), np.nan, 0.0)
    return free
