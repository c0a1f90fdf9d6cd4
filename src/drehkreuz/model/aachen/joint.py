# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A joint distribution fitted to margins and to conditional shares, by iterative proportional fitting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Margin:
    """
    What the sums over all other axes must be.

    Attributes:
        axes: Axes kept, rising.
        table: Shares, summing to 1, of the shape of those axes.
    """

    axes: tuple[int, ...]
    table: Floats


@dataclass(frozen=True, slots=True)
class Conditional:
    """
    How one axis must be shared out within each combination of others.

    Attributes:
        given: Axes of the combination, rising, all below `axis`.
        axis: Axis shared out.
        table: Shares by (*given, axis), summing to 1 along the last.
    """

    given: tuple[int, ...]
    axis: int
    table: Floats


@dataclass(frozen=True, slots=True)
class Fitted:
    """
    A joint distribution.

    Attributes:
        shares: The joint, summing to 1.
        worst: Largest total variation between a target and the joint's own table; near 0 where the targets agree.
        rounds: Rounds it took.
    """

    shares: Floats
    worst: float
    rounds: int


def fit(seed: Floats, targets: Sequence[Margin | Conditional], *, rounds: int = 200, enough: float = 1e-6) -> Fitted:
    """
    Scale a seed until its tables are those asked; what no target speaks of stays as the seed has it.

    Args:
        seed: Non-negative; zeros stay zeros: what cannot be.
        targets: What is asked; taken in turn.
        rounds: At most.
        enough: Stop when no target is further off than this (total variation).

    Source:
        Deming, Stephan: On a least squares adjustment of a sampled frequency table. Ann. Math. Statist. 11 (1940).
    """
    joint = seed / seed.sum()
    worst, done = np.inf, 0
    while worst > enough and done < rounds:
        for target in targets:
            joint = _towards(joint, target)
        worst = max(_off(joint, target) for target in targets)
        done += 1
    return Fitted(joint, float(worst), done)


def total_variation(one: Floats, other: Floats) -> float:
    """Return half the sum of absolute differences of two tables of shares: the share that would have to move."""
    return float(np.abs(one / one.sum() - other / other.sum()).sum() / 2)


def table(joint: Floats, axes: tuple[int, ...]) -> Floats:
    """Return the sums of a joint over all axes but some, which rise."""
    return np.asarray(joint.sum(axis=tuple(a for a in range(joint.ndim) if a not in axes)))


def _towards(joint: Floats, target: Margin | Conditional) -> Floats:
    axes = _axes(target)
    now, asked = table(joint, axes), _asked(joint, target)
    factor = np.divide(asked, now, out=np.zeros_like(now), where=now > 0)
    shape = [joint.shape[a] if a in axes else 1 for a in range(joint.ndim)]
    scaled = joint * factor.reshape(shape)
    return np.asarray(scaled / scaled.sum())


def _axes(target: Margin | Conditional) -> tuple[int, ...]:
    return target.axes if isinstance(target, Margin) else (*target.given, target.axis)


def _asked(joint: Floats, target: Margin | Conditional) -> Floats:
    if isinstance(target, Margin):
        return target.table
    return np.asarray(table(joint, target.given)[..., None] * target.table)


def _off(joint: Floats, target: Margin | Conditional) -> float:
    return total_variation(table(joint, _axes(target)), _asked(joint, target))
