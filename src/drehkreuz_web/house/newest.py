# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The newest snapshot of the region's folder: the site serves the one it opened, and asks this one what has become of a post.

A request costs a look at the folder's pointer. Only when that has changed, the tables that know of posts are read, once.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

from drehkreuz.errors import InputError
from drehkreuz.region import Region, open_region
from drehkreuz.region.snapshot import CURRENT
from drehkreuz_web.house.logs import fault, log

OF_POSTS: Final = ("vacancies", "courses", "sightings")
"""Tables that are read of a newer snapshot."""


def newest(served: Region) -> Region | None:
    """
    Return the tables `OF_POSTS` of the folder's current snapshot, None where it is the one that is served.

    None too where it cannot be told: the folder may be gone or damaged, and the site goes on with what it has opened.

    Args:
        served: The region as it was opened, also with a person laid over it.
    """
    return None if served.folder is None else _watch(served.folder).newest()


class _Watch:
    """Looks after the pointer of one folder."""

    def __init__(self, served: Path) -> None:
        self._served = served
        self._lock = Lock()
        self._seen: object = None
        self._newest: Region | None = None

    def newest(self) -> Region | None:
        with self._lock:
            seen = self._look()
            if seen != self._seen:
                self._seen, self._newest = seen, self._read()
            return self._newest

    def _look(self) -> object:
        """Return what tells one pointer from the next: each is a file of its own, renamed into place."""
        try:
            found = (self._served.parent / CURRENT).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _read(self) -> Region | None:
        try:
            found = open_region(self._served.parent, tables=OF_POSTS)
        except (InputError, OSError) as error:
            log.warning("newest snapshot", extra={"fields": fault(error)})
            return None
        if found.folder is None or found.folder.name == self._served.name:
            return None
        log.info("newest snapshot", extra={"fields": {"served": self._served.name, "newest": found.folder.name}})
        return found


@cache
def _watch(served: Path) -> _Watch:
    return _Watch(served)
