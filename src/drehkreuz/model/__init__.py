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

MODELS: Final[Mapping[str, Callable[..., BuildReport]]] = {"village": build_village}
"""What builds each model region; all of them are read from tables and have one size."""


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
        seed: Seed of a generated model; others take none.
        progress: Shows how far the work is.

    Raises:
        DrehkreuzError: If there is no such model, it cannot be scaled or seeded, or the folder cannot be written.
    """
    if model not in MODELS:
        message = (
            f"there is no model region {model!r}. Use one of {', '.join(MODELS)}.{did_you_mean(model, list(MODELS))}"
        )
        raise DrehkreuzError(message)
    if scale not in (None, 1):
        message = f"the model region {model!r} has one size and cannot be scaled by {scale:g}. Leave out --scale."
        raise DrehkreuzError(message)
    if seed is not None:
        message = (
            f"the model region {model!r} is read from tables, not generated: no seed changes it. Leave out --seed."
        )
        raise DrehkreuzError(message)
    return MODELS[model](folder, progress=progress)
