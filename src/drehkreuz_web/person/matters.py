# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What matters to a person: a few plain questions that stand for the weights of the ranking."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from drehkreuz.matching.utility import UtilityWeights
from drehkreuz_web.person.case import Case

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FACTORS: Final = (0.0, 0.5, 1.0, 2.0, 4.0)
"""What each position of a slider multiplies the assumed weight by."""

USUAL: Final = 2
"""Position of a slider that leaves the assumed weight as it is."""

POSITIONS: Final[tuple[_StrPromise, ...]] = (
    _("does not matter"),
    _("matters a little"),
    _("matters as usual"),
    _("matters a lot"),
    _("matters most"),
)


@dataclass(frozen=True, slots=True)
class Matter:
    """
    One question about what matters.

    Attributes:
        name: Name of its form field.
        label: The question.
        weights: Fields of `UtilityWeights` that it multiplies.
    """

    name: str
    label: _StrPromise
    weights: tuple[str, ...]


MATTERS: Final = (
    Matter("matters_way", _("A short commute"), ("hour_on_the_way",)),
    Matter("matters_learning", _("Starting soon, with little learning"), ("week_of_learning", "own_fee")),
    Matter("matters_fit", _("Using what I can already do"), ("fit",)),
    Matter("matters_future", _("An occupation with a future"), ("outlook",)),
    Matter("matters_night", _("No night work"), ("night",)),
    Matter("matters_safe", _("A permanent contract, no temporary agency"), ("fixed_term", "agency")),
    Matter("matters_home", _("Working from home"), ("remote_day",)),
)

ASSUMED: Final[dict[str, Any]] = asdict(UtilityWeights())


def positions(case: Case) -> dict[str, int]:
    """Return the position of each slider; a weight between two positions counts as the nearer one."""
    section = case.get("weights", {})
    own = section if isinstance(section, dict) else {}
    return {matter.name: _position(own, matter) for matter in MATTERS}


def with_positions(case: Case, chosen: dict[str, int]) -> Case:
    """Return the case with the weights that the sliders stand for; those at their usual place are left out."""
    section = case.get("weights", {})
    moved = {name for matter in MATTERS for name in matter.weights}
    weights = {k: v for k, v in section.items() if k not in moved} if isinstance(section, dict) else {}
    for matter in MATTERS:
        position = chosen.get(matter.name, USUAL)
        if position != USUAL:
            weights |= {name: _times(ASSUMED[name], FACTORS[position]) for name in matter.weights}
    return case.answered(weights=weights or None)


def _position(own: dict[str, Any], matter: Matter) -> int:
    name = matter.weights[0]
    if name not in own:
        return USUAL
    factor = _first(own[name]) / _first(ASSUMED[name])
    return min(range(len(FACTORS)), key=lambda position: abs(FACTORS[position] - factor))


def _times(weight: float | tuple[float, ...], factor: float) -> float | list[float]:
    """Return a weight times a factor, as TOML holds it; a zero has no sign."""
    if isinstance(weight, tuple):
        return [part * factor + 0.0 for part in weight]
    return weight * factor + 0.0


def _first(weight: object) -> float:
    """Return a weight, or the first of several, as a number; what is none counts as nothing."""
    part = weight[0] if isinstance(weight, list | tuple) and weight else weight
    return float(part) if isinstance(part, int | float) else 0.0
