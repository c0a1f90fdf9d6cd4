# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The three allocations of a region and how its posts are shown, as plain values."""

from __future__ import annotations

from drehkreuz.matching.allocations.congestion import Congestion
from drehkreuz.matching.allocations.search import Habits
from drehkreuz.matching.allocations.three import Size, ThreeAllocations
from drehkreuz.reports.pair import Values


def allocations(found: ThreeAllocations) -> Values:
    """
    Return what is likely, stable and possible as plain values, fit for JSON.

    Worth is EUR a month of both sides together. `swept` is what is likely by other habits of search; `assumed` names all values that
    nobody has measured.
    """
    return {
        "likely": _size(found.likely),
        "stable": _size(found.stable),
        "possible": _size(found.possible),
        "coordination": _size(found.coordination),
        "bound_eur_month": round(found.bound),
        "gap": round(found.gap, 6),
        "swept": [_habits(habits) | _size(size) for habits, size in found.swept],
        "shown": found.shown,
        "by_liking": _congestion(found.favourites),
        "spread_out": _congestion(found.spread),
        "assumed": _habits(found.habits) | {"employer_eur_month": found.surplus.employer},
    }


def _size(size: Size) -> Values:
    return {"placed": size.placed, "worth_eur_month": round(size.worth)}


def _habits(habits: Habits) -> Values:
    return {
        "applications": habits.applications,
        "rounds": habits.rounds,
        "calls": habits.calls,
        "noise_eur_month": habits.noise,
    }


def _congestion(shown: Congestion) -> Values:
    return {
        "gini": round(shown.gini, 4),
        "unseen": shown.unseen,
        "vacancies": shown.vacancies,
        "reached": shown.reached,
    }
