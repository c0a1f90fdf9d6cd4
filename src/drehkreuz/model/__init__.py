# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Regions that come with the software."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from drehkreuz.errors import DrehkreuzError, did_you_mean
from drehkreuz.model.village import build_village
from drehkreuz.progress import SILENT, Progress
from drehkreuz.sources.build import BuildReport

__all__ = ["MODELS", "new_region"]

LEAST_SCALE: Final = 0.01
MOST_SCALE: Final = 4.0


def _build_aachen(folder: Path, *, scale: float | None, seed: int | None, progress: Progress) -> BuildReport:
    # Imported here: the generator reads a hundred files' worth of tables that the village does not need.
    from drehkreuz.model.aachen.build import build_aachen  # noqa: PLC0415

    size = 1.0 if scale is None else scale
    if not LEAST_SCALE <= size <= MOST_SCALE:
        message = (
            f"--scale {size:g} is outside {LEAST_SCALE:g} to {MOST_SCALE:g}. At 1 the region has 60,000 people in its "
            "sample and 15,000 openings; take 0.2 to try it out."
        )
        raise DrehkreuzError(message)
    return build_aachen(folder, scale=size, seed=1 if seed is None else seed, progress=progress)


def _build_village(folder: Path, *, scale: float | None, seed: int | None, progress: Progress) -> BuildReport:
    if scale not in {None, 1}:
        message = f"the model region 'village' has one size and cannot be scaled by {scale:g}. Leave out --scale."
        raise DrehkreuzError(message)
    if seed is not None:
        message = "the model region 'village' is read from tables, not generated: no seed changes it. Leave out --seed."
        raise DrehkreuzError(message)
    return build_village(folder, progress=progress)


MODELS: Final[Mapping[str, Callable[..., BuildReport]]] = {"village": _build_village, "aachen": _build_aachen}
"""What builds each model region: the village is read from tables and has one size, Aachen is generated."""


def new_region(
    folder: Path,
    model: str = "village",
    *,
    scale: float | None = None,
    seed: int | None = None,
    progress: Progress = SILENT,
) -> BuildReport:
    """
    Build a model region and write it as the next snapshot of a folder, unless the folder already holds the same.

    Args:
        folder: Region folder; made if missing.
        model: A key of `MODELS`.
        scale: Size against the model's own; only generated models can be scaled, others take 1.
        seed: Seed of a generated model, 1 if left out; others take none.
        progress: Shows how far the work is.

    Raises:
        DrehkreuzError: If there is no such model, it cannot be scaled or seeded so, or the folder cannot be written.
    """
    if model not in MODELS:
        message = (
            f"there is no model region {model!r}. Use one of {', '.join(MODELS)}.{did_you_mean(model, list(MODELS))}"
        )
        raise DrehkreuzError(message)
    return MODELS[model](folder, scale=scale, seed=seed, progress=progress)
