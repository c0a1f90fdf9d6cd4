# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The region that the site serves: opened and prepared once, shared by all threads."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from django.conf import settings

from drehkreuz.matching.market import Market, prepare
from drehkreuz.model import new_region
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Cache, Region, open_region

_lock = Lock()
_prepared: list[Market] = []


def market(progress: Progress = SILENT) -> Market:
    """
    Return the prepared region; the first call opens it and computes its ways.

    Tables are memory-mapped. The market never changes: lay a person over it for a request and let go of both.

    Args:
        progress: Told of every piece of work of the first call.

    Raises:
        InputError: If the region cannot be opened.
    """
    with _lock:
        if not _prepared:
            _prepared.append(_prepare(progress))
        return _prepared[0]


def on_disk(region: Region) -> tuple[Path, int]:
    """Return where another process finds a region: its folder and its snapshot's number."""
    if region.folder is None:
        message = "a region in memory cannot be given to another process"
        raise ValueError(message)
    return region.folder.parent, int(region.folder.name)


def ready() -> bool:
    """Whether the region is prepared."""
    return bool(_prepared)


def _prepare(progress: Progress) -> Market:
    folder = Path(settings.REGION) if settings.REGION else settings.STATE / "village"
    if not settings.REGION:
        new_region(folder, progress=progress)  # which writes nothing where it is already
    return prepare(open_region(folder), cache=Cache.default(), progress=progress)
